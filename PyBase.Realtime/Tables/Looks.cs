using System.Threading.Channels;

namespace PyBase.Realtime.Tables;

/// <summary>
/// What to look at: tables, bases, jobs. A thing is looked at by one worker at a time; signals that come meanwhile become one more look, so a storm of them
/// costs one entry, and one busy table keeps one worker busy, not all.
/// </summary>
sealed class Looks
{
    readonly Lock sync = new();
    readonly Dictionary<string, string?> waiting = [];
    readonly HashSet<string> running = [];
    readonly Channel<string> ready = Channel.CreateUnbounded<string>();

    /// <summary>Each thing that is due; who takes one calls <see cref="Begin"/>, then <see cref="End"/>.</summary>
    public IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancellation) => ready.Reader.ReadAllAsync(cancellation);

    /// <summary>Asks for a look; <paramref name="trace"/> is the newest writer's.</summary>
    public void Mark(string id, string? trace)
    {
        lock (sync)
        {
            var isNew = !waiting.ContainsKey(id);
            // The poll knows no writer and must not blot out the one who told.
            waiting[id] = trace ?? (isNew ? null : waiting[id]);
            if (isNew && !running.Contains(id))
                ready.Writer.TryWrite(id);
        }
    }

    /// <summary>From here on signals ask for another look. Returns the writer's trace.</summary>
    public string? Begin(string id)
    {
        lock (sync)
        {
            running.Add(id);
            waiting.Remove(id, out var trace);
            return trace;
        }
    }

    public void End(string id)
    {
        lock (sync)
            if (running.Remove(id) && waiting.ContainsKey(id))
                ready.Writer.TryWrite(id);
    }
}
