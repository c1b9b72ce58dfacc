using Microsoft.AspNetCore.Http.HttpResults;
using PyBase.Api.Errors;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <param name="Scopes">None: everything its user may.</param>
/// <param name="LimitedTo">Bases and workspaces; none: all its user may enter.</param>
sealed record NewTokenRequest(string? Name, IReadOnlyList<string>? Scopes, IReadOnlyList<string>? LimitedTo, DateTimeOffset? Expires);

/// <param name="Token">The secret itself: only here, only now.</param>
sealed record NewTokenBody(string Id, string Token, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> LimitedTo, DateTimeOffset CreatedTime, DateTimeOffset? Expires);

sealed record TokenBody(string Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> LimitedTo,
    DateTimeOffset CreatedTime, DateTimeOffset? Expires, DateTimeOffset? LastUsedTime);

sealed record TokensBody(IReadOnlyList<TokenBody> Tokens);

/// <summary>The caller's own personal access tokens.</summary>
static class TokensApi
{
    public static void MapTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/api/tokens").WithTags("Tokens").RequireFullAccess().ProducesProblem(401).ProducesProblem(403);

        tokens.MapGet("", List).WithName("listTokens").WithSummary("Your tokens, without their secrets");
        tokens.MapPost("", Add).WithName("addToken").WithSummary("Make a token; its secret is shown this once").ProducesProblem(422);
        tokens.MapDelete("/{id}", Delete).WithName("deleteToken").WithSummary("End a token at once").ProducesProblem(404);
    }

    static async Task<Ok<TokensBody>> List(Tokens tokens, HttpContext http) =>
        TypedResults.Ok(new TokensBody([.. (await tokens.ListAsync(http.User.CurrentUser().Id, http.RequestAborted)).Select(Body)]));

    static async Task<Results<Created<NewTokenBody>, ProblemHttpResult>> Add(NewTokenRequest request, Tokens tokens, HttpContext http)
    {
        var wanted = new NewToken(request.Name, request.Scopes, request.LimitedTo, request.Expires);
        if (!(await tokens.AddAsync(http.User.CurrentUser().Id, wanted, http.RequestAborted)).TryGet(out var made, out var error))
            return error.ToProblem();
        http.Response.Headers.CacheControl = "no-store";
        var token = made.Token;
        return TypedResults.Created($"/api/tokens/{token.Id}",
            new NewTokenBody(token.Id, made.Secret, token.Name, token.Scopes, token.LimitedTo, token.CreatedTime, token.Expires));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Delete(string id, Tokens tokens, HttpContext http) =>
        await tokens.DeleteAsync(http.User.CurrentUser().Id, id, http.RequestAborted) is { } error ? error.ToProblem() : TypedResults.NoContent();

    static TokenBody Body(IssuedToken token) =>
        new(token.Id, token.Name, token.Scopes, token.LimitedTo, token.CreatedTime, token.Expires, token.LastUsedTime);
}
