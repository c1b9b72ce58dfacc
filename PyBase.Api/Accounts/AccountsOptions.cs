using PyBase.Core.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>Whether a password alone is enough.</summary>
enum SecondFactorMode
{
    Optional,
    Required,
}

/// <summary>Settings <c>Accounts</c>.</summary>
sealed class AccountsOptions
{
    /// <summary>Who may make an account: <c>open</c>, <c>invited</c>, <c>domains</c> or <c>closed</c>. Default: invited. The very first account is let in whatever stands here.</summary>
    public SignUpMode? SignUp { get; set; }

    /// <summary>With <c>domains</c>: what stands behind the @ of an address of the organisation.</summary>
    public IList<string> Domains { get; } = [];

    /// <summary>With <c>required</c> a session that began with a password can do nothing but set up a second factor until it has one. Default: optional.</summary>
    public SecondFactorMode SecondFactor { get; set; }

    /// <summary>Providers that people may sign in with, by name.</summary>
    public IDictionary<string, OpenIdOptions> OpenIdConnect { get; } = new Dictionary<string, OpenIdOptions>(StringComparer.Ordinal);

    public SignUpPolicy Policy => new(SignUp, [.. Domains]);
}
