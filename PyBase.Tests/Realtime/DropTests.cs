using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>Somebody drops a file; others who have the base open see its tables and rows come.</summary>
public abstract class DropTests(Installation installation) : RealtimeTests(installation)
{
    [Fact]
    public Task Listeners_of_a_base_hear_of_a_drop_and_hold_its_rows() => DropAsync(Samples.Path("gearbox.stp"), null);

    [Fact]
    public Task They_do_so_with_a_real_drawing() => DropAsync(SharedData.Locate("drawings/step/as1-oc-214.stp"), HttpTransportType.WebSockets);

    [Fact]
    public Task They_do_so_by_long_polling() => DropAsync(Samples.Path("gearbox.stp"), HttpTransportType.LongPolling);

    async Task DropAsync(string file, HttpTransportType? transport)
    {
        using var owner = await Installation.SignUpAsync();
        using var second = await MemberAsync(owner, "viewer");
        using var third = await MemberAsync(owner);
        var baseId = await owner.CreateBaseAsync();
        var listeners = await Task.WhenAll(Installation.Hubs.SelectMany(hub => new[] { owner, second }.Select(person => ListenAsync(person, baseId, hub, transport))));

        var job = await third.DropAsync(baseId, file);

        var mirrors = await Task.WhenAll(listeners.Select(listener => MirrorAsync(listener, baseId)));
        var ended = await third.EndOfAsync(job);
        Assert.Equal("succeeded", (string)ended["state"]!);
        foreach (var mirror in mirrors.SelectMany(m => m))
            await mirror.CheckAsync();
        foreach (var (_, connection, log) in listeners)
        {
            await log.WaitAsync("JobChanged", j => (string)j["id"]! == (string)job["id"]! && (string)j["state"]! == "succeeded");
            Assert.All(log.Of("JobChanged"), j => Assert.Equal(baseId, (string)j["base"]!));
            CheckVersions([.. log.Of("Changes").Where(m => (string)m["id"]! == baseId)]);
            await connection.DisposeAsync();
        }
        foreach (var mirror in mirrors.SelectMany(m => m))
            await mirror.DisposeAsync();
    }

    static async Task<(Person, HubConnection, HubLog)> ListenAsync(Person person, string baseId, Uri hub, HttpTransportType? transport)
    {
        var connection = await person.ConnectAsync(hub, transport);
        var log = new HubLog(connection);
        var answer = await connection.InvokeAsync<JsonNode>("Subscribe", baseId, (long?)null, Cancellation);
        Assert.False((bool)answer["reload"]!);
        return (person, connection, log);
    }

    /// <summary>Waits for the tables of the drop, which come in one transaction, then keeps each.</summary>
    static async Task<TableMirror[]> MirrorAsync((Person Person, HubConnection Connection, HubLog Log) listener, string baseId)
    {
        await listener.Log.WaitAsync("Changes", _ => listener.Log.Changes(baseId, "tableAdded").Count >= 2);
        return await Task.WhenAll(listener.Log.Changes(baseId, "tableAdded")
            .Select(change => TableMirror.OpenAsync(listener.Person, baseId, (string)change["table"]!["id"]!, listener.Connection)));
    }

    static void CheckVersions(IReadOnlyList<JsonNode> messages)
    {
        foreach (var (before, after) in messages.Zip(messages.Skip(1)))
            Assert.Equal((long)before["version"]! + 1, (long)after["from"]!);
    }
}

[Collection(OnStandalone.Name)]
public sealed class DropOnStandaloneTests(StandaloneInstallation installation) : DropTests(installation);

[Collection(OnCluster.Name)]
public sealed class DropOnClusterTests(DistributedInstallation installation) : DropTests(installation);
