using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>What the feed rests on goes away and comes back. The tests of a collection run one after the other, and each leaves the cluster whole.</summary>
[Collection(OnCluster.Name)]
public sealed class LossTests(DistributedInstallation installation) : RealtimeTests(installation)
{
    Cluster Cluster => ((DistributedInstallation)Installation).Cluster;

    [Fact]
    public async Task Without_Redis_changes_are_found_by_polling_and_with_it_they_are_signalled_again()
    {
        if (Cluster.Redis.IsGarnet)
            Assert.Skip("redis-server is not installed.");
        using var scene = await SetAsync();
        var connections = await Task.WhenAll(Installation.Hubs.Select(hub => scene.Owner.ConnectAsync(hub)));
        var mirrors = await Task.WhenAll(connections.Select(c => TableMirror.OpenAsync(scene.Owner, scene.Base, scene.Things, c)));
        var logs = connections.Select(c => new HubLog(c)).ToArray();
        foreach (var connection in connections)
            await connection.InvokeAsync<JsonNode>("Subscribe", scene.Base, (long?)null, Cancellation);
        await ReachAllAsync();

        await Cluster.Redis.KillAsync();
        try
        {
            var found = await ReachAllAsync();
            Assert.True(found < TimeSpan.FromSeconds(5), $"Found after {found}.");
            var job = await scene.Owner.DropAsync(scene.Base, Samples.Path("gearbox.stp"));
            await Task.WhenAll(logs.Select(log => log.WaitAsync("JobChanged", j => (string)j["id"]! == (string)job["id"]! && (string)j["state"]! == "succeeded", TimeSpan.FromSeconds(40))));
            // A node that starts without Redis has to find it later.
            await Cluster.Realtime[1].RestartAsync(Cancellation);
        }
        finally
        {
            await Cluster.Redis.StartAgainAsync(Cancellation);
        }
        for (var n = 0; n < connections.Length; n++)
        {
            await connections[n].DisposeAsync();
            connections[n] = await ConnectSoonAsync(scene.Owner, Installation.Hubs[n]);
            await mirrors[n].ReconnectAsync(connections[n]);
        }
        // The poll comes every two seconds: four quick ones in a row are not its work.
        for (var (quick, tries) = (0, 0); quick < 4; tries++)
        {
            Assert.True(tries < 60, "Signals do not come back.");
            quick = await ReachAllAsync() < TimeSpan.FromMilliseconds(400) ? quick + 1 : 0;
        }
        foreach (var mirror in mirrors)
            await mirror.CheckAsync();
        foreach (var connection in connections)
            await connection.DisposeAsync();

        async Task<TimeSpan> ReachAllAsync()
        {
            await scene.AddAsync("bolt");
            var (version, _) = await TableMirror.LoadAsync(scene.Owner, scene.Base, scene.Things);
            var clock = Stopwatch.StartNew();
            await Task.WhenAll(mirrors.Select(m => m.ReachAsync(version)));
            return clock.Elapsed;
        }
    }

    [Fact]
    public async Task A_table_that_is_removed_ends_its_feed()
    {
        using var scene = await SetAsync();
        await using var connection = await scene.Owner.ConnectAsync(Installation.Hubs[0]);
        var log = new HubLog(connection);
        foreach (var id in (string[])[scene.Things, scene.Places])
            await connection.InvokeAsync<JsonNode>("Subscribe", id, (long?)null, Cancellation);
        await using var database = NpgsqlDataSource.Create(Cluster.ConnectionString);
        await using var remove = database.CreateCommand($"delete from pybase.table_versions where table_id = '{scene.Things}'");
        await remove.ExecuteNonQueryAsync(Cancellation);

        await log.WaitAsync("Ended", m => (string)m["id"]! == scene.Things && (string)m["reason"]! == "deleted", TimeSpan.FromSeconds(6));
        Assert.DoesNotContain(log.Of("Ended"), m => (string)m["id"]! == scene.Places);
    }

    [Fact]
    public async Task A_dead_node_s_users_come_to_another_through_any_Api_and_are_told_when_there_is_none()
    {
        using var scene = await SetAsync();
        var people = new List<Person>();
        for (var n = 0; n < 6; n++)
            people.Add(await MemberAsync(scene.Owner));
        var connections = await Task.WhenAll(people.Select((p, n) => p.ConnectAsync(Installation.Apis[n % 2])));
        var mirrors = await Task.WhenAll(people.Select((p, n) => TableMirror.OpenAsync(p, scene.Base, scene.Things, connections[n])));
        await scene.AddAsync("bolt");

        await Cluster.Realtime[0].KillAsync();
        try
        {
            await scene.AddAsync("nut");
            for (var n = 0; n < people.Count; n++)
            {
                await connections[n].DisposeAsync();
                connections[n] = await ConnectSoonAsync(people[n], Installation.Apis[(n + 1) % 2]);
                await mirrors[n].ReconnectAsync(connections[n]);
            }
            await scene.AddAsync("washer");
            foreach (var mirror in mirrors)
            {
                await mirror.CheckAsync();
                Assert.Equal(1, mirror.Loads);
            }
            await Cluster.Realtime[1].KillAsync();
            using var none = await people[0].Client.PostAsync("/hubs/tables/negotiate?negotiateVersion=1", null, Cancellation);
            Assert.Equal("realtime-unavailable", (string)(await Person.ReadAsync(none, HttpStatusCode.ServiceUnavailable))["code"]!);
        }
        finally
        {
            await Task.WhenAll(Cluster.Realtime.Where(node => !node.Running).Select(node => node.StartAsync(Cancellation)));
        }
        foreach (var (person, connection) in people.Zip(connections))
        {
            await connection.DisposeAsync();
            person.Dispose();
        }
    }

    [Fact]
    public async Task An_Api_that_stops_lets_go_of_its_sockets()
    {
        using var scene = await SetAsync();
        await using var connection = await scene.Owner.ConnectAsync(Installation.Apis[1]);
        await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation);
        var clock = Stopwatch.StartNew();
        await Cluster.Api[1].StopAsync();
        var stopped = clock.Elapsed;
        await Cluster.Api[1].StartAsync(Cancellation);
        Assert.True(stopped < TimeSpan.FromSeconds(10), $"Stopped after {stopped}.");
    }

    /// <summary>An Api remembers for two seconds that a node answered.</summary>
    static async Task<HubConnection> ConnectSoonAsync(Person person, Uri hub)
    {
        for (var tries = 0; ; tries++)
            try
            {
                return await person.ConnectAsync(hub);
            }
            catch (HttpRequestException) when (tries < 40)
            {
                await Task.Delay(100, Cancellation);
            }
    }
}
