using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace PyBase.Storage.Changes;

/// <summary>Settings of the change log, section <c>Changes</c>.</summary>
public sealed class ChangeOptions
{
    /// <summary>Webhooks promise a week, and a partition is a month.</summary>
    static readonly TimeSpan Least = TimeSpan.FromDays(8);

    /// <summary>How far back history reaches, a year by default. Whole months go when all of a month is older.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);

    internal TimeSpan Kept => Retention < Least ? Least : Retention;
}

/// <summary>
/// Makes the partitions of the change log ahead and drops those that nobody may ask for any more. Any number of workers may do it. Should none have run for months,
/// writers go on into the default partition, and its rows move when the month is made.
/// </summary>
public sealed class ChangeRetention(NpgsqlDataSource data, TimeProvider clock, IOptions<ChangeOptions> options, ILogger<ChangeRetention> logger) : BackgroundService
{
    const int MonthsAhead = 2;
    static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    /// <summary>Does what is due; returns the names of the partitions that were dropped.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var month = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var log in (string[])["changes", "transactions"])
            for (var ahead = 0; ahead <= MonthsAhead; ahead++)
                await RunAsync("select pybase.add_month($1, $2)", cancellation, log, month.AddMonths(ahead));
        var dropped = new List<string>();
        await using (var command = data.CreateCommand("select name from pybase.log_months where until <= $1 order by until"))
        {
            command.Parameters.Add(new() { Value = now - options.Value.Kept });
            await using var row = await command.ExecuteReaderAsync(cancellation);
            while (await row.ReadAsync(cancellation))
                dropped.Add(row.GetString(0));
        }
        foreach (var name in dropped)
        {
            await RunAsync($"drop table if exists pybase.\"{name}\"", cancellation);
            logger.LogInformation("Dropped {Partition} of the change log", name);
        }
        return dropped;
    }

    /// <summary>In a transaction of its own that does not wait long: who waits for the log stops everybody behind it.</summary>
    async Task RunAsync(string sql, CancellationToken cancellation, params object[] values)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var patience = new NpgsqlCommand("set local lock_timeout = '2s'", connection))
            await patience.ExecuteNonQueryAsync(cancellation);
        await using (var command = new NpgsqlCommand(sql, connection))
        {
            foreach (var value in values)
                command.Parameters.Add(new() { Value = value });
            await command.ExecuteNonQueryAsync(cancellation);
        }
        await transaction.CommitAsync(cancellation);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not all workers of an installation at once, and none while it is busy starting.
        await Task.Delay(TimeSpan.FromMinutes(1 + Random.Shared.Next(10)), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = Interval;
            try
            {
                await RunAsync(stoppingToken);
            }
            catch (Exception passing) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogWarning(passing, "The change log's partitions are looked after later");
                next = TimeSpan.FromMinutes(1);
            }
            await Task.Delay(next, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
