using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace PyBase.Extraction.Step;

/// <summary>Readable text of annotations: <c>\w</c> begins a new cell, <c>\n</c> a line, <c>\u00d8</c> is a character (Recommended Practices for PMI Unicode Strings).</summary>
static partial class PmiText
{
    public static string Decode(string text)
    {
        if (!text.Contains('\\'))
            return text;
        var plain = Code().Replace(text, match => uint.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code) && Rune.IsValid(code) && code != 0 ? new Rune(code).ToString() : match.Value);
        return plain.Replace("\\w", " ", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\\u([0-9A-Fa-f]{4})", RegexOptions.CultureInvariant)]
    private static partial Regex Code();
}
