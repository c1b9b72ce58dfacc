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

    /// <summary>Rounds of one kind, with so many hands: five spans behind one that warms.</summary>
    public static async Task<Rate> RateAsync(int hands, TimeSpan span, Func<int, Task> work)
    {
        var rate = new Rate(hands, span, work);
        for (var n = 0; n <= Times; n++)
            await rate.RunAsync(isWarming: n == 0);
        return rate;
    }

    /// <summary>Two kinds in turn, span by span: a machine that is faster for a while is so for both.</summary>
    public static async Task<(Rate, Rate)> RatesAsync(Rate one, Rate other)
    {
        for (var n = 0; n <= Times; n++)
        {
            await one.RunAsync(isWarming: n == 0);
            await other.RunAsync(isWarming: n == 0);
        }
        return (one, other);
    }

    public static double Percentile(List<double> times, double part)
    {
        times.Sort();
        return times.Count == 0 ? 0 : times[(int)(part * (times.Count - 1))];
    }

    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
