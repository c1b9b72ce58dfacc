using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Benchmarks.Load;

/// <summary>A table of one record, whose number is edited.</summary>
sealed record LoadTable(string Base, string Table, string Record)
{
    /// <summary>The version that the edit made.</summary>
    public async Task<long> EditAsync(Person writer, int number)
    {
        using var answer = await writer.Client.PatchAsJsonAsync($"/v0/{Base}/{Table}/{Record}", new { fields = new { number } });
        answer.EnsureSuccessStatusCode();
        return long.Parse(answer.Headers.GetValues("PyBase-Version").Single().Split(", ").Single(v => v.StartsWith(Table, StringComparison.Ordinal)).Split('=')[1], CultureInfo.InvariantCulture);
    }
}

/// <summary>What is listened to, and who listens.</summary>
static class LoadTables
{
    /// <summary>Connections that are made at once.</summary>
    const int AtOnce = 20;

    public static async Task<IReadOnlyList<LoadTable>> MakeAsync(Person owner, int count)
    {
        var baseId = await owner.CreateBaseAsync([.. Enumerable.Range(1, count).Select(n => (object)new
        {
            name = $"Table {n}",
            fields = new object[] { new { name = "name", type = "singleLineText" }, new { name = "number", type = "number", options = new { precision = 0 } } },
        })]);
        var made = new List<LoadTable>();
        foreach (var table in (await owner.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray())
        {
            var id = (string)table!["id"]!;
            made.Add(new LoadTable(baseId, id, (string)(await owner.PostAsync($"/v0/{baseId}/{id}", new { fields = new JsonObject { ["name"] = "edited" } }))["id"]!));
        }
        return made;
    }

    /// <summary>A subscriber for each of these tables, in turn on each node.</summary>
    public static async Task<(string Table, FeedSocket Socket)[]> ConnectAsync(Cluster cluster, Person owner, IReadOnlyList<string> tables)
    {
        var clients = new (string, FeedSocket)[tables.Count];
        await Parallel.ForAsync(0, tables.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
            clients[n] = (tables[n], await FeedSocket.ConnectAsync(cluster.RealtimeAddress(n % cluster.Realtime.Count), owner.Token, tables[n])));
        return clients;
    }

    /// <summary>Says every fifteen seconds for each that it is there, as SignalR's clients do, one after the other.</summary>
    public static async Task PingAsync(IReadOnlyList<(string Table, FeedSocket Socket)> clients, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (double at = 0; !stop.IsCancellationRequested; await timer.WaitForNextTickAsync(CancellationToken.None))
            for (var next = at + clients.Count * 0.020 / 15; at < next; at++)
                if (clients[(int)at % clients.Count].Socket is { IsOpen: true } open)
                    await open.PingAsync();
    }
}
