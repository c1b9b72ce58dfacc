using System.Net;
using System.Net.Sockets;
using PyBase.Storage.Files;

namespace PyBase.Workers.Attachments;

/// <summary>
/// HTTP to addresses that strangers give. A name is looked up once, and the connection goes to the address that was looked at, so nobody can answer
/// differently the second time.
/// </summary>
static class GuardedHttp
{
    static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);

    /// <summary>No redirects, no cookies, no proxy, and no private addresses unless the installation allows them.</summary>
    public static SocketsHttpHandler Handler(FileStoreOptions options) => new()
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = ConnectPatience, MaxResponseHeadersLength = 64, PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        ConnectCallback = (context, cancellation) => ConnectAsync(context.DnsEndPoint, options.AllowPrivateAddresses, cancellation),
    };

    static async ValueTask<Stream> ConnectAsync(DnsEndPoint place, bool anywhere, CancellationToken cancellation)
    {
        var found = await Dns.GetHostAddressesAsync(place.Host, cancellation);
        IPAddress[] allowed = [.. found.Where(address => anywhere || PublicAddress.Is(address))];
        if (allowed.Length == 0)
            throw found.Length > 0 ? new PrivateAddressException() : new SocketException((int)SocketError.HostNotFound);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, place.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>An address of somebody's own network.</summary>
sealed class PrivateAddressException() : IOException("The address is not public.");
