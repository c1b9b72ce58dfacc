using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PyBase.Storage.Notifications;

/// <summary>Forgets what people were told long ago: notifications after 90 days, mails that left after 30, links that ended. Any number of workers may do it.</summary>
public sealed class MessageSweep(NpgsqlDataSource data, TimeProvider clock, ILogger<MessageSweep> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    /// <summary>Sweeps once.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var batch = data.CreateBatch();
        foreach (var sql in (string[])
        [
            "delete from pybase.notifications where created < $1 - interval '90 days'",
            "delete from pybase.jobs where base is null and kind = 'email' and state in ('succeeded', 'failed') and created < $1 - interval '30 days'",
            "delete from pybase.account_links where expires < $1 - interval '1 day'",
        ])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = clock.GetUtcNow() } } });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            // Not all workers of an installation at once, and none while it is busy starting.
            await Task.Delay(TimeSpan.FromMinutes(5 + Random.Shared.Next(25)), clock, stoppingToken);
            while (true)
            {
                try
                {
                    await RunAsync(stoppingToken);
                }
                catch (Exception problem) when (problem is NpgsqlException or TimeoutException)
                {
                    logger.LogWarning(problem, "Old messages cannot be removed; trying again later");
                }
                await Task.Delay(Interval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The process stops.
        }
    }
}
