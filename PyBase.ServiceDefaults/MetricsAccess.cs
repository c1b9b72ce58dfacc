using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PyBase.ServiceDefaults;

/// <summary>Metrics are for this machine, and for whoever holds <c>Metrics:Token</c>.</summary>
static class MetricsAccess
{
    public const string Path = "/metrics";
    const string Scheme = "Bearer ";

    public static Task Check(HttpContext context, RequestDelegate next)
    {
        if (IsAllowed(context))
            return next(context);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.Problem("Ask from the machine itself, or send the bearer token of the setting Metrics:Token.",
            statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(context);
    }

    public static bool IsAllowed(HttpContext context) => IsLocal(context) || HasToken(context);

    /// <summary>
    /// The address of the connection itself: <see cref="ConnectionInfo.RemoteIpAddress"/> is rewritten from a header by the
    /// forwarded-headers middleware, so anybody could write 127.0.0.1 there.
    /// </summary>
    static bool IsLocal(HttpContext context)
    {
        try
        {
            return context.Features.Get<IConnectionSocketFeature>()?.Socket.RemoteEndPoint is IPEndPoint remote
                && IPAddress.IsLoopback(remote.Address)
                && !context.Request.WasForwarded();
        }
        catch (ObjectDisposedException)
        {
            // Whoever asked has gone meanwhile.
            return false;
        }
    }

    static bool HasToken(HttpContext context)
    {
        var expected = context.RequestServices.GetRequiredService<IConfiguration>()["Metrics:Token"];
        var header = context.Request.Headers.Authorization.ToString();
        return !string.IsNullOrEmpty(expected)
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            // Hashed first: the comparison then takes the same time whatever the length.
            && CryptographicOperations.FixedTimeEquals(
                SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
    }
}
