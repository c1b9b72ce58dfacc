using Npgsql;
using PyBase.Storage.Accounts;

namespace PyBase.Realtime.Tables;

/// <summary>
/// A connection is let in once and then stays open; so every two seconds one question asks which sessions and tokens of this node have ended since, and their
/// connections end with them.
/// </summary>
sealed class EndedCredentials(Listeners listeners, Credentials credentials, TimeProvider clock, ILogger<EndedCredentials> logger) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await LookAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            // The node stops.
        }
    }

    async Task LookAsync(CancellationToken cancellation)
    {
        var open = listeners.Open.ToList();
        var held = open.Select(listener => listener.User.Credential).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (held.Count == 0)
            return;
        try
        {
            var ended = await credentials.EndedAsync(held, cancellation);
            foreach (var listener in open.Where(listener => listener.User.Credential is { } credential && ended.Contains(credential)))
                listener.Abort();
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning(problem, "Sessions and tokens of open connections cannot be checked; trying again");
        }
    }
}
