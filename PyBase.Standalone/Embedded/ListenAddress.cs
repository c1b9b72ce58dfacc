using System.Net;
using System.Net.Sockets;

namespace PyBase.Standalone.Embedded;

/// <summary>Looks before anything is started whether the addresses to listen on are free: a taken one would be noticed after the database was made.</summary>
static class ListenAddress
{
    public const string Default = "http://localhost:8000";

    /// <exception cref="EmbeddedPartException">One of them (<c>http://localhost:8000;http://0.0.0.0:80</c>) is another program's.</exception>
    public static void EnsureFree(string urls)
    {
        foreach (var url in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            BindingAddress address;
            try
            {
                address = BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                throw new EmbeddedPartException($"{url} is no address to listen on. Write --urls http://localhost:8000.");
            }
            if (address.IsUnixPipe || address.Port == 0)
                continue;
            try
            {
                using var probe = new TcpListener(IPAddress.TryParse(address.Host, out var ip) ? ip : address.Host == "localhost" ? IPAddress.Loopback : IPAddress.Any, address.Port);
                probe.Start();
            }
            catch (SocketException refused)
            {
                var why = refused.SocketErrorCode is SocketError.AddressAlreadyInUse ? "it is already in use" : refused.Message;
                throw new EmbeddedPartException($"PyBase cannot listen on {url}: {why}. Stop the other program, or choose another address with --urls http://localhost:PORT.", refused);
            }
        }
    }
}
