using Microsoft.Extensions.Logging;

namespace PyBase.Storage.Changes;

/// <summary>Looks for what changes lead to: woken after a commit.</summary>
public abstract class ChangePulse(ChangeSignals signals, TimeProvider clock, ILogger logger) : Pulse(clock, logger)
{
    /// <summary>By which others are woken.</summary>
    protected ChangeSignals Signals => signals;

    /// <inheritdoc/>
    protected override TimeSpan Pause => TimeSpan.FromMilliseconds(20);

    /// <inheritdoc/>
    protected override async Task<IAsyncDisposable?> ListenAsync(Action wake) => await signals.ListenAsync(signal =>
    {
        if (signal.Number > 0)
            wake();
    });
}
