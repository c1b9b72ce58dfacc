using Npgsql;
using PyBase.Core.Jobs;
using PyBase.Core.Scaling;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Scaling;

/// <summary>
/// The queues as <c>jobs</c> tells, for the metrics, the autoscaler, advice and the operations page alike: the broker only rings, and knows nothing of jobs that wait
/// for their next try.
/// </summary>
static class QueueReader
{
    const double Seconds = 60;

    /// <summary>Every queue, the empty ones too.</summary>
    public static async Task<IReadOnlyDictionary<string, QueueSample>> ReadAsync(NpgsqlDataSource data, DateTimeOffset now, CancellationToken cancellation)
    {
        // What is to be tried again later says why, and its message is not late. Any other job only lacks a worker, even if its message comes later: the broker would
        // not take it, or a worker had its hands full, which stands in the outbox.
        await using var command = data.Command("""
            with open as (
                select queue, count(*) filter (where state = 'queued' and not later) as ready, min(created) filter (where state = 'queued' and not later and attempts = 0) as oldest,
                    count(*) filter (where state = 'running') as running, count(*) filter (where later) as later, count(*) filter (where later and attempts > 0) as retrying,
                    count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'parked') as parked,
                    count(*) filter (where state <> 'parked' and created > now() - interval '1 minute') as fresh
                from (select queue, state, created, attempts,
                        state = 'queued' and error is not null and exists (select from pybase.outbox o where o.job = j.id and o.due > now() and o.error is null) as later
                    from pybase.jobs j where state in ('queued', 'running', 'waiting', 'parked') and kind <> 'bulk') job
                group by 1),
            ended as (
                select queue, count(*) filter (where state = 'succeeded') as served, count(*) filter (where state in ('failed', 'parked')) as failed,
                    count(*) filter (where created > now() - interval '1 minute') as fresh
                from pybase.jobs where finished > now() - interval '1 minute' and kind <> 'bulk' group by 1)
            select q.queue, coalesce(ready, 0), coalesce(extract(epoch from now() - oldest)::float8, 0), coalesce(running, 0), coalesce(open.fresh, 0) + coalesce(ended.fresh, 0),
                coalesce(served, 0), coalesce(failed, 0) + coalesce(retrying, 0),
                (select avg((s.sample ->> 'cpu')::float8) from pybase.process_samples s where s.time > $2::timestamptz - interval '1 minute' and s.sample -> 'queues' ? q.queue),
                coalesce(later, 0), coalesce(waiting, 0), coalesce(parked, 0)
            from unnest($1) q (queue) left join open using (queue) left join ended using (queue)
            """, Queues.All.ToArray(), now);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var samples = new Dictionary<string, QueueSample>();
        while (await row.ReadAsync(cancellation))
            samples[row.GetString(0)] = new(now, row.GetInt64(1), row.GetDouble(2), (int)row.GetInt64(3), row.GetInt64(4) / Seconds, row.GetInt64(5) / Seconds, row.GetInt64(6) / Seconds,
                row.IsDBNull(7) ? null : row.GetDouble(7)) { Later = row.GetInt64(8), Waiting = row.GetInt64(9), Parked = row.GetInt64(10) };
        return samples;
    }
}
