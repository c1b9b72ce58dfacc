using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Schema;

namespace PyBase.Storage.Accounts;

/// <summary>
/// How "who are you" and "you may not" are answered: Airtable's body under /v0, problem+json elsewhere, never a redirect.
/// Whoever refuses for a particular reason leaves it on the request.
/// </summary>
static class Refusal
{
    static readonly object Key = new();

    /// <summary>Remembers why; the first reason stays.</summary>
    public static void Because(HttpContext context, Error reason) => context.Items.TryAdd(Key, reason);

    public static Task ChallengeAsync(HttpContext context) => WriteAsync(context, Reason(context) ?? AccountErrors.NotSignedIn);

    public static Task ForbidAsync(HttpContext context) => WriteAsync(context, Reason(context) ?? AccountErrors.NotPermitted);

    static Error? Reason(HttpContext context) => context.Items.TryGetValue(Key, out var reason) ? (Error?)reason : null;

    static Task WriteAsync(HttpContext context, Error error)
    {
        var status = error.Kind is ErrorKind.Unauthenticated ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
        if (status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer";
        if (context.Request.Path.StartsWithSegments("/v0"))
        {
            var (type, message) = Airtable(error);
            return TypedResults.Json(new { error = new { type, message } }, statusCode: status).ExecuteAsync(context);
        }
        return TypedResults.Problem(error.Message, statusCode: status, title: char.ToUpperInvariant(error.Code[0]) + error.Code[1..].Replace('-', ' '),
            type: $"urn:pybase:{error.Code}", extensions: new Dictionary<string, object?>
            {
                ["code"] = error.Code,
                ["hint"] = error.Hint,
                ["traceId"] = Activity.Current?.TraceId.ToString(),
            }).ExecuteAsync(context);
    }

    /// <summary>Airtable's words where it has some; its clients read the type.</summary>
    static (string Type, string Message) Airtable(Error error) => error.Code switch
    {
        "not-signed-in" => ("AUTHENTICATION_REQUIRED", "Authentication required"),
        "not-permitted" or "scope-missing" or "scope-too-narrow" => ("INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND",
            SchemaErrors.ModelNotFound.Message),
        _ => (error.Code.ToUpperInvariant().Replace('-', '_'), $"{error.Message} {error.Hint}"),
    };
}
