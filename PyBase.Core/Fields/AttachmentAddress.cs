using System.Text.Json;

namespace PyBase.Core.Fields;

/// <summary>A file that is to be fetched from elsewhere into a cell.</summary>
/// <param name="Url">http or https.</param>
/// <param name="FileName">What it is to be called; null for what it calls itself.</param>
public sealed record AttachmentAddress(string Url, string? FileName)
{
    /// <summary>Longest address.</summary>
    public const int MaxLength = 4_000;

    /// <summary>Most addresses of one request.</summary>
    public const int MaxCount = 1_000;

    /// <summary>Longest file name, in characters.</summary>
    public const int MaxName = 255;

    /// <summary>From a client; null when nobody can fetch it.</summary>
    public static AttachmentAddress? Read(string url, string? fileName) =>
        url.Length <= MaxLength && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0
            ? new(uri.AbsoluteUri, string.IsNullOrWhiteSpace(fileName) ? null : CleanName(fileName))
            : null;

    /// <summary>As it stands among ids of attachments, from which its first character tells it.</summary>
    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Null for an id.</summary>
    public static AttachmentAddress? Open(string idOrAddress) => idOrAddress.StartsWith('{') ? JsonSerializer.Deserialize<AttachmentAddress>(idOrAddress) : null;

    /// <summary>What it is called until it is there.</summary>
    public string NameNow => FileName ?? NameIn(new Uri(Url));

    /// <summary>The last part of a path.</summary>
    public static string NameIn(Uri url) => CleanName(Uri.UnescapeDataString(url.Segments[^1]));

    /// <summary>A name without folders and control characters; never empty.</summary>
    public static string CleanName(string name)
    {
        var clean = new string([.. name[(name.LastIndexOfAny(['/', '\\']) + 1)..].Where(c => !char.IsControl(c))]).Trim(' ', '.');
        if (clean.Length > MaxName) // its end says what kind of file it is; half a character is none
            clean = clean[^(char.IsLowSurrogate(clean[^MaxName]) ? MaxName - 1 : MaxName)..];
        return clean.Length == 0 ? "attachment" : clean;
    }
}
