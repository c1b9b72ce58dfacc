using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>What a change looks like to those who listen.</summary>
public abstract class ChangesTests(Installation installation) : RealtimeTests(installation)
{
    [Fact]
    public async Task A_change_says_who_made_it_and_brings_the_writers_mark()
    {
        await EverywhereAsync(async (scene, connection, log) =>
        {
            var mutation = Guid.NewGuid().ToString();
            await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation);
            scene.Owner.Client.DefaultRequestHeaders.Add("PyBase-Mutation", mutation);
            var record = await scene.AddAsync("bolt", 3);

            var message = await log.WaitAsync("Changes", m => (string)m["id"]! == scene.Things && (string?)m["mutation"] == mutation);
            Assert.Equal((string)(await scene.Owner.GetAsync("/api/auth/me"))["user"]!["id"]!, (string)message["actor"]!);
            Assert.Equal((long)message["from"]!, (long)message["version"]!);
            var created = Assert.Single(message["changes"]!.AsArray())!;
            Assert.Equal("recordsCreated", (string)created["kind"]!);
            var row = Assert.Single(created["records"]!.AsArray())!;
            Assert.Equal((record, "bolt", 3), ((string)row["id"]!, (string)row["fields"]![scene.Fields["Things.name"]]!, (int)row["fields"]![scene.Fields["Things.count"]]!));
        });
    }

    [Fact]
    public async Task An_emptied_cell_is_null_and_a_deleted_record_an_id()
    {
        await EverywhereAsync(async (scene, connection, log) =>
        {
            var record = await scene.AddAsync("bolt");
            await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation);
            await scene.Owner.PatchAsync($"{scene.Path}/{record}", new { fields = new { Count = (int?)null } });
            await scene.Owner.Client.DeleteAsync($"{scene.Path}/{record}", Cancellation);

            await log.WaitAsync("Changes", _ => log.Changes(scene.Things, "recordsDeleted").Count > 0);
            var deleted = Assert.Single(log.Changes(scene.Things, "recordsDeleted"));
            Assert.Equal(record, (string)Assert.Single(deleted["ids"]!.AsArray())!);
            // When both were read at once the record was gone already, and nothing is told of its cells.
            foreach (var row in log.Changes(scene.Things, "cellsChanged").SelectMany(c => c["records"]!.AsArray()))
            {
                Assert.Equal(record, (string)row!["id"]!);
                Assert.True(row["fields"]!.AsObject().ContainsKey(scene.Fields["Things.count"]) && row["fields"]![scene.Fields["Things.count"]] is null);
            }
        });
    }

    [Fact]
    public async Task The_other_end_of_a_link_is_told_in_its_own_table()
    {
        await EverywhereAsync(async (scene, connection, log) =>
        {
            var thing = await scene.AddAsync("bolt");
            await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation);
            var place = (string)(await scene.Owner.PostAsync($"/v0/{scene.Base}/{scene.Places}", new { fields = new { Name = "shelf", Things = new[] { thing } } }))["id"]!;

            await log.WaitAsync("Changes", _ => log.Changes(scene.Things, "cellsChanged").Count > 0);
            var row = Assert.Single(Assert.Single(log.Changes(scene.Things, "cellsChanged"))["records"]!.AsArray())!;
            Assert.Equal(thing, (string)row["id"]!);
            Assert.Equal(place, (string)Assert.Single(row["fields"]![scene.Fields["Things.Places"]]!.AsArray())!);
        });
    }

    [Fact]
    public async Task A_new_field_is_told_to_the_table_and_a_new_table_to_the_base()
    {
        await EverywhereAsync(async (scene, connection, log) =>
        {
            await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation);
            await connection.InvokeAsync<JsonNode>("Subscribe", scene.Base, (long?)null, Cancellation);
            var field = await scene.Owner.PostAsync($"/v0/meta/bases/{scene.Base}/tables/{scene.Things}/fields", new { name = "Colour", type = "singleLineText" });
            var table = await scene.Owner.PostAsync($"/v0/meta/bases/{scene.Base}/tables", new { name = "More", fields = new[] { new { name = "name", type = "singleLineText" } } });

            await log.WaitAsync("Changes", _ => log.Changes(scene.Base, "tableAdded").Count > 0 && log.Changes(scene.Things, "fieldAdded").Count > 0);
            Assert.Equal((string)field["id"]!, (string)Assert.Single(log.Changes(scene.Things, "fieldAdded"))["field"]!["id"]!);
            Assert.Equal((string)table["id"]!, (string)Assert.Single(log.Changes(scene.Base, "tableAdded"))["table"]!["id"]!);
        });
    }

    [Fact]
    public async Task Subscribing_with_a_version_gives_what_was_missed()
    {
        await EverywhereAsync(async (scene, connection, log) =>
        {
            var since = (long)(await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation))["version"]!;
            await connection.InvokeAsync("Unsubscribe", scene.Things, Cancellation);
            var record = await scene.AddAsync("bolt");
            await scene.Owner.PatchAsync($"{scene.Path}/{record}", new { fields = new { Count = 7 } });

            var answer = await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, since, Cancellation);
            Assert.Equal((since + 2, false), ((long)answer["version"]!, (bool)answer["reload"]!));
            Assert.Equal(["recordsCreated", "cellsChanged"], answer["changes"]!.AsArray().Select(c => (string)c!["kind"]!));
            Assert.Empty(log.Of("Changes"));

            await scene.AddAsync("nut");
            Assert.Equal(since + 3, (long)(await log.WaitAsync("Changes", _ => true))["from"]!);
        });
    }

    [Fact]
    public async Task A_version_that_nobody_can_go_on_from_means_load_again()
    {
        using var scene = await SetAsync();
        await using var connection = await scene.Owner.ConnectAsync(Installation.Hubs[0]);
        await scene.AddAsync("bolt");
        foreach (var since in (long[])[1_000_000, -5, long.MinValue])
        {
            var answer = await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, since, Cancellation);
            Assert.True((bool)answer["reload"]!);
            Assert.Empty(answer["changes"]!.AsArray());
        }
        var current = await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation);
        for (var n = 0; n < 60; n++)
            await scene.Owner.PostAsync(scene.Path, new { records = Enumerable.Range(0, 10).Select(i => new { fields = new { Name = $"{n}.{i}" } }) });
        Assert.True((bool)(await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long)current["version"]!, Cancellation))["reload"]!);
    }

    [Fact]
    public async Task After_Unsubscribe_nothing_more_is_told()
    {
        await EverywhereAsync(async (scene, connection, log) =>
        {
            await connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation);
            await connection.InvokeAsync<JsonNode>("Subscribe", scene.Places, (long?)null, Cancellation);
            await connection.InvokeAsync("Unsubscribe", scene.Things, Cancellation);
            await scene.AddAsync("bolt");
            await scene.Owner.PostAsync($"/v0/{scene.Base}/{scene.Places}", new { fields = new { Name = "shelf" } });
            await log.WaitAsync("Changes", m => (string)m["id"]! == scene.Places);
            Assert.DoesNotContain(log.Of("Changes"), m => (string)m["id"]! == scene.Things);
        });
    }

    /// <summary>The same at every address where the hub is.</summary>
    async Task EverywhereAsync(Func<Scene, HubConnection, HubLog, Task> test)
    {
        for (var n = 0; n < Installation.Hubs.Count; n++)
        {
            using var scene = await SetAsync(n);
            await using var connection = await scene.Owner.ConnectAsync(Installation.Hubs[n]);
            await test(scene, connection, new HubLog(connection));
        }
    }
}

[Collection(OnStandalone.Name)]
public sealed class ChangesOnStandaloneTests(StandaloneInstallation installation) : ChangesTests(installation);

[Collection(OnCluster.Name)]
public sealed class ChangesOnClusterTests(DistributedInstallation installation) : ChangesTests(installation);
