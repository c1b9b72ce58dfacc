using static System.FormattableString;

namespace PyBase.Core.Operations;

/// <summary>Connections to PostgreSQL run out: of a process' pool, or of the server's budget.</summary>
static class ConnectionTrouble
{
    const double NearlyAll = 0.9;

    /// <summary>Seconds. PyBase's own transactions take milliseconds, and none may last longer than five.</summary>
    const double LongTransaction = 2;

    public static IEnumerable<OperationsAdvice> Of(InstallationFacts facts)
    {
        var exhausted = facts.Latest.Where(s => s.Pool is { Most: > 0 } pool && (pool.Timeouts > 0 || pool.Waiting > 0 && pool.Busy >= pool.Most)).ToList();
        var isFull = facts.Database is { MaxConnections: > 0 } database && database.Open >= NearlyAll * database.MaxConnections;
        if (exhausted.Count == 0 && !isFull)
            yield break;
        var part = isFull ? "postgres" : exhausted[0].Process;
        var measured = string.Join("; ", exhausted.Take(3).Select(s => $"{s.Process}: {s.Pool.Busy} of {s.Pool.Most} connections busy, {s.Pool.Waiting} requests wait, {s.Pool.Timeouts} gave up"));
        if (facts.Database is { } server)
            measured = $"{measured}{(measured.Length > 0 ? "; " : "")}{server.Open} of {server.MaxConnections} connections of the server are open";

        if (facts.Database?.LongTransactions is [var longest, ..] && longest.Seconds > LongTransaction)
            yield return new("connections-long-transactions", "critical", part, "Long transactions hold connections.",
                Invariant($"{measured}; session {longest.Id} of {longest.Application} is in a transaction for {longest.Seconds:0} s{(longest.IsIdle ? ", doing nothing" : "")}: {longest.Statement}"),
                longest.IsIdle ? $"Find who opened it and does not end it; select pg_terminate_backend({longest.Id}) frees it." : $"See why it takes so long; select pg_cancel_backend({longest.Id}) stops it.");
        else if (isFull && Strangers(facts) is [_, ..] strangers && strangers.Sum(s => s.Value) > facts.Database!.Open / 2)
            yield return new("connections-of-others", "critical", "postgres", "Other programs hold most of the server's connections.", $"{measured}; {string.Join(", ", strangers.Take(3).Select(s => $"{s.Key}: {s.Value}"))}",
                "Give them fewer, or a database server of their own. Connections of processes that have died end by themselves within minutes.");
        else if (isFull)
            yield return new("connections-budget", "critical", "postgres", "The pools of all processes together are larger than what the server takes.", measured,
                "Lower Maximum Pool Size to (max_connections − 10) ÷ processes, or put PgBouncer between.");
        else
            yield return new("connections-pool-small", "critical", part, "More requests come at once than the pool has connections; none of them takes long.", measured,
                "Raise Maximum Pool Size, as far as max_connections ÷ processes allows, or add processes.");
    }

    /// <summary>Applications of which no process reports here.</summary>
    static List<KeyValuePair<string, int>> Strangers(InstallationFacts facts) =>
        [.. facts.Database!.Connections.Where(c => !c.Key.StartsWith("PyBase", StringComparison.Ordinal)).OrderByDescending(c => c.Value)];
}
