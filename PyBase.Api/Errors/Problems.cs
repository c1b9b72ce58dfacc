using System.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using PyBase.Core.Errors;

namespace PyBase.Api.Errors;

/// <summary>The one place where an expected failure becomes <c>application/problem+json</c> (everything outside /v0).</summary>
static class Problems
{
    public static ProblemHttpResult ToProblem(this Error error)
    {
        var extensions = new Dictionary<string, object?>
        {
            ["code"] = error.Code,
            ["hint"] = error.Hint,
            ["traceId"] = Activity.Current?.TraceId.ToString(),
        };
        if (error.Faults.Count > 0)
            extensions["errors"] = error.Faults.Select(fault => new { field = fault.Field, message = fault.Message });
        return TypedResults.Problem(error.Message, title: Title(error.Code), statusCode: Status(error.Kind),
            type: $"urn:pybase:{error.Code}", extensions: extensions);
    }

    public static int Status(ErrorKind kind) => kind switch
    {
        ErrorKind.Malformed => 400,
        ErrorKind.Unauthenticated => 401,
        ErrorKind.Forbidden => 403,
        ErrorKind.NotFound => 404,
        ErrorKind.Conflict => 409,
        ErrorKind.TooLarge => 413,
        ErrorKind.Unsupported => 415,
        ErrorKind.Invalid => 422,
        ErrorKind.TooMany => 429,
        ErrorKind.Unavailable => 503,
        _ => 500,
    };

    /// <summary><c>invalid-credentials</c> → <c>Invalid credentials</c>.</summary>
    static string Title(string code) => char.ToUpperInvariant(code[0]) + code[1..].Replace('-', ' ');
}
