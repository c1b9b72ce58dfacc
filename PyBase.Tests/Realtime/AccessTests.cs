using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>Invariant 5 at the hub: who may not read hears nothing.</summary>
public abstract class AccessTests(Installation installation) : RealtimeTests(installation)
{
    [Fact]
    public async Task A_stranger_is_told_that_there_is_no_such_table()
    {
        using var scene = await SetAsync();
        using var stranger = await Installation.SignUpAsync();
        foreach (var hub in Installation.Hubs)
        {
            await using var connection = await stranger.ConnectAsync(hub);
            var log = new HubLog(connection);
            foreach (var id in (string?[])[scene.Things, scene.Base, "tblAAAAAAAAAAAAAA", "nonsense", "", null])
            {
                var refused = await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<JsonNode>("Subscribe", id, (long?)null, Cancellation));
                Assert.Contains("not-found", refused.Message, StringComparison.Ordinal);
            }
            await scene.AddAsync("bolt");
            await Task.Delay(300, Cancellation);
            Assert.Empty(log.Of("Changes"));
        }
    }

    [Fact]
    public async Task A_token_that_may_not_read_records_hears_nothing()
    {
        using var scene = await SetAsync();
        using var ask = new HttpRequestMessage(HttpMethod.Post, "/api/tokens") { Content = JsonContent.Create(new { name = "narrow", scopes = new[] { "schema.bases:read", "data.records:write" } }) };
        ask.Headers.Authorization = new("Bearer", scene.Owner.Token);
        var token = (string)(await Person.ReadAsync(await scene.Owner.Client.SendAsync(ask, Cancellation), HttpStatusCode.Created))["token"]!;
        foreach (var hub in Installation.Hubs)
        {
            await using var connection = await Person.ConnectAsync(hub, token);
            var refused = await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation));
            Assert.Contains("not-found", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Without_a_token_in_the_header_there_is_no_connection()
    {
        using var owner = await Installation.SignUpAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        foreach (var hub in Installation.Hubs)
            foreach (var query in (string[])["", $"&access_token={owner.Token}", $"&token={owner.Token}"])
            {
                Assert.Equal(HttpStatusCode.Unauthorized, (await client.PostAsync(new Uri(hub, $"/hubs/tables/negotiate?negotiateVersion=1{query}"), null, Cancellation)).StatusCode);
                using var upgrade = new HttpRequestMessage(HttpMethod.Get, new Uri(hub, $"/hubs/tables?x=1{query}"))
                {
                    Headers = { { "Connection", "Upgrade" }, { "Upgrade", "websocket" }, { "Sec-WebSocket-Version", "13" }, { "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" } },
                };
                Assert.Equal(HttpStatusCode.Unauthorized, (await client.SendAsync(upgrade, Cancellation)).StatusCode);
            }
    }

    [Fact]
    public async Task A_removed_member_hears_no_more()
    {
        using var scene = await SetAsync();
        foreach (var hub in Installation.Hubs)
        {
            using var member = await MemberAsync(scene.Owner);
            await using var connection = await member.ConnectAsync(hub);
            await using var other = await scene.Owner.ConnectAsync(hub);
            var (log, others) = (new HubLog(connection), new HubLog(other));
            foreach (var id in (string[])[scene.Things, scene.Base])
            {
                await connection.InvokeAsync<JsonNode>("Subscribe", id, (long?)null, Cancellation);
                await other.InvokeAsync<JsonNode>("Subscribe", id, (long?)null, Cancellation);
            }
            var user = (string)(await member.GetAsync("/api/auth/me"))["user"]!["id"]!;
            Assert.True((await scene.Owner.Client.DeleteAsync($"/api/workspaces/{scene.Owner.WorkspaceId}/members/{user}", Cancellation)).IsSuccessStatusCode);

            foreach (var id in (string[])[scene.Things, scene.Base])
                await log.WaitAsync("Ended", m => (string)m["id"]! == id && (string)m["reason"]! == "access", TimeSpan.FromSeconds(6));
            await scene.AddAsync("bolt");
            await others.WaitAsync("Changes", m => (string)m["id"]! == scene.Things);
            await Task.Delay(100, Cancellation);
            Assert.Empty(log.Of("Changes"));
            Assert.Empty(others.Of("Ended"));
            await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<JsonNode>("Subscribe", scene.Things, (long?)null, Cancellation));
        }
    }

    [Fact]
    public async Task A_connection_ends_with_the_session_or_token_that_opened_it()
    {
        using var scene = await SetAsync();
        foreach (var hub in Installation.Hubs)
        {
            using var other = await Installation.SignUpAsync();
            await using var stays = await other.ConnectAsync(hub);
            var made = await scene.Owner.PostAsync("/api/tokens", new { name = "hub" }, HttpStatusCode.Created);
            await using var byToken = await Person.ConnectAsync(hub, (string)made["token"]!);
            await using var byCookie = new HubConnectionBuilder().WithUrl(new Uri(hub, "/hubs/tables"), options =>
            {
                options.Headers["Cookie"] = other.Cookie;
                options.Headers["PyBase-Client"] = "test";
            }).Build();
            await byCookie.StartAsync(Cancellation);
            var (tokenEnds, cookieEnds) = (ClosedAsync(byToken), ClosedAsync(byCookie));
            var session = (string)(await other.GetAsync("/api/sessions"))["sessions"]![0]!["id"]!;

            Assert.True((await scene.Owner.Client.DeleteAsync($"/api/tokens/{(string)made["id"]!}", Cancellation)).IsSuccessStatusCode);
            Assert.True((await other.Client.DeleteAsync($"/api/sessions/{session}", Cancellation)).IsSuccessStatusCode);

            await Task.WhenAll(tokenEnds, cookieEnds).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            Assert.Equal(HubConnectionState.Connected, stays.State);
        }

        static Task ClosedAsync(HubConnection connection)
        {
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            connection.Closed += _ =>
            {
                closed.TrySetResult();
                return Task.CompletedTask;
            };
            return closed.Task;
        }
    }

    [Fact]
    public async Task A_token_enters_the_bases_it_is_limited_to_and_no_others()
    {
        using var scene = await SetAsync();
        var another = await scene.Owner.CreateBaseAsync();
        var token = (string)(await scene.Owner.PostAsync("/api/tokens", new { name = "one base", limitedTo = new[] { scene.Base } }, HttpStatusCode.Created))["token"]!;
        using var client = new HttpClient { BaseAddress = Installation.Apis[0], DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
        async Task<HttpStatusCode> AskAsync(string path) => (await client.GetAsync(path, Cancellation)).StatusCode;

        Assert.Equal(HttpStatusCode.OK, await AskAsync(scene.Path));
        Assert.Equal(HttpStatusCode.OK, await AskAsync($"/v0/meta/bases/{scene.Base}/tables"));
        foreach (var path in (string[])[$"/v0/meta/bases/{another}/tables", $"/v0/{another}/Things", $"/v0/meta/workspaces/{scene.Owner.WorkspaceId}"])
            Assert.Equal(HttpStatusCode.Forbidden, await AskAsync(path));
        foreach (var path in (string[])[$"/api/jobs?base={another}", $"/api/bases/{another}/search?q=x", $"/api/workspaces/{scene.Owner.WorkspaceId}/trash"])
            Assert.Contains(await AskAsync(path), (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.Forbidden]);
        var bases = JsonNode.Parse(await client.GetStringAsync("/v0/meta/bases", Cancellation))!["bases"]!.AsArray();
        Assert.Equal(scene.Base, (string)Assert.Single(bases)!["id"]!);
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsJsonAsync("/v0/meta/bases", new { name = "More", workspaceId = scene.Owner.WorkspaceId, tables = Array.Empty<object>() }, Cancellation)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, await AskAsync("/api/tokens"));
        await using var connection = await Person.ConnectAsync(Installation.Hubs[0], token);
        await connection.InvokeAsync<JsonNode>("Subscribe", scene.Base, (long?)null, Cancellation);
        await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<JsonNode>("Subscribe", another, (long?)null, Cancellation));
    }
}

