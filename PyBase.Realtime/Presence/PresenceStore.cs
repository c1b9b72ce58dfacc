using StackExchange.Redis;

namespace PyBase.Realtime.Presence;

/// <summary>One connection in one table, as Redis holds it; without <paramref name="Text"/> it has left.</summary>
sealed record Session(string Table, string User, string Connection, string? Text)
{
    public string Member => $"{User}:{Connection}";

    public string Key => KeyOf(Table, Member);

    public static string KeyOf(string table, string member) => $"session:{member[..member.IndexOf(':', StringComparison.Ordinal)]}:{table}:{member[(member.IndexOf(':', StringComparison.Ordinal) + 1)..]}";
}

/// <summary>
/// Who is where, in Redis: <c>session:{user}:{table}:{connection}</c> holds a session until it expires, the sorted set <c>present:{table}</c> names a table's
/// sessions by expiry. Each command has one key, so a Redis Cluster serves too. When Redis is away nobody is seen, and that is all.
/// </summary>
sealed class PresenceStore(IConnectionMultiplexer redis, TimeProvider clock)
{
    /// <summary>How long a session outlives a node that died. Living ones are written again before that.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    const int MaxPeople = 100;
    static readonly RedisChannel Changed = RedisChannel.Literal("pybase:presence");

    long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Writes what changed in one table and tells every node.</summary>
    public Task WriteAsync(string table, IReadOnlyCollection<Session> sessions) => TryAsync<object?>(async database =>
    {
        RedisKey all = $"present:{table}";
        var (now, commands) = (Now, new List<Task>());
        foreach (var session in sessions)
            if (session.Text is { } text)
            {
                commands.Add(database.StringSetAsync(session.Key, text, Lifetime));
                commands.Add(database.SortedSetAddAsync(all, session.Member, now + Lifetime.TotalMilliseconds));
            }
            else
            {
                commands.Add(database.KeyDeleteAsync(session.Key));
                commands.Add(database.SortedSetRemoveAsync(all, session.Member));
            }
        commands.Add(database.SortedSetRemoveRangeByScoreAsync(all, double.NegativeInfinity, now));
        commands.Add(database.KeyExpireAsync(all, Lifetime * 2));
        await Task.WhenAll(commands);
        await redis.GetSubscriber().PublishAsync(Changed, table);
        return null;
    }, null);

    /// <summary>The texts of those in the table; none when Redis is away.</summary>
    public Task<string[]> ReadAsync(string table) => TryAsync(async database =>
    {
        var members = await database.SortedSetRangeByScoreAsync($"present:{table}", Now, double.PositiveInfinity, take: MaxPeople);
        var texts = await Task.WhenAll(members.Select(member => database.StringGetAsync(Session.KeyOf(table, member!))));
        return [.. texts.Where(text => text.HasValue).Select(text => text.ToString())];
    }, Array.Empty<string>());

    /// <summary>Calls <paramref name="changed"/> with each table that has changed.</summary>
    public async Task ListenAsync(Action<string> changed)
    {
        try
        {
            await redis.GetSubscriber().SubscribeAsync(Changed, (_, table) => changed(table.ToString()));
        }
        catch (Exception away) when (away is RedisException or TimeoutException)
        {
            // The multiplexer subscribes when Redis is back.
        }
    }

    async Task<T> TryAsync<T>(Func<IDatabase, Task<T>> work, T otherwise)
    {
        // Commands would wait for seconds in the client's backlog.
        if (!redis.IsConnected)
            return otherwise;
        try
        {
            return await work(redis.GetDatabase());
        }
        catch (Exception away) when (away is RedisException or TimeoutException or ObjectDisposedException)
        {
            return otherwise;
        }
    }
}
