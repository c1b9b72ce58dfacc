using System.Diagnostics;
using System.Globalization;
using PyBase.Extraction;
using PyBase.Extraction.Dwg;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Ifc;
using PyBase.Extraction.Part21;
using PyBase.Extraction.Pdf;
using PyBase.Extraction.Sheets;
using PyBase.Extraction.Step;
using PyBase.Tests.Extraction.Dwg;
using PyBase.Tests.Extraction.Ifc;

namespace PyBase.Tests.Extraction;

/// <summary>Each limit of each reader, hit: an envelope that says so with its code, and is marked as cut.</summary>
public sealed class LimitTests
{
    static readonly TimeProvider Impatient = new JumpingClock();

    static readonly Dictionary<string, (string Code, Func<ExtractionResult> Read)> Limits = new()
    {
        ["STEP bytes"] = (FindingCode.FileTooLarge, () => Step(new StepOptions { Part21 = new Part21Options { MaxBytes = 5000 } })),
        ["STEP time"] = (FindingCode.TimeOver, () => Step(new StepOptions { Clock = Impatient })),
        ["STEP instances"] = (FindingCode.StructureTooLarge, () => Step(new StepOptions { MaxInstances = 20 })),
        ["STEP texts"] = (FindingCode.StructureTooLarge, () => Step(new StepOptions { MaxTextCharacters = 50 })),
        ["STEP kept bytes"] = (FindingCode.StructureTooLarge, () => Step(new StepOptions { MaxKeptBytes = 500 })),
        ["STEP text"] = (FindingCode.TextCut, () => Step(new StepOptions { MaxTextLength = 2 })),
        ["STEP lines"] = (FindingCode.AssemblyCut, () => Step(new StepOptions { MaxLines = 5 })),
        ["STEP depth"] = (FindingCode.AssemblyCut, () => Step(new StepOptions { MaxDepth = 1 })),
        ["STEP path"] = (FindingCode.AssemblyCut, () => Step(new StepOptions { MaxPathLength = 6 })),
        ["STEP rows"] = (FindingCode.RowsCut, () => Step(new StepOptions { MaxRows = 3 })),
        ["STEP nesting"] = (FindingCode.NestingTooDeep, () => StepOf($"#1=PRODUCT({new string('(', 20)}{new string(')', 20)});", new StepOptions { Part21 = new Part21Options { MaxNesting = 10 } })),
        ["STEP instance"] = (FindingCode.InstanceTooLong, () => StepOf($"#1=PRODUCT('{new string('x', 20_000)}');", new StepOptions { Part21 = new Part21Options { MaxInstanceBytes = 5000, BufferBytes = 1000 } })),
        ["IFC bytes"] = (FindingCode.FileTooLarge, () => Ifc(new IfcOptions { Part21 = new Part21Options { MaxBytes = 3000 } })),
        ["IFC time"] = (FindingCode.TimeOver, () => Ifc(new IfcOptions { Clock = Impatient })),
        ["IFC kept bytes"] = (FindingCode.StructureTooLarge, () => Ifc(new IfcOptions { MaxKeptBytes = 500 })),
        ["IFC links"] = (FindingCode.StructureTooLarge, () => Ifc(new IfcOptions { MaxLinks = 3 })),
        ["IFC rows"] = (FindingCode.RowsCut, () => Ifc(new IfcOptions { MaxRows = 3 })),
        ["IFC rows of one object"] = (FindingCode.RowsCut, () => Ifc(new IfcOptions { MaxRowsPerObject = 1 })),
        ["IFC text"] = (FindingCode.TextCut, () => Ifc(new IfcOptions { MaxTextLength = 3 })),
        ["DXF bytes"] = (FindingCode.FileTooLarge, () => Dxf(new DxfOptions { MaxBytes = 1000 })),
        ["DXF time"] = (FindingCode.TimeOver, () => Dxf(new DxfOptions { Clock = Impatient })),
        ["DXF records"] = (FindingCode.DrawingTooLarge, () => Dxf(new DxfOptions { MaxRecords = 20 })),
        ["DXF texts"] = (FindingCode.DrawingTooLarge, () => Dxf(new DxfOptions { MaxTextCharacters = 50 })),
        ["DXF text"] = (FindingCode.TextCut, () => Dxf(new DxfOptions { MaxTextLength = 3 })),
        ["DXF rows"] = (FindingCode.RowsCut, () => Dxf(new DxfOptions { MaxRows = 3 })),
        ["DWG bytes"] = (FindingCode.DrawingTooLarge, () => Dwg(new DwgOptions { MaxFileBytes = 100 })),
        ["DWG time"] = (FindingCode.TimeOver, () => Dwg(new DwgOptions { Clock = Impatient })),
        ["DWG rows"] = (FindingCode.RowsCut, () => Dwg(new DwgOptions { MaxRows = 3 })),
        ["DWG records"] = (FindingCode.DrawingTooLarge, () => Dwg(new DwgOptions { MaxRecords = 10 })),
        ["DWG expansion"] = (FindingCode.DrawingTooLarge, () => DwgReader.Read(new MemoryStream(DwgFile.Write("AC1032", "x")), new DwgOptions { MaxExpandedBytes = 10 }, cancellationToken: Cancellation)),
        ["PDF time"] = (PdfFindingCode.TimeOver, () => Pdf(new PdfOptions { MaxTime = TimeSpan.Zero })),
        ["PDF bytes"] = (PdfFindingCode.FileTooLarge, () => Pdf(new PdfOptions { MaxBytes = 100 })),
        ["PDF pages"] = (PdfFindingCode.PagesCut, () => Pdf(new PdfOptions { MaxPages = 1 })),
        ["PDF letters"] = (PdfFindingCode.PageTooLarge, () => Pdf(new PdfOptions { MaxLettersPerPage = 10 })),
        ["PDF strokes"] = (PdfFindingCode.PageTooLarge, () => Pdf(new PdfOptions { MaxStrokesPerPage = 10 })),
        ["PDF rows"] = (FindingCode.RowsCut, () => Pdf(new PdfOptions { MaxRows = 3 })),
        ["CSV bytes"] = (SheetFindingCode.SheetTooLarge, () => Csv(new SheetOptions { MaxBytes = 100 })),
        ["CSV time"] = (FindingCode.TimeOver, () => Csv(new SheetOptions { Clock = Impatient })),
        ["CSV cells"] = (SheetFindingCode.CellsCut, () => Csv(new SheetOptions { MaxCells = 10 })),
        ["CSV text"] = (FindingCode.TextCut, () => Csv(new SheetOptions { MaxTextLength = 3 })),
        ["CSV texts"] = (SheetFindingCode.CellsCut, () => Csv(new SheetOptions { MaxTextCharacters = 30 })),
        ["CSV rows"] = (FindingCode.RowsCut, () => Csv(new SheetOptions { MaxRows = 3 })),
        ["XLSX expansion"] = (SheetFindingCode.SheetTooLarge, () => SheetReader.Read(new MemoryStream(LargeFiles.Xlsx(100)), new SheetOptions { MaxExpandedBytes = 3000 }, Cancellation)),
        ["XLSX sheets"] = (SheetFindingCode.CellsCut, () => SheetReader.Read(new MemoryStream(LargeFiles.Xlsx(10)), new SheetOptions { MaxSheets = 0 }, Cancellation)),
    };

