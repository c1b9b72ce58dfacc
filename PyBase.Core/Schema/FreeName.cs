namespace PyBase.Core.Schema;

/// <summary>Names that the machine gives must not collide with those that people gave.</summary>
public static class FreeName
{
    // Room for the number.
    const int MaxWanted = TableSpec.MaxName - 8;

    /// <summary>The wanted name, shortened when it is too long, or the first of <c>name 2</c>, <c>name 3</c>, … that nobody has.</summary>
    public static string Among(IEnumerable<string> taken, string wanted)
    {
        var names = taken.ToHashSet();
        wanted = Cut(wanted, MaxWanted);
        for (var n = 1; ; n++)
            if ((n == 1 ? wanted : $"{wanted} {n}") is var name && !names.Contains(name))
                return name;
    }

    /// <summary>At most so many characters, and no half of one that takes two.</summary>
    public static string Cut(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)].TrimEnd();
    }
}
