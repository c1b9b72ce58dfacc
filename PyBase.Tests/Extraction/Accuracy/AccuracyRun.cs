using System.Text.Json;
using PyBase.Extraction;
using PyBase.Extraction.Dwg;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Ifc;
using PyBase.Extraction.Pdf;
using PyBase.Extraction.Sheets;
using PyBase.Extraction.Step;
using PyBase.Tests.Support;

namespace PyBase.Tests.Extraction.Accuracy;

/// <summary>Reads every real file and compares it with its truth.</summary>
static class AccuracyRun
{
    public static Tally OverAllFiles()
    {
        var tally = new Tally();
        foreach (var file in Truth.Files("dxf"))
            DrawingFacts.Add(tally, "DXF", Name(file), Truth.Of(file), Read(file, stream => DxfReader.Read(stream)));
        foreach (var file in Truth.Files("dwg"))
            DrawingFacts.Add(tally, "DWG", Name(file), Truth.Of(file).GetProperty("twin_truth"), Read(file, stream => DwgReader.Read(stream)));
        foreach (var file in Truth.Files("step"))
            Step(tally, file, Truth.Of(file));
        foreach (var file in Truth.Files("ifc"))
            IfcFacts.Add(tally, Name(file), Truth.Of(file), Read(file, stream => IfcReader.Read(stream)));
        // A scan is read by another program, where that is installed.
        foreach (var file in Truth.Files("pdf").Where(file => !Name(file).StartsWith("scan_", StringComparison.Ordinal)))
        {
            var truth = Truth.Of(file);
            PdfFacts.Add(tally, Name(file), truth, Read(file, stream => PdfReader.Read(stream, new PdfOptions { Password = truth.Text("user_password") is { Length: > 0 } password ? password : null })));
        }
        foreach (var file in Truth.Files("xlsx"))
            SheetFacts.Add(tally, Name(file), Truth.Of(file), Read(file, stream => SheetReader.Read(stream)));
        return tally;
    }

    static void Step(Tally tally, string file, JsonElement truth)
    {
        var alone = Read(file, stream => StepExtractor.Read(stream));
        // The truth of sizes followed references to files beside, by way of others too.
        var folder = Path.GetDirectoryName(SharedData.Locate("drawings/" + file))!;
        List<string> group = [file];
        for (var n = 0; n < group.Count; n++)
        {
            foreach (var name in (n == 0 ? alone : Read(group[n], stream => StepExtractor.Read(stream))).Rows("external_files").Select(row => row["name"]))
            {
                var beside = $"{Path.GetDirectoryName(file)}/{name}";
                if (File.Exists(Path.Combine(folder, name)) && !group.Contains(beside))
                    group.Add(beside);
            }
        }
        if (group.Count == 1)
        {
            StepFacts.Add(tally, file[5..], truth, alone, alone);
            return;
        }
        var streams = group.Select(Truth.OpenDrawing).ToList();
        StepFacts.Add(tally, file[5..], truth, alone, StepExtractor.Read([.. group.Zip(streams, (name, stream) => new StepInput(Name(name), stream))]));
        streams.ForEach(stream => stream.Dispose());
    }

    static string Name(string file) => Path.GetFileName(file);

    /// <summary>Codes of findings that say that something of the file is left out; of a sound file nothing is.</summary>
    static readonly string[] s_complaints = [FindingCode.SyntaxError, FindingCode.DanglingReference, FindingCode.DuplicateId, FindingCode.FileTruncated, FindingCode.RecordTooLong, FindingCode.ChecksumMismatch];

    static ExtractionResult Read(string file, Func<Stream, ExtractionResult> read)
    {
        using var stream = Truth.OpenDrawing(file);
        var result = read(stream);
        Assert.False(result.Truncated || result.HasErrors, file);
        Assert.DoesNotContain(result.Findings, finding => s_complaints.Contains(finding.Code));
        return result;
    }
}
