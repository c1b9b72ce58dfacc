using System.Diagnostics;
using System.Globalization;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>
/// A long run. The readers work in a child process with a limit of memory, which says each number before it reads that input: where
/// the child ends or falls silent, that input is at fault, is kept, and another child goes on behind it.
/// </summary>
public static class FuzzRun
{
    const int LargestSample = 1_500_000;
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    /// <summary>Reads inputs from <paramref name="first"/> on in this process: <c>number</c> before each, <c>! what</c> behind a bad one.</summary>
    public static void Child(string name, int first, int count, int seed)
    {
        var format = FuzzFormat.Of(name);
        var fuzzer = new Fuzzer(format, FuzzSamples.All(format, LargestSample), seed);
        for (var number = first; number < count; number++)
        {
            Console.Out.WriteLine(number);
            Console.Out.Flush();
            var file = fuzzer.Make(number, out _);
            if (fuzzer.Check(file, measuresProcess: true) is { } wrong)
                Console.Out.WriteLine($"! {wrong.ReplaceLineEndings(" | ")}");
        }
    }

    /// <summary>Reads one kept input again, twice, the second time warm.</summary>
    public static void File(string name, string path)
    {
        var file = System.IO.File.ReadAllBytes(path);
        var fuzzer = new Fuzzer(FuzzFormat.Of(name), [file], 0);
        for (var round = 0; round < 2; round++)
        {
            var (started, before) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
            var wrong = fuzzer.Check(file, measuresProcess: true);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(Environment.CpuUsage.TotalTime - started).TotalMilliseconds:0} ms, {(GC.GetTotalAllocatedBytes() - before) / 1e6:0} MB: {wrong ?? "fine"}"));
        }
    }

    /// <summary>Runs children until the inputs from <paramref name="first"/> to <paramref name="count"/> were read; gives how many were bad.</summary>
    public static int Run(string name, int first, int count, int seed, string folder)
    {
        var format = FuzzFormat.Of(name);
        var fuzzer = new Fuzzer(format, FuzzSamples.All(format, LargestSample), seed);
        var (bad, last) = (0, first - 1);
        var watch = Stopwatch.StartNew();
        while (last + 1 < count)
        {
            using var child = Start(name, last + 1, count, seed);
            var tail = "";
            var errors = child.StandardError.ReadToEndAsync();
            while (true)
            {
                var line = child.StandardOutput.ReadLineAsync();
                if (!line.Wait(Silence))
                {
                    tail = $"silent for {Silence.TotalSeconds} s";
                    child.Kill(entireProcessTree: true);
                    break;
                }
                if (line.Result is not { } text)
                    break;
                if (text.StartsWith('!'))
                    Keep(text[2..]);
                else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    last = number;
                    if (number % 5000 == 0)
                        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {number:N0} of {count:N0} after {watch.Elapsed.TotalSeconds:0} s, {bad} bad"));
                }
            }
            child.WaitForExit();
            if (child.ExitCode != 0)
                Keep($"exit {child.ExitCode} {tail} {string.Join(" | ", errors.Result.Split('\n').Take(12))}");
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {count - first:N0} inputs of seed {seed} in {watch.Elapsed.TotalSeconds:0} s, {bad} bad"));
        return bad;

        void Keep(string wrong)
        {
            bad++;
            Directory.CreateDirectory(folder);
            var file = fuzzer.Make(last, out var description);
            System.IO.File.WriteAllBytes(Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{name}-{seed}-{last}")), file);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"BAD {name} {last} ({description}): {wrong}"));
        }
    }

    static Process Start(string name, int first, int count, int seed)
    {
        string[] arguments = ["fuzz-child", name, .. ((int[])[first, count, seed]).Select(number => number.ToString(CultureInfo.InvariantCulture))];
        var start = new ProcessStartInfo(Environment.ProcessPath!, Environment.GetCommandLineArgs() is [var program, ..] && program.EndsWith(".dll", StringComparison.Ordinal) && Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [program, .. arguments] : arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // 1 GiB of managed memory; beyond it the child ends with OutOfMemoryException.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x40000000";
        return Process.Start(start)!;
    }
}
