using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Support;

namespace PyBase.Tests.Balancers;

/// <summary>Live tables behind a balancer, by every way that a SignalR client may come.</summary>
[Collection(OnCluster.Name)]
public sealed class ConnectionTests(DistributedInstallation installation) : BalancedTests(installation)
{
    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task Without_negotiation_any_node_will_do(string balancer)
    {
        var front = await BalancerAsync(balancer);
        using var scene = await SetAsync();
        var before = await Task.WhenAll(Cluster.Realtime.Select(OpenAsync));
        var watchers = new List<Watcher>();
        do
        {
            Assert.True(watchers.Count < 60, "All came to one node.");
            // Without a cookie from before: nothing holds them anywhere.
            watchers.Add(await Watcher.StartAsync(scene.Owner, scene.Base, scene.Things, front.Address, Watcher.SkippedNegotiation));
        }
        while (watchers.Count < 4 || (await Task.WhenAll(Cluster.Realtime.Select(OpenAsync))).Zip(before).Any(node => node.First <= node.Second));
        await CheckAsync(scene, watchers);
    }

    [Theory]
    [InlineData("nginx", HttpTransportType.WebSockets)]
    [InlineData("nginx", HttpTransportType.LongPolling)]
    [InlineData("nginx", HttpTransportType.ServerSentEvents)]
    [InlineData("haproxy", HttpTransportType.WebSockets)]
    [InlineData("haproxy", HttpTransportType.LongPolling)]
    [InlineData("haproxy", HttpTransportType.ServerSentEvents)]
    public async Task What_was_negotiated_stays_on_its_node(string balancer, HttpTransportType transport)
    {
        var front = await BalancerAsync(balancer);
        using var scene = await SetAsync();
        // By chance alone six would come through once in hundreds of times.
        await CheckAsync(scene, await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Watcher.StartAsync(scene.Owner, scene.Base, scene.Things, front.Address, Watcher.By(transport)))));
    }

    static async Task CheckAsync(Scene scene, IReadOnlyList<Watcher> watchers)
    {
        await scene.AddAsync("bolt");
        await scene.AddAsync("nut");
        foreach (var watcher in watchers)
        {
            await watcher.Mirror.CheckAsync();
            Assert.Equal(HubConnectionState.Connected, watcher.Connection.State);
            Assert.Equal(0, watcher.Reconnections);
        }
        await Task.WhenAll(watchers.Select(watcher => watcher.DisposeAsync().AsTask()));
    }

    static async Task<int> OpenAsync(PyBaseProcess node)
    {
        var metrics = await node.Client.GetStringAsync("/metrics", Cancellation);
        return Regex.Matches(metrics, @"^signalr_server_active_connections\{.*\} (\d+)", RegexOptions.Multiline).Sum(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
    }
}
