using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace PyBase.Storage.Accounts;

/// <summary>The keys that seal session cookies.</summary>
static class SessionKeys
{
    static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    /// <summary>
    /// Makes the first key while the database is upgraded, before any process serves. Processes that started together on an empty catalog would
    /// each make one, and refuse each other's cookies until they read the keys again a day later. Later keys are announced days ahead.
    /// </summary>
    public static void EnsureFirst(IKeyManager keys, TimeProvider clock)
    {
        if (keys.GetAllKeys().Count == 0)
            keys.CreateNewKey(clock.GetUtcNow(), clock.GetUtcNow() + Lifetime);
    }
}
