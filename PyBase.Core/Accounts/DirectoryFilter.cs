using System.Text.Json;
using System.Text.RegularExpressions;
using PyBase.Core.Errors;

namespace PyBase.Core.Accounts;

/// <summary>The filter that directories use to find somebody before they make them: <c>userName eq "ada@example.com"</c>.</summary>
/// <param name="Attribute">In small letters.</param>
/// <param name="Value">What it equals.</param>
public sealed partial record DirectoryFilter(string Attribute, string Value)
{
    /// <summary>Null for none; an error for one that is not understood, which must not be taken for none.</summary>
    public static Result<DirectoryFilter?> Read(string? text, params IReadOnlyList<string> attributes)
    {
        if (string.IsNullOrWhiteSpace(text))
            return new Result<DirectoryFilter?>();
        if (Form().Match(text) is not { Success: true } match || !attributes.Contains(match.Groups[1].Value, StringComparer.OrdinalIgnoreCase))
            return DirectoryErrors.InvalidFilter;
        try
        {
            return new DirectoryFilter(match.Groups[1].Value.ToLowerInvariant(), JsonSerializer.Deserialize<string>(match.Groups[2].Value)!);
        }
        catch (JsonException)
        {
            return DirectoryErrors.InvalidFilter;
        }
    }

    [GeneratedRegex("""^\s*([A-Za-z]+)\s+eq\s+("(?:[^"\\]|\\.)*")\s*$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
