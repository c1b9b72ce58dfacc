using System.Diagnostics;
using System.Net.Sockets;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>A load balancer in front of Apis and Realtimes, by its file in <c>deploy/</c>, on ports of its own.</summary>
public abstract class Balancer : IAsyncDisposable
{
    readonly int _port = LoopbackPort.Free();
    readonly int _plainPort = LoopbackPort.Free();
    ChildProcess? _process;

    private protected Balancer()
    {
    }

    /// <summary>The one origin that browsers know, by https with the run's certificate.</summary>
    public Uri Address => new($"https://127.0.0.1:{_port}");

    /// <summary>Where it only says to come by https.</summary>
    public Uri PlainAddress => new($"http://127.0.0.1:{_plainPort}");

    public int Id => _process!.Id;

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Waits until it would send to the n-th process of a role: until then another must not end.</summary>
    public abstract Task WaitUntilUsedAsync(Role role, int number, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    private protected ValueTask EndAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    private protected DeployFile Put(DeployFile file, IEnumerable<Uri> apis, IEnumerable<Uri> realtimes, string listen) => file
        .WithServers(Role.Api, apis).WithServers(Role.Realtime, realtimes)
        .With("/etc/pybase/tls.pem", TestCertificate.File)
        .With($"{listen}443 ", $"{Listen(listen)}{_port} ").With($"{listen}80", $"{Listen(listen)}{_plainPort}");

    private protected async Task RunAsync(string name, string program, string[] arguments, string folder, CancellationToken cancellationToken)
    {
        _process = new(name, () => new ProcessStartInfo(program, arguments) { WorkingDirectory = folder });
        _process.Start();
        await _process.WaitAsync(ListensAsync, TimeSpan.FromSeconds(20), cancellationToken);
    }

    // nginx: "listen 443"; HAProxy: "bind :443".
    static string Listen(string word) => word.TrimEnd(':') + "127.0.0.1:";

    async Task<bool> ListensAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", _port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
