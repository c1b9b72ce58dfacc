using Microsoft.Extensions.Logging;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Automations;

/// <summary>Looks for what begins automations.</summary>
public sealed class AutomationPulse(AutomationScan scan, AutomationClock moments, ChangeSignals signals, TimeProvider clock, ILogger<AutomationPulse> logger) : ChangePulse(signals, clock, logger)
{
    /// <inheritdoc/>
    protected override async Task<bool> AdvanceAsync(CancellationToken cancellation) => await scan.AdvanceAsync(cancellation) | await moments.AdvanceAsync(cancellation);
}
