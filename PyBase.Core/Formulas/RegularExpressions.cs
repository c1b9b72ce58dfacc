using System.Globalization;
using System.Text;

namespace PyBase.Core.Formulas;

/// <summary>A regular expression of RE2 as PostgreSQL runs it, with collation C; or the reason why it cannot.</summary>
/// <param name="Pattern">The expression (ARE).</param>
/// <param name="Replacement">What stands for each match, as <c>regexp_replace</c> reads it; null unless one was asked for.</param>
/// <param name="Added">The longest text that the replacement adds to one match.</param>
/// <param name="References">How often the replacement repeats what was matched.</param>
/// <param name="Refusal">A half sentence for the person who wrote the pattern; null when all is well.</param>
public sealed record RegularExpression(string Pattern, string? Replacement = null, int Added = 0, int References = 0, string? Refusal = null)
{
    internal static RegularExpression Refused(string why) => new("", Refusal: why);
}

/// <summary>
/// The regular expressions of formulas: RE2 in, PostgreSQL out, refused where PostgreSQL would answer otherwise. Both take time in proportion to the text,
/// as neither knows back-references or look-around.
/// </summary>
public static class RegularExpressions
{
    const int LongestReplacement = 1000;
    const int LongestExpression = 100_000;
    const string NotTheSame = "which match it takes depends on the order of its alternatives or mixes lazy and greedy repeats, which PostgreSQL does not do: put the longer alternative first, or repeat a set such as [^,] instead of .";

    /// <summary>For the question whether a text has a match.</summary>
    public static RegularExpression Match(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        return Parse(pattern, out var node, out _) ?? Bounded(new(Re2ToPostgres.Write(node, Nothing, keepGreed: false, extent: null)));
    }

    /// <summary>For the first match in a text.</summary>
    public static RegularExpression Extract(string pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (Parse(pattern, out var node, out _) is { } refused)
            return refused;
        return !Re2Groups.HasLazyEmptyLoop(node) && Re2Extents.Find(new(node)) is { } extent
            ? Bounded(new(Re2ToPostgres.Write(node, Nothing, keepGreed: false, extent)))
            : RegularExpression.Refused(NotTheSame);
    }

    /// <summary>For all matches in a text. In the replacement $1 or \1 is a group, $0 or \0 the match, $$ a dollar and \\ a backslash.</summary>
    public static RegularExpression Replace(string pattern, string replacement)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(replacement);
        if (Parse(pattern, out var node, out var count) is { } refused)
            return refused;
        if (replacement.Length > LongestReplacement)
            return RegularExpression.Refused($"the replacement is longer than {LongestReplacement} characters");
        var parts = Parts(replacement, count);
        var groups = parts.Where(part => part.Group > 0).Select(part => part.Group!.Value).Distinct().Order().ToList();
        if (groups.Find(group => group > count) is var unknown and > 0)
            return RegularExpression.Refused($"the replacement asks for group {unknown}, and there are {count}");
        if (groups.Count > 9)
            return RegularExpression.Refused("the replacement asks for more than nine groups");
        if (replacement.Length > 0 && node.CanBeEmpty && !StartsText(node))
            return RegularExpression.Refused("it also matches where there is nothing, and what a replacement does there differs: use + instead of *, or begin with ^");
        var program = new Re2Program(node);
        if (Re2Groups.HasLazyEmptyLoop(node) || Re2Extents.Find(program) is not { } extent)
            return RegularExpression.Refused(NotTheSame);
        var wanted = groups.ToHashSet();
        var unique = groups.Count == 0 || !Re2Groups.IsRepeated(node, wanted) && groups.Max() < 31 && Re2Groups.AreUnique(program, wanted);
        if (!unique && (Re2Groups.IsRepeated(node, wanted) || !Re2Groups.IsPlainRow(node)))
            return RegularExpression.Refused("the text of its groups depends on an order of trying that PostgreSQL does not have: use fewer groups, or sets such as [^,] instead of .");
        var numbers = groups.Index().ToDictionary(group => group.Item, group => group.Index + 1);
        return Bounded(new(
            Re2ToPostgres.Write(node, numbers, keepGreed: !unique, extent),
            string.Concat(parts.Select(part => part.Group switch
            {
                null => part.Text.Replace("\\", "\\\\", StringComparison.Ordinal),
                0 => "\\&",
                { } group => "\\" + numbers[group].ToString(CultureInfo.InvariantCulture),
            })),
            parts.Where(part => part.Group is null).Sum(part => part.Text.Length),
            parts.Count(part => part.Group is not null)));
    }

    static readonly Dictionary<int, int> Nothing = [];

    static RegularExpression? Parse(string pattern, out Re2Node node, out int groups)
    {
        (node, groups, var refusal) = Re2Parser.Parse(pattern);
        return refusal is not null ? RegularExpression.Refused(refusal)
            : node.Size > 2000 ? RegularExpression.Refused("written out, it is longer than 2000 characters") : null;
    }

    static RegularExpression Bounded(RegularExpression expression) =>
        expression.Pattern.Length > LongestExpression ? RegularExpression.Refused("its sets of characters are too large") : expression;

    /// <summary>Begins at the start of the text, so that there is one match at most.</summary>
    static bool StartsText(Re2Node node) => node switch
    {
        Re2Anchor anchor => anchor.Place is Re2Place.TextStart,
        Re2Sequence sequence => sequence.Items.Count > 0 && StartsText(sequence.Items[0]),
        Re2Choice choice => choice.Items.All(StartsText),
        Re2Group group => StartsText(group.Item),
        _ => false,
    };

    static List<(string Text, int? Group)> Parts(string replacement, int groups)
    {
        var parts = new List<(string Text, int? Group)>();
        var text = new StringBuilder();
        for (var at = 0; at < replacement.Length; at++)
        {
            var (sign, next) = (replacement[at], at + 1 < replacement.Length ? replacement[at + 1] : '\0');
            if (sign is '$' or '\\' && char.IsAsciiDigit(next))
            {
                var group = next - '0';
                at++;
                // $12 is group 12 where there are that many, else group 1 before a 2.
                if (sign == '$' && group > 0 && at + 1 < replacement.Length && char.IsAsciiDigit(replacement[at + 1]) && group * 10 + replacement[at + 1] - '0' <= groups)
                    group = group * 10 + replacement[++at] - '0';
                Flush();
                parts.Add(("", group));
                continue;
            }
            if (sign is '$' or '\\' && next == sign)
                at++;
            text.Append(sign);
        }
        Flush();
        return parts;

        void Flush()
        {
            if (text.Length > 0)
                parts.Add((text.ToString(), null));
            text.Clear();
        }
    }
}
