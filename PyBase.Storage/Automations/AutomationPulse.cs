using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Automations;

/// <summary>Looks for what begins automations: woken after a commit, and by itself twice a second. Any number of workers may do it.</summary>
public sealed class AutomationPulse(AutomationScan scan, AutomationClock moments, ChangeSignals signals, TimeProvider clock, ILogger<AutomationPulse> logger) : BackgroundService
{
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>Writers that follow each other closely are heard together.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wake = new SemaphoreSlim(0, 1);
        await using var listening = await signals.ListenAsync(signal =>
        {
            try
            {
                if (signal.Number > 0)
                    wake.Release();
            }
            catch (SemaphoreFullException)
            {
                // It is awake.
            }
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await scan.AdvanceAsync(stoppingToken) | await moments.AdvanceAsync(stoppingToken))
                    continue;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                logger.LogWarning(problem, "Automations cannot be looked after now; trying again");
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await wake.WaitAsync(Poll, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
