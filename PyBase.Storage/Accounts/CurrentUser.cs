using System.Collections.Frozen;
using System.Security.Claims;

namespace PyBase.Storage.Accounts;

/// <summary>Who is asking.</summary>
/// <param name="Id"><c>usr…</c></param>
/// <param name="Email">Their address.</param>
/// <param name="Name">What others see.</param>
/// <param name="IsInstallationOwner">True for the one who runs the installation.</param>
/// <param name="Scopes">What the token is restricted to; null when it is not, and for sessions.</param>
public sealed record CurrentUser(string Id, string Email, string Name, bool IsInstallationOwner, IReadOnlySet<string>? Scopes)
{
    /// <summary>True when neither a token's scopes nor anything else narrows what the user may.</summary>
    public bool HasFullAccess => Scopes is null;

    /// <summary>True when the session or token may be used for this.</summary>
    public bool Has(string scope) => Scopes is null || Scopes.Contains(scope);
}

/// <summary>Between <see cref="CurrentUser"/> and the claims that ASP.NET carries.</summary>
public static class CurrentUserClaims
{
    internal const string Scope = "scope";
    internal const string InstallationOwner = "installation-owner";

    /// <summary>The user; throws when nobody is signed in, which <c>RequireAuthorization</c> rules out.</summary>
    public static CurrentUser CurrentUser(this ClaimsPrincipal principal) =>
        principal.FindCurrentUser() ?? throw new InvalidOperationException("Nobody is signed in; the endpoint lacks RequireAuthorization.");

    /// <summary>The user, or null when nobody is signed in.</summary>
    public static CurrentUser? FindCurrentUser(this ClaimsPrincipal principal)
    {
        if (principal.Identity is not { IsAuthenticated: true } || principal.FindFirstValue(ClaimTypes.NameIdentifier) is not { } id)
            return null;
        var scopes = principal.FindAll(Scope).Select(claim => claim.Value).ToFrozenSet(StringComparer.Ordinal);
        return new(id, principal.FindFirstValue(ClaimTypes.Email) ?? "", principal.FindFirstValue(ClaimTypes.Name) ?? "",
            principal.HasClaim(InstallationOwner, "true"), scopes.Count > 0 ? scopes : null);
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
        return new(identity);
    }
}
