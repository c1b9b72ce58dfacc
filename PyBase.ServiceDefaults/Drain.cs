using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace PyBase.ServiceDefaults;

/// <summary>
/// The end of a process that load balancers send to: first it says that it is not ready, and serves on while they notice; then it ends. The framework
/// knows only the second half, and drops every live connection as it begins.
/// </summary>
public sealed partial class Drain : IDisposable
{
    readonly CancellationTokenSource begun = new();
    readonly IHostApplicationLifetime lifetime;
    readonly TimeProvider clock;
    readonly ILogger<Drain> logger;
    int beginnings;

    /// <summary>Made by the container.</summary>
    public Drain(IOptions<ServerOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock, ILogger<Drain> logger) =>
        (Length, this.lifetime, this.clock, this.logger) = (options.Value.DrainFor, lifetime, clock, logger);

    /// <summary>How long it takes.</summary>
    public TimeSpan Length { get; }

    /// <summary>Cancelled when it begins.</summary>
    public CancellationToken Begun => begun.Token;

    /// <summary>True from then on.</summary>
    public bool HasBegun => begun.IsCancellationRequested;

    /// <summary>Begins it; the process ends <see cref="Length"/> later. Calling it again changes nothing.</summary>
    public void Begin(string reason)
    {
        if (Interlocked.Increment(ref beginnings) > 1)
            return;
        Begins(logger, reason, Length.TotalSeconds);
        _ = RunAsync();
    }

    async Task RunAsync()
    {
        await begun.CancelAsync();
        if (Length > TimeSpan.Zero)
            await Task.Delay(Length, clock, lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }

    /// <inheritdoc/>
    public void Dispose() => begun.Dispose();

    [LoggerMessage(1, LogLevel.Information, "{Reason}: not ready any more, ending in {Seconds} s")]
    static partial void Begins(ILogger logger, string reason, double seconds);
}