[Collection(OnStandalone.Name)]
public sealed class AccessOnStandaloneTests(StandaloneInstallation installation) : AccessTests(installation);

[Collection(OnCluster.Name)]
public sealed class AccessOnClusterTests(DistributedInstallation installation) : AccessTests(installation)
{
    [Fact]
    public async Task A_connection_listens_to_a_bounded_number_of_tables()
    {
        using var owner = await Installation.SignUpAsync();
        var (baseId, tables) = ("", new List<string>());
        // A request makes fifty.
        for (var n = 0; n < 4; n++)
        {
            baseId = await owner.CreateBaseAsync([.. Enumerable.Range(0, 50).Select(t => (object)new { name = $"Table {t}", fields = new[] { new { name = "name", type = "singleLineText" } } })]);
            tables.AddRange((await owner.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray().Select(t => (string)t!["id"]!));
        }
        await using var connection = await owner.ConnectAsync(Installation.Hubs[0]);
        foreach (var id in tables)
            await connection.InvokeAsync<JsonNode>("Subscribe", id, (long?)null, Cancellation);
        var refused = await Assert.ThrowsAsync<HubException>(() => connection.InvokeAsync<JsonNode>("Subscribe", baseId, (long?)null, Cancellation));
        Assert.Contains("too-many-subscriptions", refused.Message, StringComparison.Ordinal);
        await connection.InvokeAsync("Unsubscribe", tables[0], Cancellation);
        await connection.InvokeAsync<JsonNode>("Subscribe", baseId, (long?)null, Cancellation);
    }
}
