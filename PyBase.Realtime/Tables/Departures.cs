using PyBase.Realtime.Presence;
using PyBase.ServiceDefaults;

namespace PyBase.Realtime.Tables;

/// <summary>
/// While the node drains its clients go to other nodes: one after the other over half of the time, so that the others are not stormed, and each with the last
/// version that it was told, from which it subscribes there. New connections are not taken.
/// </summary>
sealed class Departures(Drain drain, Listeners listeners, Feeds feeds, Presences presences, TimeProvider clock) : IHostedService, IDisposable
{
    readonly CancellationTokenSource stop = new();
    CancellationTokenRegistration beginning;
    Task leaving = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        beginning = drain.Begun.Register(() => leaving = LeaveAsync());
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await beginning.DisposeAsync();
        await stop.CancelAsync();
        await leaving;
    }

    public void Dispose() => stop.Dispose();

    /// <summary>Refuses what would begin a connection; what belongs to one goes on.</summary>
    public Task Gate(HttpContext context, RequestDelegate next)
    {
        if (!drain.HasBegun || context.Request.Query.ContainsKey("id"))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "1";
        return Task.CompletedTask;
    }

    async Task LeaveAsync()
    {
        var began = clock.GetTimestamp();
        var all = listeners.Open.ToArray();
        Random.Shared.Shuffle(all);
        for (var n = 0; n < all.Length; n++)
        {
            var due = drain.Length / 2 * n / all.Length - clock.GetElapsedTime(began);
            if (due > TimeSpan.Zero)
                await Task.Delay(due, clock, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                return;
            await MoveAsync(all[n]);
        }
        // Those that had negotiated already and came meanwhile.
        foreach (var late in listeners.Open.Except(all))
            await MoveAsync(late);
    }

    async Task MoveAsync(Listener listener)
    {
        foreach (var feed in listener.MoveOver())
        {
            presences.Set(listener, feed, null);
            await feeds.LeaveAsync(feed, listener);
        }
    }
}
