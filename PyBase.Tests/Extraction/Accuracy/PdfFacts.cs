using System.Globalization;
using System.Text;
using System.Text.Json;
using PyBase.Extraction.Envelope;

namespace PyBase.Tests.Extraction.Accuracy;

/// <summary>PDF: letters, tables, and what a drawing says: dimensions, frames, threads, title block, finish, notes.</summary>
static class PdfFacts
{
    sealed record Placed(int Row, int Column, int RowEnd, int ColumnEnd, string Text);

    public static void Add(Tally tally, string file, JsonElement truth, ExtractionResult result)
    {
        // An independent reader cuts words elsewhere at odd angles: the letters of each page are compared.
        tally.Add("PDF", "letters and digits", file,
            truth.List("pages").SelectMany((page, n) => page.List("words").SelectMany(word => Letters(n + 1, word[4].GetString()!))),
            result.Rows("text_lines").SelectMany(row => Letters((int)row.Number("page")!.Value, row["text"])));
        if (truth.TryGetProperty("drawing_truth", out var drawing))
            Drawing(tally, file, drawing, result);
        var tables = ExpectedTables(truth).ToList();
        if (tables.Count > 0)
            Tables(tally, file, truth.TryGetProperty("tables_truth", out _), tables, result);
    }

    static IEnumerable<Fact> Letters(int page, string text) => text.Normalize(NormalizationForm.FormKC).Where(char.IsLetterOrDigit).Select(letter => new Fact($"page {page} {letter}", ""));

    static void Drawing(Tally tally, string file, JsonElement drawing, ExtractionResult result)
    {
        tally.Add("PDF", "dimensions", file,
            drawing.List("dimensions").Select(one => new Fact(string.Join(' ', one.Text("kind"), N(one, "nominal")), string.Join(' ', one.Text("unit"), $"x{N(one, "count")}", one.Text("fit"),
                Zero(N(one, "upper")), Zero(N(one, "lower")), N(one, "depth"), one.TryGetProperty("reference", out _) ? "ref" : "", one.TryGetProperty("max", out _) ? "max" : "", N(one, "angle")))),
            result.Rows("dimensions").Select(row => new Fact(string.Join(' ', row["kind"], row["nominal"]), string.Join(' ', row["unit"], $"x{row["count"]}", row["fit"],
                Zero(row["upper"]), Zero(row["lower"]), row["depth"], row.Is("reference") ? "ref" : "", row["limit"], row["chamfer_angle"]))));
        tally.Add("PDF", "tolerance frames", file,
            drawing.List("gdt").Select(one => new Fact(one.Text("characteristic"), $"{one.Text("diametral_zone").ToLowerInvariant()} {N(one, "tolerance")} {string.Join('|', one.Strings("datums"))}")),
            result.Rows("gdt").Select(row => new Fact(row["characteristic"], $"{row["diametral"]} {row["value"]} {string.Join('|', new[] { row["datum1"], row["datum2"], row["datum3"] }.Where(datum => datum.Length > 0))}")));
        tally.Add("PDF", "threads", file, drawing.List("threads").Select(one => new Fact(one.Text("designation"), "")), result.Rows("threads").Select(row => new Fact(row["designation"], "")));
        tally.Add("PDF", "title blocks", file,
            drawing.Members("title_block").Where(field => field.Name != "stock").Select(field => new Fact(field.Name, Plain(field.Value.GetString()!))),
            result.Rows("title_block").Where(row => row["field"] != "custom").Select(row => new Fact(row["field"] == "size" ? "sheet_size" : row["field"], Plain(row["value"]))));
        tally.Add("PDF", "surface finish", file, drawing.List("surface_finish").Select(one => new Fact($"{one.Text("parameter")} {N(one, "value")}", "")), result.Rows("surface_finish").Select(row => new Fact(row.Join("parameter", "value").Replace(';', ' '), "")));
        if (drawing.TryGetProperty("notes", out _))
            tally.Add("PDF", "notes", file, drawing.Strings("notes").Select(one => new Fact(Plain(one), "")), result.Rows("notes").Select(row => new Fact(Plain(row["text"]), "")));
    }

