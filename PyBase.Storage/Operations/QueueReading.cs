using Npgsql;

namespace PyBase.Storage.Operations;

/// <summary>What waits in a queue at a moment, read from the jobs themselves: the broker only rings, and knows nothing of jobs that wait for their next try.</summary>
/// <param name="Queue">Its name.</param>
/// <param name="Ready">Jobs that a worker could take now: the depth that alerts go by.</param>
/// <param name="Running">Jobs that a worker has.</param>
/// <param name="Later">Jobs whose next try is still to come.</param>
/// <param name="Waiting">Jobs that wait for a person's decision.</param>
/// <param name="Parked">Jobs whose retries are used up.</param>
/// <param name="OldestSeconds">How long the oldest of the ready ones has been there.</param>
public sealed record QueueReading(string Queue, long Ready, long Running, long Later, long Waiting, long Parked, double OldestSeconds)
{
    // What is to be tried again later says why. Any other job only lacks a worker, even if its message comes later: the broker would not take it, or a worker had its hands full.
    internal const string Sql = """
        select queue, count(*) filter (where state = 'queued' and not later), count(*) filter (where state = 'running'), count(*) filter (where later),
            count(*) filter (where state = 'waiting'), count(*) filter (where state = 'parked'),
            coalesce(extract(epoch from now() - min(created) filter (where state = 'queued' and not later)), 0)::float8
        from (select queue, state, created, state = 'queued' and error is not null and exists (select from pybase.outbox o where o.job = j.id and o.due > now()) as later
            from pybase.jobs j where state in ('queued', 'running', 'waiting', 'parked') and kind <> 'bulk') work
        group by queue
        """;

    internal static async Task<IReadOnlyList<QueueReading>> ReadAsync(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var readings = new List<QueueReading>();
        while (await row.ReadAsync(cancellation))
            readings.Add(new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetDouble(6)));
        return readings;
    }
}
