using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace PyBase.Storage.Automations;

/// <summary>Keys and passwords that an automation shows to other systems: sealed with the installation's keys, never shown again.</summary>
public sealed class AutomationSecrets(IDataProtectionProvider protection)
{
    readonly IDataProtector seal = protection.CreateProtector("PyBase.AutomationSecrets");

    /// <summary>By name; none when the keys are gone, as after a restore without them.</summary>
    public IReadOnlyDictionary<string, string> Open(StoredAutomation automation)
    {
        try
        {
            return automation.SealedSecrets is { } given ? JsonSerializer.Deserialize<Dictionary<string, string>>(seal.Unprotect(given))! : new Dictionary<string, string>();
        }
        catch (CryptographicException)
        {
            return new Dictionary<string, string>();
        }
    }

    internal string? Seal(IReadOnlyDictionary<string, string> secrets) => secrets.Count == 0 ? null : seal.Protect(JsonSerializer.Serialize(secrets));
}
