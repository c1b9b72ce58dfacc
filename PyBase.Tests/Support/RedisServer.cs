using System.Diagnostics;
using System.Net.Sockets;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>redis-server on a port of its own; Garnet where it is not installed.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    readonly ChildProcess? _process;
    readonly GarnetCache? _garnet;
    readonly int _port;

    RedisServer(ChildProcess process, int port) => (_process, _port, ConnectionString) = (process, port, $"127.0.0.1:{port},abortConnect=false");

    RedisServer(GarnetCache garnet) => (_garnet, ConnectionString) = (garnet, garnet.ConnectionString);

    public string ConnectionString { get; }

    public bool IsGarnet => _garnet is not null;

    public int Port => _port;

    /// <summary>One of several: a replica, or a node of a cluster. <paramref name="settings"/> are its own arguments.</summary>
    public static Task<RedisServer> StartNodeAsync(CancellationToken cancellationToken, params string[] settings)
    {
        Require.Server("redis-server");
        return StartAsync(settings, cancellationToken);
    }

    public static Task<RedisServer> StartAsync(CancellationToken cancellationToken = default) => StartAsync([], cancellationToken);

    static async Task<RedisServer> StartAsync(string[] settings, CancellationToken cancellationToken)
    {
        if (Require.Find("redis-server") is not { } program)
        {
            // On a build server the real one has to be there.
            if (Require.OnBuildServer)
                Require.Server("redis-server");
            return new(GarnetCache.Start());
        }
        var (port, folder) = (LoopbackPort.Free(), TestRun.NewFolder("redis"));
        var redis = new RedisServer(new("redis", () => new ProcessStartInfo(program,
            ["--port", $"{port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder, .. settings])), port);
        await redis.StartAgainAsync(cancellationToken);
        return redis;
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => Process.KillAsync();

    /// <summary>As <c>kill -STOP</c>.</summary>
    public Task SignalAsync(string signal) => Process.SignalAsync(signal);

    /// <summary>After <see cref="KillAsync"/>: on the same port, empty.</summary>
    public async Task StartAgainAsync(CancellationToken cancellationToken)
    {
        Process.Start();
        await Process.WaitAsync(AnswersAsync, TimeSpan.FromSeconds(20), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _garnet?.Dispose();
        if (_process is not null)
            await _process.DisposeAsync();
    }

    ChildProcess Process => _process ?? throw new InvalidOperationException("Garnet runs in this process and cannot be killed.");

    async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port, cancellationToken);
            await client.GetStream().WriteAsync("PING\r\n"u8.ToArray(), cancellationToken);
            var answer = new byte[7];
            await client.GetStream().ReadExactlyAsync(answer, cancellationToken);
            return answer.AsSpan().SequenceEqual("+PONG\r\n"u8);
        }
        catch (Exception refused) when (refused is SocketException or IOException)
        {
            return false;
        }
    }
}
