using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>What was shown to those who listen: each record of each version of each table.</summary>
sealed class Shown
{
    readonly ConcurrentDictionary<(string Table, long From, long Version, string Record), bool> records = [];
    int messages;

    public int Messages => Volatile.Read(ref messages);

    public ICollection<(string Table, long From, long Version, string Record)> Records => records.Keys;

    public void Add(string table, long from, long version, string record) => records[(table, from, version, record)] = true;

    public void Add(JsonNode message)
    {
        Interlocked.Increment(ref messages);
        if (message["changes"] is not JsonArray changes)
            return;
        var (table, from, version) = ((string)message["id"]!, (long)message["from"]!, (long)message["version"]!);
        foreach (var change in changes)
        {
            foreach (var record in change!["records"] as JsonArray ?? [])
                Add(table, from, version, (string)record!["id"]!);
            foreach (var id in change["ids"] as JsonArray ?? [])
                Add(table, from, version, (string)id!);
        }
    }
}

/// <summary>A client that keeps a table, whatever happens to the nodes: it comes again with the version it has.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "Stopped, its source of cancellation holds nothing.")]
sealed class Subscriber(Desk desk, int number, int seed, Shown shown)
{
    readonly Person person = desk.Client(number);
    readonly Random dice = new(seed * 1_000 + 500 + number);
    readonly CancellationTokenSource stop = new();
    Task running = Task.CompletedTask;

    public TableMirror? Mirror { get; private set; }

    public string Table => Desk.Tables[number % Desk.Tables.Length];

    /// <summary>How often it had to come again.</summary>
    public int Reconnects { get; private set; }

    /// <summary>For a test of tests.</summary>
    public bool LeavesGaps { get; init; }

    Uri[] Hubs => [.. desk.Cluster.Realtime.Concat(desk.Cluster.Api).Select(process => process.Address)];

    public async Task StartAsync()
    {
        running = RunAsync();
        await Wait.UntilAsync(() => Mirror is not null);
    }

    /// <summary>Waits, as long as it takes it to come again.</summary>
    public async Task<bool> ReachAsync(long version, TimeSpan limit)
    {
        using var patience = new CancellationTokenSource(limit);
        while (Mirror is null || Mirror.Version < version)
        {
            if (patience.IsCancellationRequested)
                return false;
            await Task.Delay(50, CancellationToken.None);
        }
        return true;
    }

    public async Task StopAsync()
    {
        await stop.CancelAsync();
        await running;
    }

    async Task RunAsync()
    {
        for (; !stop.IsCancellationRequested; Reconnects++)
        {
            HubConnection? connection = null;
            try
            {
                connection = await ConnectAsync();
                var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                connection.Closed += _ =>
                {
                    closed.TrySetResult();
                    return Task.CompletedTask;
                };
                Mirror = await FollowAsync(connection);
                // A load that took too long is cancelled too, and no reason to leave.
                await Task.WhenAny(closed.Task, Mirror.Following, Task.Delay(Timeout.Infinite, stop.Token));
            }
            catch (Exception) when (!stop.IsCancellationRequested)
            {
                // Whatever it was, it comes again.
                await Task.Delay(TimeSpan.FromMilliseconds(dice.Next(50, 500)), CancellationToken.None);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            finally
            {
                if (connection is not null)
                    await connection.DisposeAsync();
            }
        }
    }

    async Task<TableMirror> FollowAsync(HubConnection connection)
    {
        var following = Mirror is { } mirror ? AgainAsync(mirror) : TableMirror.OpenAsync(person, desk.Base, desk[Table], connection, shown.Add, LeavesGaps);
        try
        {
            return await following.WaitAsync(Desk.Patience * 2, stop.Token);
        }
        catch (TimeoutException)
        {
            // It is over before the next begins: two of them at once would each put its rows into the other's.
            await connection.DisposeAsync();
            await ((Task)following).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        async Task<TableMirror> AgainAsync(TableMirror mirror)
        {
            await mirror.ReconnectAsync(connection);
            return mirror;
        }
    }

    async Task<HubConnection> ConnectAsync()
    {
        var hubs = Hubs;
        var connection = new HubConnectionBuilder().WithUrl(new Uri(hubs[dice.Next(hubs.Length)], "/hubs/tables"), options => options.AccessTokenProvider = () => Task.FromResult<string?>(person.Token)).Build();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        patience.CancelAfter(Desk.Patience);
        try
        {
            await connection.StartAsync(patience.Token);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
