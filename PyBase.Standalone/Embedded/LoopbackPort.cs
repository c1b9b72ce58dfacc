using System.Net;
using System.Net.Sockets;

namespace PyBase.Standalone.Embedded;

static class LoopbackPort
{
    /// <summary>A port that was free a moment ago. Whoever binds it asks again when somebody else was quicker.</summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
