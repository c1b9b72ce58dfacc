namespace PyBase.Extraction.Step;

/// <summary>
/// Names for the children of one parent, or for the roots, that make paths unique: the second "nut" is "nut (2)". A part
/// number may itself hold a slash; where "a/b" stands beside "a", so that its path could be that of a child of "a", its
/// slashes are written ∕ (U+2215).
/// </summary>
static class SiblingNames
{
    const int MaxSlashes = 16;

    public static string[] Assign(IReadOnlyList<string> wished)
    {
        if (wished.Count == 1)
            return [wished[0]];
        var names = new string[wished.Count];
        var used = new HashSet<string>(wished.Count, StringComparer.Ordinal);
        var next = new Dictionary<string, int>(StringComparer.Ordinal);
        var slashes = false;
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = Unused(wished[i], used, next);
            slashes |= names[i].Contains('/');
        }
        for (var i = 0; slashes && i < names.Length; i++)
        {
            if (HasPrefixIn(names[i], used))
                names[i] = Unused(names[i].Replace('/', '\u2215'), used, next);
        }
        return names;
    }

    static string Unused(string wish, HashSet<string> used, Dictionary<string, int> next)
    {
        if (used.Add(wish))
            return wish;
        for (var number = next.GetValueOrDefault(wish, 2); ; number++)
        {
            var name = $"{wish} ({number})";
            if (used.Add(name))
            {
                next[wish] = number + 1;
                return name;
            }
        }
    }

    static bool HasPrefixIn(string name, HashSet<string> used)
    {
        // Each slash costs a lookup; nobody numbers parts like this.
        if (name.AsSpan().Count('/') > MaxSlashes)
            return true;
        var lookup = used.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var slash = name.IndexOf('/'); slash >= 0; slash = name.IndexOf('/', slash + 1))
        {
            if (lookup.Contains(name.AsSpan(0, slash)))
                return true;
        }
        return false;
    }
}
