using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using PyBase.Api.Errors;
using PyBase.Core.Accounts;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

sealed record AddMemberRequest(string? Email, string? Role);

sealed record ChangeMemberRequest(string? Role);

sealed record MemberBody(string Id, string Email, string Name, Role Role);

sealed record RoleBody(string Id, Role Role);

sealed record OpenInvitationBody(string Id, string Email, Role Role, DateTimeOffset Expires);

/// <param name="Members">Who is here.</param>
/// <param name="Invitations">Who may come; empty for those who do not manage members.</param>
sealed record MembersBody(IReadOnlyList<MemberBody> Members, IReadOnlyList<OpenInvitationBody> Invitations);

/// <param name="Id">To withdraw it with DELETE …/members/{id}.</param>
/// <param name="Url">For the one who was invited; works once, seven days. Shown only now.</param>
sealed record InvitationBody(string Id, string Url);

/// <summary>One of the two.</summary>
sealed record AddedBody(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MemberBody? Member,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] InvitationBody? Invitation);

/// <summary>Members of a workspace.</summary>
static class MembersApi
{
    public static void MapMembers(this IEndpointRouteBuilder app)
    {
        var members = app.MapGroup("/api/workspaces/{workspace}/members").WithTags("Workspaces").RequireFullAccess()
            .ProducesProblem(401).ProducesProblem(403).ProducesProblem(404);

        members.MapGet("", List).WithName("listMembers").WithSummary("Members, and open invitations for who manages them");
        members.MapPost("", Add).WithName("addMember").WithSummary("Add a member by address, or invite who has no account yet")
            .ProducesProblem(409).ProducesProblem(422);
        members.MapPatch("/{id}", Change).WithName("changeMember").WithSummary("Give a member another role").ProducesProblem(409).ProducesProblem(422);
        members.MapDelete("/{id}", Remove).WithName("removeMember").WithSummary("Remove a member, leave, or withdraw an invitation").ProducesProblem(409);
    }

    static async Task<Results<Ok<MembersBody>, ProblemHttpResult>> List(string workspace, Members members, HttpContext http) =>
        (await members.ListAsync(http.User.CurrentUser().Id, workspace, http.RequestAborted)).TryGet(out var found, out var error)
            ? TypedResults.Ok(new MembersBody([.. found.Members.Select(Body)],
                [.. found.Invitations.Select(i => new OpenInvitationBody(i.Id, i.Email, i.Role, i.Expires))]))
            : error.ToProblem();

    static async Task<Results<Created<AddedBody>, ProblemHttpResult>> Add(
        string workspace, AddMemberRequest request, Members members, IConfiguration configuration, HttpContext http)
    {
        var joinAt = $"{Origin(configuration, http.Request)}/join/";
        var result = await members.AddAsync(http.User.CurrentUser().Id, workspace, request.Email, request.Role, joinAt, http.RequestAborted);
        if (!result.TryGet(out var added, out var error))
            return error.ToProblem();
        var (member, invitation) = (added.Member is { } m ? Body(m) : null,
            added.InvitationId is { } id ? new InvitationBody(id, joinAt + added.Secret) : null);
        return TypedResults.Created($"/api/workspaces/{workspace}/members/{member?.Id ?? invitation?.Id}", new AddedBody(member, invitation));
    }

    static async Task<Results<Ok<RoleBody>, ProblemHttpResult>> Change(
        string workspace, string id, ChangeMemberRequest request, Members members, HttpContext http) =>
        (await members.ChangeRoleAsync(http.User.CurrentUser().Id, workspace, id, request.Role, http.RequestAborted)).TryGet(out var role, out var error)
            ? TypedResults.Ok(new RoleBody(id, role))
            : error.ToProblem();

    static async Task<Results<NoContent, ProblemHttpResult>> Remove(string workspace, string id, Members members, HttpContext http) =>
        await members.RemoveAsync(http.User.CurrentUser().Id, workspace, id, http.RequestAborted) is { } error
            ? error.ToProblem()
            : TypedResults.NoContent();

    static MemberBody Body(WorkspaceMember member) => new(member.Id, member.Email, member.Name, member.Role);

    static string Origin(IConfiguration configuration, HttpRequest request) =>
        configuration["Public:Url"] is { Length: > 0 } url ? url.TrimEnd('/') : $"{request.Scheme}://{request.Host}";
}
