using PyBase.Storage.Bus;

namespace PyBase.Storage.Scaling;

/// <summary>How many jobs of each queue this process does at once; can be changed while it runs. Empty where no queue is worked on.</summary>
public sealed class QueueGates(IEnumerable<QueueShare> shares)
{
    readonly Lock sync = new();
    readonly Dictionary<string, Gate> gates = shares.ToDictionary(share => share.Name, share => new Gate(share));

    /// <summary>The limits now.</summary>
    public IReadOnlyDictionary<string, int> Limits
    {
        get
        {
            lock (sync)
                return gates.ToDictionary(gate => gate.Key, gate => gate.Value.Limit);
        }
    }

    /// <summary>From now on: what is given, for other queues what the process was started with. What runs goes on.</summary>
    internal void Set(IReadOnlyDictionary<string, int> limits)
    {
        lock (sync)
            foreach (var (queue, gate) in gates)
                gate.Set(Math.Min(limits.GetValueOrDefault(queue, gate.Share.Concurrency), gate.Share.Ceiling));
    }

    /// <summary>A place, to be disposed; null when none came free in time, or the process stops.</summary>
    public async Task<IDisposable?> EnterAsync(string queue, TimeSpan patience, CancellationToken cancellation)
    {
        Gate gate;
        TaskCompletionSource waiting;
        lock (sync)
        {
            if (!gates.TryGetValue(queue, out gate!))
                return new Place(() => { });
            waiting = gate.Ask();
        }
        try
        {
            await waiting.Task.WaitAsync(patience, cancellation);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            // The place may have come at the last moment.
            lock (sync)
                if (!gate.GiveUp(waiting))
                    return new Place(() => Leave(gate));
            return null;
        }
        return new Place(() => Leave(gate));
    }

    void Leave(Gate gate)
    {
        lock (sync)
            gate.Leave();
    }

    sealed class Gate(QueueShare share)
    {
        readonly LinkedList<TaskCompletionSource> waiting = [];
        int inside;

        public QueueShare Share => share;

        public int Limit { get; private set; } = share.Concurrency;

        public TaskCompletionSource Ask()
        {
            var ask = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            waiting.AddLast(ask);
            Admit();
            return ask;
        }

        public bool GiveUp(TaskCompletionSource ask) => waiting.Remove(ask);

        public void Set(int limit)
        {
            Limit = limit;
            Admit();
        }

        public void Leave()
        {
            inside--;
            Admit();
        }

        void Admit()
        {
            while (inside < Limit && waiting.First is { } first)
            {
                waiting.RemoveFirst();
                inside++;
                first.Value.SetResult();
            }
        }
    }

    sealed class Place(Action leave) : IDisposable
    {
        Action? leave = leave;

        public void Dispose() => Interlocked.Exchange(ref leave, null)?.Invoke();
    }
}
