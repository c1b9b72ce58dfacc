using Microsoft.AspNetCore.Http.HttpResults;
using PyBase.Api.Errors;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <param name="Method"><c>password</c>, or the provider that vouched.</param>
/// <param name="Current">The one that asks.</param>
sealed record SessionBody(string Id, string Method, string Device, string Address, DateTimeOffset CreatedTime, DateTimeOffset LastSeenTime, bool Current);

sealed record SessionsBody(IReadOnlyList<SessionBody> Sessions);

/// <summary>Where the caller is signed in.</summary>
static class SessionsApi
{
    public static void MapSessions(this IEndpointRouteBuilder app)
    {
        var sessions = app.MapGroup("/api/sessions").WithTags("Sessions").RequireFullAccess().ProducesProblem(401).ProducesProblem(403);

        sessions.MapGet("", List).WithName("listSessions").WithSummary("Where you are signed in, the last seen first");
        sessions.MapDelete("", EndOthers).WithName("endOtherSessions").WithSummary("Sign out everywhere else");
        sessions.MapDelete("/{id}", End).WithName("endSession").WithSummary("End a session, and the connections it has open").ProducesProblem(404);
    }

    static async Task<Ok<SessionsBody>> List(SessionStore sessions, HttpContext http)
    {
        var user = http.User.CurrentUser();
        return TypedResults.Ok(new SessionsBody([.. (await sessions.ListAsync(user.Id, http.RequestAborted))
            .Select(s => new SessionBody(s.Id, s.Method, s.Device, s.Address, s.CreatedTime, s.LastSeenTime, s.Id == user.Credential))]));
    }

    static async Task<NoContent> EndOthers(SessionStore sessions, HttpContext http)
    {
        var user = http.User.CurrentUser();
        await sessions.EndOthersAsync(user.Id, user.Credential, http.RequestAborted);
        return TypedResults.NoContent();
    }

    static async Task<Results<NoContent, ProblemHttpResult>> End(string id, SessionStore sessions, HttpContext http) =>
        await sessions.EndAsync(http.User.CurrentUser().Id, id, http.RequestAborted) is { } error ? error.ToProblem() : TypedResults.NoContent();
}
