using System.Collections.Concurrent;
using System.Diagnostics;

namespace PyBase.Benchmarks.Load;

/// <summary>
/// Arrivals at times that are settled beforehand and wait for nobody, as people do: what is answered late holds up none of the next, and its time counts from when
/// it was due, not from when there was room for it.
/// </summary>
static class Schedule
{
    /// <summary>More than this at once is a queue that only grows.</summary>
    const int MaxAtOnce = 2_000;

    /// <summary>Evenly spaced.</summary>
    public static IEnumerable<double> Even(double perSecond, TimeSpan span) => Enumerable.Range(0, (int)(perSecond * span.TotalSeconds)).Select(n => n / perSecond);

    /// <summary>Independent of each other; the seed makes them the same each time.</summary>
    public static IEnumerable<double> Random(double perSecond, TimeSpan span, int seed)
    {
        var dice = new Random(seed);
        for (var at = 0.0; (at -= Math.Log(1 - dice.NextDouble()) / perSecond) < span.TotalSeconds;)
            yield return at;
    }

    /// <summary>Does <paramref name="work"/> (number, due time) at each time; milliseconds that each took, counted from when it was due. Stops early when too many pile up.</summary>
    public static async Task<List<double>> RunAsync(IEnumerable<double> times, Func<int, long, Task> work)
    {
        var (took, running, open, number) = (new ConcurrentBag<double>(), new List<Task>(), 0, 0);
        var began = Stopwatch.GetTimestamp();
        foreach (var time in times)
        {
            var due = began + (long)(time * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                await Task.Delay(early);
            if (Volatile.Read(ref open) >= MaxAtOnce)
                break;
            Interlocked.Increment(ref open);
            var own = number++;
            running.Add(Task.Run(async () =>
            {
                try
                {
                    await work(own, due);
                    took.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
                }
                finally
                {
                    Interlocked.Decrement(ref open);
                }
            }));
        }
        await Task.WhenAll(running);
        return [.. took];
    }
}
