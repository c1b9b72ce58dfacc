using PyBase.Core.Errors;
using PyBase.Core.Mails;

namespace PyBase.Api.Accounts;

/// <summary>
/// What links in mails begin with: <c>Public:Url</c>. Without it, the address of the request only where that is this machine's own: whoever asks could write any
/// name into the header, and the one who gets the mail would hand the secret to it.
/// </summary>
static class LinkOrigin
{
    public static Result<string> Of(HttpContext http) =>
        http.RequestServices.GetRequiredService<IConfiguration>()["Public:Url"] is { Length: > 0 } url ? url.TrimEnd('/')
        : http.Request.Host.Host is "localhost" or "127.0.0.1" or "[::1]" ? $"{http.Request.Scheme}://{http.Request.Host}"
        : MailErrors.PublicUrlMissing;
}
