namespace PyBase.Core.Operations;

/// <summary>How long requests took, as counts of a few classes: they can be added up over processes and time, and a quantile be told from the sum.</summary>
public sealed record Latencies
{
    /// <summary>Upper ends of the classes in milliseconds; the last has none.</summary>
    public static IReadOnlyList<double> Bounds { get; } = [2, 5, 10, 20, 35, 50, 75, 100, 150, 250, 400, 700, 1_000, 2_000, 5_000, 10_000, 30_000];

    /// <summary>One for each class.</summary>
    public IReadOnlyList<long> Counts { get; init; } = [];

    /// <summary>Of all classes.</summary>
    public long Count => Counts.Sum();

    /// <summary>The class of a time.</summary>
    public static int ClassOf(double milliseconds)
    {
        var n = 0;
        while (n < Bounds.Count && milliseconds > Bounds[n])
            n++;
        return n;
    }

    /// <summary>All of them together.</summary>
    public static Latencies Sum(IEnumerable<Latencies> parts)
    {
        var counts = new long[Bounds.Count + 1];
        foreach (var part in parts)
            for (var n = 0; n < Math.Min(counts.Length, part.Counts.Count); n++)
                counts[n] += part.Counts[n];
        return new() { Counts = counts };
    }

    /// <summary>Milliseconds that this share of requests did not exceed, evenly within a class; null without requests.</summary>
    public double? Quantile(double share)
    {
        var (rest, total) = (share * Count, Count);
        if (total == 0)
            return null;
        for (var n = 0; n < Counts.Count; n++)
        {
            if (rest <= Counts[n] && Counts[n] > 0)
            {
                var from = n == 0 ? 0 : Bounds[n - 1];
                return n == Bounds.Count ? from : from + (Bounds[n] - from) * rest / Counts[n];
            }
            rest -= Counts[n];
        }
        return Bounds[^1];
    }
}
