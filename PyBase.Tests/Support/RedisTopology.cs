using System.Diagnostics;
using System.Globalization;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>Several Redis servers that are one to their clients: a primary and its replica under a sentinel, or a cluster of three.</summary>
public sealed class RedisTopology : IAsyncDisposable
{
    readonly List<IAsyncDisposable> _processes = [];

    RedisTopology(params RedisServer[] nodes)
    {
        Nodes = nodes;
        _processes.AddRange(nodes);
    }

    /// <summary>The first is the primary, to begin with.</summary>
    public IReadOnlyList<RedisServer> Nodes { get; }

    public string ConnectionString { get; private set; } = "";

    /// <summary>The sentinel gives up the primary after half a second.</summary>
    public static async Task<RedisTopology> WithSentinelAsync(CancellationToken cancellationToken)
    {
        var program = Require.Server("redis-sentinel");
        var primary = await RedisServer.StartNodeAsync(cancellationToken);
        var replica = await RedisServer.StartNodeAsync(cancellationToken, "--replicaof", "127.0.0.1", $"{primary.Port}", "--repl-diskless-sync-delay", "0");
        var topology = new RedisTopology(primary, replica);
        var (port, file) = (LoopbackPort.Free(), Path.Combine(TestRun.NewFolder("sentinel"), "sentinel.conf"));
        await File.WriteAllTextAsync(file, $"""
            port {port}
            bind 127.0.0.1
            sentinel monitor pybase 127.0.0.1 {primary.Port} 1
            sentinel down-after-milliseconds pybase 500
            sentinel failover-timeout pybase 5000

            """, cancellationToken);
        var sentinel = new ChildProcess("sentinel", () => new ProcessStartInfo(program, [file]));
        topology._processes.Add(sentinel);
        sentinel.Start();
        // It can promote a replica once it knows of one.
        await sentinel.WaitAsync(async cancellation => (await AskAsync(port, cancellation, "sentinel", "master", "pybase")).Split('\n') is var words
            && Array.FindIndex(words, word => word.Trim() == "num-slaves") is >= 0 and var at && words[at + 1].Trim() == "1", TimeSpan.FromSeconds(30), cancellationToken);
        topology.ConnectionString = $"127.0.0.1:{port},serviceName=pybase,abortConnect=false";
        return topology;
    }

    /// <summary>Three nodes that share the keys.</summary>
    public static async Task<RedisTopology> ClusterAsync(CancellationToken cancellationToken)
    {
        var nodes = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => RedisServer.StartNodeAsync(cancellationToken,
            "--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf", "--cluster-port", LoopbackPort.Free().ToString(CultureInfo.InvariantCulture))));
        var topology = new RedisTopology(nodes) { ConnectionString = string.Join(',', nodes.Select(node => $"127.0.0.1:{node.Port}")) + ",abortConnect=false" };
        var made = await Command.RunAsync(Require.Server("redis-cli"),
            ["--cluster", "create", .. nodes.Select(node => $"127.0.0.1:{node.Port}"), "--cluster-replicas", "0", "--cluster-yes"], ServerAccount.Own, cancellationToken);
        Assert.True(made.Succeeded, made.Output);
        foreach (var node in nodes)
            await Wait.UntilAsync(() => AskAsync(node.Port, cancellationToken, "cluster", "info"), told => told.Contains("cluster_state:ok", StringComparison.Ordinal));
        return topology;
    }

    public async ValueTask DisposeAsync()
    {
        for (var last = _processes.Count - 1; last >= 0; last--)
            await _processes[last].DisposeAsync();
    }

    static async Task<string> AskAsync(int port, CancellationToken cancellationToken, params string[] question) =>
        (await Command.RunAsync(Require.Server("redis-cli"), ["-p", $"{port}", .. question], ServerAccount.Own, cancellationToken)).Output;
}
