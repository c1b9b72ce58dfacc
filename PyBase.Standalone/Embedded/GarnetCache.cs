using System.Security.Cryptography;
using Garnet;

namespace PyBase.Standalone.Embedded;

/// <summary>A Redis in this process, in memory only: everything in it can be thrown away.</summary>
sealed class GarnetCache : IDisposable
{
    readonly GarnetServer _server;

    GarnetCache(GarnetServer server, string connectionString) => (_server, ConnectionString) = (server, connectionString);

    public string ConnectionString { get; }

    public static GarnetCache Start()
    {
        // Sessions are in it, and every user of the machine reaches a loopback port.
        var password = RandomNumberGenerator.GetHexString(40, lowercase: true);
        for (var attempt = 1; ; attempt++)
        {
            var port = LoopbackPort.Free();
            try
            {
                var server = new GarnetServer(["--bind", "127.0.0.1", "--port", $"{port}", "--auth", "Password", "--password", password,
                    "--memory", "64m", "--page", "4m", "--index", "8m", "-q"]);
                server.Start();
                return new(server, $"127.0.0.1:{port},password={password},abortConnect=false");
            }
            catch (System.Net.Sockets.SocketException taken) when (attempt == 3)
            {
                throw new EmbeddedPartException($"The cache could not listen on 127.0.0.1: {taken.Message}", taken);
            }
            catch (System.Net.Sockets.SocketException)
            {
                // Another process took the port in between.
            }
        }
    }

    public void Dispose() => _server.Dispose();
}
