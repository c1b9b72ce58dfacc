using PyBase.Storage.Accounts;

namespace PyBase.Api.Accounts;

/// <summary>Settings <c>Accounts</c>.</summary>
sealed class AccountsOptions
{
    /// <summary>Who may make an account: <c>open</c>, <c>invited</c> or <c>closed</c>. Default: invited. The very first account is let in whatever stands here.</summary>
    public SignUpMode? SignUp { get; set; }
}