    public static TheoryData<string> Names => [.. Limits.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_limit_that_is_hit_is_told(string name)
    {
        var (code, read) = Limits[name];
        var result = read();
        Assert.Contains(code, result.Findings.Select(finding => finding.Code));
        Assert.True(result.Truncated);
        Assert.All(result.Tables, table => Assert.Equal(table.RowCount, table.Rows.Count()));
    }

    [Fact]
    public void A_structure_that_takes_too_long_is_told() =>
        Assert.Contains(StepReader.Read(new MemoryStream(LargeFiles.Step(30)), new StepOptions { Clock = Impatient }, cancellationToken: Cancellation).Findings, finding => finding.Code == FindingCode.TimeOver);

    [Fact]
    public void An_assembly_whose_places_double_at_each_of_thirty_levels_is_cut_before_it_is_large()
    {
        var usages = Enumerable.Range(0, 30).Select(level => string.Create(CultureInfo.InvariantCulture, $"p{level} p{level + 1} 2")).ToArray();
        // Twice in a parent is one line of quantity 2; two parts between make places.
        var places = Enumerable.Range(0, 30).SelectMany(level => ((string[])["a", "b"]).SelectMany(side => ((string[])[$"q{level} {side}{level} 1", $"{side}{level} q{level + 1} 1"]))).ToArray();
        foreach (var file in (string[])[StepText.Tree(usages), StepText.Tree(places)])
        {
            var started = Stopwatch.GetTimestamp();
            var before = GC.GetAllocatedBytesForCurrentThread();
            var result = StepExtractor.Read(new MemoryStream(Part21Text.Bytes(file)), new StepOptions { MaxLines = 10_000 }, cancellationToken: Cancellation);
            if (file.Contains("q1", StringComparison.Ordinal))
                Assert.Contains(FindingCode.AssemblyCut, result.Findings.Select(finding => finding.Code));
            else
                Assert.Equal(Math.Pow(2, 30), result.Table("bom")!.Rows.Select(row => result.Table("bom")!.At(row, "total_qty").Number ?? 0).Max());
            Assert.InRange(result.Table("assembly")!.RowCount, 30, 10_000);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000_000);
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20));
        }
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static ExtractionResult Step(StepOptions options) => StepExtractor.Read(new MemoryStream(LargeFiles.Step(30)), options, cancellationToken: Cancellation);

    static ExtractionResult StepOf(string instances, StepOptions options) => StepExtractor.Read(new MemoryStream(Part21Text.Bytes(Part21Text.Data(instances))), options, cancellationToken: Cancellation);

    static ExtractionResult Ifc(IfcOptions options) => IfcReader.Read(new MemoryStream(LargeFiles.Ifc(10)), options, cancellationToken: Cancellation);

    static ExtractionResult Dxf(DxfOptions options) => DxfReader.Read(new MemoryStream(LargeFiles.Dxf(50)), options, cancellationToken: Cancellation);

    static ExtractionResult Dwg(DwgOptions options) => DwgReader.Read(new MemoryStream(LargeFiles.Dwg(100)), options, cancellationToken: Cancellation);

    static ExtractionResult Pdf(PdfOptions options) => PdfReader.Read(new MemoryStream(LargeFiles.Pdf(2, 300)), options, Cancellation);

    static ExtractionResult Csv(SheetOptions options) => SheetReader.Read(new MemoryStream(LargeFiles.Csv(50)), options, Cancellation);

    /// <summary>Every timer is due at once.</summary>
    sealed class JumpingClock : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            callback(state);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
