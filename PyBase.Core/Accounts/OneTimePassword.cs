using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PyBase.Core.Accounts;

/// <summary>The codes of authenticator apps: RFC 6238 with what all of them understand, SHA-1, six digits, half a minute.</summary>
public static class OneTimePassword
{
    /// <summary>Bytes of a secret (RFC 4226, section 4).</summary>
    public const int SecretLength = 20;

    /// <summary>Digits of a code.</summary>
    public const int Digits = 6;

    const long StepSeconds = 30;
    const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>The half minute of a moment.</summary>
    public static long StepAt(DateTimeOffset moment) => moment.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a half minute.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "What authenticator apps compute; a keyed SHA-1 is not what collisions break.")]
    public static string At(ReadOnlySpan<byte> secret, long step, int digits = Digits)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, hash);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0xF)..]) & int.MaxValue;
        return (number % (int)Math.Pow(10, digits)).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    /// <summary>The half minute that a code is of: this one, or a neighbour, as clocks differ. Null when it is of none of them.</summary>
    public static long? Match(ReadOnlySpan<byte> secret, string code, DateTimeOffset now)
    {
        long? matched = null;
        // All three are computed, so that the time it takes tells nothing.
        for (var step = StepAt(now) - 1; step <= StepAt(now) + 1; step++)
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(At(secret, step)), Encoding.UTF8.GetBytes(code)))
                matched = step;
        return matched;
    }

    /// <summary>A secret as people type it.</summary>
    public static string Spell(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        var (bits, held) = (0, 0);
        foreach (var one in secret)
        {
            (bits, held) = (bits << 8 | one, held + 8);
            for (; held >= 5; held -= 5)
                text.Append(Base32[bits >> (held - 5) & 31]);
            bits &= (1 << held) - 1;
        }
        return held > 0 ? text.Append(Base32[bits << (5 - held) & 31]).ToString() : text.ToString();
    }

    /// <summary>What an app reads from a QR code.</summary>
    public static string Uri(string issuer, string account, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(account)}?secret={Spell(secret)}&issuer={System.Uri.EscapeDataString(issuer)}&algorithm=SHA1&digits={Digits}&period={StepSeconds}";
}
