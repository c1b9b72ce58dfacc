using PyBase.Core.Operations;

namespace PyBase.Storage.Operations;

/// <summary>Live connections of this process, counted by the hub.</summary>
public sealed class SocketCounts
{
    /// <summary>Of a flood that breaks at once, some are enough to see how old they were.</summary>
    const int MostAges = 200;

    readonly Lock sync = new();
    readonly List<double> ages = [];
    int open, closed, broken;

    /// <summary>One more.</summary>
    public void Opened() => Interlocked.Increment(ref open);

    /// <summary>One less; <paramref name="isBroken"/> when the other side went without a word.</summary>
    public void Ended(TimeSpan age, bool isBroken)
    {
        lock (sync)
        {
            open--;
            if (!isBroken)
            {
                closed++;
                return;
            }
            broken++;
            if (ages.Count < MostAges)
                ages.Add(Math.Round(age.TotalSeconds, 2));
        }
    }

    /// <summary>What has been counted since the last time.</summary>
    public SocketSample Take()
    {
        lock (sync)
        {
            var sample = new SocketSample { Open = open, Closed = closed, Broken = broken, BrokenAfter = [.. ages] };
            (closed, broken) = (0, 0);
            ages.Clear();
            return sample;
        }
    }
}