    /// <param name="isComplete">Whether the truth has all tables of the file; where it has those of a place only, others are neither right nor wrong.</param>
    static void Tables(Tally tally, string file, bool isComplete, List<(int Page, List<Placed> Cells)> tables, ExtractionResult result)
    {
        var found = result.Rows("tables").GroupBy(row => (Page: (int)row.Number("page")!.Value, Table: row["table"])).Select(table => (table.Key.Page, Ruled: table.First().Is("ruled"),
            Cells: table.Select(row => new Placed((int)row.Number("row")!.Value, (int)row.Number("col")!.Value, (int)(row.Number("row") + row.Number("rowspan") - 1)!.Value, (int)(row.Number("col") + row.Number("colspan") - 1)!.Value, row["text"])).ToList())).ToList();
        var texts = tables.Select(table => (table.Page, Texts: table.Cells.Select(cell => Plain(cell.Text)).Where(text => text.Length > 0).ToHashSet())).ToList();
        bool IsMeant((int Page, bool Ruled, List<Placed> Cells) table) => texts.Exists(wanted => (wanted.Page == 0 || wanted.Page == table.Page) && table.Cells.Exists(cell => wanted.Texts.Contains(Plain(cell.Text)))
            && table.Cells.Count(cell => wanted.Texts.Contains(Plain(cell.Text))) >= Math.Min(0.25 * table.Cells.Count(cell => cell.Text.Length > 0), 4));
        var counted = found.FindAll(table => isComplete || IsMeant(table));
        var kind = counted.Sum(table => table.Ruled ? 1 : -1) > 0 ? "ruled tables" : "unruled tables";
        // Neighbours to the right and below, as table competitions count: cells in the wrong place have others.
        tally.Add("PDF", $"{kind}, cells", file, tables.SelectMany(table => Cells(table.Cells)), counted.SelectMany(table => Cells(table.Cells)));
        tally.Add("PDF", $"{kind}, neighbours", file, tables.SelectMany(table => Pairs(table.Cells)), counted.SelectMany(table => Pairs(table.Cells)));
    }

    static IEnumerable<Fact> Cells(IEnumerable<Placed> cells) => cells.Select(cell => new Fact(Plain(cell.Text), "")).Where(cell => cell.Key.Length > 0);

    static IEnumerable<Fact> Pairs(List<Placed> cells)
    {
        var filled = cells.FindAll(cell => Plain(cell.Text).Length > 0);
        foreach (var cell in filled)
        {
            var right = filled.Where(other => other.Column > cell.ColumnEnd && other.Row <= cell.RowEnd && other.RowEnd >= cell.Row).OrderBy(other => other.Column).ThenBy(other => other.Row).FirstOrDefault();
            var below = filled.Where(other => other.Row > cell.RowEnd && other.Column <= cell.ColumnEnd && other.ColumnEnd >= cell.Column).OrderBy(other => other.Row).ThenBy(other => other.Column).FirstOrDefault();
            if (right is not null)
                yield return new($"{Plain(cell.Text)} > {Plain(right.Text)}", "");
            if (below is not null)
                yield return new($"{Plain(cell.Text)} v {Plain(below.Text)}", "");
        }
    }

    static IEnumerable<(int Page, List<Placed> Cells)> ExpectedTables(JsonElement truth)
    {
        if (truth.TryGetProperty("tables_expected_tabula", out var tabula))
            yield return (PageOf(tabula.GetProperty("note").GetString()!), Grid(tabula.GetProperty("rows")));
        if (truth.TryGetProperty("tables_expected_camelot", out var camelot))
        {
            foreach (var table in camelot.GetProperty("tables").EnumerateArray())
                yield return (0, Grid(table));
        }
        if (!truth.TryGetProperty("tables_truth", out var tables))
            yield break;
        if (tables.TryGetProperty("sheets", out var sheets))
        {
            foreach (var sheet in sheets.EnumerateObject().Where(sheet => sheet.Value.GetArrayLength() > 0))
                yield return (0, Grid(sheet.Value, skip: 2));
            yield break;
        }
        foreach (var table in tables.GetProperty("tables").EnumerateArray())
        {
            foreach (var region in table.GetProperty("regions").EnumerateArray())
            {
                yield return (region.GetProperty("page").GetInt32(), [.. region.List("cells").Select(cell =>
                    new Placed(cell.GetProperty("row").GetInt32(), cell.GetProperty("col").GetInt32(), cell.GetProperty("end_row").GetInt32(), cell.GetProperty("end_col").GetInt32(), cell.Text("text")))]);
            }
        }
    }

    static int PageOf(string note) => note.IndexOf("page ", StringComparison.Ordinal) is >= 0 and var at ? note[at + 5] - '0' : 0;

    static List<Placed> Grid(JsonElement rows, int skip = 0) =>
        [.. rows.EnumerateArray().SelectMany((row, r) => row.EnumerateArray().Select((cell, c) => new Placed(r, c, r, c, cell.ValueKind == JsonValueKind.Null ? "" : cell.ToString()))).Where(cell => cell.Row >= skip)];

    /// <summary>Without blanks, line ends and the many spellings of dashes.</summary>
    static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormKC))
        {
            if (!char.IsWhiteSpace(letter) && letter != '\u00AD')
                plain.Append(letter is '–' or '—' or '−' or '‐' or '―' ? '-' : letter);
        }
        return plain.ToString();
    }

    static string N(JsonElement element, string name) => Tally.Show(element.Number(name));

    static string Zero(string number) => number is "0" or "-0" ? "" : number;
}
