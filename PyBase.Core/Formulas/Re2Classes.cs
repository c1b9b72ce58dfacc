using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PyBase.Core.Formulas;

/// <summary>The character classes of RE2 by name, and what ignoring case means.</summary>
static class Re2Classes
{
    public static readonly CodePoints Digit = CodePoints.Of(('0', '9'));
    public static readonly CodePoints Word = CodePoints.Of(('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'));
    public static readonly CodePoints Space = CodePoints.Of(('\t', '\n'), ('\f', '\r'), (' ', ' '));
    public static readonly CodePoints Newline = CodePoints.Of(('\n', '\n'));

    static readonly FrozenDictionary<string, CodePoints> PosixNames = new Dictionary<string, CodePoints>
    {
        ["alnum"] = CodePoints.Of(('0', '9'), ('A', 'Z'), ('a', 'z')),
        ["alpha"] = CodePoints.Of(('A', 'Z'), ('a', 'z')),
        ["ascii"] = CodePoints.Of((0, 0x7F)),
        ["blank"] = CodePoints.Of(('\t', '\t'), (' ', ' ')),
        ["cntrl"] = CodePoints.Of((0, 0x1F), (0x7F, 0x7F)),
        ["digit"] = Digit,
        ["graph"] = CodePoints.Of(('!', '~')),
        ["lower"] = CodePoints.Of(('a', 'z')),
        ["print"] = CodePoints.Of((' ', '~')),
        ["punct"] = CodePoints.Of(('!', '/'), (':', '@'), ('[', '`'), ('{', '~')),
        ["space"] = CodePoints.Of(('\t', '\r'), (' ', ' ')),
        ["upper"] = CodePoints.Of(('A', 'Z')),
        ["word"] = Word,
        ["xdigit"] = CodePoints.Of(('0', '9'), ('A', 'F'), ('a', 'f')),
    }.ToFrozenDictionary();

    // RE2's names of the general categories, in the order of UnicodeCategory.
    static readonly string[] Categories =
        ["Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So"];

    static readonly Lazy<CodePoints[]> ByCategory = new(ReadCategories);
    static readonly Lazy<FrozenDictionary<int, int[]>> Orbits = new(ReadOrbits);

    public static CodePoints? Posix(string name) => PosixNames.GetValueOrDefault(name);

    /// <summary>A general category (<c>Lu</c>) or the letter that several share (<c>L</c>); null for scripts, which .NET does not know.</summary>
    public static CodePoints? Unicode(string name)
    {
        if (name is "Any")
            return CodePoints.All;
        var found = Categories.Index().Where(category => name.Length is 1 or 2 && category.Item.StartsWith(name, StringComparison.Ordinal)).Select(category => ByCategory.Value[category.Index]).ToList();
        return found.Count == 0 ? null : CodePoints.Of(found.SelectMany(set => set.Ranges));
    }

    /// <summary>With every code point all that differ from it in case only.</summary>
    public static CodePoints Fold(CodePoints set)
    {
        var more = new List<(int, int)>();
        foreach (var (point, orbit) in Orbits.Value)
            if (set.Contains(point))
                more.AddRange(orbit.Select(other => (other, other)));
        return more.Count == 0 ? set : CodePoints.Of(set.Ranges.Concat(more));
    }

    static CodePoints[] ReadCategories()
    {
        var ranges = Categories.Select(_ => new List<(int, int)>()).ToArray();
        for (var from = 0; from <= CodePoints.Last;)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(from);
            var to = from;
            while (to < CodePoints.Last && CharUnicodeInfo.GetUnicodeCategory(to + 1) == category)
                to++;
            if ((int)category < ranges.Length)
                ranges[(int)category].Add((from, to));
            from = to + 1;
        }
        return [.. ranges.Select(set => CodePoints.Of(set))];
    }

    static FrozenDictionary<int, int[]> ReadOrbits() => Enumerable.Range(0, 0x20000).Where(Rune.IsValid).Select(point => new Rune(point))
        .GroupBy(rune => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)))
        .Where(same => same.Skip(1).Any())
        .SelectMany(same => same.Select(rune => (rune.Value, Others: same.Select(other => other.Value).ToArray())))
        .ToFrozenDictionary(entry => entry.Value, entry => entry.Others);
}
