using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Storage.Indexes;

/// <summary>Counts in memory what queries would want an index for, and adds the counts to the database's now and then; a count that is lost is lost.</summary>
public sealed partial class IndexUses(NpgsqlDataSource data, TimeProvider clock, ILogger<IndexUses> logger) : BackgroundService
{
    /// <summary>A flood of different queries is counted in part only.</summary>
    const int MaxShapes = 5_000;

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<(string Base, string Table, string Shape), int> counts = new();

    /// <summary>The query was asked once.</summary>
    public void Count(BaseSchema schema, RecordQuery query)
    {
        if (query.Sorts.Count == 0 && query.Filter is null)
            return;
        foreach (var shape in IndexShape.Of(query))
            if (counts.Count < MaxShapes)
                counts.AddOrUpdate((schema.Id, query.Table.Id, shape.Text), 1, (_, count) => count + 1);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await StoreAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                NotStored(logger, exception.Message);
            }
        }
    }

    async Task StoreAsync(CancellationToken cancellation)
    {
        var taken = new List<(string Base, string Table, string Shape, int Count)>();
        foreach (var key in counts.Keys)
            if (counts.TryRemove(key, out var count))
                taken.Add((key.Base, key.Table, key.Shape, count));
        if (taken.Count == 0)
            return;
        // In one order, so that two processes do not wait for each other in a circle.
        taken.Sort((a, b) => string.CompareOrdinal(a.Table + a.Shape, b.Table + b.Shape));
        await using var command = data.CreateCommand("""
            insert into pybase.index_uses as known (table_id, shape, base, uses, last_used)
            select v.table_id, v.shape, v.base, v.uses, $5 from unnest($1, $2, $3, $4) as v(table_id, shape, base, uses) where exists (select from pybase.tables t where t.id = v.table_id)
            on conflict (table_id, shape) do update set uses = known.uses + excluded.uses, last_used = excluded.last_used
            """);
        foreach (object values in (object[])[taken.Select(t => t.Table).ToArray(), taken.Select(t => t.Shape).ToArray(), taken.Select(t => t.Base).ToArray(), taken.Select(t => t.Count).ToArray(), clock.GetUtcNow()])
            command.Parameters.Add(new() { Value = values });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    [LoggerMessage(1, LogLevel.Warning, "Uses of indexes are not counted for now: {Reason}")]
    static partial void NotStored(ILogger logger, string reason);
}
