using Microsoft.AspNetCore.Http;

namespace PyBase.ServiceDefaults;

/// <summary>Whether something stands between whoever asks and the process.</summary>
public static class Forwarding
{
    /// <summary>Any of these says so; the X-Original ones are what the framework leaves of a header that it has believed.</summary>
    static readonly string[] Headers = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Original-For", "X-Original-Host", "X-Original-Proto", "X-Real-IP", "Via"];

    /// <summary>True when a proxy passed the request on: that it came from this machine, or that the process listens on loopback only, means little then.</summary>
    public static bool WasForwarded(this HttpRequest request) => Headers.Any(request.Headers.ContainsKey);
}
