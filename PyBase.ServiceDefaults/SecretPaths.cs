using Microsoft.AspNetCore.Http;

namespace PyBase.ServiceDefaults;

/// <summary>Addresses whose last part opens a door to whoever reads it: such a path is neither logged nor traced as it is.</summary>
static class SecretPaths
{
    static readonly PathString[] Prefixes = ["/files", "/join", "/reset", "/confirm", "/unsubscribe", "/share", "/api/shares", "/api/automation-hooks", "/api/unsubscribe"];

    /// <summary><c>/join/k3yf…</c> → <c>/join/…</c>; any other path as it is.</summary>
    public static string? Redacted(PathString path)
    {
        foreach (var prefix in Prefixes)
            if (path.StartsWithSegments(prefix, out var rest) && rest.HasValue && rest.Value!.Length > 1)
                return prefix + "/…";
        return path.Value;
    }
}
