namespace PyBase.Core.Accounts;

/// <summary>What roles mean.</summary>
public static class Roles
{
    static readonly Role[] Descending = [Role.Owner, Role.Admin, Role.Editor, Role.Commenter, Role.Viewer];

    /// <summary>True when the role allows it.</summary>
    public static bool May(this Role role, Permission permission) => role >= LeastFor(permission);

    /// <summary>The least role that may do it.</summary>
    public static Role LeastFor(Permission permission) => permission switch
    {
        Permission.ReadRecords => Role.Viewer,
        Permission.Comment => Role.Commenter,
        Permission.WriteRecords or Permission.ImportFiles => Role.Editor,
        Permission.EditSchema or Permission.ManageMembers => Role.Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(permission)),
    };

    /// <summary>Names of the roles that may do it: for a <c>role = any($n)</c> inside the statement that acts.</summary>
    public static string[] Names(this Permission permission) => [.. Descending.Where(role => role.May(permission)).Select(Name)];

    /// <summary><c>owner</c>, <c>admin</c>, <c>editor</c>, <c>commenter</c> or <c>viewer</c>: the form in the catalog and in answers.</summary>
    public static string Name(this Role role) => role switch
    {
        Role.Owner => "owner",
        Role.Admin => "admin",
        Role.Editor => "editor",
        Role.Commenter => "commenter",
        Role.Viewer => "viewer",
        _ => throw new ArgumentOutOfRangeException(nameof(role)),
    };

    /// <summary>The role of that name, or null.</summary>
    public static Role? Parse(string? name) => name switch
    {
        "owner" => Role.Owner,
        "admin" => Role.Admin,
        "editor" => Role.Editor,
        "commenter" => Role.Commenter,
        "viewer" => Role.Viewer,
        _ => null,
    };

    /// <summary>Airtable's word for it in <c>permissionLevel</c>.</summary>
    public static string PermissionLevel(this Role role) => role switch
    {
        Role.Owner or Role.Admin => "create",
        Role.Editor => "edit",
        Role.Commenter => "comment",
        _ => "read",
    };
}
