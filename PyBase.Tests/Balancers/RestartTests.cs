using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Balancers;

/// <summary>Processes behind nginx and HAProxy end, by order and by force, while people work through both. Each test leaves the cluster whole.</summary>
[Collection(OnCluster.Name)]
public sealed class RestartTests(DistributedInstallation installation) : BalancedTests(installation)
{
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Every_process_is_restarted_in_turn_and_nobody_notices()
    {
        using var scene = await SetAsync();
        var (traffic, watchers) = await BeginAsync(scene);
        for (var n = 0; n < 2; n++)
        {
            PyBaseProcess[] both = [Cluster.Api[n], Cluster.Realtime[n]];
            await traffic.FlowAsync(20, Cancellation);
            await Task.WhenAll(both.Select(process => process.StopAsync()));
            Assert.All(both, process => Assert.Equal(0, process.ExitCode));
            await Task.WhenAll(both.Select(process => process.StartAsync(Cancellation)));
            foreach (var balancer in await BalancersAsync())
                await Task.WhenAll(balancer.WaitUntilUsedAsync(Role.Api, n, Cancellation), balancer.WaitUntilUsedAsync(Role.Realtime, n, Cancellation));
        }
        await traffic.FlowAsync(20, Cancellation);
        await traffic.StopAsync();

        Assert.Empty(traffic.FailedReads);
        Assert.Empty(traffic.FailedWrites);
        await CheckAsync(scene, traffic, watchers);
        // Both nodes went, so each has come again; a socket was asked to, and not cut off. A poll may meanwhile be sent to the other node, as HAProxy sees that its own is not ready.
        Assert.All(watchers, watcher => Assert.True(watcher.Reconnections > 0));
        Assert.Equal(4, watchers.Count(watcher => watcher is { IsSocket: true, SentAway: > 0 }));
        await Task.WhenAll(watchers.Select(watcher => watcher.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_killed_process_costs_no_read_and_no_acknowledged_write()
    {
        using var scene = await SetAsync();
        var (traffic, watchers) = await BeginAsync(scene);
        PyBaseProcess[] killed = [Cluster.Api[1], Cluster.Realtime[1]];
        await traffic.FlowAsync(20, Cancellation);
        var usual = traffic.Longest();
        await Task.WhenAll(killed.Select(process => process.KillAsync()));
        await traffic.FlowAsync(100, Cancellation);
        TestContext.Current.TestOutputHelper?.WriteLine($"A process of each role killed behind both balancers, measured: nobody waited longer than {traffic.Longest().TotalSeconds:0.00} s for an answer ({usual.TotalSeconds:0.00} s before), {traffic.FailedWrites.Count} writes were sent again");
        await Task.WhenAll(killed.Select(process => process.StartAsync(Cancellation)));
        await traffic.FlowAsync(20, Cancellation);
        await traffic.StopAsync();

        Assert.Empty(traffic.FailedReads);
        await CheckAsync(scene, traffic, watchers);
        await Task.WhenAll(watchers.Select(watcher => watcher.DisposeAsync().AsTask()));
    }

    [Fact]
    public async Task A_process_limits_each_token_and_recycles_itself_after_so_many_requests()
    {
        await using var process = await Cluster.StartOneAsync(Role.Api, ["--RateLimits:PerToken", "1", "--Server:RecycleAfter", "100", "--Server:RecycleJitter", "20", "--Server:DrainFor", "00:00:00.2"], Cancellation);
        using var owner = await Installation.SignUpAsync();
        using var person = owner.At(process.Address);
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => person.Client.GetAsync(n % 2 == 0 ? "/api/auth/me" : "/v0/meta/bases", Cancellation)));
        Assert.Contains(answers, answer => answer.IsSuccessStatusCode);
        var refused = answers.Where(answer => answer.StatusCode is HttpStatusCode.TooManyRequests).ToArray();
        Assert.NotEmpty(refused);
        Assert.All(refused, answer => Assert.InRange(answer.Headers.RetryAfter?.Delta ?? default, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(20)));
        // Who came by a session is not meant.
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => BySessionAsync())))
            Assert.Equal(HttpStatusCode.OK, answer);

        var answered = 0;
        try
        {
            for (; answered < 1_000_000; answered++)
                (await process.Client.GetAsync("/", Cancellation)).EnsureSuccessStatusCode();
        }
        catch (HttpRequestException)
        {
            // It is gone.
        }
        Assert.True(answered >= 50, $"It ended {answered} requests later.");
        Assert.Equal(0, await process.WaitForExitAsync(Cancellation));
        Assert.Contains(" requests: not ready any more, ending in 0.2 s", process.Log, StringComparison.Ordinal);

        async Task<HttpStatusCode> BySessionAsync()
        {
            using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me") { Headers = { { "Cookie", owner.Cookie } } };
            using var answer = await process.Client.SendAsync(ask, Cancellation);
            return answer.StatusCode;
        }
    }

    async Task<Balancer[]> BalancersAsync() => [await Cluster.NginxAsync(), await Cluster.HaproxyAsync()];

    /// <summary>Two at work and four to watch through each balancer.</summary>
    async Task<(Traffic, IReadOnlyList<Watcher>)> BeginAsync(Scene scene)
    {
        var (traffic, watchers) = (new Traffic(scene.Path), new List<Watcher>());
        foreach (var balancer in await BalancersAsync())
            foreach (var how in (Action<HttpConnectionOptions>[])[Watcher.SkippedNegotiation, Watcher.By(HttpTransportType.WebSockets), Watcher.By(HttpTransportType.LongPolling), Watcher.By(HttpTransportType.LongPolling)])
                watchers.Add(await Watcher.StartAsync(scene.Owner.At(balancer.Address), scene.Base, scene.Things, balancer.Address, how));
        foreach (var balancer in await BalancersAsync())
            for (var n = 1; n <= 2; n++)
                traffic.Start(scene.Owner.At(balancer.Address), $"{balancer.GetType().Name}-{n}", Pace);
        return (traffic, watchers);
    }

    /// <summary>What was acknowledged is there, once, and everybody who watched has seen all of it without loading again.</summary>
    static async Task CheckAsync(Scene scene, Traffic traffic, IReadOnlyList<Watcher> watchers)
    {
        var fresh = await TableMirror.LoadAsync(scene.Owner, scene.Base, scene.Things);
        Assert.Equal(
            traffic.Acknowledged.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => (one.Key, one.Value.Record, one.Value.Count)),
            fresh.Rows.Select(row => ((string)row.Value[scene.Fields["Things.name"]]!, row.Key, (int)row.Value[scene.Fields["Things.count"]]!)).OrderBy(row => row.Item1, StringComparer.Ordinal));
        foreach (var watcher in watchers)
        {
            await watcher.Mirror.CheckAsync(fresh);
            Assert.True(watcher.KeptItsPlace, $"Loaded {watcher.Mirror.Loads} times.");
        }
    }
}
