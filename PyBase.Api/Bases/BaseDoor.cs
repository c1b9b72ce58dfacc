using System.Security.Claims;
using PyBase.Core.Accounts;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Bases;

/// <summary>Somebody inside a base, with what the role there allows.</summary>
sealed record Visit(string BaseId, string UserId, Role Role)
{
    /// <summary>Where a write of this visit comes from.</summary>
    public Origin Origin(string command, HttpContext context) => new(UserId, command, Bounded(context.Request.Headers["PyBase-Mutation"].ToString()));

    static string? Bounded(string mark) => mark.Length is 0 or > 100 ? null : mark;
}

/// <summary>The one way into a base: the role is read in the statement that looks the base up, at each request.</summary>
sealed class BaseDoor(BaseAccess access)
{
    public async Task<Result<Visit>> EnterAsync(HttpContext context, string baseId, BaseRight right)
    {
        var userId = context.User.FindFirstValue(ClaimTypes.NameIdentifier)!;
        if (await access.RoleInBaseAsync(userId, baseId, context.RequestAborted) is not { } role)
            return SchemaErrors.ModelNotFound;
        return role.May(right) && context.User.HasScopeFor(right) ? new Visit(baseId, userId, role) : SchemaErrors.NotPermitted;
    }
}
