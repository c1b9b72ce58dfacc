using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using PyBase.Realtime.Tables;

namespace PyBase.Realtime.Presence;

/// <summary>
/// Who is in which table. Ten times a second what was said since is written to Redis, and tables of which something was heard are read and told: a storm of
/// moving cursors costs each table ten messages a second and each connection one entry.
/// </summary>
sealed class Presences(PresenceStore store, Feeds feeds, TimeProvider clock, ILogger<Presences> logger) : BackgroundService
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Refresh = PresenceStore.Lifetime / 3;
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    readonly ConcurrentDictionary<(string Table, string Connection), (Listener Listener, string Text)> own = new();
    readonly ConcurrentDictionary<(string Table, string Connection), Session> unwritten = new();
    // To be read and told; true: even if nothing has changed, as somebody has just come.
    readonly ConcurrentDictionary<string, bool> heard = new();
    // What was last told. Tables that nobody here listens to are forgotten at the next refresh.
    readonly ConcurrentDictionary<string, string> told = new();

    /// <summary>The listener is there now, or with null nowhere.</summary>
    public void Set(Listener listener, string table, Place? place)
    {
        var key = (table, listener.Id);
        if (place is null)
        {
            if (own.TryRemove(key, out _))
                unwritten[key] = new Session(table, listener.User.Id, listener.Id, null);
            return;
        }
        var user = listener.User;
        var text = JsonSerializer.Serialize(new Present(listener.Id, new(user.Id, user.Name), Present.ColourOf(user.Id), place.ViewId, place.RecordId, place.FieldId, place.Editing), Json);
        own[key] = (listener, text);
        unwritten[key] = new Session(table, user.Id, listener.Id, text);
    }

    /// <summary>Shows a newcomer who is there.</summary>
    public void Show(string table) => heard[table] = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.ListenAsync(table =>
        {
            if (feeds.IsOpen(table))
                heard.TryAdd(table, false);
        });
        using var timer = new PeriodicTimer(Tick, clock);
        var refreshed = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (clock.GetElapsedTime(refreshed) >= Refresh)
                {
                    refreshed = clock.GetTimestamp();
                    RefreshAll();
                }
                await WriteAsync();
                await TellAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The node stops; its sessions expire.
        }
    }

    /// <summary>Own sessions are written again before they expire, tables looked at again for those of nodes that died.</summary>
    void RefreshAll()
    {
        foreach (var (key, (listener, text)) in own)
            if (listener.Has(key.Table))
                unwritten.TryAdd(key, new Session(key.Table, listener.User.Id, listener.Id, text));
            else
                Set(listener, key.Table, null);
        foreach (var table in told.Keys)
            if (feeds.IsOpen(table))
                heard.TryAdd(table, false);
            else
                told.TryRemove(table, out _);
    }

    async Task WriteAsync()
    {
        if (unwritten.IsEmpty)
            return;
        var sessions = new List<Session>();
        foreach (var key in unwritten.Keys)
            if (unwritten.TryRemove(key, out var session))
                sessions.Add(session);
        await Task.WhenAll(sessions.GroupBy(s => s.Table).Select(table => store.WriteAsync(table.Key, [.. table])));
    }

    async Task TellAsync(CancellationToken cancellation)
    {
        if (heard.IsEmpty)
            return;
        await Parallel.ForEachAsync(heard.Keys, cancellation, async (table, _) =>
        {
            if (!heard.TryRemove(table, out var always))
                return;
            try
            {
                var texts = await store.ReadAsync(table);
                var now = string.Join('\n', texts.Order(StringComparer.Ordinal));
                if (now == told.GetValueOrDefault(table, "") && !(always && texts.Length > 0))
                    return;
                told[table] = now;
                feeds.Tell(table, Listener.Message("Presence", new PresenceMessage(table, [.. texts.Select(text => JsonSerializer.Deserialize<JsonElement>(text))])),
                    // In which record somebody is tells of the record.
                    Listener.Message("Presence", new PresenceMessage(table, [.. texts.Select(text => JsonSerializer.SerializeToElement(JsonSerializer.Deserialize<Present>(text, Json)! with { RecordId = null, FieldId = null }, Json))])));
            }
            catch (Exception problem) when (!cancellation.IsCancellationRequested)
            {
                logger.LogWarning(problem, "Presence in {Table} cannot be told", table);
            }
        });
    }
}
