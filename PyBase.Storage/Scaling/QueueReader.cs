using Npgsql;
using PyBase.Core.Jobs;
using PyBase.Core.Scaling;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Scaling;

/// <summary>The queues as <c>jobs</c> tells, which is the truth whatever the broker holds.</summary>
public static class QueueReader
{
    const double Seconds = 60;

    /// <summary>Every queue, the empty ones too.</summary>
    public static async Task<IReadOnlyDictionary<string, QueueSample>> ReadAsync(NpgsqlDataSource data, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = data.Command("""
            with waiting as (
                select j.queue, count(*) filter (where late.job is null) as depth, min(j.created) filter (where late.job is null and j.attempts = 0) as oldest,
                    count(*) filter (where late.job is not null and j.attempts > 0) as retrying, count(*) filter (where j.created > now() - interval '1 minute') as fresh
                from pybase.jobs j left join (select distinct job from pybase.outbox where due > now()) late on late.job = j.id where j.state = 'queued' and j.kind <> 'bulk' group by 1),
            running as (
                select queue, count(*) as running, count(*) filter (where created > now() - interval '1 minute') as fresh
                from pybase.jobs where state = 'running' and kind <> 'bulk' group by 1),
            ended as (
                select queue, count(*) filter (where state = 'succeeded') as served, count(*) filter (where state in ('failed', 'parked')) as failed,
                    count(*) filter (where created > now() - interval '1 minute') as fresh
                from pybase.jobs where finished > now() - interval '1 minute' and kind <> 'bulk' group by 1)
            select q.queue, coalesce(depth, 0), coalesce(extract(epoch from now() - oldest)::float8, 0), coalesce(running, 0),
                coalesce(waiting.fresh, 0) + coalesce(running.fresh, 0) + coalesce(ended.fresh, 0), coalesce(served, 0), coalesce(failed, 0) + coalesce(retrying, 0),
                (select avg((s.sample ->> 'cpu')::float8) from pybase.process_samples s where s.time > $2::timestamptz - interval '1 minute' and s.sample -> 'queues' ? q.queue)
            from unnest($1) q (queue) left join waiting using (queue) left join running using (queue) left join ended using (queue)
            """, Queues.All.ToArray(), now);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var samples = new Dictionary<string, QueueSample>();
        while (await row.ReadAsync(cancellation))
            samples[row.GetString(0)] = new(now, row.GetInt64(1), row.GetDouble(2), (int)row.GetInt64(3), row.GetInt64(4) / Seconds, row.GetInt64(5) / Seconds, row.GetInt64(6) / Seconds,
                row.IsDBNull(7) ? null : row.GetDouble(7));
        return samples;
    }
}
