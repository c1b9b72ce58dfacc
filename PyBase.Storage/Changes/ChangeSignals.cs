using System.Text.Json;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace PyBase.Storage.Changes;

/// <summary>What a writer tells the others after its commit. A hint: the truth is in PostgreSQL, and every listener also polls.</summary>
/// <param name="Base">The base written to.</param>
/// <param name="Number">Its transaction, 0 when only a job changed.</param>
/// <param name="Versions">The tables changed and their new versions.</param>
/// <param name="Job">A job whose state or progress changed.</param>
/// <param name="Trace">W3C traceparent of the writer.</param>
public sealed record ChangeSignal(string Base, long Number, IReadOnlyDictionary<string, long> Versions, string? Job, string? Trace);

/// <summary>Signals through Redis. Losing one costs time, never data, so publishing neither waits nor fails.</summary>
public sealed class ChangeSignals(IConnectionMultiplexer redis, ILogger<ChangeSignals> logger)
{
    static readonly RedisChannel Changes = RedisChannel.Literal("pybase:changes");
    static readonly RedisChannel Notified = RedisChannel.Literal("pybase:notified");
    static readonly RedisChannel Work = RedisChannel.Literal("pybase:work");

    /// <summary>False while Redis is away, and signals are lost.</summary>
    public bool AreHeard => redis.IsConnected;

    /// <summary>Tells every node that shows this base.</summary>
    public void Publish(ChangeSignal signal) => Send(Changes, JsonSerializer.SerializeToUtf8Bytes(signal));

    /// <summary>Wakes the dispatchers: there is a message in the outbox.</summary>
    public void PublishWork() => Send(Work, "");

    /// <summary>Wakes those who tell people: somebody has a new notification.</summary>
    public void PublishNotified() => Send(Notified, "");

    /// <summary>Calls <paramref name="receive"/> whenever somebody got a notification.</summary>
    public Task<IAsyncDisposable> ListenForNotificationsAsync(Action receive) => SubscribeAsync(Notified, _ => receive());

    /// <summary>Calls <paramref name="receive"/> for each signal until disposed.</summary>
    public Task<IAsyncDisposable> ListenAsync(Action<ChangeSignal> receive) => SubscribeAsync(Changes, message =>
    {
        if (JsonSerializer.Deserialize<ChangeSignal>((byte[])message!) is { } signal)
            receive(signal);
    });

    /// <summary>Calls <paramref name="receive"/> whenever the outbox got something.</summary>
    public Task<IAsyncDisposable> ListenForWorkAsync(Action receive) => SubscribeAsync(Work, _ => receive());

    void Send(RedisChannel channel, RedisValue message)
    {
        try
        {
            redis.GetSubscriber().Publish(channel, message, CommandFlags.FireAndForget);
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException or ObjectDisposedException)
        {
            logger.LogWarning(problem, "Redis did not take a signal; listeners will find the change by polling");
        }
    }

    async Task<IAsyncDisposable> SubscribeAsync(RedisChannel channel, Action<RedisValue> receive)
    {
        Action<RedisChannel, RedisValue> handler = (_, message) => receive(message);
        var subscriber = redis.GetSubscriber();
        try
        {
            await subscriber.SubscribeAsync(channel, handler);
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException)
        {
            // The multiplexer keeps the handler and subscribes when Redis is back.
            logger.LogWarning(problem, "Redis is not there yet; listening by polling");
        }
        return new Subscription(subscriber, channel, handler);
    }

    sealed class Subscription(ISubscriber subscriber, RedisChannel channel, Action<RedisChannel, RedisValue> handler) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await subscriber.UnsubscribeAsync(channel, handler);
            }
            catch (Exception gone) when (gone is RedisException or TimeoutException or ObjectDisposedException)
            {
                // Redis is gone, and so is the subscription.
            }
        }
    }
}
