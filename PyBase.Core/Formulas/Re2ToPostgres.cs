using System.Globalization;
using System.Text;

namespace PyBase.Core.Formulas;

/// <summary>Writes a pattern as a regular expression of PostgreSQL (ARE) that matches the same texts, in ASCII and with collation C.</summary>
static class Re2ToPostgres
{
    /// <summary>PostgreSQL's limit of one count.</summary>
    const int MostCounted = 255;

    /// <param name="groups">The groups to keep, with their numbers in the expression; the others only group.</param>
    /// <param name="keepGreed">Lazy repeats stay lazy; otherwise all are greedy, which matches the same texts.</param>
    /// <param name="extent">Which match to take; null where only one question counts, whether there is one.</param>
    public static string Write(Re2Node pattern, IReadOnlyDictionary<int, int> groups, bool keepGreed, Re2Extent? extent)
    {
        var written = new StringBuilder();
        Write(pattern, groups, keepGreed, written);
        if (extent is Re2Extent.Shortest || keepGreed)
            written.Insert(0, "(?:").Append(extent is Re2Extent.Shortest ? "){1,1}?" : "){1,1}");
        // (?w): ^ and $ are the edges of lines; those of the text are \A and \Z.
        return written.Insert(0, "(?w)").ToString();
    }

    static void Write(Re2Node node, IReadOnlyDictionary<int, int> groups, bool keepGreed, StringBuilder written)
    {
        switch (node)
        {
            case Re2Characters characters:
                Write(characters.Set, written);
                break;
            case Re2Anchor anchor:
                written.Append(anchor.Place switch
                {
                    Re2Place.TextStart => "\\A",
                    Re2Place.TextEnd => "\\Z",
                    Re2Place.LineStart => "^",
                    Re2Place.LineEnd => "$",
                    Re2Place.WordEdge => "\\y",
                    _ => "\\Y",
                });
                break;
            case Re2Sequence sequence:
                foreach (var item in sequence.Items)
                    Write(item, groups, keepGreed, written);
                break;
            case Re2Choice choice:
                written.Append("(?:");
                foreach (var (index, item) in choice.Items.Index())
                {
                    written.Append(index > 0 ? "|" : "");
                    Write(item, groups, keepGreed, written);
                }
                written.Append(')');
                break;
            case Re2Group group:
                written.Append(group.Number is { } number && groups.ContainsKey(number) ? "(" : "(?:");
                Write(group.Item, groups, keepGreed, written);
                written.Append(')');
                break;
            case Re2Repeat repeat:
                var inner = new StringBuilder();
                Write(repeat.Item, groups, keepGreed, inner);
                var atom = repeat.Item is Re2Characters or Re2Group ? inner.ToString() : $"(?:{inner})";
                WriteCounts(atom, repeat, keepGreed && repeat.IsLazy ? "?" : "", written);
                break;
        }
    }

    static void WriteCounts(string atom, Re2Repeat repeat, string lazy, StringBuilder written)
    {
        if ((repeat.Least, repeat.Most) is (0 or 1, null))
        {
            written.Append(atom).Append(repeat.Least == 0 ? '*' : '+').Append(lazy);
            return;
        }
        if (repeat.Most == 0)
            return;
        var (least, more) = (repeat.Least, repeat.Most - repeat.Least);
        if (repeat.Most <= MostCounted)
        {
            written.Append(CultureInfo.InvariantCulture, $"{atom}{{{least},{repeat.Most}}}{lazy}");
            return;
        }
        for (; least > 0; least -= MostCounted)
            written.Append(CultureInfo.InvariantCulture, $"{atom}{{{Math.Min(least, MostCounted)}}}");
        if (more is null)
            written.Append(atom).Append('*').Append(lazy);
        for (; more > 0; more -= MostCounted)
            written.Append(CultureInfo.InvariantCulture, $"{atom}{{0,{Math.Min(more.Value, MostCounted)}}}{lazy}");
    }

    static void Write(CodePoints set, StringBuilder written)
    {
        // PostgreSQL's texts have no NUL.
        if (set.Without.Ranges.All(range => range.High == 0))
        {
            written.Append('.');
            return;
        }
        if (set.Ranges.All(range => range.High == 0))
        {
            // Behind the end of the text there is no character.
            written.Append("(?:\\Z.)");
            return;
        }
        if (set.Ranges is [var (low, high)] && low == high)
        {
            Write(low, written, inBracket: false);
            return;
        }
        var without = set.Contains(CodePoints.Last);
        written.Append(without ? "[^" : "[");
        foreach (var (from, to) in (without ? set.Without : set).Ranges)
        {
            if (to == 0)
                continue;
            Write(Math.Max(from, 1), written, inBracket: true);
            if (to > Math.Max(from, 1))
            {
                written.Append('-');
                Write(to, written, inBracket: true);
            }
        }
        written.Append(']');
    }

    static void Write(int point, StringBuilder written, bool inBracket)
    {
        if (point < 0x80 && char.IsAsciiLetterOrDigit((char)point) || point is ' ' or '_')
            written.Append((char)point);
        else if (!inBracket && point is > ' ' and < 0x7F)
            written.Append('\\').Append((char)point);
        else
            written.Append(point < 0x10000 ? "\\u" : "\\U").Append(point.ToString(point < 0x10000 ? "X4" : "X8", CultureInfo.InvariantCulture));
    }
}
