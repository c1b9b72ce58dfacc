using Microsoft.Extensions.Logging;
using Npgsql;

namespace PyBase.Storage.Notifications;

/// <summary>
/// Forgets what people were told long ago: notifications, exports and comparisons after 90 days, mails that left and runs of automations after 30, links that ended. Jobs that
/// records came from stay, as do those that are parked. Any number of workers may do it.
/// </summary>
public sealed class MessageSweep(NpgsqlDataSource data, TimeProvider clock, ILogger<MessageSweep> logger) : RareSweep(clock, logger)
{
    /// <summary>Sweeps once.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await using var batch = data.CreateBatch();
        foreach (var sql in (string[])
        [
            "delete from pybase.notifications where created < $1 - interval '90 days'",
            "delete from pybase.jobs where base is null and kind = 'email' and state in ('succeeded', 'failed') and created < $1 - interval '30 days'",
            "delete from pybase.automation_runs where created < $1 - interval '30 days' and state not in ('queued', 'running', 'waiting')",
            "delete from pybase.jobs where kind = 'automation' and state in ('succeeded', 'failed', 'parked', 'cancelled') and created < $1 - interval '30 days'",
            "delete from pybase.webhook_deliveries where time < $1 - interval '7 days'",
            "delete from pybase.jobs where kind = 'ping' and state in ('succeeded', 'failed', 'parked', 'cancelled') and created < $1 - interval '7 days'",
            "delete from pybase.jobs where kind in ('export', 'comparison') and parent is null and state in ('succeeded', 'failed', 'cancelled') and finished < $1 - interval '90 days'",
            "delete from pybase.account_links where expires < $1 - interval '1 day'",
        ])
            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { new() { Value = Clock.GetUtcNow() } } });
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <inheritdoc/>
    protected override Task SweepAsync(CancellationToken cancellation) => RunAsync(cancellation);
}
