using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace PyBase.ServiceDefaults;

/// <summary>
/// Every failure that nobody put into words is <c>application/problem+json</c> with a code and the trace to ask about:
/// <c>{type:"urn:pybase:internal-error",title,status,code,traceId}</c>. What happened is in the log under that trace.
/// </summary>
static class Problems
{
    public static void AddUniformProblems(this IServiceCollection services)
    {
        services.AddProblemDetails(options => options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            if (Activity.Current is { } activity)
                problem.Extensions["traceId"] = activity.TraceId.ToString();
            if (problem.Extensions.ContainsKey("code"))
                return;
            var status = problem.Status ?? context.HttpContext.Response.StatusCode;
            var code = Code(status);
            problem.Extensions["code"] = code;
            problem.Type = $"urn:pybase:{code}";
        });
        services.Configure<ExceptionHandlerOptions>(options => options.StatusCodeSelector = exception =>
            exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError);
        // In Development too a malformed request is the caller's fault and no exception of ours.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = false);
    }

    /// <summary>500 → <c>internal-error</c>, 404 → <c>not-found</c>.</summary>
    static string Code(int status) => status switch
    {
        StatusCodes.Status500InternalServerError => "internal-error",
        StatusCodes.Status400BadRequest => "malformed-request",
        StatusCodes.Status401Unauthorized => "not-signed-in",
        StatusCodes.Status413PayloadTooLarge => "too-large",
        StatusCodes.Status429TooManyRequests => "too-many-requests",
        StatusCodes.Status503ServiceUnavailable => "unavailable",
        _ => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase.ToLowerInvariant().Replace(' ', '-') : $"http-{status}",
    };
}
