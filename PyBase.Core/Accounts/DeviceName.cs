namespace PyBase.Core.Accounts;

/// <summary>What somebody recognises their own computer by, made of a User-Agent: <c>Firefox on Linux</c>.</summary>
public static class DeviceName
{
    /// <summary>Of a program that is no browser, the longest beginning that is kept.</summary>
    public const int MaxLength = 80;

    // Most browsers also name those that came before them, so the order decides.
    static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>The name; programs are named by their own first word.</summary>
    public static string Of(string? userAgent)
    {
        var text = new string([.. (userAgent ?? "").Where(c => !char.IsControl(c))]).Trim();
        return (Find(Browsers, text), Find(Systems, text)) switch
        {
            ({ } browser, { } system) => $"{browser} on {system}",
            ({ } browser, null) => browser,
            _ when text.Length == 0 => "Unknown device",
            _ => text.Split(' ')[0] is var word && word.Length > MaxLength ? word[..MaxLength] : word,
        };
    }

    static string? Find((string Mark, string Name)[] names, string text) =>
        names.FirstOrDefault(entry => text.Contains(entry.Mark, StringComparison.Ordinal)).Name;
}
