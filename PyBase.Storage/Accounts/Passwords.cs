using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using PyBase.Storage.Catalog;

namespace PyBase.Storage.Accounts;

/// <summary>
/// Hashes passwords: PBKDF2 with SHA-512, salted, in Identity's format. Slow on purpose (some 100 ms of a core), so at most half
/// of the cores do it at a time and the rest of the process goes on.
/// </summary>
public sealed class Passwords : IDisposable
{
    readonly PasswordHasher<User> hasher;
    readonly SemaphoreSlim cores = new(Math.Max(1, Environment.ProcessorCount / 2));
    readonly Lazy<string> nobodys;

    /// <summary>One for the process.</summary>
    public Passwords(IOptions<PasswordsOptions> options)
    {
        hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = options.Value.Iterations }));
        nobodys = new(() => hasher.HashPassword(null!, Guid.NewGuid().ToString()));
    }

    /// <summary>What is stored.</summary>
    public Task<string> HashAsync(string password, CancellationToken cancellation) =>
        OnACoreAsync(() => hasher.HashPassword(null!, password), cancellation);

    /// <summary>
    /// Whether the password is right. Without a stored hash, as the address is unknown, the same work is done for nothing:
    /// how long the answer takes must not tell which addresses have accounts.
    /// </summary>
    internal Task<PasswordVerificationResult> VerifyAsync(string? hash, string password, CancellationToken cancellation) =>
        OnACoreAsync(() =>
        {
            var result = hasher.VerifyHashedPassword(null!, hash ?? nobodys.Value, password);
            return hash is null ? PasswordVerificationResult.Failed : result;
        }, cancellation);

    async Task<T> OnACoreAsync<T>(Func<T> work, CancellationToken cancellation)
    {
        await cores.WaitAsync(cancellation);
        try
        {
            return work();
        }
        finally
        {
            cores.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => cores.Dispose();
}
