using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>HAProxy with <c>deploy/haproxy/haproxy.cfg</c>.</summary>
public sealed class HaproxyServer : Balancer
{
    readonly HttpClient _metrics = new();

    HaproxyServer()
    {
    }

    public static async Task<HaproxyServer> StartAsync(IEnumerable<Uri> apis, IEnumerable<Uri> realtimes, CancellationToken cancellationToken = default)
    {
        var (program, folder, metrics) = (Require.Server("haproxy"), TestRun.NewFolder("haproxy"), LoopbackPort.Free());
        var haproxy = new HaproxyServer();
        haproxy._metrics.BaseAddress = new($"http://127.0.0.1:{metrics}");
        var file = haproxy.Put(DeployFile.Read("haproxy/haproxy.cfg"), apis, realtimes, "bind :").With("127.0.0.1:8404", $"127.0.0.1:{metrics}")
            // Only root can become somebody else, and whoever does outlives a run that is killed.
            .With("    user haproxy\n    group haproxy\n    chroot /var/lib/haproxy\n", "");
        await haproxy.RunAsync("haproxy", program, ["-db", "-f", file.WriteTo(folder, "haproxy.cfg")], folder, cancellationToken);
        return haproxy;
    }

    public override async Task WaitUntilUsedAsync(Role role, int number, CancellationToken cancellationToken)
    {
        var name = role.ToString().ToLowerInvariant();
        var up = $$"""haproxy_server_status{proxy="{{name}}",server="{{name}}{{number + 1}}",state="UP"} 1""";
        await Wait.UntilAsync(() => _metrics.GetStringAsync("/metrics", cancellationToken), told => told.Contains(up, StringComparison.Ordinal));
    }

    public override ValueTask DisposeAsync()
    {
        _metrics.Dispose();
        return EndAsync();
    }
}
