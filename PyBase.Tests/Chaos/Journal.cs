using System.Collections.Concurrent;
using System.Text.Json;

namespace PyBase.Tests.Chaos;

/// <summary>How a request ended for the client that sent it. What was not answered, or answered with a server's error, may have happened or not.</summary>
enum Outcome
{
    Acknowledged,
    Refused,
    Unanswered,
}

/// <summary>A write as it was answered: the record, and the version of its table that it was given.</summary>
sealed record Acknowledged(string Table, long Version, string Record);

/// <summary>What clients were told, outside the system: in memory for the check, and line by line in a file.</summary>
sealed class Journal : IDisposable
{
    readonly StreamWriter file;
    readonly ConcurrentDictionary<(string What, Outcome Outcome), int> counts = [];

    public Journal(string path) => file = new StreamWriter(path) { AutoFlush = true };

    public ConcurrentBag<Acknowledged> Writes { get; } = [];

    /// <summary>Names that must be nowhere, since the write that brought them was refused.</summary>
    public ConcurrentDictionary<string, bool> Refused { get; } = [];

    /// <summary>Names that may be there, since nobody answered.</summary>
    public ConcurrentDictionary<string, bool> Unanswered { get; } = [];

    /// <summary>What no client should be told, whatever happens to the servers.</summary>
    public ConcurrentQueue<string> Odd { get; } = [];

    public void Note(string client, string what, Outcome outcome, object detail)
    {
        counts.AddOrUpdate((what, outcome), 1, (_, count) => count + 1);
        lock (file)
            file.WriteLine(JsonSerializer.Serialize(new { at = TimeProvider.System.GetUtcNow(), client, what, outcome = outcome.ToString(), detail }));
    }

    public int Count(Outcome outcome, params string[] what) => counts.Where(c => c.Key.Outcome == outcome && (what.Length == 0 || what.Contains(c.Key.What))).Sum(c => c.Value);

    public void Dispose()
    {
        lock (file)
            file.Dispose();
    }
}
