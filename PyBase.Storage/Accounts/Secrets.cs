using System.Security.Cryptography;
using System.Text;
using PyBase.Core.Ids;

namespace PyBase.Storage.Accounts;

/// <summary>Tokens and links that are shown once and stored as a hash.</summary>
static class Secrets
{
    /// <summary>Airtable's form, which clients check: <c>pat</c>, 14 characters, a dot, 64 hex digits.</summary>
    public static string NewToken() => Id.New("pat") + "." + RandomNumberGenerator.GetHexString(64, lowercase: true);

    /// <summary>True for what could be a token; anything else needs no question to the catalog.</summary>
    public static bool IsToken(string text) =>
        text.Length == Id.Length + 65 && Id.Is(text[..Id.Length], "pat") && text[Id.Length] == '.'
        && text.AsSpan(Id.Length + 1).IndexOfAnyExcept(Hex) < 0;

    /// <summary>160 bits, fit for an address.</summary>
    public static string NewLink() => RandomNumberGenerator.GetHexString(40, lowercase: true);

    /// <summary>Likewise, for who has no account.</summary>
    public static string NewShare() => NewInvitation();

    /// <summary>True for what could be such a link.</summary>
    public static bool IsShare(string text) => text.Length == 40 && text.AsSpan().IndexOfAnyExcept(Hex) < 0;

    public static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    static readonly System.Buffers.SearchValues<char> Hex = System.Buffers.SearchValues.Create("0123456789abcdef");
}
