namespace PyBase.Core.Formulas;

/// <summary>Where a pattern stands, without a character of its own.</summary>
enum Re2Place
{
    TextStart,
    TextEnd,
    LineStart,
    LineEnd,
    WordEdge,
    NoWordEdge,
}

/// <summary>A parsed pattern. Flags are gone: case is in the sets, the rest in the nodes.</summary>
abstract record Re2Node
{
    /// <summary>Characters, counted repeats written out: what the pattern costs.</summary>
    public abstract int Size { get; }

    /// <summary>May match no character.</summary>
    public abstract bool CanBeEmpty { get; }

    /// <summary>Never matches a character.</summary>
    public virtual bool IsZeroWidth => false;
}

sealed record Re2Characters(CodePoints Set) : Re2Node
{
    public override int Size => 1;

    public override bool CanBeEmpty => false;
}

sealed record Re2Anchor(Re2Place Place) : Re2Node
{
    public override int Size => 1;

    public override bool CanBeEmpty => true;

    public override bool IsZeroWidth => true;
}

sealed record Re2Sequence(IReadOnlyList<Re2Node> Items) : Re2Node
{
    public override int Size { get; } = Bounded(Items);

    public override bool CanBeEmpty { get; } = Items.All(item => item.CanBeEmpty);

    public override bool IsZeroWidth { get; } = Items.All(item => item.IsZeroWidth);

    internal static int Bounded(IEnumerable<Re2Node> items) => (int)Math.Min(int.MaxValue / 2, items.Sum(item => (long)item.Size));
}

sealed record Re2Choice(IReadOnlyList<Re2Node> Items) : Re2Node
{
    public override int Size { get; } = Re2Sequence.Bounded(Items);

    public override bool CanBeEmpty { get; } = Items.Any(item => item.CanBeEmpty);

    public override bool IsZeroWidth { get; } = Items.All(item => item.IsZeroWidth);
}

/// <param name="Most">Null without limit.</param>
/// <param name="IsLazy">Prefers fewer.</param>
sealed record Re2Repeat(Re2Node Item, int Least, int? Most, bool IsLazy) : Re2Node
{
    public override int Size { get; } = (int)Math.Min(int.MaxValue / 2, (long)Item.Size * Math.Max(1, Math.Max(Least, Most ?? 1)));

    public override bool CanBeEmpty { get; } = Least == 0 || Item.CanBeEmpty;

    public override bool IsZeroWidth { get; } = Most == 0 || Item.IsZeroWidth;
}

/// <param name="Number">From 1; null when nobody can refer to it.</param>
sealed record Re2Group(Re2Node Item, int? Number) : Re2Node
{
    public override int Size { get; } = Item.Size;

    public override bool CanBeEmpty { get; } = Item.CanBeEmpty;

    public override bool IsZeroWidth { get; } = Item.IsZeroWidth;
}
