using Microsoft.AspNetCore.Http.HttpResults;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Core.Errors;
using PyBase.Core.Ids;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <param name="Token">For the directory's settings. Only here, only now.</param>
/// <param name="Url">The address it is to use.</param>
sealed record DirectoryTokenBody(string Token, string Url);

/// <param name="Workspace"><c>wsp…</c></param>
/// <param name="Role">admin, editor, commenter or viewer.</param>
sealed record GroupRoleBody(string? Workspace, string? Role);

sealed record GroupRolesRequest(IReadOnlyList<GroupRoleBody>? Roles);

sealed record GroupBody(string Id, string Name, int Members, IReadOnlyList<GroupRoleBody> Roles);

sealed record GroupsBody(IReadOnlyList<GroupBody> Groups);

/// <summary>For the installation's owner: which directory comes in, and what its groups mean in workspaces.</summary>
static class DirectoryApi
{
    const int MaxGroups = 1_000;

    public static void MapDirectory(this IEndpointRouteBuilder app)
    {
        var directory = app.MapGroup("/api/directory").WithTags("Directory").RequireFullAccess().AddEndpointFilter(InstallationOwner.Only).ProducesProblem(401).ProducesProblem(403);
        directory.MapPost("/token", Renew).WithName("renewDirectoryToken").WithSummary("A token for the directory, in place of the one before");
        directory.MapDelete("/token", End).WithName("endDirectoryToken").WithSummary("Let no directory in any more");
        directory.MapGet("/groups", List).WithName("listDirectoryGroups").WithSummary("Groups of the directory and what they mean here");
        directory.MapPut("/groups/{group}/roles", SetRoles).WithName("setDirectoryGroupRoles").WithSummary("What a group means in workspaces from now on").ProducesProblem(404).ProducesProblem(422);
    }

    static async Task<Ok<DirectoryTokenBody>> Renew(DirectoryTokens tokens, HttpContext http) =>
        TypedResults.Ok(new DirectoryTokenBody(await tokens.RenewAsync(http.User.CurrentUser().Id, http.RequestAborted), $"{http.Request.Scheme}://{http.Request.Host}/scim/v2"));

    static async Task<NoContent> End(DirectoryTokens tokens, HttpContext http)
    {
        await tokens.EndAsync(http.User.CurrentUser().Id, http.RequestAborted);
        return TypedResults.NoContent();
    }

    static async Task<Ok<GroupsBody>> List(DirectoryGroups groups, HttpContext http) =>
        TypedResults.Ok(new GroupsBody([.. (await groups.ListAsync(null, 0, MaxGroups, http.RequestAborted)).Items.Select(Body)]));

    static async Task<Results<Ok<GroupBody>, ProblemHttpResult>> SetRoles(string group, GroupRolesRequest request, DirectoryGroups groups, HttpContext http)
    {
        var roles = request.Roles ?? [];
        if (roles.Any(one => !Id.Is(one?.Workspace, "wsp") || AccountRules.ServiceRole(one?.Role) is not null) || roles.DistinctBy(one => one.Workspace).Count() < roles.Count)
            return DirectoryErrors.InvalidRoles([new("roles", "Each workspace once, with admin, editor, commenter or viewer.")]).ToProblem();
        var wanted = roles.Select(one => (one.Workspace!, Roles.Parse(one.Role)!.Value)).ToList();
        return (await groups.SetRolesAsync(group, wanted, http.RequestAborted)).TryGet(out var found, out var error) ? TypedResults.Ok(Body(found)) : error.ToProblem();
    }

    static GroupBody Body(DirectoryGroup group) => new(group.Id, group.Name, group.Members.Count, [.. group.Roles.Select(one => new GroupRoleBody(one.Workspace, one.Role.Name()))]);
}
