using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>JSON and MessagePack at every address of the hub. The clients are SignalR's own, with nothing of ours in them.</summary>
[Collection(OnCluster.Name)]
public sealed class ProtocolTests(DistributedInstallation installation) : RealtimeTests(installation)
{
    [Fact]
    public async Task Every_message_says_the_same_in_both()
    {
        using var scene = await SetAsync();
        using var member = await MemberAsync(scene.Owner);
        var id = (string)(await member.GetAsync("/api/auth/me"))["user"]!["id"]!;
        string[] feeds = [scene.Things, scene.Places, scene.Base];
        var pairs = await Task.WhenAll(Installation.Hubs.Select(hub => (hub, HttpTransportType.WebSockets)).Append((Installation.Hubs[^1], HttpTransportType.LongPolling))
            .Select(async at => (Plain: await ConnectAsync(member, at.Item1, at.Item2, isPacked: false), Packed: await ConnectAsync(member, at.Item1, at.Item2, isPacked: true))));
        foreach (var feed in feeds)
            await BothAsync(feed, null);

        var began = (long)(await BothAsync(scene.Things, null))["version"]!;
        var record = await scene.AddAsync("Zahnrad \"⌀ 8\" 𝄞 \u0001\n", -40_000);
        var weight = (string)(await scene.Owner.PostAsync($"/v0/meta/bases/{scene.Base}/tables/{scene.Things}/fields", new { name = "weight", type = "number", options = new { precision = 4 } }))["id"]!;
        await scene.Owner.PostAsync($"/v0/meta/bases/{scene.Base}/tables/{scene.Things}/fields", new { name = "done", type = "checkbox", options = new { icon = "check", color = "greenBright" } });
        await scene.Owner.PatchAsync($"{scene.Path}/{record}", new { fields = new { Count = (int?)null, Weight = 1234.5678, Done = true } });
        await scene.Owner.PostAsync($"/v0/{scene.Base}/{scene.Places}", new { fields = new { Name = "shelf", Things = new[] { record } } });
        var doomed = await scene.AddAsync("doomed");
        await scene.Owner.Client.DeleteAsync($"{scene.Path}/{doomed}", Cancellation);
        await AllAsync(log => log.WaitAsync("Changes", _ => log.Changes(scene.Things, "recordsDeleted").Count > 0));

        await using (var mover = await scene.Owner.ConnectAsync(Installation.Hubs[0]))
        {
            await mover.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation);
            await mover.InvokeAsync("SetPresence", scene.Things, new { recordId = record, fieldId = weight, editing = true }, Cancellation);
            await AllAsync(log => log.WaitAsync("Presence", m => m["people"]!.AsArray().Count == 1));
        }
        await AllAsync(log => log.WaitAsync("Presence", m => m["people"]!.AsArray().Count == 0));
        await scene.Owner.PostAsync($"{scene.Path}/{record}/comments", new { text = $"@[{id}], look" });
        await AllAsync(log => log.WaitAsync("Notified", m => (string)m["kind"]! == "mention"));
        var job = await scene.Owner.DropAsync(scene.Base, "no.stp", "nothing"u8.ToArray());
        await AllAsync(log => log.WaitAsync("JobChanged", m => (string)m["id"]! == (string)job["id"]! && (string)m["state"]! == "failed"));
        Assert.NotEmpty((await BothAsync(scene.Things, began))["changes"]!.AsArray());

        await scene.Owner.PatchAsync($"/api/workspaces/{scene.Owner.WorkspaceId}/members/{id}", new { role = "viewer" });
        foreach (var feed in feeds)
            await AllAsync(log => log.WaitAsync("Reload", m => (string)m["id"]! == feed));
        Assert.True((await scene.Owner.Client.DeleteAsync($"/api/workspaces/{scene.Owner.WorkspaceId}/members/{id}", Cancellation)).IsSuccessStatusCode);
        foreach (var feed in feeds)
            await AllAsync(log => log.WaitAsync("Ended", m => (string)m["id"]! == feed));

        foreach (var ((plain, plainLog), (packed, packedLog)) in pairs)
        {
            foreach (var method in (string[])["Changes", "Presence", "Reload", "Ended", "JobChanged", "Notified"])
                Same(plainLog, packedLog, method);
            foreach (var kind in (string[])["recordsCreated", "cellsChanged", "recordsDeleted", "fieldAdded"])
                Assert.NotEmpty(packedLog.Changes(scene.Things, kind));
            await plain.DisposeAsync();
            await packed.DisposeAsync();
        }

        async Task AllAsync(Func<HubLog, Task> wait) => await Task.WhenAll(pairs.SelectMany(p => new[] { wait(p.Plain.Log), wait(p.Packed.Log) }));

        async Task<JsonNode> BothAsync(string feed, long? since)
        {
            var answers = await Task.WhenAll(pairs.Select(async pair =>
            {
                var plain = await pair.Plain.Connection.InvokeAsync<JsonNode>("Subscribe", feed, since, Cancellation);
                var packed = HubLog.Plain(await pair.Packed.Connection.InvokeAsync<object>("Subscribe", feed, since, Cancellation));
                Assert.True(JsonNode.DeepEquals(plain, packed), $"{plain.ToJsonString()} is not {packed?.ToJsonString()}");
                return plain;
            }));
            return answers[0];
        }
    }

    static void Same(HubLog plain, HubLog packed, string method)
    {
        var (left, right) = (plain.Of(method).ToLookup(m => (string)m["id"]!), packed.Of(method).ToLookup(m => (string)m["id"]!));
        Assert.NotEmpty(left);
        Assert.Equal(left.Select(g => (g.Key, g.Count())).Order(), right.Select(g => (g.Key, g.Count())).Order());
        foreach (var messages in left)
            foreach (var (one, other) in messages.Zip(right[messages.Key]))
                Assert.True(JsonNode.DeepEquals(one, other), $"{method}: {one.ToJsonString()} is not {other.ToJsonString()}");
    }
}
