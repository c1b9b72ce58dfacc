using System.Globalization;
using System.Text.Json;
using PyBase.Extraction.Envelope;
using PyBase.Notation.PartNumbers;
using PyBase.Tests.Support;
using Xunit;

namespace PyBase.Tests.Extraction.Sheets;

/// <summary>Real parts lists against what an independent reader found in them, cell by cell.</summary>
public sealed class SheetTruthTests
{
    public static TheoryData<string> Files() => [.. SharedData.Files("drawings/xlsx", "*").Select(Path.GetFileName).OfType<string>().DefaultIfEmpty("(none)")];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_cell_is_read(string file)
    {
        var (truth, result) = Read(file);
        var expected = truth.TryGetProperty("sheets", out var sheets)
            ? sheets.EnumerateArray().SelectMany(sheet => Cells(sheet.GetProperty("title").GetString()!, sheet.GetProperty("rows"))).ToList()
            : Cells("text", truth.GetProperty("rows")).ToList();
        var found = SheetText.Rows(result, "cells", "sheet", "row", "col", "text").Select(cell => Comparable(cell)).ToList();

        Assert.Empty(expected.Except(found).Take(10));
        Assert.Empty(found.Except(expected).Where(cell => cell.Split(';')[^1].Trim().Length > 0).Take(10));
        Assert.Equal(expected.Count, found.Count);
    }

    [Fact]
    public void The_indented_parts_list_has_its_levels_quantities_and_folded_numbers()
    {
        var (truth, result) = Read("BOM_specs_MMP.xlsx");
        var table = result.Table("bom")!;
        var first = table.Rows.First().Cells[0].Text;
        var lines = table.Rows.Where(row => row.Cells[0].Text == first).ToList();
        var expected = truth.GetProperty("expected_bom_sheet1").GetProperty("rows").EnumerateArray().ToList();
        Assert.Equal(expected.Count, lines.Count);
        foreach (var (line, row) in lines.Zip(expected))
        {
            Assert.Equal(row.GetProperty("no").GetString() ?? "", table.At(line, "item").ToString());
            Assert.Equal(row.GetProperty("level").GetInt64(), table.At(line, "level").Integer);
            Assert.Equal(row.GetProperty("part_number").GetString(), table.At(line, "part_number").Text);
            Assert.Equal(PartNumber.Fold(row.GetProperty("part_number_ascii").GetString()), table.At(line, "part_number_folded").Text);
            Assert.Equal(row.GetProperty("description").GetString()?.Trim() ?? "", table.At(line, "description").ToString());
            Assert.Equal(row.GetProperty("material").GetString() ?? "", table.At(line, "material").ToString());
            Assert.Equal(row.GetProperty("covering").GetString() ?? "", table.At(line, "finish").ToString());
            // A blank quantity is that of the merged cell, or none.
            Assert.Equal(row.GetProperty("qty").ValueKind == JsonValueKind.Null ? null : row.GetProperty("qty").GetDouble(), table.At(line, "qty_inherited").Boolean == true ? null : table.At(line, "qty").Number);
        }
    }

    [Fact]
    public void A_heading_on_the_third_row_is_found()
    {
        var (truth, result) = Read("odri_bom.xlsx");

        Assert.Equal([truth.GetProperty("expected_header_row").GetInt32().ToString(CultureInfo.InvariantCulture)], SheetText.Rows(result, "tables", "header_row"));
        Assert.Equal(13, result.Table("bom")!.RowCount);
        Assert.Equal("370103009;Wirewrap cable black 30AWG;2", SheetText.Rows(result, "bom", "part_number", "description", "qty")[0]);
    }

    [Fact]
    public void Electronic_lists_have_their_references_and_values()
    {
        Assert.Equal("C2,C8;0.1uF;C1525", SheetText.Rows(Read("kibot_light_control_bom_jlc.csv").Result, "bom", "reference", "value", "part_number")[0]);
        Assert.Equal(["GRM1555C1H102JA01D;70", "GRM155R71E103KA01D;70", "RC0805JR-071KL;240", "RC0805JR-0710KL;140"], SheetText.Rows(Read("kibot_merge_1-bom.csv").Result, "bom", "part_number", "qty"));
    }

    static IEnumerable<string> Cells(string sheet, JsonElement rows) => rows.EnumerateArray().SelectMany((row, r) => row.EnumerateArray().Select((cell, c) => (r, c, Text: Plain(cell))))
        .Where(cell => cell.Text.Trim().Length > 0).Select(cell => Comparable($"{sheet};{cell.r + 1};{cell.c + 1};{cell.Text}"));

    static string Plain(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => cell.GetDecimal().ToString("0.###############", CultureInfo.InvariantCulture),
        _ => cell.GetString()!,
    };

    static string Comparable(string text) => text.ReplaceLineEndings("\n");

    static (JsonElement Truth, ExtractionResult Result) Read(string file)
    {
        var truth = File.ReadAllText(SharedData.Locate($"truth/xlsx/{file}.json"));
        return (JsonDocument.Parse(truth).RootElement, SheetText.Read(File.ReadAllBytes(SharedData.Locate($"drawings/xlsx/{file}"))));
    }
}
