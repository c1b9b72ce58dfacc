using Microsoft.Extensions.Logging;
using PyBase.Storage.Changes;

namespace PyBase.Storage.Webhooks;

/// <summary>Looks for what webhooks are to be rung for.</summary>
public sealed class WebhookPulse(WebhookPings pings, ChangeSignals signals, TimeProvider clock, ILogger<WebhookPulse> logger) : ChangePulse(signals, clock, logger)
{
    /// <inheritdoc/>
    protected override Task<bool> AdvanceAsync(CancellationToken cancellation) => pings.AdvanceAsync(cancellation);
}
