using System.Globalization;
using System.Text.RegularExpressions;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>A big STEP file from a real one: its DATA section again and again with shifted ids, as <c>scale_ifc.py</c> of the shared data does.</summary>
static partial class BigStep
{
    /// <summary>Writes the file with so many copies of the tree, and returns how many.</summary>
    public static async Task<int> WriteAsync(string source, string path, int copies)
    {
        var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(source));
        var (start, end) = (text.IndexOf("DATA;", StringComparison.Ordinal) + 5, text.LastIndexOf("ENDSEC;", StringComparison.Ordinal));
        var body = text[start..end];
        var step = IdAtLineStart().Matches(body).Max(m => long.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)) + 1;
        // Everything between two ids, so that a copy is a concatenation.
        var parts = StringOrId().Matches(body).Where(m => m.Groups["id"].Success).ToArray();
        await using var file = new StreamWriter(path, append: false, System.Text.Encoding.Latin1, bufferSize: 1 << 20);
        await file.WriteAsync(text.AsMemory(0, start));
        for (var copy = 0; copy < copies; copy++)
        {
            var at = 0;
            foreach (var id in parts)
            {
                file.Write(body.AsSpan(at, id.Index + 1 - at));
                file.Write(long.Parse(id.Groups["id"].ValueSpan, CultureInfo.InvariantCulture) + copy * step);
                at = id.Index + id.Length;
            }
            file.Write(body.AsSpan(at));
        }
        await file.WriteAsync(text.AsMemory(end));
        return copies;
    }

    [GeneratedRegex(@"^\s*#(\d+)\s*=", RegexOptions.Multiline)]
    private static partial Regex IdAtLineStart();

    [GeneratedRegex(@"'(?:[^']|'')*'|#(?<id>\d+)")]
    private static partial Regex StringOrId();
}
