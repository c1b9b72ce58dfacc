using System.Security.Cryptography;
using Scalar.AspNetCore;

namespace PyBase.Api.OpenApi;

/// <summary>The description as a page to read and to try, at <c>/api/reference</c>; all that it loads is ours.</summary>
static class Reference
{
    public static void MapReference(this IEndpointRouteBuilder app) => app.MapScalarApiReference("/api/reference", (options, context) =>
    {
        options.Title = "PyBase API";
        options.OpenApiRoutePattern = "/openapi/{documentName}.json";
        options.DefaultFonts = options.Telemetry = options.DotNetFlag = false;
        options.HideClientButton = true;
        options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
        options.Agent = new() { Disabled = true };
        options.Mcp = new() { Disabled = true };
        options.OperationTitleSource = OperationTitleSource.Summary;
        options.DefaultHttpClient = new(ScalarTarget.Shell, ScalarClient.Curl);
        options.EnabledTargets = [ScalarTarget.Shell, ScalarTarget.JavaScript, ScalarTarget.Python, ScalarTarget.CSharp];
        options.AddPreferredSecuritySchemes("token");
        var nonce = options.Nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        // The page's own script begins inline; the viewer makes styles as it goes, and workers of its own text.
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'self'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; object-src 'none'; frame-ancestors 'none'; base-uri 'self'";
    }).AllowAnonymous();
}
