namespace PyBase.Tests.Chaos;

/// <summary>
/// A record of one writer, as the answers say it is. A write that nobody answered leaves two possibilities, and the record is then left alone, so that there
/// are never more than two.
/// </summary>
sealed class Row(string table, string id, string name, int number)
{
    public string Table => table;

    public string Id => id;

    public string Name => name;

    /// <summary>As the last answered write left them.</summary>
    public int Number { get; set; } = number;

    public string[] Items { get; set; } = [];

    public bool IsDeleted { get; set; }

    /// <summary>What the unanswered write would have made of it.</summary>
    public int? PerhapsNumber { get; set; }

    public string[]? PerhapsItems { get; set; }

    public bool PerhapsDeleted { get; set; }

    /// <summary>Others link to it, so it stays.</summary>
    public bool IsAnchor { get; init; }

    public bool IsFree => !IsDeleted && !PerhapsDeleted && PerhapsNumber is null && PerhapsItems is null;
}
