using System.Diagnostics;

namespace PyBase.Benchmarks.Tables;

/// <summary>Medians of five, and many hands at once.</summary>
static class Clock
{
    const int Times = 5;

    /// <summary>Milliseconds, after rounds that are not counted: one, or as many as the compiler needs to have seen of long loops.</summary>
    /// <param name="settle">What each round leaves behind is waited for, and not counted.</param>
    public static async Task<double> MedianAsync(Func<int, Task> work, int times = Times, int warm = 1, Func<Task>? settle = null)
    {
        var took = new double[times];
        for (var n = -warm; n < times; n++)
        {
            var one = await OnceAsync(() => work(n < 0 ? times : n));
            if (n >= 0)
                took[n] = one;
            if (settle is not null)
                await settle();
        }
        return Median(took);
    }

    public static async Task<double> OnceAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    /// <summary>Rounds a second and the 95th percentile of one, in milliseconds, with so many hands; the median of five spans. And how many rounds there were in all.</summary>
    public static async Task<(double PerSecond, double P95, int Rounds)> RateAsync(int hands, TimeSpan span, Func<int, Task> work)
    {
        var (rates, tails, number) = (new List<double>(), new List<double>(), 0);
        for (var n = 0; n <= Times; n++)
        {
            var (started, times) = (Stopwatch.GetTimestamp(), new List<double>());
            await Task.WhenAll(Enumerable.Range(0, hands).Select(_ => Task.Run(async () =>
            {
                var own = new List<double>();
                while (Stopwatch.GetElapsedTime(started) < span)
                    own.Add(await OnceAsync(() => work(Interlocked.Increment(ref number))));
                lock (times)
                    times.AddRange(own);
            })));
            // The first span warms.
            if (n == 0)
                continue;
            rates.Add(times.Count / Stopwatch.GetElapsedTime(started).TotalSeconds);
            tails.Add(Percentile(times, 0.95));
        }
        return (Median(rates), Median(tails), number);
    }

    public static double Percentile(List<double> times, double part)
    {
        times.Sort();
        return times.Count == 0 ? 0 : times[(int)(part * (times.Count - 1))];
    }

    static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
