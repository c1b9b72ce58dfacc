using System.Diagnostics;

namespace PyBase.Benchmarks.Tables;

/// <summary>Work that is done again and again, by so many hands, for a span of time after another.</summary>
/// <param name="hands">How many do it at once.</param>
/// <param name="span">How long at a time.</param>
/// <param name="work">Gets the number of the round.</param>
/// <param name="processors">Tells what has been used so far, where that is wanted.</param>
sealed class Rate(int hands, TimeSpan span, Func<int, Task> work, Func<Processors>? processors = null)
{
    readonly List<double> rates = [], tails = [];
    int number;

    /// <summary>Rounds a second, of the median span.</summary>
    public double PerSecond => Clock.Median(rates);

    /// <summary>The 95th percentile of a round in milliseconds, of the median span.</summary>
    public double P95 => Clock.Median(tails);

    /// <summary>All rounds, those that warmed too.</summary>
    public int Rounds => number;

    /// <summary>What all of them used.</summary>
    public Processors Used { get; private set; }

    public async Task RunAsync(bool isWarming)
    {
        var before = processors?.Invoke() ?? default;
        var (started, times) = (Stopwatch.GetTimestamp(), new List<double>());
        await Task.WhenAll(Enumerable.Range(0, hands).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (Stopwatch.GetElapsedTime(started) < span)
                own.Add(await Clock.OnceAsync(() => work(Interlocked.Increment(ref number))));
            lock (times)
                times.AddRange(own);
        })));
        var took = Stopwatch.GetElapsedTime(started);
        Used += (processors?.Invoke() ?? default) - before;
        if (isWarming)
            return;
        rates.Add(times.Count / took.TotalSeconds);
        tails.Add(Clock.Percentile(times, 0.95));
    }
}
