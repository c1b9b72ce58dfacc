using PyBase.Core.Accounts;

namespace PyBase.Core.Permissions;

/// <summary>Who reads or writes a base, as far as rules ask.</summary>
/// <param name="UserId"><c>usr…</c>, what <c>CURRENT_USER()</c> gives in a rule.</param>
/// <param name="Email">What <c>CURRENT_USER_EMAIL()</c> gives.</param>
/// <param name="Role">What they are in the base.</param>
public sealed record Reader(string UserId, string Email, Role Role)
{
    /// <summary>Whoever may write the rules is not bound by them: they could take them away.</summary>
    public bool IsBound => !Role.May(Permission.EditSchema);
}
