using PyBase.Core.Accounts;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;

namespace PyBase.Api.Bases;

/// <summary>Somebody inside a base, with what the role there allows.</summary>
sealed record Visit(string BaseId, string UserId, Role Role, Reader Reader)
{
    /// <summary>The definitions as this visit may know them: by the rules, and without the personal views of others.</summary>
    public BaseSchema See(BaseSchema schema) => schema.For(Reader).SeenBy(Reader.UserId);

    /// <summary>Where a write of this visit comes from.</summary>
    public Origin Origin(string command, HttpContext context) => new(UserId, command, Bounded(context.Request.Headers["PyBase-Mutation"].ToString()),
        UndoGroup: Bounded(context.Request.Headers["PyBase-Undo-Group"].ToString()), IsDryRun: context.Request.Query["dryRun"].ToString() is "true" or "1", Source: SourceOf(context), Role: Role, Reader: Reader);

    /// <summary>In Airtable's words: a session is a person at the application, a token is a program.</summary>
    public static string SourceOf(HttpContext context) => context.User.Identity?.AuthenticationType == Sessions.Cookie ? "client" : "publicApi";

    static string? Bounded(string mark) => mark.Length is 0 or > 100 ? null : mark;
}

/// <summary>The one way into a base: the role is read in the statement that looks the base up, at each request.</summary>
sealed class BaseDoor(BaseAccess access)
{
    public async Task<Result<Visit>> EnterAsync(HttpContext context, string baseId, Permission permission, string? scope = null)
    {
        var user = context.User.CurrentUser();
        if (!user.MayEnter(baseId) || await access.RoleInBaseAsync(user.Id, baseId, context.RequestAborted) is not { } role)
            return SchemaErrors.ModelNotFound;
        if (!role.May(permission) || !user.Has(scope ?? ScopeOf(permission)))
            return SchemaErrors.NotPermitted;
        return (await ReaderAsync(context, baseId, role, permission)).Then<Visit>(reader => new Visit(baseId, user.Id, role, reader));
    }

    /// <summary>Whose eyes the caller has: their own, or with <c>?viewAs=usr…</c> those of another member, for owners and admins, and to read.</summary>
    public async Task<Result<Reader>> ReaderAsync(HttpContext context, string baseId, Role role, Permission permission)
    {
        var user = context.User.CurrentUser();
        if (!IsAsAnother(context))
            return new Reader(user.Id, user.Email, role);
        if (!role.May(Permission.EditSchema))
            return SchemaErrors.NotPermitted;
        if (permission is not Permission.ReadRecords)
            return PermissionErrors.ViewAsReads;
        return await access.FindReaderAsync(context.Request.Query["viewAs"].ToString(), baseId, context.RequestAborted) is { } other ? other : AccountErrors.MemberNotFound;
    }

    /// <summary>The caller wants to see what somebody else sees.</summary>
    public static bool IsAsAnother(HttpContext context) => context.Request.Query.ContainsKey("viewAs");

    /// <summary>Who asks, for a statement that lets them in itself; its endpoint may have the mark <see cref="ChecksToken"/>.</summary>
    public static Asker AskerOf(HttpContext context) => new(context.User.CurrentUser().Id, ChecksToken.Pending(context));

    /// <summary>What such a statement found is a refusal; null when it is none.</summary>
    public static Error? Refuse(HttpContext context, TableEntry entry, Permission permission) =>
        !entry.IsSignedIn ? AccountErrors.NotSignedIn
        : entry is { Role: not { } } or { Epoch: null } ? SchemaErrors.ModelNotFound
        : entry.Role.Value.May(permission) && context.User.CurrentUser().Has(ScopeOf(permission)) ? null : SchemaErrors.NotPermitted;

    /// <summary>The scope that a token needs, where the request does not name another.</summary>
    public static string ScopeOf(Permission permission) => permission switch
    {
        Permission.ReadRecords => Scopes.ReadRecords,
        Permission.Comment => Scopes.WriteComments,
        Permission.EditSchema => Scopes.WriteSchema,
        _ => Scopes.WriteRecords,
    };
}
