using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>Who is where, seen by others on any node.</summary>
public abstract class PresenceTests(Installation installation) : RealtimeTests(installation)
{
    const string Record = "recAAAAAAAAAAAAAA";

    [Fact]
    public async Task Others_see_where_somebody_is_until_they_leave()
    {
        using var scene = await SetAsync();
        using var member = await MemberAsync(scene.Owner);
        var listening = await Task.WhenAll(Installation.Hubs.Select(hub => ListenAsync(scene.Owner, hub, scene.Things)));
        foreach (var hub in Installation.Hubs)
        {
            var (connection, _) = await ListenAsync(member, hub, scene.Things);
            var id = connection.ConnectionId!;
            await connection.InvokeAsync("SetPresence", scene.Things, new { recordId = Record, fieldId = scene.Fields["Things.name"], editing = true }, Cancellation);
            foreach (var (_, log) in listening)
            {
                var person = In(await log.WaitAsync("Presence", m => In(m, id) is not null), id)!;
                Assert.Equal("Test Person", (string)person["user"]!["name"]!);
                Assert.Equal((Record, scene.Fields["Things.name"], true), ((string)person["recordId"]!, (string)person["fieldId"]!, (bool)person["editing"]!));
                Assert.False(person.AsObject().ContainsKey("viewId"));
                Assert.StartsWith("#", (string)person["colour"]!, StringComparison.Ordinal);
            }
            var (late, lateLog) = await ListenAsync(scene.Owner, hub, scene.Things);
            await lateLog.WaitAsync("Presence", m => In(m, id) is not null);
            await late.DisposeAsync();

            await connection.InvokeAsync("Unsubscribe", scene.Things, Cancellation);
            foreach (var (_, log) in listening)
                await GoneAsync(log, id);
            await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation);
            await connection.InvokeAsync("SetPresence", scene.Things, new { editing = false }, Cancellation);
            foreach (var (_, log) in listening)
                await log.WaitAsync("Presence", m => m == log.Of("Presence")[^1] && In(m, id) is not null);
            await connection.DisposeAsync();
            foreach (var (_, log) in listening)
                await GoneAsync(log, id);
        }
        foreach (var (connection, _) in listening)
            await connection.DisposeAsync();
    }

    [Fact]
    public async Task A_storm_of_movements_is_told_ten_times_a_second()
    {
        using var scene = await SetAsync();
        var (listener, log) = await ListenAsync(scene.Owner, Installation.Hubs[0], scene.Things);
        var (mover, _) = await ListenAsync(scene.Owner, Installation.Hubs[^1], scene.Things);
        var clock = System.Diagnostics.Stopwatch.StartNew();
        for (var n = 0; n < 400; n++)
            await mover.InvokeAsync("SetPresence", scene.Things, new { recordId = $"rec{n:D14}", editing = false }, Cancellation);
        await log.WaitAsync("Presence", m => m["people"]!.AsArray().Any(p => (string?)p!["recordId"] == $"rec{399:D14}"));
        Assert.InRange(log.Of("Presence").Count, 1, 3 + clock.Elapsed.TotalSeconds * 11);
        await listener.DisposeAsync();
        await mover.DisposeAsync();
    }

    [Fact]
    public async Task Only_ids_are_taken_and_only_for_tables_that_one_listens_to()
    {
        using var scene = await SetAsync();
        var (connection, _) = await ListenAsync(scene.Owner, Installation.Hubs[0], scene.Things);
        foreach (var table in (string?[])[scene.Places, scene.Base, "", null])
            Assert.Contains("not-subscribed", (await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("SetPresence", table, new { editing = false }, Cancellation))).Message, StringComparison.Ordinal);
        foreach (var text in (string[])["", "rec", new string('x', 5_000), "fldAAAAAAAAAAAAAA"])
            Assert.Contains("invalid-presence", (await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync("SetPresence", scene.Things, new { recordId = text, editing = false }, Cancellation))).Message, StringComparison.Ordinal);
        await connection.DisposeAsync();
    }

    static async Task<(HubConnection, HubLog)> ListenAsync(Person person, Uri hub, string table)
    {
        var connection = await person.ConnectAsync(hub);
        var log = new HubLog(connection);
        await connection.InvokeAsync<JsonNode>("Subscribe", table, (long?)null, Cancellation);
        return (connection, log);
    }

    static JsonNode? In(JsonNode message, string connection) => message["people"]!.AsArray().FirstOrDefault(p => (string)p!["connection"]! == connection);

    /// <summary>The last message does not name them any more.</summary>
    static Task GoneAsync(HubLog log, string connection) => log.WaitAsync("Presence", m => m == log.Of("Presence")[^1] && In(m, connection) is null);
}

[Collection(OnStandalone.Name)]
public sealed class PresenceOnStandaloneTests(StandaloneInstallation installation) : PresenceTests(installation);

[Collection(OnCluster.Name)]
public sealed class PresenceOnClusterTests(DistributedInstallation installation) : PresenceTests(installation);
