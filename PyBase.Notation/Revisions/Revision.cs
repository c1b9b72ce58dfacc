namespace PyBase.Notation.Revisions;

/// <summary>A revision within its scheme. Revisions of one scheme are in the order they were issued; the schemes follow each other by kind.</summary>
public sealed record Revision : IComparable<Revision>
{
    internal Revision(RevisionScheme scheme, string text, long major, long minor) => (Scheme, Text, Major, Minor) = (scheme, text, major, minor);

    /// <summary>The scheme it was read by.</summary>
    public RevisionScheme Scheme { get; }

    /// <summary>How it is written: AA, 07, 1.10.</summary>
    public string Text { get; }

    /// <summary>Position among its like: A and 1 are one, - is zero; the first number of a version.</summary>
    public long Major { get; }

    /// <summary>The second number of a version.</summary>
    public long Minor { get; }

    /// <inheritdoc/>
    public int CompareTo(Revision? other)
    {
        if (other is null)
            return 1;
        var order = Scheme.Kind.CompareTo(other.Scheme.Kind);
        if (order == 0)
            order = Major.CompareTo(other.Major);
        if (order == 0)
            order = Minor.CompareTo(other.Minor);
        if (order == 0)
            order = string.CompareOrdinal(Text, other.Text);
        return order != 0 ? order : string.CompareOrdinal(Scheme.Alphabet, other.Scheme.Alphabet);
    }

    /// <summary>As written.</summary>
    public override string ToString() => Text;

    /// <summary>Order of issue.</summary>
    public static bool operator <(Revision left, Revision right) => Compare(left, right) < 0;

    /// <summary>Order of issue.</summary>
    public static bool operator <=(Revision left, Revision right) => Compare(left, right) <= 0;

    /// <summary>Order of issue.</summary>
    public static bool operator >(Revision left, Revision right) => Compare(left, right) > 0;

    /// <summary>Order of issue.</summary>
    public static bool operator >=(Revision left, Revision right) => Compare(left, right) >= 0;

    static int Compare(Revision? left, Revision? right) => left is null ? right is null ? 0 : -1 : left.CompareTo(right);
}
