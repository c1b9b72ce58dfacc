using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using PyBase.Core.Operations;
using PyBase.Core.Scaling;
using PyBase.Storage.Connections;
using PyBase.Storage.Postgres;
using PyBase.Storage.Scaling;
using StackExchange.Redis;

namespace PyBase.Storage.Operations;

/// <summary>Looks at everything that advice is made of, past the pool, which may be what is exhausted.</summary>
public sealed class InstallationReader([FromKeyedServices(ConnectionExtensions.Direct)] NpgsqlDataSource direct, IServiceProvider services, TimeProvider clock)
{
    /// <summary>Everything, as it is now.</summary>
    public async Task<InstallationFacts> ReadAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var queues = await QueueReader.ReadAsync(direct, now, cancellation);
        return new()
        {
            Now = now,
            Samples = await ProcessSamples.ReadAsync(direct, now - TimeSpan.FromHours(1), now.AddMinutes(1), cancellation),
            Queues = queues,
            Database = await DatabaseReader.ReadAsync(direct, cancellation),
            Redis = await RedisReader.ReadAsync(services, cancellation),
            UsualP95 = await UsualAsync(now, cancellation),
            Jobs = await JobsAsync(cancellation),
        };
    }

    /// <summary>Of the last seven days at this hour the one in the middle.</summary>
    async Task<double?> UsualAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = direct.Command("""
            select percentile_cont(0.5) within group (order by p95) from pybase.latency_hours
            where hour >= $1::timestamptz - interval '7 days' and hour < $1 and extract(hour from hour at time zone 'UTC') = extract(hour from $1::timestamptz at time zone 'UTC')
            """, now);
        return await command.ExecuteScalarAsync(cancellation) as double?;
    }

    async Task<IReadOnlyList<RunningJob>> JobsAsync(CancellationToken cancellation)
    {
        await using var command = direct.Command("""
            select j.id, j.kind, j.queue, coalesce(substring(j.owner from '^[^:]*:[^:]*:'), ''), coalesce(f.size, 0), extract(epoch from now() - j.started)::float8
            from pybase.jobs j left join pybase.files f on f.id = j.file where j.state = 'running' and j.kind <> 'bulk' order by f.size desc nulls last limit 100
            """);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var jobs = new List<RunningJob>();
        while (await row.ReadAsync(cancellation))
            jobs.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), row.IsDBNull(5) ? 0 : row.GetDouble(5)));
        return jobs;
    }
}
