using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace PyBase.Storage.Schema;

/// <summary>Clears what deleted bases left. Any number of workers may do it: every step can be done twice.</summary>
public sealed class BaseSweep(BaseRemoval removal, TimeProvider clock, ILogger<BaseSweep> logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Interval + TimeSpan.FromSeconds(Random.Shared.NextDouble() * 5), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                foreach (var baseId in await removal.StrandedAsync(stoppingToken))
                    logger.LogWarning("A move of {Base} broke off: its definitions cannot be changed, and PostgreSQL keeps its log for it. Run the move again, or --to where the base is", baseId);
                foreach (var baseId in await removal.RemainsAsync(stoppingToken))
                {
                    await removal.ClearAsync(baseId, stoppingToken);
                    logger.LogInformation("Cleared the deleted base {Base}", baseId);
                }
            }
            catch (Exception passing)
            {
                // A reader is still in a table, or the database is away: the next round goes on.
                if (!stoppingToken.IsCancellationRequested)
                    logger.LogDebug(passing, "A deleted base is cleared later");
            }
        }
    }
}
