using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Operations;
using PyBase.Core.Scaling;
using PyBase.Storage.Connections;
using PyBase.Storage.Operations;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Scaling;

/// <summary>What was decided about a pool of workers, and what came of it.</summary>
/// <param name="Time">When.</param>
/// <param name="Pool">Name of the pool, or of the queue.</param>
/// <param name="Actuator"><c>dry-run</c> when nothing was to be changed.</param>
/// <param name="Was">Workers before.</param>
/// <param name="Desired">Workers wanted.</param>
/// <param name="Reason">As <see cref="ScalingReason"/> says.</param>
/// <param name="Explanation">The same for people.</param>
/// <param name="Error">Why it could not be done.</param>
public sealed record StoredDecision(DateTimeOffset Time, string Pool, string Actuator, int Was, int Desired, string Reason, string Explanation, string? Error);

/// <summary>Samples and decisions of the autoscaler, and who leads.</summary>
public sealed class ScalingStore(NpgsqlDataSource data, [FromKeyedServices(ConnectionExtensions.Direct)] NpgsqlDataSource direct)
{
    static readonly JsonSerializerOptions s_json = JsonSerializerOptions.Web;

    /// <summary>True for the one who may act for the next while; others take over when it falls silent.</summary>
    public async Task<bool> HoldAsync(string name, string owner, TimeSpan length, CancellationToken cancellation)
    {
        await using var command = data.Command("""
            insert into pybase.leases as l (name, owner, until) values ($1, $2, now() + $3)
            on conflict (name) do update set owner = $2, until = now() + $3 where l.owner = $2 or l.until < now()
            """, name, owner, length);
        return await command.ExecuteNonQueryAsync(cancellation) == 1;
    }

    /// <summary>Gives the lead back, so that the next need not wait for its end.</summary>
    public async Task ReleaseAsync(string name, string owner, CancellationToken cancellation)
    {
        await using var command = data.Command("delete from pybase.leases where name = $1 and owner = $2", name, owner);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Looks at the queues now and keeps what it saw.</summary>
    public async Task<IReadOnlyDictionary<string, QueueSample>> SampleAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var samples = await QueueReader.ReadAsync(data, now, cancellation);
        await using var command = data.Command("insert into pybase.queue_samples (time, queue, sample) select $1, queue, sample from unnest($2, $3) q (queue, sample) on conflict do nothing",
            now, samples.Keys.ToArray(), new NpgsqlParameter { Value = samples.Values.Select(s => JsonSerializer.Serialize(s, s_json)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb });
        await command.ExecuteNonQueryAsync(cancellation);
        return samples;
    }

    /// <summary>What was seen of all queues since then, oldest first.</summary>
    public async Task<ILookup<string, QueueSample>> HistoryAsync(DateTimeOffset since, CancellationToken cancellation)
    {
        await using var command = data.Command("select queue, sample from pybase.queue_samples where time >= $1 order by time", since);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var samples = new List<(string Queue, QueueSample Sample)>();
        while (await row.ReadAsync(cancellation))
            samples.Add((row.GetString(0), JsonSerializer.Deserialize<QueueSample>(row.GetString(1), s_json)!));
        return samples.ToLookup(s => s.Queue, s => s.Sample);
    }

    /// <summary>Keeps a decision.</summary>
    public async Task AddAsync(StoredDecision decision, CancellationToken cancellation)
    {
        await using var command = data.Command("insert into pybase.scaling_decisions (time, pool, actuator, was, desired, reason, explanation, error) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            decision.Time, decision.Pool, decision.Actuator, decision.Was, decision.Desired, decision.Reason, decision.Explanation,
            new NpgsqlParameter { Value = (object?)decision.Error ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The newest decisions, for whoever wants to know why nothing goes on: past the pool.</summary>
    public Task<IReadOnlyList<StoredDecision>> DecisionsAsync(int limit, CancellationToken cancellation) =>
        ReadAsync(direct.Command("select time, pool, actuator, was, desired, reason, explanation, error from pybase.scaling_decisions order by time desc, id desc limit $1", limit), cancellation);

    /// <summary>Of each pool the last decision, and the last that changed it.</summary>
    public Task<IReadOnlyList<StoredDecision>> LastAsync(CancellationToken cancellation) => ReadAsync(data.Command("""
        select distinct on (pool, was <> desired and error is null) time, pool, actuator, was, desired, reason, explanation, error from pybase.scaling_decisions
        where time > now() - interval '1 day' order by pool, was <> desired and error is null, time desc, id desc
        """), cancellation);

    /// <summary>Sums up the hour that has ended, and removes what nobody will ask for.</summary>
    public async Task KeepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var hour = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(-1);
        await using (var known = data.Command("select exists (select from pybase.latency_hours where hour = $1)", hour))
            if (await known.ExecuteScalarAsync(cancellation) is true)
                return;
        var answers = Latencies.Sum((await ProcessSamples.ReadAsync(data, hour, hour.AddHours(1), cancellation)).Select(s => s.Requests));
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var batch = new NpgsqlBatch(connection);
        if (answers.Quantile(0.95) is { } p95)
            batch.Add("insert into pybase.latency_hours (hour, requests, p95) values ($1, $2, $3) on conflict do nothing", hour, answers.Count, (float)p95);
        foreach (var (table, column, kept) in ((string, string, TimeSpan)[])
            [("process_samples", "time", TimeSpan.FromHours(2.5)), ("queue_samples", "time", TimeSpan.FromHours(1)), ("latency_hours", "hour", TimeSpan.FromDays(8)), ("scaling_decisions", "time", TimeSpan.FromDays(30))])
            batch.Add($"delete from pybase.{table} where {column} < $1", now - kept);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    static async Task<IReadOnlyList<StoredDecision>> ReadAsync(NpgsqlCommand asked, CancellationToken cancellation)
    {
        await using var command = asked;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var decisions = new List<StoredDecision>();
        while (await row.ReadAsync(cancellation))
            decisions.Add(new(row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetInt32(4), row.GetString(5), row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7)));
        return decisions;
    }
}
