using System.Text.Json;
using System.Text.RegularExpressions;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Envelope;
using Xunit;

namespace PyBase.Tests.Extraction.Dxf;

/// <summary>Real drawings against what an independent reader found in them; both lie beside the repository where they exist at all.</summary>
public sealed partial class DxfTruthTests
{
    const string Absent = "(none)";

    static readonly string? Shared = FindShared();

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        string[] paths = Shared is null ? [Absent] : Directory.GetFiles(Path.Combine(Shared, "drawings", "dxf"));
        foreach (var path in paths.Order(StringComparer.Ordinal))
            files.Add(Path.GetFileName(path));
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Layers_and_styles(string file) => Compare(file, (truth, result) =>
    {
        // The independent reader adds the layers 0 and Defpoints to every file.
        static bool IsAdded(string layer) => layer.StartsWith("0;", StringComparison.Ordinal) || layer.StartsWith("Defpoints;", StringComparison.Ordinal);
        var expected = truth.GetProperty("layers").EnumerateArray().Select(layer => string.Join(';',
            Decoded(layer.GetProperty("name").GetString()!), Math.Abs(layer.GetProperty("color").GetInt32()), layer.GetProperty("linetype").GetString(),
            Word(!layer.GetProperty("off").GetBoolean()), Word(layer.GetProperty("frozen").GetBoolean()), Word(layer.GetProperty("locked").GetBoolean())));
        var actual = DxfText.Rows(result, "layers", "name", "color_aci", "linetype", "on", "frozen", "locked");
        Assert.Equal(expected.Where(layer => !IsAdded(layer)).Order(), actual.Where(layer => !IsAdded(layer)).Order());
        if (result.Table("styles") is { } styles)
        {
            var dimensions = DxfText.Rows(result, "styles", "kind", "name").Where(style => style.StartsWith("dimension;", StringComparison.Ordinal)).Select(style => style[10..]);
            Assert.Empty(dimensions.Except(Strings(truth, "dimstyles").Select(Decoded)));
        }
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Blocks_and_layouts(string file) => Compare(file, (truth, result) =>
    {
        Assert.Equal(
            Strings(truth.GetProperty("raw"), "raw_block_names").Select(name => name.Replace("$MODEL_SPACE", "*Model_Space", StringComparison.Ordinal)
                .Replace("$PAPER_SPACE", "*Paper_Space", StringComparison.Ordinal)).Select(Decoded).Order(),
            DxfText.Rows(result, "blocks", "name").Order());
        var counts = truth.GetProperty("blocks").EnumerateArray().Where(block => !block.GetProperty("name").GetString()!.StartsWith("*Model_", StringComparison.Ordinal))
            .ToDictionary(block => Decoded(block.GetProperty("name").GetString()!), block => (block.GetProperty("insert_count_all").GetInt64(), string.Join(", ", block.GetProperty("attdefs").EnumerateArray().Select(one => one.GetProperty("tag").GetString()))));
        foreach (var (name, count, tags) in DxfText.Rows(result, "blocks", "name", "insert_count", "attdef_tags").Select(row => row.Split(';')).Select(cells => (cells[0], long.Parse(cells[1], null), cells[2])))
        {
            if (counts.TryGetValue(name, out var expected))
                Assert.Equal((name, expected.Item1, expected.Item2), (name, count, tags));
        }
        foreach (var layout in truth.GetProperty("layouts").EnumerateArray())
        {
            var name = layout.GetProperty("name").GetString()!;
            Assert.Equal(Counts(layout.GetProperty("counts")), Summary(result, name is "Layout1" && result.Table("layouts")?.Rows.Any(row => row.Cells[0].Text == name) != true ? "Paper" : name));
        }
        Assert.Equal(Counts(truth.GetProperty("modelspace_counts")), Summary(result, "Model"));
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Inserts_and_attributes(string file) => Compare(file, (truth, result) =>
    {
        var expected = truth.GetProperty("inserts").EnumerateArray().Select(insert => string.Join(';',
            Handle(insert), insert.GetProperty("block").GetString(), insert.GetProperty("effective_block").GetString(), Owner(insert, result),
            Decoded(insert.GetProperty("layer").GetString()!), insert.GetProperty("rows").GetInt32(), insert.GetProperty("columns").GetInt32()));
        Assert.Equal(expected.Order(), WithHandles(result, "inserts", "block_raw", "block", "owner", "layer", "rows", "cols").Order());
        var attributes = truth.GetProperty("inserts").EnumerateArray().SelectMany(insert => insert.GetProperty("attribs").EnumerateArray()
            .Select(attribute => $"{Handle(insert)};{attribute.GetProperty("tag").GetString()};{attribute.GetProperty("text").GetString()};false"));
        Assert.Equal(attributes.Order(), WithHandles(result, "attributes", "tag", "value", "constant").Where(row => row.EndsWith(";false", StringComparison.Ordinal)).Order());
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Texts(string file) => Compare(file, (truth, result) =>
    {
        var expected = truth.GetProperty("texts").EnumerateArray().Select(text => string.Join(';', Owner(text, result), text.GetProperty("type").GetString(),
            Decoded(text.GetProperty("layer").GetString()!), Decoded(text.GetProperty("raw").GetString()!), Comparable(text.GetProperty("plain").GetString()!)));
        var table = result.Table("texts");
        var actual = (table?.Rows ?? []).Select(row => string.Join(';', table!.At(row, "owner"), table.At(row, "type"), table.At(row, "layer"), table.At(row, "raw").ToString().Replace("\n", "\\P", StringComparison.Ordinal), Comparable(table.At(row, "text").ToString())));
        Assert.Equal(expected.Order(), actual.Order());
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Dimensions(string file) => Compare(file, (truth, result) =>
    {
        var actual = WithHandles(result, "dimensions", "owner", "layer", "dimstyle", "override", "displayed_raw").ToDictionary(row => row.Split(';')[0]);
        var table = result.Table("dimensions");
        Assert.Equal(truth.GetProperty("dimensions").GetArrayLength(), actual.Count);
        foreach (var dimension in truth.GetProperty("dimensions").EnumerateArray())
        {
            var handle = Handle(dimension);
            var row = table!.Rows.Single(row => row.Locator.EndsWith($"#{handle}", StringComparison.Ordinal));
            var kind = dimension.GetProperty("entity").GetString() switch
            {
                "ARC_DIMENSION" => "arc_length",
                "LARGE_RADIAL_DIMENSION" => "jogged_radius",
                _ => Kinds[dimension.GetProperty("dimtype").GetInt32() & 15],
            };
            Assert.Equal((handle, kind), (handle, table.At(row, "kind").Text));
            Assert.Equal(Owner(dimension, result), table.At(row, "owner").Text);
            Assert.Equal(dimension.GetProperty("layer").GetString(), table.At(row, "layer").Text);
            Assert.Equal(dimension.GetProperty("dimstyle").GetString(), table.At(row, "dimstyle").Text);
            Assert.Equal(dimension.GetProperty("text_override").GetString(), table.At(row, "override").ToString());
            if (dimension.GetProperty("stored_measurement_42").ValueKind == JsonValueKind.Number)
            {
                var stored = dimension.GetProperty("stored_measurement_42").GetDouble() * (kind.StartsWith("angular", StringComparison.Ordinal) ? 180 / Math.PI : 1);
                Assert.Equal(1, table.At(row, "measured").Number!.Value / stored, 6);
            }
            if (Strings(dimension, "displayed_raw") is { Count: > 0 } shown)
            {
                Assert.Equal(shown.Select(Decoded), table.At(row, "displayed_raw").Text!.Split('\n'));
            }
        }
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Tolerances_tables_and_leaders(string file) => Compare(file, (truth, result) =>
    {
        Assert.Equal(truth.GetProperty("tolerances").EnumerateArray().Select(tolerance => $"{Handle(tolerance)};{tolerance.GetProperty("content").GetString()}"),
            (result.Table("tolerances")?.Rows ?? []).Select(row => $"{row.Locator.Split('#')[1]};{row.Raw}").Distinct());
        Assert.Equal(truth.GetProperty("multileaders").EnumerateArray().Select(leader => $"{Handle(leader)};{Decoded(leader.GetProperty("text").GetString()!)}").Order(),
            WithHandles(result, "leaders", "raw", "type").Where(row => row.EndsWith(";MULTILEADER", StringComparison.Ordinal)).Select(row => row[..^12]).Order());
        var number = 0;
        foreach (var table in truth.GetProperty("acad_tables").EnumerateArray())
        {
            number++;
            var expected = table.GetProperty("cells").EnumerateArray().SelectMany((row, r) => row.EnumerateArray().Select((cell, c) => $"{r + 1};{c + 1};{cell.GetString()}"));
            var actual = DxfText.Rows(result, "tables", "table", "row", "col", "text").Where(cell => cell.StartsWith($"{number};", StringComparison.Ordinal)).Select(cell => cell[2..]);
            Assert.Equal(expected.Where(cell => !cell.EndsWith(';')).Order(), actual.Where(cell => !cell.EndsWith(';')).Order());
        }
        Assert.Equal(number, (result.Table("tables")?.Rows ?? []).Select(row => row.Cells[0].Integer).Distinct().Count());
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void Units_and_findings(string file) => Compare(file, (truth, result) =>
    {
        var units = truth.GetProperty("raw").GetProperty("header").TryGetProperty("$INSUNITS", out var code) ? code.ToString() : "0";
        Assert.Equal(units is "0" or null, result.Units.Source != UnitSource.Declared);
        Assert.DoesNotContain(result.Findings, finding => finding.Code is "syntax-error" or "dangling-reference" or "duplicate-id" or "file-truncated");
        Assert.False(result.Truncated);
    });

    static readonly string[] Kinds = ["linear", "aligned", "angular", "diameter", "radius", "angular_3_point", "ordinate"];

    static void Compare(string file, Action<JsonElement, ExtractionResult> compare)
    {
        Assert.SkipWhen(Shared is null, "shared/data/drawings/dxf is not present");
        using var truth = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Shared!, "truth", "dxf", file + ".json")));
        using var stream = File.OpenRead(Path.Combine(Shared!, "drawings", "dxf", file));
        compare(truth.RootElement, DxfReader.Read(stream, cancellationToken: TestContext.Current.CancellationToken));
    }

    static List<string> Strings(JsonElement parent, string key) =>
        parent.TryGetProperty(key, out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    // Rows as "handle;cells".
    static IEnumerable<string> WithHandles(ExtractionResult result, string kind, params string[] columns) => result.Table(kind) is { } table
        ? table.Rows.Select(row => $"{row.Locator.Split('#')[1].Split('/')[0]};{string.Join(';', columns.Select(column => table.At(row, column).ToString()))}")
        : [];

    static string Handle(JsonElement entity) => entity.GetProperty("handle").GetString()!;

    // "layout:Sheet 1" is the block that holds it.
    static string Owner(JsonElement entity, ExtractionResult result)
    {
        var owner = entity.GetProperty("owner").GetString()!;
        return owner.StartsWith("layout:", StringComparison.Ordinal)
            ? DxfText.Rows(result, "layouts", "name", "owner").Select(row => row.Split(';')).Single(cells => cells[0] == owner[7..])[1]
            : owner;
    }

    static string Word(bool value) => value ? "true" : "false";

    static IEnumerable<string> Counts(JsonElement counts) => counts.EnumerateObject().Where(count => count.Value.GetInt64() > 0).Select(count => $"{count.Name};{count.Value.GetInt64()}").Order();

    static IEnumerable<string> Summary(ExtractionResult result, string layout) =>
        DxfText.Rows(result, "summary", "layout", "type", "count").Where(row => row.StartsWith(layout + ";", StringComparison.Ordinal)).Select(row => row[(layout.Length + 1)..]).Order();

    // The independent reader leaves \U+XXXX as it is.
    static string Decoded(string text) => UnicodeEscape().Replace(text, match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());

    // It joins stacks without blanks and keeps their mark, and has Ø for %%c.
    static string Comparable(string plain) => Blanks().Replace(Decoded(plain).Replace("\0", "", StringComparison.Ordinal).Replace('Ø', '⌀').Replace('#', '/').Replace('^', '/'), "");

    [GeneratedRegex(@"\\U\+([0-9A-F]{4})")]
    private static partial Regex UnicodeEscape();

    [GeneratedRegex(@"[ \u00A0]")]
    private static partial Regex Blanks();

    static string? FindShared()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(Path.Combine(data, "drawings", "dxf")))
                return data;
        }
        return null;
    }
}
