using System.Collections.Frozen;
using System.Security.Claims;

namespace PyBase.Storage.Accounts;

/// <summary>Who is asking.</summary>
/// <param name="Id"><c>usr…</c></param>
/// <param name="Email">Their address.</param>
/// <param name="Name">What others see.</param>
/// <param name="IsInstallationOwner">True for the one who runs the installation.</param>
/// <param name="Scopes">What the token is restricted to; null when it is not, and for sessions.</param>
/// <param name="Limits">The only bases and workspaces that the token may enter; null when it is not limited, and for sessions.</param>
/// <param name="Credential">The session (<c>ses…</c>) or token (<c>tok…</c>) they came with.</param>
public sealed record CurrentUser(string Id, string Email, string Name, bool IsInstallationOwner, IReadOnlySet<string>? Scopes,
    IReadOnlySet<string>? Limits = null, string? Credential = null)
{
    /// <summary>True when neither a token's scopes nor its limits narrow what the user may.</summary>
    public bool HasFullAccess => Scopes is null && Limits is null;

    /// <summary>True when the session or token may be used in this base or workspace; what its user is there is another question.</summary>
    public bool MayEnter(string baseOrWorkspaceId) => Limits is null || Limits.Contains(baseOrWorkspaceId);

    /// <summary>True when the session or token may be used for this.</summary>
    public bool Has(string scope) => Scopes is null || Scopes.Contains(scope);
}

/// <summary>Between <see cref="CurrentUser"/> and the claims that ASP.NET carries.</summary>
public static class CurrentUserClaims
{
    internal const string Scope = "scope";
    internal const string InstallationOwner = "installation-owner";
    const string Limit = "limit";
    const string Credential = "credential";

    /// <summary>The user; throws when nobody is signed in, which <c>RequireAuthorization</c> rules out.</summary>
    public static CurrentUser CurrentUser(this ClaimsPrincipal principal) =>
        principal.FindCurrentUser() ?? throw new InvalidOperationException("Nobody is signed in; the endpoint lacks RequireAuthorization.");

    /// <summary>The user, or null when nobody is signed in.</summary>
    public static CurrentUser? FindCurrentUser(this ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true } || principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
            return null;
        var scopes = principal.FindAll(Scope).Select(claim => claim.Value).ToFrozenSet(StringComparer.Ordinal);
        var limits = principal.FindAll(Limit).Select(claim => claim.Value).ToFrozenSet(StringComparer.Ordinal);
        return new(id, principal.FindFirstValue(ClaimTypes.Email) ?? "", principal.FindFirstValue(ClaimTypes.Name) ?? "",
            principal.HasClaim(InstallationOwner, "true"), scopes.Count > 0 ? scopes : null, limits.Count > 0 ? limits : null, principal.FindFirstValue(Credential));
    }

    internal static ClaimsPrincipal ToPrincipal(this CurrentUser user, string scheme)
    {
        var identity = new ClaimsIdentity(scheme);
        identity.AddClaim(new(ClaimTypes.NameIdentifier, user.Id));
        identity.AddClaim(new(ClaimTypes.Email, user.Email));
        identity.AddClaim(new(ClaimTypes.Name, user.Name));
        if (user.IsInstallationOwner)
            identity.AddClaim(new(InstallationOwner, "true"));
        foreach (var scope in user.Scopes ?? FrozenSet<string>.Empty)
            identity.AddClaim(new(Scope, scope));
        foreach (var limit in user.Limits ?? FrozenSet<string>.Empty)
            identity.AddClaim(new(Limit, limit));
        if (user.Credential is { } credential)
            identity.AddClaim(new(Credential, credential));
        return new(identity);
    }
}
