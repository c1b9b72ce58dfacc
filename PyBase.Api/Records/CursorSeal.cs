using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace PyBase.Api.Records;

/// <summary>
/// Seals cursors, so that they say nothing and cannot be made up; every process opens them, and they never expire. A page seals one and opens one, and the key ring's
/// own seal, which derives keys for each, would be a tenth of what PyBase does for a page. So a process has a key of its own, sealed by the ring once, that goes along
/// in each of its cursors: <c>key.nonce|tag|text</c>, AES-GCM.
/// </summary>
sealed class CursorSeal(IDataProtectionProvider protection)
{
    /// <summary>Keys of other processes that are kept open; each process has one, and another after each start.</summary>
    const int MaxKnown = 1_000;

    const int NonceSize = 12, TagSize = 16;

    readonly IDataProtector ring = protection.CreateProtector("PyBase.RecordCursor");
    readonly ConcurrentDictionary<string, byte[]> known = new();
    readonly Lock making = new();
    (string Name, byte[] Secret)? own;
    long sealedSoFar;

    /// <param name="text">What the cursor says.</param>
    /// <param name="whose">Whoever is not the same cannot open it.</param>
    public string Seal(string text, string whose)
    {
        var (name, secret) = Own();
        var plain = Encoding.UTF8.GetBytes(text);
        var box = new byte[NonceSize + TagSize + plain.Length];
        // A count is never used twice with a key that only this process seals with.
        BinaryPrimitives.WriteInt64BigEndian(box, Interlocked.Increment(ref sealedSoFar));
        using var cipher = new AesGcm(secret, TagSize);
        cipher.Encrypt(box.AsSpan(0, NonceSize), plain, box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), Encoding.UTF8.GetBytes(whose));
        return $"{name}.{Base64Url.EncodeToString(box)}";
    }

    /// <summary>What a cursor says; null when it was not sealed here or for somebody else.</summary>
    public string? Open(string cursor, string whose)
    {
        try
        {
            if (cursor.IndexOf('.', StringComparison.Ordinal) is not (> 0 and var end) || Base64Url.DecodeFromChars(cursor.AsSpan(end + 1)) is not { Length: >= NonceSize + TagSize } box)
                return null;
            using var cipher = new AesGcm(Secret(cursor[..end]), TagSize);
            var plain = new byte[box.Length - NonceSize - TagSize];
            cipher.Decrypt(box.AsSpan(0, NonceSize), box.AsSpan(NonceSize + TagSize), box.AsSpan(NonceSize, TagSize), plain, Encoding.UTF8.GetBytes(whose));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    (string Name, byte[] Secret) Own()
    {
        lock (making)
        {
            if (own is { } made)
                return made;
            var secret = RandomNumberGenerator.GetBytes(32);
            var name = Base64Url.EncodeToString(ring.Protect(secret));
            known[name] = secret;
            return (own = (name, secret)).Value;
        }
    }

    byte[] Secret(string name)
    {
        if (known.TryGetValue(name, out var secret))
            return secret;
        secret = ring.Unprotect(Base64Url.DecodeFromChars(name));
        if (known.Count < MaxKnown)
            known[name] = secret;
        return secret;
    }
}
