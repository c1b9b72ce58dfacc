using System.Globalization;

namespace PyBase.Extraction.Dxf.Tags;

/// <summary>The names that <c>$DWGCODEPAGE</c> takes, in any case.</summary>
static class CodePageNames
{
    static readonly HashSet<int> Known =
    [
        437, 737, 775, 850, 852, 855, 857, 860, 861, 862, 863, 864, 865, 866, 869, 874, 932, 936, 949, 950, 1250, 1251, 1252, 1253, 1254, 1255,
        1256, 1257, 1258, 1361,
    ];

    /// <summary>The number of a code page, or null: <c>ANSI_1251</c>, <c>dos850</c>, <c>johab</c>, <c>big5</c>, <c>iso8859-1</c>, <c>ASCII</c>.</summary>
    public static int? Find(string name)
    {
        var letters = name.Trim().ToUpperInvariant();
        if (letters.StartsWith("ISO8859", StringComparison.Ordinal) && letters.Length > 7 && int.TryParse(letters.AsSpan(7).Trim("-_ "), NumberStyles.None, CultureInfo.InvariantCulture, out var part))
            return part is >= 1 and <= 9 ? 28590 + part : null;
        switch (letters)
        {
            case "ASCII" or "US_ASCII": return 1252;
            case "BIG5": return 950;
            case "GB2312": return 936;
            case "KSC5601": return 949;
            case "JOHAB": return 1361;
        }
        var digits = letters.AsSpan()[letters.AsSpan().IndexOfAnyInRange('0', '9') switch { < 0 => letters.Length.., var first => first.. }];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Known.Contains(number) ? number : null;
    }
}
