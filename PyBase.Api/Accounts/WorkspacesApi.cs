using Microsoft.AspNetCore.Http.HttpResults;
using PyBase.Api.Errors;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

sealed record NewWorkspaceRequest(string? Name);

sealed record JoinRequest(string? Invitation);

sealed record WorkspacesBody(IReadOnlyList<WorkspaceBody> Workspaces);

/// <summary>The caller's workspaces.</summary>
static class WorkspacesApi
{
    public static void MapWorkspaces(this IEndpointRouteBuilder app)
    {
        var workspaces = app.MapGroup("/api/workspaces").WithTags("Workspaces").RequireFullAccess().ProducesProblem(401).ProducesProblem(403);

        workspaces.MapGet("", List).WithName("listWorkspaces").WithSummary("Workspaces you are a member of");
        workspaces.MapPost("", Add).WithName("addWorkspace").WithSummary("Make a workspace, which you own").ProducesProblem(422);
        workspaces.MapPost("/join", Join).WithName("joinWorkspace").WithSummary("Accept an invitation with the account you have").ProducesProblem(404);
    }

    static async Task<Ok<WorkspacesBody>> List(Workspaces workspaces, HttpContext http) =>
        TypedResults.Ok(new WorkspacesBody([.. (await workspaces.ListAsync(http.User.CurrentUser().Id, http.RequestAborted)).Select(Body)]));

    static async Task<Results<Created<WorkspaceBody>, ProblemHttpResult>> Add(NewWorkspaceRequest request, Workspaces workspaces, HttpContext http) =>
        (await workspaces.AddAsync(http.User.CurrentUser().Id, request.Name, http.RequestAborted)).TryGet(out var made, out var error)
            ? TypedResults.Created($"/api/workspaces/{made.Id}/members", Body(made))
            : error.ToProblem();

    static async Task<Results<Ok<WorkspaceBody>, ProblemHttpResult>> Join(JoinRequest request, Workspaces workspaces, HttpContext http) =>
        (await workspaces.JoinAsync(http.User.CurrentUser(), request.Invitation ?? "", http.RequestAborted)).TryGet(out var joined, out var error)
            ? TypedResults.Ok(Body(joined))
            : error.ToProblem();

    static WorkspaceBody Body(MyWorkspace workspace) => new(workspace.Id, workspace.Name, workspace.Role);
}
