using Microsoft.Extensions.Options;

namespace PyBase.Api.Accounts;

/// <summary>A provider that cannot work stops the start, with every fault at once.</summary>
sealed class AccountsValidation : IValidateOptions<AccountsOptions>
{
    public ValidateOptionsResult Validate(string? name, AccountsOptions options)
    {
        var faults = options.OpenIdConnect.Select(one => one.Value.Fault(one.Key)).OfType<string>().ToList();
        return faults.Count > 0 ? ValidateOptionsResult.Fail(faults) : ValidateOptionsResult.Success;
    }
}
