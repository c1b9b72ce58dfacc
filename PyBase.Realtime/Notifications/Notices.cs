using Npgsql;
using PyBase.Core.Accounts;
using PyBase.Realtime.Tables;
using PyBase.Storage.Changes;
using PyBase.Storage.Notifications;

namespace PyBase.Realtime.Notifications;

/// <summary>
/// Tells connected people what they are notified of. A signal through Redis says that there is something new, for whoever it is; every few seconds a look is taken
/// anyway. Who connects hears also of the last half minute: each notification has an id by which a client can tell.
/// </summary>
sealed class Notices(Listeners listeners, NotificationStore notifications, ChangeSignals signals, TimeProvider clock, ILogger<Notices> logger) : BackgroundService
{
    static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    /// <summary>Longer than any transaction takes from its time to its commit.</summary>
    static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    readonly Dictionary<(string Connection, string Notification, DateTimeOffset Time), DateTimeOffset> told = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wake = new SemaphoreSlim(0, 1);
        await using var listening = await signals.ListenForNotificationsAsync(() => { try { wake.Release(); } catch (SemaphoreFullException) { } });
        try
        {
            while (true)
            {
                await wake.WaitAsync(Poll, stoppingToken);
                await TellAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    async Task TellAsync(CancellationToken cancellation)
    {
        try
        {
            var people = listeners.Open.Where(listener => listener.User.Has(Scopes.ReadRecords)).ToLookup(listener => listener.User.Id);
            if (people.Count == 0)
                return;
            var now = clock.GetUtcNow();
            foreach (var notification in await notifications.RecentAsync([.. people.Select(person => person.Key)], now - Window, cancellation))
                foreach (var listener in people[notification.UserId])
                    if (told.TryAdd((listener.Id, notification.Id, notification.CreatedTime), now))
                        listener.Tell(Listener.Message("Notified", notification));
            foreach (var (key, time) in told)
                if (time < now - Window * 2)
                    told.Remove(key);
        }
        catch (Exception problem) when (!cancellation.IsCancellationRequested)
        {
            logger.LogWarning(problem, "Notifications cannot be read; trying again");
        }
    }
}
