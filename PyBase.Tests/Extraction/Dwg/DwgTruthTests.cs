using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PyBase.Extraction;
using PyBase.Extraction.Dwg;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Envelope;
using PyBase.Tests.Extraction.Dxf;
using PyBase.Tests.Support;
using Xunit;

namespace PyBase.Tests.Extraction.Dwg;

/// <summary>Real drawings against their DXF twins: the twin file where it is there, and what an independent reader found in it.</summary>
public sealed partial class DwgTruthTests
{
    const string Absent = "(none)";

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (var path in SharedData.Files("drawings/dwg", "*.dwg").DefaultIfEmpty(Absent))
            files.Add(Path.GetFileName(path));
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_layers_are_those_of_the_twin(string file) => Compare(file, (truth, result) =>
    {
        // The index beside a true colour is the nearest one, by a measure that only AutoCAD knows.
        var trueColors = (result.Table("layers")?.Rows ?? []).Where(row => row.Cells[2].Text is not null).Select(row => row.Cells[0].Text!).ToHashSet();
        var expected = truth.GetProperty("layers").EnumerateArray().Select(layer => string.Join(';', layer.GetProperty("name").GetString(),
            trueColors.Contains(layer.GetProperty("name").GetString()!) ? "" : Math.Abs(layer.GetProperty("color").GetInt32()), layer.GetProperty("linetype").GetString(),
            Word(!layer.GetProperty("off").GetBoolean()), Word(layer.GetProperty("frozen").GetBoolean()), Word(layer.GetProperty("locked").GetBoolean())));
        var actual = DxfText.Rows(result, "layers", "name", "color_aci", "linetype", "on", "frozen", "locked")
            .Select(row => row.Split(';')).Select(cells => string.Join(';', trueColors.Contains(cells[0]) ? [cells[0], "", .. cells[2..]] : cells));
        // The independent reader adds Defpoints to every file.
        static bool IsAdded(string layer) => layer.StartsWith("Defpoints;", StringComparison.Ordinal);
        Assert.Equal(expected.Where(layer => !IsAdded(layer)).Order(), actual.Where(layer => !IsAdded(layer)).Order());
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void The_blocks_and_what_they_hold_are_those_of_the_twin(string file) => Compare(file, (truth, result) =>
    {
        var names = NamesLost(truth, result);
        var expected = truth.GetProperty("blocks").EnumerateArray().Select(block => string.Join(';', Kept(names, block.GetProperty("name").GetString()!),
            block.GetProperty("insert_count_all").GetInt64(), string.Join(", ", block.GetProperty("attdefs").EnumerateArray().Select(one => one.GetProperty("tag").GetString()))));
        var actual = DxfText.Rows(result, "blocks", "name", "insert_count", "attdef_tags", "is_layout").Where(row => row.EndsWith(";false", StringComparison.Ordinal)).Select(row => row[..^6]);
        Assert.Equal(expected.Where(row => !row.StartsWith("*Model_", StringComparison.OrdinalIgnoreCase) && !row.StartsWith("*Paper_", StringComparison.OrdinalIgnoreCase)).Order(), actual.Order());
        Assert.Equal(Counts(truth.GetProperty("modelspace_counts")), Summary(result, "Model"));
        foreach (var layout in truth.GetProperty("layouts").EnumerateArray())
            Assert.Equal(Counts(layout.GetProperty("counts")), Summary(result, layout.GetProperty("name").GetString()!));
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void The_inserts_and_attributes_are_those_of_the_twin(string file) => Compare(file, (truth, result) =>
    {
        var inserts = truth.GetProperty("inserts").EnumerateArray();
        var names = NamesLost(truth, result);
        var expected = inserts.Select(insert => string.Join(';', insert.GetProperty("block").GetString(), Kept(names, insert.GetProperty("effective_block").GetString()!),
            Owner(insert, result), insert.GetProperty("layer").GetString(), insert.GetProperty("rows").GetInt32(), insert.GetProperty("columns").GetInt32()));
        Assert.Equal(expected.Order(), DxfText.Rows(result, "inserts", "block_raw", "block", "owner", "layer", "rows", "cols").Order());
        var attributes = inserts.SelectMany(insert => insert.GetProperty("attribs").EnumerateArray()
            .Select(attribute => $"{insert.GetProperty("handle").GetString()};{attribute.GetProperty("tag").GetString()};{attribute.GetProperty("text").GetString()};false"));
        Assert.Equal(attributes.Order(), WithHandles(result, "attributes", "tag", "value", "constant").Where(row => row.EndsWith(";false", StringComparison.Ordinal)).Order());
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void The_texts_are_those_of_the_twin(string file) => Compare(file, (truth, result) =>
    {
        var expected = truth.GetProperty("texts").EnumerateArray().Select(text => string.Join(';', Owner(text, result), text.GetProperty("type").GetString(),
            text.GetProperty("layer").GetString(), Raw(text.GetProperty("raw").GetString()!)));
        Assert.Equal(expected.Order(), DxfText.Rows(result, "texts", "owner", "type", "layer", "raw").Select(Raw).Order());
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void The_dimensions_are_those_of_the_twin(string file) => Compare(file, (truth, result) =>
    {
        var table = result.Table("dimensions");
        Assert.Equal(truth.GetProperty("dimensions").GetArrayLength(), table?.RowCount ?? 0);
        foreach (var dimension in truth.GetProperty("dimensions").EnumerateArray())
        {
            var row = table!.Rows.Single(row => row.Locator.EndsWith($"#{dimension.GetProperty("handle").GetString()}", StringComparison.Ordinal));
            var kind = Kinds[dimension.GetProperty("dimtype").GetInt32() & 15];
            Assert.Equal(kind, table.At(row, "kind").Text);
            Assert.Equal(dimension.GetProperty("layer").GetString(), table.At(row, "layer").Text);
            Assert.Equal(dimension.GetProperty("dimstyle").GetString(), table.At(row, "dimstyle").Text);
            Assert.Equal(dimension.GetProperty("text_override").GetString(), table.At(row, "override").ToString());
            var stored = dimension.GetProperty("stored_measurement_42").GetDouble() * (kind.StartsWith("angular", StringComparison.Ordinal) ? 180 / Math.PI : 1);
            Assert.Equal(1, table.At(row, "measured").Number!.Value / stored, 6);
            Assert.Equal(dimension.GetProperty("displayed_raw").EnumerateArray().Select(one => Raw(one.GetString()!)), table.At(row, "displayed_raw").Text!.Split('\n'));
        }
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Tolerances_tables_and_leaders_are_those_of_the_twin(string file) => Compare(file, (truth, result) =>
    {
        Assert.Equal(truth.GetProperty("tolerances").EnumerateArray().Select(tolerance => $"{tolerance.GetProperty("handle").GetString()};{tolerance.GetProperty("content").GetString()}").Order(),
            (result.Table("tolerances")?.Rows ?? []).Select(row => $"{row.Locator.Split('#')[1]};{row.Raw}").Distinct().Order());
        Assert.Equal(truth.GetProperty("multileaders").EnumerateArray().Select(leader => $"{leader.GetProperty("handle").GetString()};{leader.GetProperty("text").GetString()}").Order(),
            WithHandles(result, "leaders", "raw", "type").Where(row => row.EndsWith(";MULTILEADER", StringComparison.Ordinal)).Select(row => row[..^12]).Order());
        var expected = truth.GetProperty("acad_tables").EnumerateArray().SelectMany(table => table.GetProperty("cells").EnumerateArray().SelectMany((row, r) =>
            row.EnumerateArray().Select((cell, c) => $"{table.GetProperty("handle").GetString()};{r + 1};{c + 1};{cell.GetString()}")));
        Assert.Equal(expected.Where(cell => !cell.EndsWith(';')).Order(), WithHandles(result, "tables", "row", "col", "text").Where(cell => !cell.EndsWith(';')).Order());
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Nothing_of_a_sound_file_is_left_out(string file) => Compare(file, (truth, result) =>
    {
        Assert.Equal(FileFormat.Dwg, result.Source.Format);
        Assert.Equal(truth.GetProperty("insunits").GetInt32() == 1, result.Units is { Length: "in", Source: UnitSource.Declared });
        Assert.DoesNotContain(result.Findings, finding => finding.Code is not (FindingCode.ExternalFileMissing or FindingCode.UnitsUndeclared));
        Assert.False(result.Truncated);
    });

    [Theory]
    [InlineData("sample_AC1032.dwg", "sample_AC1032_ascii.dxf")]
    [InlineData("BLOCKVISIBILITYPARAMETER.dwg", "BLOCKVISIBILITYPARAMETER.dxf")]
    public void Every_table_is_that_of_the_twin_file_cell_by_cell(string file, string twin)
    {
        using var drawing = File.OpenRead(SharedData.Locate("drawings/dwg/" + file));
        using var other = File.OpenRead(SharedData.Locate("drawings/dxf/" + twin));
        var actual = DwgReader.Read(drawing, cancellationToken: TestContext.Current.CancellationToken);
        var expected = DxfReader.Read(other, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(expected.Units, actual.Units);
        Assert.Equal(expected.Tables.Select(table => table.Kind), actual.Tables.Select(table => table.Kind));
        foreach (var table in expected.Tables)
        {
            var same = actual.Table(table.Kind)!;
            Assert.Equal(table.Columns, same.Columns);
            Assert.Equal(Shown(table), Shown(same));
        }
        // When it was saved differs, since the two were saved one after the other.
        Assert.Equal(expected.Metadata.Where(entry => entry.Key is not ("created" or "updated")), actual.Metadata.Where(entry => entry.Key is not ("created" or "updated")));
    }

    // To R2000 AutoCAD saves the block behind a dynamic one as an anonymous one, and DXF keeps no more than that; DWG still has its name.
    static Dictionary<string, string> NamesLost(JsonElement truth, ExtractionResult result)
    {
        var twin = truth.GetProperty("blocks").EnumerateArray().Select(block => block.GetProperty("name").GetString()!).ToList();
        var own = DxfText.Rows(result, "blocks", "name");
        var (lost, kept) = (twin.Except(own).Where(name => name.StartsWith("*U", StringComparison.Ordinal)).ToList(), own.Except(twin).Where(name => !name.StartsWith('*')).ToList());
        return lost.Count == 1 && kept.Count == 1 ? new() { [lost[0]] = kept[0] } : [];
    }

    static string Kept(Dictionary<string, string> names, string name) => names.GetValueOrDefault(name, name);

    static readonly string[] Kinds = ["linear", "aligned", "angular", "diameter", "radius", "angular_3_point", "ordinate"];

    // DXF has 16 digits. Of variants that AutoCAD makes anew when it writes DXF the handles differ.
    static List<string> Shown(ExtractedTable table)
    {
        var rgb = table.Kind == "layers" ? 2 : -1;
        return [.. table.Rows.Select(row => Remade().Replace(row.Locator, "$1") + ";" + string.Join(';', row.Cells.Select((cell, place) =>
            rgb >= 0 && place == 1 && row.Cells[rgb].Text is not null ? "" : cell.Number is { } number ? (Math.Round(number, 9) + 0.0).ToString("G10", CultureInfo.InvariantCulture) : cell.ToString()))).Order(StringComparer.Ordinal)];
    }

    static void Compare(string file, Action<JsonElement, ExtractionResult> compare)
    {
        using var truth = JsonDocument.Parse(File.ReadAllBytes(SharedData.Locate($"truth/dwg/{file}.json")));
        using var stream = File.OpenRead(SharedData.Locate("drawings/dwg/" + file));
        compare(truth.RootElement.GetProperty("twin_truth"), DwgReader.Read(stream, cancellationToken: TestContext.Current.CancellationToken));
    }

    static IEnumerable<string> WithHandles(ExtractionResult result, string kind, params string[] columns) => result.Table(kind) is { } table
        ? table.Rows.Select(row => $"{row.Locator.Split('#')[1].Split('/')[0]};{string.Join(';', columns.Select(column => table.At(row, column).ToString()))}")
        : [];

    static string Owner(JsonElement entity, ExtractionResult result)
    {
        var owner = entity.GetProperty("owner").GetString()!;
        return owner.StartsWith("layout:", StringComparison.Ordinal)
            ? DxfText.Rows(result, "layouts", "name", "owner").Select(row => row.Split(';')).Single(cells => cells[0] == owner[7..])[1]
            : owner;
    }

    static string Word(bool value) => value ? "true" : "false";

    // The independent reader leaves \\U+XXXX as it is.
    static string Raw(string text) => Escaped().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString()).Replace("^J", "\\P", StringComparison.Ordinal).Replace("\n", "\\P", StringComparison.Ordinal);

    static IEnumerable<string> Counts(JsonElement counts) => counts.EnumerateObject().Where(count => count.Value.GetInt64() > 0).Select(count => $"{count.Name};{count.Value.GetInt64()}").Order();

    static IEnumerable<string> Summary(ExtractionResult result, string layout) =>
        DxfText.Rows(result, "summary", "layout", "type", "count").Where(row => row.StartsWith(layout + ";", StringComparison.Ordinal)).Select(row => row[(layout.Length + 1)..]).Order();

    [GeneratedRegex(@"\\U\+([0-9A-F]{4})")]
    private static partial Regex Escaped();

    [GeneratedRegex(@"(\*U\d+)#[0-9A-F]+")]
    private static partial Regex Remade();
}
