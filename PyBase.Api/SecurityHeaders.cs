using PyBase.Storage.Files;

namespace PyBase.Api;

/// <summary>
/// What a browser may do with an answer, unless its route said so itself: data is data and never a page, no other site frames us, and no address of ours (an
/// invitation is one) goes along to others.
/// </summary>
static class SecurityHeaders
{
    const string Page = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self' ws: wss:; object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'self'";
    const string Data = "default-src 'none'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (headers.ContentSecurityPolicy.Count == 0 && PolicyFor(context, context.Response.ContentType ?? "") is { } policy)
                headers.ContentSecurityPolicy = policy;
            // What somebody may see is not for caches that others share, and not for the next one at this machine.
            if (headers.CacheControl.Count == 0 && context.Request.Path.StartsWithSegments("/api"))
                headers.CacheControl = "no-store";
            return Task.CompletedTask;
        });
        return next(context);
    });

    // Scripts and styles run under the page's policy; one of their own would bind a worker.
    static string? PolicyFor(HttpContext context, string contentType) =>
        contentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) ? PageFrom(context.RequestServices.GetRequiredService<FileStore>().Origin)
        : contentType.Contains("json", StringComparison.OrdinalIgnoreCase) ? Data
        : null;

    /// <summary>Pictures in cells may come from the file store itself.</summary>
    static string PageFrom(string? store) => store is null ? Page : Page.Replace("img-src 'self'", $"img-src 'self' {store}", StringComparison.Ordinal);
}
