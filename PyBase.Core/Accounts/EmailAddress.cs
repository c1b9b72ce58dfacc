namespace PyBase.Core.Accounts;

/// <summary>E-mail addresses: as people type them, and as they are compared.</summary>
public static class EmailAddress
{
    /// <summary>Longest that can be delivered to (RFC 5321).</summary>
    public const int MaxLength = 254;

    /// <summary>True for something with one @ between two parts; whether it exists only a mail can tell.</summary>
    public static bool IsPlausible(string? text) =>
        text?.Trim() is { Length: > 2 and <= MaxLength } address
        && address.IndexOf('@') is > 0 and var at && at == address.LastIndexOf('@') && at < address.Length - 1
        && !address.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));

    /// <summary>Without the differences nobody means: one account for each of these.</summary>
    public static string Normalise(string address) => address.Trim().ToLowerInvariant();
}
