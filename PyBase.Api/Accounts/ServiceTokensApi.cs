using Microsoft.AspNetCore.Http.HttpResults;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

sealed record NewServiceTokenRequest(string? Name, string? Role, IReadOnlyList<string>? Scopes, DateTimeOffset? Expires);

/// <param name="User">The program's own account: the author of what it does.</param>
/// <param name="Token">The secret itself: only here, only now.</param>
sealed record NewServiceTokenBody(string Id, string Token, string User, string Name, Role? Role, IReadOnlyList<string> Scopes, DateTimeOffset CreatedTime, DateTimeOffset? Expires);

/// <param name="User">The program's own account.</param>
/// <param name="Role">Null when it is no member any more.</param>
sealed record ServiceTokenBody(string Id, string User, string Name, Role? Role, IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedTime, DateTimeOffset? Expires, DateTimeOffset? LastUsedTime);

sealed record ServiceTokensBody(IReadOnlyList<ServiceTokenBody> Tokens);

/// <summary>Tokens of programs that work in a workspace, whoever made them.</summary>
static class ServiceTokensApi
{
    public static void MapServiceTokens(this IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup("/api/workspaces/{workspace}/service-tokens").WithTags("Tokens").RequireFullAccess()
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        tokens.MapGet("", List).WithName("listServiceTokens").WithSummary("Tokens of the workspace's programs, without their secrets");
        tokens.MapPost("", Add).WithName("addServiceToken").WithSummary("Make a program with a role and a token; its secret is shown this once").ProducesProblem(422);
        tokens.MapDelete("/{id}", Delete).WithName("deleteServiceToken").WithSummary("End a program's token at once");
    }

    static async Task<Results<Ok<ServiceTokensBody>, ProblemHttpResult>> List(string workspace, ServiceTokens tokens, HttpContext http) =>
        (await tokens.ListAsync(http.User.CurrentUser().Id, workspace, http.RequestAborted)).TryGet(out var found, out var error)
            ? TypedResults.Ok(new ServiceTokensBody([.. found.Select(Body)]))
            : error.ToProblem();

    static async Task<Results<Created<NewServiceTokenBody>, ProblemHttpResult>> Add(string workspace, NewServiceTokenRequest request, ServiceTokens tokens, HttpContext http)
    {
        var wanted = new NewToken(request.Name, request.Scopes, null, request.Expires);
        if (!(await tokens.AddAsync(http.User.CurrentUser().Id, workspace, wanted, request.Role, http.RequestAborted)).TryGet(out var made, out var error))
            return error.ToProblem();
        var (program, token) = (made.Token, made.Token.Token);
        return TypedResults.Created($"/api/workspaces/{workspace}/service-tokens/{token.Id}",
            new NewServiceTokenBody(token.Id, made.Secret, program.UserId, token.Name, program.Role, token.Scopes, token.CreatedTime, token.Expires));
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Delete(string workspace, string id, ServiceTokens tokens, HttpContext http) =>
        await tokens.DeleteAsync(http.User.CurrentUser().Id, workspace, id, http.RequestAborted) is { } error ? error.ToProblem() : TypedResults.NoContent();

    static ServiceTokenBody Body(ServiceToken one) =>
        new(one.Token.Id, one.UserId, one.Token.Name, one.Role, one.Token.Scopes, one.Token.CreatedTime, one.Token.Expires, one.Token.LastUsedTime);
}
