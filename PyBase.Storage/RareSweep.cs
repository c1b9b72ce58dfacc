using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PyBase.Storage;

/// <summary>Removes every six hours what nobody will ask for. Any number of workers may do it, at any time.</summary>
public abstract class RareSweep(TimeProvider clock, ILogger logger) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromHours(6);

    /// <summary>What time it is.</summary>
    protected TimeProvider Clock => clock;

    /// <summary>Sweeps once.</summary>
    protected abstract Task SweepAsync(CancellationToken cancellation);

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
                    await SweepAsync(stoppingToken);
                }
                catch (Exception problem) when (!stoppingToken.IsCancellationRequested)
                {
                    logger.LogWarning(problem, "{Sweep} cannot be done now; trying again later", GetType().Name);
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
