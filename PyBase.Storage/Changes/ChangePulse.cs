using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PyBase.Storage.Changes;

/// <summary>Looks for what changes lead to: woken after a commit, and by itself twice a second. Any number of workers may do it.</summary>
public abstract class ChangePulse(ChangeSignals signals, TimeProvider clock, ILogger logger) : BackgroundService
{
    static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    /// <summary>Writers that follow each other closely are heard together.</summary>
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks once; true when there is more.</summary>
    protected abstract Task<bool> AdvanceAsync(CancellationToken cancellation);

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
                if (await AdvanceAsync(stoppingToken))
                    continue;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                logger.LogWarning(problem, "{Pulse} cannot look now; trying again", GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await wake.WaitAsync(Poll, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
