using PyBase.Core.Errors;
using PyBase.Core.Ids;

namespace PyBase.Core.Accounts;

/// <summary>What names, passwords and addresses must be like; each rule answers with the fault, or null.</summary>
public static class AccountRules
{
    /// <summary>Shortest password.</summary>
    public const int MinPassword = 8;

    /// <summary>Longest password: hashing costs as much as there is to hash.</summary>
    public const int MaxPassword = 200;

    /// <summary>Longest name of a person, token or workspace.</summary>
    public const int MaxName = 100;

    /// <summary>Most bases and workspaces that a token names.</summary>
    public const int MaxLimits = 100;

    /// <summary>Of an address.</summary>
    public static FieldFault? Email(string? email) =>
        EmailAddress.IsPlausible(email) ? null : new("email", "This is not an e-mail address.");

    /// <summary>Of a password. Length is what counts; composition rules only make people write them down.</summary>
    public static FieldFault? Password(string? password) =>
        password?.Length is >= MinPassword and <= MaxPassword ? null : new("password", $"A password has {MinPassword} to {MaxPassword} characters.");

    /// <summary>Of a name.</summary>
    public static FieldFault? Name(string? name) =>
        name?.Trim() is { Length: > 0 and <= MaxName } trimmed && !trimmed.Any(char.IsControl) ? null : new("name", $"A name has 1 to {MaxName} characters.");

    /// <summary>Of a role's name.</summary>
    public static FieldFault? RoleName(string? role) =>
        Roles.Parse(role) is not null ? null : new("role", "A role is owner, admin, editor, commenter or viewer.");

    /// <summary>Of a token's scopes.</summary>
    public static FieldFault? TokenScopes(IReadOnlyCollection<string>? scopes) =>
        scopes?.FirstOrDefault(scope => scope is null || !Scopes.All.Contains(scope)) is null && scopes?.Contains(null!) is not true
            ? null
            : new("scopes", $"A scope is one of {string.Join(", ", Scopes.All.Order(StringComparer.Ordinal))}.");

    /// <summary>Of what a token is limited to; whether its maker may enter these is the catalog's to say.</summary>
    public static FieldFault? TokenLimits(IReadOnlyCollection<string>? limits) =>
        limits is null || limits.Count <= MaxLimits && limits.All(id => Id.Is(id, "app") || Id.Is(id, "wsp"))
            ? null : UnknownLimit;

    /// <summary>Of a limit that the token's maker may not enter either.</summary>
    public static readonly FieldFault UnknownLimit = new("limitedTo", $"A token is limited to at most {MaxLimits} bases and workspaces that you are a member of.");

    /// <summary>Of the role of a program: it owns nothing.</summary>
    public static FieldFault? ServiceRole(string? role) =>
        Roles.Parse(role) is not null and not Role.Owner ? null : new("role", "A program is admin, editor, commenter or viewer.");

    /// <summary>Of a moment that must lie ahead; null is never.</summary>
    public static FieldFault? Expires(DateTimeOffset? expires, DateTimeOffset now) =>
        expires is null || expires > now ? null : new("expires", "This moment is past.");

    /// <summary>Only what is wrong.</summary>
    public static IReadOnlyList<FieldFault> Faults(params ReadOnlySpan<FieldFault?> faults)
    {
        var found = new List<FieldFault>();
        foreach (var fault in faults)
            if (fault is not null)
                found.Add(fault);
        return found;
    }
}
