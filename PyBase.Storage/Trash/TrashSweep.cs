using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Ids;

namespace PyBase.Storage.Trash;

/// <summary>Deletes for good what has been in the trash for long enough. Any number of workers may do it: every step can be done twice.</summary>
public sealed class TrashSweep(NpgsqlDataSource data, TrashStore trash, TimeProvider clock, ILogger<TrashSweep> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval + TimeSpan.FromMinutes(Random.Shared.NextDouble()), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (Exception passing)
            {
                if (!stoppingToken.IsCancellationRequested)
                    logger.LogDebug(passing, "The trash is swept later");
            }
        }
    }

    /// <summary>One round; how much was deleted.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var (old, swept) = (new List<(string Base, string Id)>(), 0);
        await using (var command = data.CreateCommand("""
            select base, id from pybase.tables where removed < $1 union all select base, id from pybase.removed_fields where removed < $1
            union all select base, base from pybase.removed_bases where removed < $1 limit 1000
            """))
        {
            command.Parameters.Add(new() { Value = clock.GetUtcNow() - TrashReader.Retention });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                old.Add((row.GetString(0), row.GetString(1)));
        }
        foreach (var (baseId, id) in old)
        {
            if (Id.Is(id, "app"))
            {
                // BaseSweep clears what no trash holds.
                await using var forget = data.CreateCommand("delete from pybase.removed_bases where base = $1");
                forget.Parameters.Add(new() { Value = id });
                swept += await forget.ExecuteNonQueryAsync(cancellation);
            }
            else if ((await trash.PurgeAsync(baseId, id, new Origin(null, "PurgeTrash"), cancellation)).IsOk)
                swept++;
        }
        if (swept > 0)
            logger.LogInformation("Deleted {Count} things of the trash for good", swept);
        return swept;
    }
}
