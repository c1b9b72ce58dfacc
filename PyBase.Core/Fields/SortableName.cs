using System.Globalization;
using System.Text;

namespace PyBase.Core.Fields;

/// <summary>Names with figures in them, as text whose bytes are in the order that people expect: <c>PT20</c> before <c>PT100</c>, without blanks.</summary>
static class SortableName
{
    /// <summary>Each run of figures is preceded by its length without leading zeros; blanks become underscores. Where leading zeros fell away the name itself follows.</summary>
    public static string Of(string name)
    {
        var key = new StringBuilder(name.Length + 8);
        var changed = false;
        for (var i = 0; i < name.Length;)
        {
            if (!char.IsAsciiDigit(name[i]))
            {
                key.Append(name[i] == ' ' ? '_' : name[i]);
                i++;
                continue;
            }
            var end = i;
            while (end < name.Length && char.IsAsciiDigit(name[end]))
                end++;
            var figures = name.AsSpan(i, end - i).TrimStart('0');
            changed |= figures.Length < end - i;
            key.Append(CultureInfo.InvariantCulture, $"{figures.Length:000}").Append(figures);
            i = end;
        }
        return changed ? key.Append(' ').Append(name).ToString() : key.ToString();
    }
}
