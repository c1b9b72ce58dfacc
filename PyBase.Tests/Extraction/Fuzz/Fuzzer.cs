using System.Diagnostics;
using System.Globalization;
using PyBase.Extraction.Envelope;

namespace PyBase.Tests.Extraction.Fuzz;

/// <summary>
/// Broken files by number: each is made of the seed and its own number alone, so that any of them can be made again. Small samples are
/// taken more often than large ones, since they are read faster and are hit where it matters more often.
/// </summary>
public sealed class Fuzzer(FuzzFormat format, IReadOnlyList<byte[]> samples, int seed)
{
    /// <summary>Longest time of its own that one input may take.</summary>
    public static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(10);

    /// <summary>Memory that one input may ask for, freed or not: a piece of its own, and a multiple of its size.</summary>
    public const long MaxAllocated = 512L * 1024 * 1024;
    public const int MaxAllocatedPerByte = 400;

    readonly double[] weights = Weights(samples);

    public byte[] Make(int number, out string description)
    {
        var random = new Random(HashCode(seed, number));
        var sample = Pick(random);
        var file = samples[sample];
        var names = $"sample {sample}";
        for (var rounds = random.Next(4) == 0 ? random.Next(2, 4) : 1; rounds > 0;)
        {
            if (file.Length == 0)
                break;
            var mutation = format.Mutations[random.Next(format.Mutations.Count)];
            if (mutation.Apply(file, random, samples) is not { } changed)
                continue;
            file = changed;
            names += $", {mutation.Name}";
            rounds--;
        }
        description = names;
        return file;
    }

    /// <summary>What is wrong about how a reader takes a file; null when nothing is.</summary>
    /// <param name="file">The input.</param>
    /// <param name="measuresProcess">Whether nothing else runs in this process, so that memory of all threads counts.</param>
    public string? Check(byte[] file, bool measuresProcess)
    {
        var allocated = Allocated(measuresProcess);
        var started = Time(measuresProcess);
        string? wrong;
        try
        {
            wrong = Check(format.Read(new MemoryStream(file, writable: false)));
        }
        catch (Exception exception)
        {
            // Whatever it is, a reader must not throw it.
            wrong = exception.ToString();
        }
        var time = Time(measuresProcess) - started;
        allocated = Allocated(measuresProcess) - allocated;
        if (wrong is null && time > MaxTime)
            wrong = string.Create(CultureInfo.InvariantCulture, $"took {time.TotalSeconds:0.0} s");
        if (wrong is null && allocated > MaxAllocated + ((long)MaxAllocatedPerByte * file.Length))
            wrong = string.Create(CultureInfo.InvariantCulture, $"allocated {allocated / 1e6:0} MB for {file.Length:N0} bytes");
        return wrong;
    }

    static string? Check(ExtractionResult? result)
    {
        if (result is null)
            return "no result";
        foreach (var table in result.Tables)
        {
            var rows = 0;
            foreach (var row in table.Rows)
            {
                rows++;
                if (row.Cells.Count != table.Columns.Count)
                    return $"a row of {table.Kind} has {row.Cells.Count} cells for {table.Columns.Count} columns";
                foreach (var cell in row.Cells)
                {
                    if (cell.Number is { } number && !double.IsFinite(number))
                        return $"{table.Kind} holds {number}";
                }
            }
            if (rows != table.RowCount)
                return $"{table.Kind} says it has {table.RowCount} rows and has {rows}";
        }
        return null;
    }

    // A machine that does other things too must not look like a slow reader, where it can be told apart.
    static TimeSpan Time(bool ofProcess) => ofProcess ? Environment.CpuUsage.TotalTime : Stopwatch.GetElapsedTime(0) / 3;

    static long Allocated(bool ofProcess) => ofProcess ? GC.GetTotalAllocatedBytes(precise: false) : GC.GetAllocatedBytesForCurrentThread();

    // The usual one differs from run to run.
    static int HashCode(int seed, int number) => unchecked((int)((((uint)seed * 2654435761u) ^ (uint)number) * 2246822519u));

    static double[] Weights(IReadOnlyList<byte[]> samples)
    {
        var weights = new double[samples.Count];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
            weights[i] = sum += 1 / Math.Pow(samples[i].Length + 2000, 1.3);
        return weights;
    }

    int Pick(Random random)
    {
        var at = Array.BinarySearch(weights, random.NextDouble() * weights[^1]);
        return Math.Min(at < 0 ? ~at : at, weights.Length - 1);
    }
}
