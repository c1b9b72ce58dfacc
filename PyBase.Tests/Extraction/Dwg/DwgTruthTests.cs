using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PyBase.Extraction;
using PyBase.Extraction.Dwg;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Envelope;
using PyBase.Tests.Support;
using Xunit;

namespace PyBase.Tests.Extraction.Dwg;

/// <summary>Real drawings against their DXF twins, where those are there.</summary>
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

    [GeneratedRegex(@"(\*U\d+)#[0-9A-F]+")]
    private static partial Regex Remade();
}
