using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PyBase.Storage;

/// <summary>Looks again and again for something to do: when it is woken, and by itself after a while. Any number of workers may do it.</summary>
public abstract class Pulse(TimeProvider clock, ILogger logger) : BackgroundService
{
    /// <summary>What time it is.</summary>
    protected TimeProvider Clock => clock;

    /// <summary>Where trouble is told.</summary>
    protected ILogger Logger => logger;

    /// <summary>How long it waits when nobody wakes it.</summary>
    protected virtual TimeSpan Poll => TimeSpan.FromMilliseconds(500);

    /// <summary>Those who wake it closely behind each other are heard together.</summary>
    protected virtual TimeSpan Pause => TimeSpan.Zero;

    /// <summary>Hears when there may be something. What comes with the clock listens to nobody.</summary>
    protected virtual Task<IAsyncDisposable?> ListenAsync(Action wake) => Task.FromResult<IAsyncDisposable?>(null);

    /// <summary>Looks once; true when there is more.</summary>
    protected abstract Task<bool> AdvanceAsync(CancellationToken cancellation);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wake = new SemaphoreSlim(0, 1);
        await using var listening = await ListenAsync(() =>
        {
            try
            {
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
                // Whatever it is: a background service that ends takes its process along, and the work is still there.
                logger.LogWarning(problem, "{Pulse} cannot look now; trying again", GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            if (Pause > TimeSpan.Zero)
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await wake.WaitAsync(Poll, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }
}
