using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>More is written than can be told one by one: changes are told together, and nothing is lost.</summary>
[Collection(OnCluster.Name)]
public sealed class BusyTableTests(DistributedInstallation installation) : RealtimeTests(installation)
{
    const int Listeners = 120;
    const int Writers = 12;
    const int EditsOfEach = 25;

    [Fact]
    public async Task A_storm_of_edits_reaches_everybody_in_order_and_in_fewer_messages()
    {
        using var scene = await SetAsync();
        var records = new string[Writers];
        for (var n = 0; n < Writers; n++)
            records[n] = await scene.AddAsync($"part {n}");
        var connections = await Task.WhenAll(Installation.Hubs.Select(hub => scene.Owner.ConnectAsync(hub)));
        var mirrors = await Task.WhenAll(connections.Select(c => TableMirror.OpenAsync(scene.Owner, scene.Base, scene.Things, c)));
        var sockets = new FeedSocket[Listeners];
        await Parallel.ForAsync(0, Listeners, Cancellation, async (n, _) => sockets[n] = await FeedSocket.ConnectAsync(Installation.Hubs[n % 2], scene.Owner.Token, scene.Things));

        var versions = (await Task.WhenAll(records.Select((record, n) => WriteAsync(scene, record, n)))).SelectMany(v => v).Order().ToList();

        Assert.Equal(Enumerable.Range(0, Writers * EditsOfEach).Select(n => versions[0] + n), versions);
        foreach (var socket in sockets)
        {
            await ReachAsync(socket, versions[^1]);
            var known = socket.Began;
            foreach (var told in socket.Told)
            {
                Assert.Equal(known + 1, told.From);
                known = told.Version;
            }
            Assert.Equal(versions[^1], known);
        }
        var messages = sockets.Sum(s => s.Told.Count);
        Assert.True(messages < Listeners * versions.Count, $"{messages} messages for {versions.Count} versions and {Listeners} listeners.");
        foreach (var mirror in mirrors)
            await mirror.CheckAsync();
        foreach (var socket in sockets)
            socket.Dispose();
        foreach (var connection in connections)
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task What_is_told_together_names_each_record_once_with_every_cell_that_changed()
    {
        using var scene = await SetAsync();
        var (bolt, nut) = (await scene.AddAsync("bolt"), await scene.AddAsync("nut"));
        await using var connection = await scene.Owner.ConnectAsync(Installation.Hubs[0]);
        var since = (long)(await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation))["version"]!;
        await connection.InvokeAsync("Unsubscribe", scene.Things, Cancellation);
        for (var n = 0; n < 5; n++)
            await scene.Owner.PatchAsync($"{scene.Path}/{bolt}", new { fields = new { Count = n } });
        var washer = await scene.AddAsync("washer");
        await scene.Owner.PatchAsync($"{scene.Path}/{bolt}", new { fields = new { Name = "screw" } });
        await scene.Owner.PatchAsync($"{scene.Path}/{washer}", new { fields = new { Count = 9 } });
        await scene.Owner.PatchAsync($"{scene.Path}/{nut}", new { fields = new { Count = 8 } });
        await scene.Owner.Client.DeleteAsync($"{scene.Path}/{nut}", Cancellation);

        var answer = await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, since, Cancellation);

        Assert.Equal((since + 10, false), ((long)answer["version"]!, (bool)answer["reload"]!));
        var changes = answer["changes"]!.AsArray();
        Assert.Equal(["recordsCreated", "recordsDeleted", "cellsChanged"], changes.Select(c => (string)c!["kind"]!));
        Assert.Equal(9, (int)changes[0]!["records"]![0]!["fields"]![scene.Fields["Things.count"]]!);
        var cells = changes[2]!["records"]!.AsArray().ToDictionary(r => (string)r!["id"]!, r => r!["fields"]!);
        Assert.Equal([bolt, washer], cells.Keys);
        Assert.Equal(("screw", 4), ((string)cells[bolt][scene.Fields["Things.name"]]!, (int)cells[bolt][scene.Fields["Things.count"]]!));
    }

    /// <summary>Waits for the fact, however slow the machine is.</summary>
    internal static async Task ReachAsync(FeedSocket socket, long version)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (socket.Version < version)
        {
            Assert.True(socket.IsOpen, $"The connection ended at {socket.Version}.");
            Assert.False(patience.IsCancellationRequested, $"At {socket.Version}, not at {version}.");
            await Task.Delay(10, Cancellation);
        }
    }

    async Task<List<long>> WriteAsync(Scene scene, string record, int number)
    {
        using var writer = scene.Owner.At(Installation.Apis[number % Installation.Apis.Count]);
        var versions = new List<long>();
        for (var n = 0; n < EditsOfEach; n++)
        {
            using var answer = await writer.Client.PatchAsJsonAsync($"{scene.Path}/{record}", new { fields = new { Count = n } }, Cancellation);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            versions.Add(long.Parse(answer.Headers.GetValues("PyBase-Version").Single().Split(", ").Single(v => v.StartsWith(scene.Things, StringComparison.Ordinal)).Split('=')[1], CultureInfo.InvariantCulture));
        }
        return versions;
    }
}
