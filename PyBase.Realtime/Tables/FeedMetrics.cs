using System.Diagnostics.Metrics;

namespace PyBase.Realtime.Tables;

/// <summary>How the live feed keeps up.</summary>
static class FeedMetrics
{
    static readonly Meter Meter = new("PyBase.Realtime");
    static readonly Histogram<double> Lag = Meter.CreateHistogram("pybase.feed.lag", "s", "From the commit of a change to the moment its listeners are told.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30] });
    static readonly Counter<long> Messages = Meter.CreateCounter<long>("pybase.feed.messages", "{message}", "Messages left for listeners.");
    static readonly Counter<long> Reloads = Meter.CreateCounter<long>("pybase.feed.reloads", "{reload}", "Listeners that fell behind and were told to load again.");

    /// <summary>A change has been left for so many listeners.</summary>
    public static void Told(DateTimeOffset? written, DateTimeOffset now, int listeners)
    {
        Messages.Add(listeners);
        // The clocks of two machines may differ by more than the lag.
        if (written is { } then)
            Lag.Record(Math.Max(0, (now - then).TotalSeconds));
    }

    public static void Reloaded() => Reloads.Add(1);

    /// <summary>Connections and feeds of this node, counted when somebody asks.</summary>
    public static void Observe(Func<int> listeners, Func<int> feeds)
    {
        // Told as 0, so that the first one is seen as a rise.
        Messages.Add(0);
        Reloads.Add(0);
        Meter.CreateObservableUpDownCounter("pybase.feed.listeners", listeners, "{connection}", "Connections of the hub.");
        Meter.CreateObservableUpDownCounter("pybase.feed.open", feeds, "{feed}", "Tables and bases that somebody on this node listens to.");
    }
}
