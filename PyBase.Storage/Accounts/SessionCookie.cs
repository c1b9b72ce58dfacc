using Microsoft.AspNetCore.Http;

namespace PyBase.Storage.Accounts;

/// <summary>
/// The cookie of a session. Secure also where a balancer in front ended TLS and the request came on as http: the header can be made up,
/// but all that does is keep somebody's own cookie off http.
/// </summary>
sealed class SessionCookie : CookieBuilder
{
    readonly Uri? publicUrl;

    public SessionCookie(string? publicUrl)
    {
        Uri.TryCreate(publicUrl, UriKind.Absolute, out this.publicUrl);
        Name = Sessions.Cookie;
        Path = "/";
        HttpOnly = true;
        IsEssential = true;
        SameSite = SameSiteMode.Lax;
        SecurePolicy = CookieSecurePolicy.SameAsRequest;
    }

    public override CookieOptions Build(HttpContext context, DateTimeOffset expiresFrom)
    {
        var options = base.Build(context, expiresFrom);
        options.Secure |= context.Request.Headers["X-Forwarded-Proto"].ToString().StartsWith("https", StringComparison.OrdinalIgnoreCase)
            || publicUrl is { Scheme: "https" } && publicUrl.Host.Equals(context.Request.Host.Host, StringComparison.OrdinalIgnoreCase);
        return options;
    }
}
