using System.Security.Cryptography;
using System.Text;

namespace PyBase.Core.Ids;

/// <summary>
/// Ids have Airtable's shape: a prefix of three letters that says what it names, then 14 of <c>A-Z a-z 0-9</c>
/// (83 bits of randomness). Clients check the length (17) and the prefix, so every id here has both.
/// </summary>
public static class Id
{
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Length of every id.</summary>
    public const int Length = 17;

    /// <summary>A fresh id, for instance <c>Id.New("rec")</c>.</summary>
    public static string New(string prefix) => prefix + RandomNumberGenerator.GetString(Alphabet, Length - 3);

    /// <summary>The same id for the same seed: for work that may be done again by somebody else. The seed names one thing only.</summary>
    public static string From(string prefix, string seed) => string.Create(Length, (prefix, Hash: SHA256.HashData(Encoding.UTF8.GetBytes(seed))), (id, made) =>
    {
        made.prefix.CopyTo(id);
        for (var i = made.prefix.Length; i < id.Length; i++)
            id[i] = Alphabet[made.Hash[i] % Alphabet.Length];
    });

    /// <summary>True when <paramref name="text"/> is an id with this prefix.</summary>
    public static bool Is(string? text, string prefix) =>
        text is { Length: Length } && text.StartsWith(prefix, StringComparison.Ordinal) && text.AsSpan(3).IndexOfAnyExcept(Allowed) < 0;

    static readonly System.Buffers.SearchValues<char> Allowed = System.Buffers.SearchValues.Create(Alphabet);
}
