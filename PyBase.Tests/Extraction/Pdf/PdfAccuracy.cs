using System.Globalization;
using System.Text;
using System.Text.Json;
using PyBase.Extraction.Envelope;

namespace PyBase.Tests.Extraction.Pdf;

/// <summary>How much of the truth a result holds and how much of the result is true, by kind, with what was missed.</summary>
public sealed class PdfAccuracy
{
    readonly SortedDictionary<string, (int Expected, int Found, int Hit)> kinds = new(StringComparer.Ordinal);
    public List<string> Misses { get; } = [];

    public IReadOnlyCollection<string> Kinds => kinds.Keys;

    public double F1(string kind)
    {
        var (expected, found, hit) = kinds[kind];
        return expected + found == 0 ? 1 : 2.0 * hit / (expected + found);
    }

    public string Report() => string.Join('\n', kinds.Select(kind => string.Create(CultureInfo.InvariantCulture,
        $"{kind.Key,-28} expected {kind.Value.Expected,5}  found {kind.Value.Found,5}  right {kind.Value.Hit,5}  recall {Ratio(kind.Value.Hit, kind.Value.Expected):0.0000}  precision {Ratio(kind.Value.Hit, kind.Value.Found):0.0000}  F1 {F1(kind.Key):0.0000}")));

    static double Ratio(int part, int whole) => whole == 0 ? 1 : Math.Floor(10000.0 * part / whole) / 10000;

    public void Compare(string file, JsonElement truth, ExtractionResult result)
    {
        Words(file, truth, result);
        if (truth.TryGetProperty("drawing_truth", out var drawing))
            Drawing(file, drawing, result);
        var tables = ExpectedTables(truth).ToList();
        if (tables.Count > 0)
            Tables(file, tables, result);
    }

    /// <summary>Every kind adds up over the files.</summary>
    void Add(string kind, string file, IEnumerable<string> expected, IEnumerable<string> found)
    {
        var (left, right) = (expected.ToList(), found.ToList());
        var (expectedCount, foundCount, hit) = (left.Count, right.Count, 0);
        foreach (var one in left.ToList())
        {
            if (!right.Remove(one))
                continue;
            left.Remove(one);
            hit++;
        }
        Misses.AddRange(left.Select(one => $"{kind} {file} - {one}"));
        Misses.AddRange(right.Select(one => $"{kind} {file} + {one}"));
        var before = kinds.GetValueOrDefault(kind);
        kinds[kind] = (before.Expected + expectedCount, before.Found + foundCount, before.Hit + hit);
    }

    void Words(string file, JsonElement truth, ExtractionResult result)
    {
        // An independent reader cuts words elsewhere at odd angles: the letters are compared.
        var expected = truth.GetProperty("pages").EnumerateArray().Sum(page => page.GetProperty("words").EnumerateArray().Sum(word => Letters(word[4].GetString()!)));
        var found = Rows(result, "text_lines").Sum(row => Letters(row("text")));
        var before = kinds.GetValueOrDefault("letters");
        if (!file.StartsWith("scan_", StringComparison.Ordinal))
            kinds["letters"] = (before.Expected + expected, before.Found + found, before.Hit + Math.Min(expected, found));

        static int Letters(string text) => text.Count(letter => char.IsLetterOrDigit(letter));
    }

    void Drawing(string file, JsonElement drawing, ExtractionResult result)
    {
        var scan = file.StartsWith("scan_", StringComparison.Ordinal) ? "scan " : "";
        var dimensions = drawing.GetProperty("dimensions").EnumerateArray().Select(one => string.Join(' ', Text(one, "kind"), N(one, "nominal"), Text(one, "unit"), $"x{N(one, "count")}", Text(one, "fit"),
            Zero(N(one, "upper")), Zero(N(one, "lower")), N(one, "depth"), one.TryGetProperty("reference", out _) ? "ref" : "", one.TryGetProperty("max", out _) ? "max" : "", N(one, "angle")));
        Add(scan + "dimensions", file, dimensions, Rows(result, "dimensions").Select(row => string.Join(' ', row("kind"), row("nominal"), row("unit"), $"x{row("count")}", row("fit"),
            Zero(row("upper")), Zero(row("lower")), row("depth"), row("reference") == "true" ? "ref" : "", row("limit"), row("chamfer_angle"))));
        Add(scan + "frames", file, drawing.GetProperty("gdt").EnumerateArray().Select(one => $"{Text(one, "characteristic")} {(one.GetProperty("diametral_zone").GetBoolean() ? "true" : "false")} {N(one, "tolerance")} {string.Join('|', one.GetProperty("datums").EnumerateArray().Select(datum => datum.GetString()))}"),
            Rows(result, "gdt").Select(row => $"{row("characteristic")} {row("diametral")} {row("value")} {string.Join('|', new[] { row("datum1"), row("datum2"), row("datum3") }.Where(datum => datum.Length > 0))}"));
        Add(scan + "title block", file, drawing.GetProperty("title_block").EnumerateObject().Where(field => field.Name != "stock").Select(field => $"{field.Name}={Plain(field.Value.GetString()!)}"),
            Rows(result, "title_block").Where(row => row("field") != "custom").Select(row => $"{(row("field") == "size" ? "sheet_size" : row("field"))}={Plain(row("value"))}"));
        if (drawing.TryGetProperty("surface_finish", out var finishes))
            Add(scan + "surface finish", file, finishes.EnumerateArray().Select(one => $"{Text(one, "parameter")} {N(one, "value")}"), Rows(result, "surface_finish").Select(row => $"{row("parameter")} {row("value")}"));
        if (drawing.TryGetProperty("notes", out var notes))
            Add(scan + "notes", file, notes.EnumerateArray().Select(one => Plain(one.GetString()!)), Rows(result, "notes").Select(row => Plain(row("text"))));
        Add(scan + "threads", file, [], Rows(result, "threads").Select(row => row("designation")));
    }

