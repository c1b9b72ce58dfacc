using System.Diagnostics;
using System.Globalization;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.Ifc;
using PyBase.Extraction.Pdf;
using PyBase.Extraction.Step;
using PyBase.Tests.Support;
using PyBase.Workers.Ocr;

namespace PyBase.Benchmarks.Extraction;

/// <summary>
/// Whole extractions, every row of every table made, on one thread and warm, beside what other programs need to open the same files.
/// <c>eng/measure-extraction.sh</c> prepares both and writes the report.
/// </summary>
static class ExtractionBenchmarks
{
    const int Rounds = 5;

    public static void Run(string folder, string[] only)
    {
        var ifc = (ExtractionResult result) => Enumerate(result);
        Case[] cases =
        [
            new("IFC 100 MB, all tables", "≤ 1.0 s, ≤ 3× file", () => Scaled(folder, "ifc", "drawings/ifc/duplex.ifc", 100), stream => ifc(IfcReader.Read(stream))),
            new("IFC 341 MB, all tables", "≤ 3.5 s, ≤ 3× file", () => Scaled(folder, "ifc", "drawings/ifc/duplex.ifc", 341), stream => ifc(IfcReader.Read(stream))),
            new("STEP 3.4 MB with PMI", "≤ 0.15 s", () => Scaled(folder, "ifc", "drawings/step/nist_ftc_07_asme1_ap242-e2.stp", 3.4), stream => Enumerate(StepExtractor.Read(stream))),
            new("STEP 100 MB with PMI", "≤ 3× file", () => Scaled(folder, "ifc", "drawings/step/nist_ftc_07_asme1_ap242-e2.stp", 100), stream => Enumerate(StepExtractor.Read(stream))),
            new("DXF 60 MB", "≤ 0.6 s", () => Scaled(folder, "dxf", "drawings/dxf/floorplan.dxf", 60), stream => Enumerate(DxfReader.Read(stream))),
        ];
        Console.WriteLine("| file | bar | median | best | of the processor | memory beside the file's stream |\n|---|---|---|---|---|---|");
        foreach (var one in cases.Where(one => only.Length == 0 || only.Any(word => one.Name.Contains(word, StringComparison.OrdinalIgnoreCase))))
            Measure(one);
        if (only.Length == 0 || only.Contains("pdf", StringComparer.OrdinalIgnoreCase))
            Pages();
    }

    sealed record Case(string Name, string Bar, Func<string> File, Func<Stream, long> Read);

    static void Measure(Case one)
    {
        var path = one.File();
        var size = new FileInfo(path).Length;
        long rows = 0;
        List<(double Time, double Used)> runs = [];
        var memory = 0L;
        for (var round = 0; round <= Rounds; round++)
        {
            GC.Collect();
            var peak = PeakMemory.Begin();
            var (used, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
            using (var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0, FileOptions.SequentialScan))
                rows = one.Read(stream);
            if (round > 0)
                runs.Add((Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds));
            memory = Math.Max(memory, peak.Grown());
        }
        runs.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {one.Name} ({size / 1e6:0.0} MB, {rows:N0} rows) | {one.Bar} | {runs[Rounds / 2].Time:0.000} s | {runs[0].Time:0.000} s | {runs.Select(run => run.Used).Order().ElementAt(Rounds / 2):0.000} s | {memory / 1e6:0} MB, {(double)memory / size:0.00}× |"));
    }

    static void Pages()
    {
        double time = 0, used = 0, scans = 0;
        int pages = 0, scanned = 0;
        var ocr = TesseractOcr.Find();
        foreach (var path in SharedData.Files("drawings/pdf", "*.pdf"))
        {
            var isScan = Path.GetFileName(path).StartsWith("scan", StringComparison.Ordinal);
            var content = File.ReadAllBytes(path);
            if (isScan)
            {
                var started = Stopwatch.GetTimestamp();
                scanned += PdfReader.Read(new MemoryStream(content), new PdfOptions { Ocr = ocr }).Table("pages")?.RowCount ?? 0;
                scans += Stopwatch.GetElapsedTime(started).TotalSeconds;
                continue;
            }
            var count = 0;
            List<(double Time, double Used)> runs = [];
            for (var round = 0; round <= Rounds; round++)
            {
                var (before, started) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
                var result = PdfReader.Read(new MemoryStream(content));
                Enumerate(result);
                count = result.Table("pages")?.RowCount ?? 0;
                if (round > 0)
                    runs.Add((Stopwatch.GetElapsedTime(started).TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds));
            }
            pages += count;
            time += runs.Select(run => run.Time).Order().ElementAt(Rounds / 2);
            used += runs.Select(run => run.Used).Order().ElementAt(Rounds / 2);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| PDF, {pages} pages of real files without OCR | ≤ 60 ms a page | {time / pages:0.0} ms a page | | {used / pages:0.0} ms a page | |"));
        Console.WriteLine(ocr is null ? "| OCR | ≤ 6 s a page | tesseract is not installed | | | |"
            : string.Create(CultureInfo.InvariantCulture, $"| OCR, {scanned} scanned pages, {ocr.Engine} | ≤ 6 s a page | {scans / scanned:0.0} s a page | | | |"));
    }

    static long Enumerate(ExtractionResult result)
    {
        var rows = 0L;
        foreach (var table in result.Tables)
        {
            foreach (var _ in table.Rows)
                rows++;
        }
        return rows;
    }

    // Made once by the tools beside the data, which repeat a real file with other ids.
    static string Scaled(string folder, string kind, string source, double megabytes)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileNameWithoutExtension(source)}-{megabytes}.{kind}"));
        if (File.Exists(path))
            return path;
        using var tool = Process.Start(new ProcessStartInfo("/usr/bin/python3", [SharedData.Locate($"tools/scale_{kind}.py"), SharedData.Locate(source), path, megabytes.ToString(CultureInfo.InvariantCulture)]))!;
        tool.WaitForExit();
        return path;
    }
}

/// <summary>How far the memory of this process rises, by the kernel's high-water mark.</summary>
readonly record struct PeakMemory(long Before)
{
    public static PeakMemory Begin()
    {
        // 5 sets the mark back to what is in use.
        File.WriteAllText("/proc/self/clear_refs", "5");
        return new PeakMemory(Mark());
    }

    public long Grown() => Mark() - Before;

    static long Mark() => 1024 * long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
