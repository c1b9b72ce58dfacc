using PyBase.Core.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>Whether somebody whom nobody knows here gets an account by signing in.</summary>
enum AccountCreation
{
    /// <summary>As <c>Accounts:SignUp</c> says.</summary>
    Policy,
    Always,
    Never,
}

/// <summary>What a group of the provider means in a workspace.</summary>
sealed class GroupRole
{
    public string Group { get; set; } = "";

    public string Workspace { get; set; } = "";

    public string Role { get; set; } = "";
}

/// <summary>Settings <c>Accounts:OpenIdConnect:{name}</c>: a provider people may sign in with.</summary>
sealed class OpenIdOptions
{
    /// <summary>What the button says. Default: the name of the section.</summary>
    public string? Title { get; set; }

    /// <summary>The issuer; <c>/.well-known/openid-configuration</c> is read from there. https, but for loopback.</summary>
    public string Authority { get; set; } = "";

    public string ClientId { get; set; } = "";

    public string? ClientSecret { get; set; }

    /// <summary>What is asked for besides <c>openid profile email</c>, separated by blanks.</summary>
    public string Scopes { get; set; } = "";

    public string GroupsClaim { get; set; } = "groups";

    public AccountCreation CreateAccounts { get; set; }

    public IList<GroupRole> Roles { get; } = [];

    /// <summary>What the groups mean here.</summary>
    public IReadOnlyCollection<(string Workspace, Role Role)> Granted(IReadOnlySet<string> groups) =>
        [.. Roles.Where(role => groups.Contains(role.Group)).Select(role => (role.Workspace, Core.Accounts.Roles.Parse(role.Role)!.Value))];

    /// <summary>What is wrong with the section; null when it can be used.</summary>
    public string? Fault(string name)
    {
        var section = $"Accounts:OpenIdConnect:{name}";
        if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterLower(c) && !char.IsAsciiDigit(c) && c != '-'))
            return $"{section}: the name stands in addresses, so it has small letters, digits and hyphens.";
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var authority) || authority.Scheme != Uri.UriSchemeHttps && !authority.IsLoopback)
            return $"{section}:Authority is the https address of the issuer.";
        if (ClientId.Length == 0)
            return $"{section}:ClientId is missing.";
        return Roles.FirstOrDefault(role => role.Group.Length == 0 || role.Workspace.Length == 0 || AccountRules.ServiceRole(role.Role) is not null) is { } wrong
            ? $"{section}:Roles: group '{wrong.Group}' needs a Workspace (wsp…) and a Role: admin, editor, commenter or viewer." : null;
    }
}
