using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using PyBase.Api.Errors;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Accounts;

namespace PyBase.Api;

/// <summary>
/// Settings <c>RateLimits</c>: requests a second that one process takes; 0, the default, is no limit. Airtable's is 5 for a base and 50 for a user, but its own
/// client answers each refusal by waiting longer, so a limit that nobody needs only makes scripts slow.
/// </summary>
sealed class RateLimits
{
    /// <summary>To one base, under /v0.</summary>
    public int PerBase { get; set; }

    /// <summary>Of one user, under /v0.</summary>
    public int PerUser { get; set; }

    /// <summary>With one token, wherever it is used: a script that went wild slows nobody but itself. People at the browser come by sessions.</summary>
    public int PerToken { get; set; }

    public bool AreNone => this is { PerBase: 0, PerUser: 0, PerToken: 0 };
}

static class RateLimitExtensions
{
    public static void AddRateLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<RateLimits>().BindConfiguration("RateLimits").Validate(limits => limits is { PerBase: >= 0, PerUser: >= 0, PerToken: >= 0 }, "A rate limit is a number of requests a second, 0 for none.").ValidateOnStart();
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<RateLimits>>((limiter, limits) =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.CreateChained(
                Limiter(limits.Value.PerBase, context => IsAirtable(context) ? context.GetRouteValue("baseId") as string : null),
                Limiter(limits.Value.PerUser, context => IsAirtable(context) ? context.User.FindCurrentUser()?.Id : null),
                Limiter(limits.Value.PerToken, TokenOf));
            limiter.OnRejected = async (refused, _) =>
            {
                var wait = refused.Lease.TryGetMetadata(MetadataName.RetryAfter, out var until) ? until : TimeSpan.FromSeconds(1);
                refused.HttpContext.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                await (IsAirtable(refused.HttpContext) ? RateLimitErrors.Reached.ToAirtable() : RateLimitErrors.Reached.ToProblem()).ExecuteAsync(refused.HttpContext);
            };
        });
    }

    /// <summary>After authentication: who is nobody uses up nobody's share.</summary>
    public static void UseRateLimits(this WebApplication app)
    {
        if (!app.Services.GetRequiredService<IOptions<RateLimits>>().Value.AreNone)
            app.UseRateLimiter();
    }

    static bool IsAirtable(HttpContext context) => context.Request.Path.StartsWithSegments("/v0");

    /// <summary>A tool's request is counted when it asks the API, and not as well when it comes in.</summary>
    static string? TokenOf(HttpContext context) =>
        !context.Request.Path.StartsWithSegments("/mcp") && context.User.FindCurrentUser()?.Credential is { } credential && Id.Is(credential, "tok") ? credential : null;

    static PartitionedRateLimiter<HttpContext> Limiter(int perSecond, Func<HttpContext, string?> whose) => PartitionedRateLimiter.Create<HttpContext, string>(context =>
        perSecond > 0 && context.User.Identity is { IsAuthenticated: true } && whose(context) is { } key
            ? RateLimitPartition.GetTokenBucketLimiter(key, _ => new() { TokenLimit = perSecond, TokensPerPeriod = perSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1) })
            : RateLimitPartition.GetNoLimiter(""));
}

static class RateLimitErrors
{
    public static readonly Error Reached = new("rate-limit-reached", ErrorKind.TooMany, "Rate limit exceeded. Please try again later", "Retry-After says when.");
}
