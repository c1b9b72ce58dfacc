using System.Diagnostics;
using System.Globalization;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>Tells nodes of Erlang each other's ports. With one of its own no test meets the system's, and nothing is left running.</summary>
sealed class Epmd : IAsyncDisposable
{
    readonly ChildProcess _process;

    Epmd(int port, ServerAccount account)
    {
        // Without these two any tool of RabbitMQ starts an epmd on all addresses.
        Environment = new Dictionary<string, string> { ["ERL_EPMD_ADDRESS"] = "127.0.0.1", ["ERL_EPMD_PORT"] = port.ToString(CultureInfo.InvariantCulture) };
        _process = new("epmd", () =>
        {
            var start = new ProcessStartInfo(Require.Find("epmd") ?? "epmd", ["-address", "127.0.0.1", "-port", $"{port}"]);
            account.ApplyTo(start);
            return start;
        });
    }

    /// <summary>What nodes need to find it.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; }

    public static Epmd Start(ServerAccount account)
    {
        var epmd = new Epmd(LoopbackPort.Free(), account);
        epmd._process.Start();
        return epmd;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
