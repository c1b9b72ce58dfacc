using System.Globalization;
using System.Text.Json;
using PyBase.Extraction.Envelope;
using PyBase.Notation.PartNumbers;

namespace PyBase.Tests.Extraction.Accuracy;

/// <summary>XLSX and CSV: every cell, and the lines of a parts list.</summary>
static class SheetFacts
{
    public static void Add(Tally tally, string file, JsonElement truth, ExtractionResult result)
    {
        var sheets = truth.TryGetProperty("sheets", out var several) ? several.EnumerateArray().Select(sheet => (Name: sheet.Text("title"), Rows: sheet.List("rows"))).ToList() : [(Name: "text", Rows: truth.List("rows"))];
        tally.Add("Sheets", "cells", file,
            sheets.SelectMany(sheet => sheet.Rows.SelectMany((row, r) => row.EnumerateArray().Select((cell, c) => new Fact($"{sheet.Name};{r + 1};{c + 1}", Plain(cell))))).Where(IsFilled),
            result.Rows("cells").Select(row => new Fact(row.Join("sheet", "row", "col"), row["text"].ReplaceLineEndings("\n"))).Where(IsFilled));
        if (truth.Number("expected_header_row") is { } header)
            tally.Add("Sheets", "header rows", file, [new("first", Tally.Show(header))], result.Rows("tables").Take(1).Select(row => new Fact("first", row["header_row"])));
        if (!truth.TryGetProperty("expected_bom_sheet1", out var bom))
            return;
        var first = result.Rows("bom").Select(row => row.Source.Cells[0].ToString()).FirstOrDefault();
        tally.Add("Sheets", "parts list", file, bom.List("rows").SelectMany(Line), result.Rows("bom").Where(row => row.Source.Cells[0].ToString() == first).SelectMany(Line));
    }

    static IEnumerable<Fact> Line(JsonElement row, int n) => Fields(n, row.Text("no"), row.Text("level"), row.Text("part_number"), PartNumber.Fold(row.Text("part_number_ascii")), row.Text("description").Trim(), row.Text("material"), row.Text("covering"), Tally.Show(row.Number("qty")));

    // A blank quantity is that of the merged cell, or none.
    static IEnumerable<Fact> Line(Row row, int n) => Fields(n, row["item"], row["level"], row["part_number"], row["part_number_folded"], row["description"], row["material"], row["finish"], row.Is("qty_inherited") ? "" : row["qty"]);

    static IEnumerable<Fact> Fields(int line, params string[] values) => values.Select((value, n) => new Fact($"{line}.{n}", value)).Where(IsFilled);

    static bool IsFilled(Fact fact) => fact.Value.Trim().Length > 0;

    static string Plain(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => cell.GetDecimal().ToString("0.###############", CultureInfo.InvariantCulture),
        _ => cell.GetString()!.ReplaceLineEndings("\n"),
    };
}
