using System.Net;
using System.Net.Sockets;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Shares;

/// <summary>Somebody without an account, who comes from an address of their own: limits count by address, and tests must not use up each other's.</summary>
sealed class Visitor : IDisposable
{
    static int last = Environment.ProcessId % 100;

    readonly HttpClient client;

    public Visitor(Uri api)
    {
        var number = Interlocked.Increment(ref last);
        var address = new IPAddress([127, 77, (byte)(number / 250), (byte)(1 + number % 250)]);
        client = new HttpClient(new SocketsHttpHandler
        {
            UseProxy = false, UseCookies = false,
            ConnectCallback = async (context, cancellation) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(address, 0));
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        }) { BaseAddress = api };
    }

    /// <summary>What a link's route answers.</summary>
    public Task<Answer> AskAsync(string method, string token, string path = "", string? json = null, params (string Name, string Value)[] headers) =>
        Sheet.SendAsync(client, method, $"/api/shares/{token}{path}", json, headers);

    public void Dispose() => client.Dispose();
}
