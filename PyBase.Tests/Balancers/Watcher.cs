using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Balancers;

/// <summary>A client as a browser is one: it keeps a table, connects again by itself when it is sent away or cut off, and goes on with the version it has.</summary>
sealed class Watcher : IAsyncDisposable
{
    static readonly TimeSpan[] s_tries = [TimeSpan.Zero, .. Enumerable.Repeat(TimeSpan.FromMilliseconds(200), 60)];
    int reconnections;
    int sentAway;
    int toldToLoad;
    int moves;

    Watcher(HubConnection connection) => Connection = connection;

    public HubConnection Connection { get; }

    public TableMirror Mirror { get; private set; } = null!;

    public int Reconnections => Volatile.Read(ref reconnections);

    /// <summary>How often a node said that it drains.</summary>
    public int SentAway => Volatile.Read(ref sentAway);

    /// <summary>How often the base went to another shard, and this one after it.</summary>
    public int Moves => Volatile.Read(ref moves);

    public bool IsSocket { get; private init; }

    /// <summary>True when it never lost its place: it loaded once, and again only where a node told it to because it was slow, as on a machine that is busy.</summary>
    public bool KeptItsPlace => Mirror.Loads <= 1 + Volatile.Read(ref toldToLoad);

    public static void SkippedNegotiation(HttpConnectionOptions options) => (options.SkipNegotiation, options.Transports) = (true, HttpTransportType.WebSockets);

    public static Action<HttpConnectionOptions> By(HttpTransportType transport) => options => options.Transports = transport;

    public static async Task<Watcher> StartAsync(Person person, string baseId, string table, Uri hub, Action<HttpConnectionOptions> how)
    {
        var isSocket = false;
        var connection = Person.Hub(hub, person.Token, options =>
        {
            how(options);
            isSocket = options.Transports is HttpTransportType.WebSockets;
        }).WithAutomaticReconnect(s_tries).Build();
        var watcher = new Watcher(connection) { IsSocket = isSocket };
        watcher.Connection.On<JsonNode>("Ended", ended =>
        {
            Interlocked.Add(ref watcher.sentAway, (string?)ended["reason"] == "draining" ? 1 : 0);
            // Beside the connection's own loop, which is to end.
            if ((string?)ended["reason"] == "moved")
                _ = Task.Run(watcher.FollowAsync);
        });
        await watcher.Connection.StartAsync();
        watcher.Mirror = await TableMirror.OpenAsync(person, baseId, table, watcher.Connection, message =>
            Interlocked.Add(ref watcher.toldToLoad, message["changes"] is not JsonArray changes || changes.Any(c => (string?)c!["kind"] == "manyChanged") ? 1 : 0));
        watcher.Connection.Reconnected += _ =>
        {
            Interlocked.Increment(ref watcher.reconnections);
            return watcher.Mirror.ReconnectAsync(watcher.Connection);
        };
        return watcher;
    }

    async Task FollowAsync()
    {
        await Connection.StopAsync();
        for (var tries = 0; tries < s_tries.Length; tries++)
            try
            {
                if (Connection.State is HubConnectionState.Disconnected)
                    await Connection.StartAsync();
                await Mirror.ReconnectAsync(Connection);
                Interlocked.Increment(ref moves);
                return;
            }
            catch (Exception yet) when (yet is HubException or HttpRequestException or IOException or InvalidOperationException)
            {
                // Between two places.
                await Task.Delay(200);
            }
    }

    public async ValueTask DisposeAsync()
    {
        await Mirror.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
