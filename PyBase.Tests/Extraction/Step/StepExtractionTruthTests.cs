using System.Globalization;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Step;
using PyBase.Tests.Extraction.Accuracy;
using PyBase.Tests.Support;
using Xunit;

namespace PyBase.Tests.Extraction.Step;

/// <summary>Real files that are special; they lie beside the repository where they exist at all.</summary>
public sealed class StepExtractionTruthTests
{
    const string Drawings = "drawings/step";

    public static TheoryData<string> Files()
    {
        var files = new TheoryData<string>();
        foreach (var file in SharedData.Files(Drawings, "*"))
            files.Add(Path.GetRelativePath(SharedData.Locate(Drawings), file));
        if (files.Count == 0)
            files.Add("");
        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Colours_of_parts_are_colours_of_the_file(string file)
    {
        var truth = Truth.Of("step/" + file);
        var result = Read(SharedData.Locate(Path.Combine(Drawings, file)));
        var parts = result.Table("parts")!;
        HashSet<string> colours = [.. truth.GetProperty("colours_rgb").EnumerateArray().Select(each => string.Concat("#", string.Concat(each.EnumerateArray().Select(part => ((int)Math.Round(part.GetDouble() * 255)).ToString("X2", CultureInfo.InvariantCulture))))), "#FF0000", "#00FF00", "#0000FF", "#FFFF00", "#FF00FF", "#00FFFF", "#000000", "#FFFFFF"];
        Assert.All(parts.Rows, row => Assert.True(parts.At(row, "color").IsEmpty || colours.Contains(parts.At(row, "color").ToString())));
    }

    [Fact]
    public void Files_that_refer_to_each_other_are_one_assembly_of_eleven_leaves()
    {
        var folder = SharedData.Locate(Drawings + "/s1-c5-214");
        var whole = Read([.. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal)]);
        Assert.DoesNotContain(whole.Findings, finding => finding.Code is "external-file-missing" or "dangling-reference" or "product-without-definition");
        var bom = whole.Table("bom")!;
        Assert.Equal(11, bom.Rows.Sum(row => bom.At(row, "total_qty").Number));
        Assert.All(whole.Table("external_files")!.Rows, row => Assert.True(row.Cells[1].Boolean));
        var alone = Read(Path.Combine(folder, "s1-c5-214.stp"));
        Assert.Equal(5, alone.Table("bom")!.Rows.Sum(row => bom.At(row, "total_qty").Number));
        Assert.Equal(4, alone.Findings.Where(finding => finding.Code == "external-file-missing").Sum(finding => finding.Count));
        // The tree of the whole does not depend on the order in which files come.
        var reversed = Read([.. Directory.EnumerateFiles(folder).OrderDescending(StringComparer.Ordinal)]);
        Assert.Equal(Paths(whole).Order(), Paths(reversed).Order());
    }

    static IEnumerable<string> Paths(ExtractionResult result) => result.Table("assembly")!.Rows.Select(row => result.Table("assembly")!.At(row, "path").ToString());

    static ExtractionResult Read(params string[] files)
    {
        var streams = files.Select(File.OpenRead).ToList();
        try
        {
            return files.Length == 1
                ? StepExtractor.Read(streams[0], cancellationToken: TestContext.Current.CancellationToken)
                : StepExtractor.Read([.. files.Zip(streams, (name, stream) => new StepInput(name, stream))], cancellationToken: TestContext.Current.CancellationToken);
        }
        finally
        {
            streams.ForEach(stream => stream.Dispose());
        }
    }
}
