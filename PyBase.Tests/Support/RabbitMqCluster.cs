using System.Net.Http.Json;
using System.Text.Json;

namespace PyBase.Tests.Support;

/// <summary>Three brokers that are one, made by <c>deploy/rabbitmq/rabbitmq.conf</c>. Each can be killed and started again.</summary>
public sealed class RabbitMqCluster : IAsyncDisposable
{
    readonly IAsyncDisposable _epmd;
    string _host = "";

    RabbitMqCluster(IReadOnlyList<RabbitMqServer> nodes, IAsyncDisposable epmd) => (Nodes, _epmd) = (nodes, epmd);

    public IReadOnlyList<RabbitMqServer> Nodes { get; }

    public static async Task<RabbitMqCluster> StartAsync(CancellationToken cancellationToken)
    {
        var (nodes, epmd) = await RabbitMqServer.StartClusterAsync(3, cancellationToken);
        return new(nodes, epmd);
    }

    /// <summary>A virtual host of all nodes: <c>amqp://guest:guest@127.0.0.1:port,127.0.0.1:port,127.0.0.1:port/name</c>.</summary>
    public async Task<string> CreateVirtualHostAsync(CancellationToken cancellationToken)
    {
        var first = new Uri(await Nodes[0].CreateVirtualHostAsync(cancellationToken));
        _host = first.AbsolutePath[1..];
        return $"amqp://guest:guest@{string.Join(',', Nodes.Select(node => $"127.0.0.1:{node.Port}"))}/{_host}";
    }

    /// <summary>The durable queues, as a node that lives tells of them: who leads, who is a member and there, how many consumers.</summary>
    public async Task<IReadOnlyList<QuorumQueue>> QueuesAsync(CancellationToken cancellationToken)
    {
        // Not as nodes: after a loss a broker names some properties twice.
        var told = await AnyLiving.Management.GetFromJsonAsync<JsonElement>($"/api/queues/{_host}", cancellationToken);
        return [.. told.EnumerateArray().Where(queue => Text(queue, "type") == "quorum").Select(queue => new QuorumQueue(
            Text(queue, "name"), Text(queue, "leader"), Names(queue, "members"), Names(queue, "online"), queue.TryGetProperty("consumers", out var count) ? count.GetInt32() : 0))];
    }

    /// <summary>Names of the nodes that somebody is connected to, once for each connection.</summary>
    public async Task<IReadOnlyList<string>> ConnectedAsync(CancellationToken cancellationToken) =>
        [.. (await AnyLiving.Management.GetFromJsonAsync<JsonElement>($"/api/vhosts/{_host}/connections", cancellationToken)).EnumerateArray().Select(connection => Text(connection, "node"))];

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Nodes.Select(node => node.DisposeAsync().AsTask()));
        await _epmd.DisposeAsync();
    }

    RabbitMqServer AnyLiving => Nodes.First(node => node.Running);

    static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var text) ? $"{text}" : "";

    static string[] Names(JsonElement of, string name) => of.TryGetProperty(name, out var list) && list.ValueKind is JsonValueKind.Array ? [.. list.EnumerateArray().Select(one => $"{one}")] : [];
}

/// <summary>A queue that several nodes hold.</summary>
public sealed record QuorumQueue(string Name, string Leader, IReadOnlyList<string> Members, IReadOnlyList<string> Online, int Consumers)
{
    public override string ToString() => $"{Name}: {Leader} leads {string.Join(' ', Members)}; there are {string.Join(' ', Online)}; {Consumers} listen";
}
