using PyBase.Core.Errors;

namespace PyBase.Core.Accounts;

/// <summary>Who may make an account: the setting <c>Accounts:SignUp</c>.</summary>
public enum SignUpMode
{
    /// <summary>Anybody.</summary>
    Open,
    /// <summary>Whoever has an invitation; the default once there is an account.</summary>
    Invited,
    /// <summary>Whoever has an address of one of <c>Accounts:Domains</c>, or an invitation.</summary>
    Domains,
    /// <summary>Nobody.</summary>
    Closed,
}

/// <summary>Who may make an account.</summary>
/// <param name="Mode">Null is <see cref="SignUpMode.Invited"/>.</param>
/// <param name="Domains">What stands behind the @ of an address of the organisation.</param>
public sealed record SignUpPolicy(SignUpMode? Mode, IReadOnlyCollection<string> Domains)
{
    /// <summary>Why not; null for who may. Whether an invitation is good is for the catalog to say.</summary>
    public Error? Refuse(string email, bool isInvited) => (Mode ?? SignUpMode.Invited, isInvited) switch
    {
        (SignUpMode.Closed, _) => AccountErrors.SignUpClosed,
        (SignUpMode.Open, _) or (_, true) => null,
        (SignUpMode.Domains, _) => IsOfTheOrganisation(email) ? null : AccountErrors.SignUpByDomain,
        _ => AccountErrors.SignUpByInvitation,
    };

    bool IsOfTheOrganisation(string email)
    {
        var address = EmailAddress.Normalise(email);
        return Domains.Contains(address[(address.LastIndexOf('@') + 1)..], StringComparer.OrdinalIgnoreCase);
    }
}
