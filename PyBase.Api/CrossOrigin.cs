namespace PyBase.Api;

/// <summary>
/// Lets programs in pages of other sites use /v0 with a token, as Airtable does. Any origin may, but without credentials: a browser neither shows an answer
/// that a session cookie brought about, nor lets a page send the header that writes with a cookie need.
/// </summary>
sealed class CrossOrigin : IStartupFilter
{
    const string Headers = "authorization, content-type, x-api-version, x-airtable-application-id, x-airtable-user-agent, if-none-match, idempotency-key, pybase-mutation, pybase-at-least";
    const string Methods = "GET, POST, PATCH, PUT, DELETE, OPTIONS";

    /// <summary>Before routing and authentication: a preflight brings no token, and a refusal has to be readable too.</summary>
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, further) =>
        {
            if (!context.Request.Path.StartsWithSegments("/v0"))
                return further(context);
            // When the answer starts, since a failure clears what stood in it.
            context.Response.OnStarting(() =>
            {
                context.Response.Headers.AccessControlAllowOrigin = "*";
                context.Response.Headers.AccessControlExposeHeaders = "etag, retry-after, pybase-version";
                return Task.CompletedTask;
            });
            if (!HttpMethods.IsOptions(context.Request.Method))
                return further(context);
            var answer = context.Response;
            answer.StatusCode = StatusCodes.Status204NoContent;
            answer.Headers.AccessControlAllowMethods = Methods;
            answer.Headers.AccessControlAllowHeaders = Headers;
            answer.Headers.AccessControlMaxAge = "7200";
            return Task.CompletedTask;
        });
        next(app);
    };
}
