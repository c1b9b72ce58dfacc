using System.Diagnostics;
using PyBase.Extraction.Dwg;
using PyBase.Extraction.Dxf;
using PyBase.Extraction.Ifc;
using PyBase.Extraction.Pdf;
using PyBase.Extraction.Sheets;
using PyBase.Extraction.Step;

namespace PyBase.Tests.Extraction;

/// <summary>Every reader, cancelled at a dozen moments from its first to its last phase, ends within a tenth of a second of its own time.</summary>
public sealed class CancellationTests(ITestOutputHelper output)
{
    const int Moments = 12;
    static readonly TimeSpan Bar = TimeSpan.FromMilliseconds(100);

    static readonly Dictionary<string, (Func<byte[]> File, Action<Stream, CancellationToken> Read)> Readers = new()
    {
        ["STEP"] = (() => LargeFiles.Step(8_000), (stream, cancellation) => StepExtractor.Read(stream, cancellationToken: cancellation)),
        ["STEP structure"] = (() => LargeFiles.Step(8_000), (stream, cancellation) => StepReader.Read(stream, cancellationToken: cancellation)),
        ["IFC"] = (() => LargeFiles.Ifc(20_000), (stream, cancellation) => IfcReader.Read(stream, cancellationToken: cancellation)),
        ["DXF"] = (() => LargeFiles.Dxf(12_000), (stream, cancellation) => DxfReader.Read(stream, cancellationToken: cancellation)),
        ["DWG"] = (() => LargeFiles.Dwg(40_000), (stream, cancellation) => DwgReader.Read(stream, cancellationToken: cancellation)),
        ["PDF"] = (() => LargeFiles.Pdf(2, 30_000), (stream, cancellation) => PdfReader.Read(stream, cancellationToken: cancellation)),
        ["CSV"] = (() => LargeFiles.Csv(40_000), (stream, cancellation) => SheetReader.Read(stream, cancellationToken: cancellation)),
        ["XLSX"] = (() => LargeFiles.Xlsx(20_000), (stream, cancellation) => SheetReader.Read(stream, cancellationToken: cancellation)),
    };

    public static TheoryData<string> Names => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_reader_ends_within_a_tenth_of_a_second(string name)
    {
        var (make, read) = Readers[name];
        var file = make();
        read(new MemoryStream(file), CancellationToken.None);
        var whole = (await Run.StartAsync(file, read, null)).Used;
        var slowest = (Time: TimeSpan.Zero, Place: "");
        for (var moment = 0; moment < Moments; moment++)
        {
            var run = await Run.StartAsync(file, read, whole * (moment / (double)Moments));
            if (run.Place is not null && run.Used > slowest.Time)
                slowest = (run.Used, run.Place);
        }
        output.WriteLine($"{name}: {file.Length / 1e6:0.0} MB in {whole.TotalMilliseconds:0} ms, ends within {slowest.Time.TotalMilliseconds:0} ms at {slowest.Place}");
        Assert.True(slowest.Time <= Bar, $"{name} went on for {slowest.Time.TotalMilliseconds:0} ms, up to {slowest.Place}.");
    }

    sealed class Run
    {
        /// <summary>The thread's time from when it was cancelled, or in all.</summary>
        public TimeSpan Used { get; private set; }

        /// <summary>Where it noticed; null when it ended before.</summary>
        public string? Place { get; private set; }

        public static async Task<Run> StartAsync(byte[] file, Action<Stream, CancellationToken> read, TimeSpan? moment)
        {
            var run = new Run();
            using var source = new CancellationTokenSource();
            using var begun = new ManualResetEventSlim();
            ThreadClock? clock = null;
            TimeSpan start = default, end = default;
            var thread = new Thread(() =>
            {
                clock = ThreadClock.Current();
                start = clock.Elapsed!.Value;
                begun.Set();
                try
                {
                    read(new MemoryStream(file), source.Token);
                }
                catch (OperationCanceledException exception)
                {
                    run.Place = string.Join(" < ", new StackTrace(exception.InnerException ?? exception).GetFrames().Select(frame => $"{frame.GetMethod()?.DeclaringType?.Name}.{frame.GetMethod()?.Name}").Skip(1).Take(3));
                }
                end = clock.Elapsed!.Value;
            });
            thread.Start();
            begun.Wait(TestContext.Current.CancellationToken);
            if (moment is { } wanted)
            {
                var now = clock!.Elapsed;
                // What a reader does on a thread of its own is not in its caller's time.
                for (var waited = Stopwatch.StartNew(); now is not null && now - start < wanted && waited.Elapsed < 8 * wanted; now = clock.Elapsed)
                    await Task.Delay(1, CancellationToken.None);
                start = now ?? start;
                await source.CancelAsync();
            }
            thread.Join();
            run.Used = end - start;
            return run;
        }
    }
}
