using System.Net;
using System.Net.Http.Json;
using System.Text;
using PyBase.Tests.Support;

namespace PyBase.Tests.Realtime;

/// <summary>Clients that do not read, that ask without end, or that are not who they say: others notice nothing.</summary>
[Collection(OnCluster.Name)]
public sealed class HostileClientTests(DistributedInstallation installation) : RealtimeTests(installation)
{
    [Fact]
    public async Task Who_does_not_read_holds_up_nobody_and_ends_with_the_newest_version()
    {
        using var scene = await SetAsync();
        var record = await scene.AddAsync("bolt");
        using var slow = await FeedSocket.ConnectAsync(Installation.Hubs[0], scene.Owner.Token, scene.Things, buffer: 4096);
        using var other = await FeedSocket.ConnectAsync(Installation.Hubs[0], scene.Owner.Token, scene.Things);
        slow.Pause();
        var last = other.Began;
        // More than the system's own buffers hold.
        for (var n = 0; n < 60; n++)
        {
            await scene.Owner.PatchAsync($"{scene.Path}/{record}", new { fields = new { Name = new string((char)('a' + n % 26), 90_000) } });
            await BusyTableTests.ReachAsync(other, ++last);
        }

        Assert.InRange(slow.Version, 0, last - 1);
        Assert.Equal(Enumerable.Range(1, 60).Select(n => other.Began + n), other.Told.Select(t => t.Version));
        slow.Resume();
        await BusyTableTests.ReachAsync(slow, last);
        Assert.Equal(slow.Told.Count == 60 ? 0 : 1, slow.Told.Count(t => t.IsReload));
    }

    [Fact]
    public async Task A_flood_of_messages_waits_in_the_socket_of_who_sends_it()
    {
        using var scene = await SetAsync();
        using var other = await FeedSocket.ConnectAsync(Installation.Hubs[0], scene.Owner.Token, scene.Things);
        using var flood = await FeedSocket.ConnectAsync(Installation.Hubs[0], scene.Owner.Token, scene.Things);
        var asked = string.Concat(Enumerable.Range(2, 100).Select(n =>
            $"{{\"type\":1,\"invocationId\":\"{n}\",\"target\":\"Subscribe\",\"arguments\":[\"{scene.Things}\",null]}}\u001e{{\"type\":1,\"target\":\"SetPresence\",\"arguments\":[\"{scene.Things}\",{{\"editing\":true}}]}}\u001e{{\"type\":1,\"target\":\"Nonsense\",\"arguments\":[]}}\u001e"));
        var sending = Task.Run(async () =>
        {
            for (var n = 0; n < 1_000 && !Cancellation.IsCancellationRequested; n++)
                await flood.SendAsync(asked);
        }, Cancellation);

        for (var n = 1; n <= 20; n++)
        {
            await scene.AddAsync($"part {n}");
            await BusyTableTests.ReachAsync(other, other.Began + n);
        }
        Assert.False(sending.IsCompleted, "Thirty megabytes of questions were taken.");
        flood.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => sending);
        using var next = await FeedSocket.ConnectAsync(Installation.Hubs[0], scene.Owner.Token, scene.Things);
        Assert.Equal(other.Version, next.Began);
    }

    [Fact]
    public async Task A_message_longer_than_any_that_a_client_has_to_send_ends_the_connection()
    {
        using var owner = await Installation.SignUpAsync();
        foreach (var hub in Installation.Hubs)
        {
            using var socket = await FeedSocket.ConnectAsync(hub, owner.Token);
            await socket.SendAsync($"{{\"type\":1,\"target\":\"Subscribe\",\"arguments\":[\"{new string('x', 40_000)}\",null]}}\u001e");
            await socket.Reading.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        }
    }

    [Fact]
    public async Task A_token_or_cookie_that_was_made_up_opens_nothing()
    {
        using var owner = await Installation.SignUpAsync();
        var ended = await owner.PostAsync("/api/tokens", new { name = "ended" }, HttpStatusCode.Created);
        Assert.True((await owner.Client.DeleteAsync($"/api/tokens/{(string)ended["id"]!}", Cancellation)).IsSuccessStatusCode);
        var dot = owner.Token.IndexOf('.', StringComparison.Ordinal);
        string[] tokens =
        [
            "", "pat", "patAAAAAAAAAAAAAA", owner.Token[..^1], owner.Token + "0", owner.Token[..^1] + (owner.Token[^1] == '0' ? '1' : '0'),
            owner.Token.ToUpperInvariant(), dot < 0 ? owner.Token[..17] : owner.Token[..dot], (string)ended["token"]!,
            $"{Part("{\"alg\":\"none\"}")}.{Part("{\"sub\":\"usrAAAAAAAAAAAAAA\"}")}.", "' or 1=1 --",
        ];
        var name = owner.Cookie.Split('=')[0];
        string[] cookies = [$"{name}=x", owner.Cookie[..^4], Changed(owner.Cookie)];
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        foreach (var hub in Installation.Hubs)
        {
            foreach (var token in tokens)
                await RefusedAsync(hub, "Authorization", $"Bearer {token}");
            foreach (var cookie in cookies)
                await RefusedAsync(hub, "Cookie", cookie);
        }
        // Somebody's connection is not opened by who knows its number.
        using var negotiate = new HttpRequestMessage(HttpMethod.Post, new Uri(Installation.Hubs[0], "/hubs/tables/negotiate?negotiateVersion=1")) { Headers = { { "Authorization", $"Bearer {owner.Token}" } } };
        var mine = await Person.ReadAsync(await client.SendAsync(negotiate, Cancellation), HttpStatusCode.OK);
        using var taken = await client.GetAsync(new Uri(Installation.Hubs[0], $"/hubs/tables?id={(string)mine["connectionToken"]!}"), Cancellation);
        Assert.Equal(HttpStatusCode.Unauthorized, taken.StatusCode);

        async Task RefusedAsync(Uri hub, string header, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(hub, "/hubs/tables"))
            {
                Headers = { { "Connection", "Upgrade" }, { "Upgrade", "websocket" }, { "Sec-WebSocket-Version", "13" }, { "Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" }, { "PyBase-Client", "test" } },
            };
            request.Headers.TryAddWithoutValidation(header, value);
            using var answer = await client.SendAsync(request, Cancellation);
            Assert.True(answer.StatusCode == HttpStatusCode.Unauthorized, $"{header}: {value} at {hub}: {(int)answer.StatusCode}");
        }

        static string Changed(string cookie) => cookie[..^20] + (cookie[^20] == 'A' ? 'B' : 'A') + cookie[^19..];

        static string Part(string json) => Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).TrimEnd('=');
    }
}