    // Pairs of neighbours, as table competitions count: right neighbour and lower neighbour with text.
    void Tables(string file, List<(int Page, List<(int Row, int Column, int RowEnd, int ColumnEnd, string Text)> Cells)> tables, ExtractionResult result)
    {
        var found = Rows(result, "tables").GroupBy(row => (Page: row("page"), Table: row("table"))).Select(table => table.Select(row => (
            Row: int.Parse(row("row"), null), Column: int.Parse(row("col"), null), RowEnd: int.Parse(row("row"), null) + int.Parse(row("rowspan"), null) - 1,
            ColumnEnd: int.Parse(row("col"), null) + int.Parse(row("colspan"), null) - 1, Text: row("text"), Ruled: row("ruled") == "true", Page: table.Key.Page)).ToList()).ToList();
        List<string> expectedCells = [], foundCells = [], expectedPairs = [], foundPairs = [];
        HashSet<int> used = [];
        var ruled = 0;
        foreach (var (page, cells) in tables)
        {
            var texts = cells.Select(cell => Plain(cell.Text)).Where(text => text.Length > 0).ToHashSet();
            expectedCells.AddRange(cells.Select(cell => Plain(cell.Text)).Where(text => text.Length > 0));
            expectedPairs.AddRange(Pairs(cells));
            // What the file has besides the tables of the truth is neither right nor wrong.
            for (var i = 0; i < found.Count; i++)
            {
                if (used.Contains(i) || page > 0 && found[i][0].Page != page.ToString(CultureInfo.InvariantCulture) || found[i].Count(cell => texts.Contains(Plain(cell.Text))) < Math.Min(0.25 * found[i].Count(cell => cell.Text.Length > 0), 4))
                    continue;
                if (!found[i].Exists(cell => texts.Contains(Plain(cell.Text))))
                    continue;
                used.Add(i);
                ruled += found[i][0].Ruled ? 1 : -1;
                foundCells.AddRange(found[i].Select(cell => Plain(cell.Text)).Where(text => text.Length > 0));
                foundPairs.AddRange(Pairs([.. found[i].Select(cell => (cell.Row, cell.Column, cell.RowEnd, cell.ColumnEnd, cell.Text))]));
            }
        }
        var kind = file.StartsWith("scan_", StringComparison.Ordinal) ? "scan tables" : ruled > 0 ? "ruled tables" : "unruled tables";
        Add($"{kind}, cells", file, expectedCells, foundCells);
        Add($"{kind}, neighbours", file, expectedPairs, foundPairs);
        Add($"~ {file}, cells", file, expectedCells, foundCells);
        Misses.RemoveAll(miss => miss.StartsWith('~'));
    }

    static IEnumerable<string> Pairs(List<(int Row, int Column, int RowEnd, int ColumnEnd, string Text)> cells)
    {
        var filled = cells.FindAll(cell => Plain(cell.Text).Length > 0);
        foreach (var cell in filled)
        {
            var right = filled.Where(other => other.Column > cell.ColumnEnd && other.Row <= cell.RowEnd && other.RowEnd >= cell.Row).OrderBy(other => other.Column).ThenBy(other => other.Row).FirstOrDefault();
            var below = filled.Where(other => other.Row > cell.RowEnd && other.Column <= cell.ColumnEnd && other.ColumnEnd >= cell.Column).OrderBy(other => other.Row).ThenBy(other => other.Column).FirstOrDefault();
            if (right.Text is not null)
                yield return $"{Plain(cell.Text)} > {Plain(right.Text)}";
            if (below.Text is not null)
                yield return $"{Plain(cell.Text)} v {Plain(below.Text)}";
        }
    }

    static IEnumerable<(int Page, List<(int, int, int, int, string)> Cells)> ExpectedTables(JsonElement truth)
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
                yield return (region.GetProperty("page").GetInt32(), [.. region.GetProperty("cells").EnumerateArray().Select(cell =>
                    (cell.GetProperty("row").GetInt32(), cell.GetProperty("col").GetInt32(), cell.GetProperty("end_row").GetInt32(), cell.GetProperty("end_col").GetInt32(), cell.GetProperty("text").GetString()!))]);
            }
        }
    }

    static int PageOf(string note) => note.IndexOf("page ", StringComparison.Ordinal) is >= 0 and var at ? note[at + 5] - '0' : 0;

    static List<(int, int, int, int, string)> Grid(JsonElement rows, int skip = 0) =>
        [.. rows.EnumerateArray().SelectMany((row, r) => row.EnumerateArray().Select((cell, c) => (r, c, r, c, cell.ValueKind == JsonValueKind.Null ? "" : cell.ToString()))).Where(cell => cell.Item1 >= skip)];

    static IEnumerable<Func<string, string>> Rows(ExtractionResult result, string kind)
    {
        var table = result.Table(kind);
        return table is null ? [] : table.Rows.Select(row => (Func<string, string>)(key => table.At(row, key).ToString()));
    }

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

    static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";
    static string N(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetDouble().ToString("R", CultureInfo.InvariantCulture) : "";
    static string Zero(string number) => number is "0" or "-0" ? "" : number;
}
