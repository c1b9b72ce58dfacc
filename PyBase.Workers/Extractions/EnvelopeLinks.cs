using PyBase.Extraction.Envelope;

namespace PyBase.Workers.Extractions;

/// <summary>A column that says which row of another table is meant: by a column of that table, or by where that row stands (<see cref="EnvelopeLinks.Locator"/>).</summary>
/// <param name="Inverse">What the link is called from the other side, where it stands in place of the column; null where it stands beside it.</param>
sealed record LinkRule(string Table, string Column, string Target, string Key, string Name, string? Inverse = null);

/// <summary>The rule with the rows that it leads to.</summary>
sealed record EnvelopeLink(LinkRule Rule, int Column, IReadOnlyDictionary<string, int> Places)
{
    /// <summary>The place of the row meant; null when there is none, or more than one.</summary>
    public object? PlaceIn(ExtractedRow row) => row.Cells[Column].Text is { } key && Places.TryGetValue(key, out var place) && place >= 0 ? place : null;
}

/// <summary>The links between the tables of an extraction, where the format makes them certain.</summary>
static class EnvelopeLinks
{
    /// <summary>In place of a column: the row's locator.</summary>
    public const string Locator = "";

    /// <summary>Beyond this the table of keys would cost more than links are worth; the text is there in any case.</summary>
    const int MaxRows = 1_000_000;

    static readonly LinkRule[] Rules =
    [
        new("inserts", "block_raw", "blocks", "name", "Block definition"),
        new("attributes", "insert", "inserts", Locator, "Insert row"),
        new("title_block", "insert", "inserts", Locator, "Insert row"),
        new("elements", "type_guid", "types", "guid", "Type row"),
        new("elements", "container", "spatial", "guid", "Contained in"),
        new("properties", "guid", "elements", "guid", "Element"),
        new("quantities", "guid", "elements", "guid", "Element"),
        new("materials", "guid", "elements", "guid", "Element"),
        new("classifications", "guid", "elements", "guid", "Element"),
        new("group_members", "group", "groups", "guid", "Group row"),
        new("group_members", "guid", "elements", "guid", "Element"),
        new("takeoff", "storey_guid", "spatial", "guid", "Storey row"),
        new("assembly", "parent", "parts", Locator, "Parent", "Consists of"),
        new("assembly", "part", "parts", Locator, "Part", "Used in"),
        new("placements", "product", "parts", "part_number", "Part row"),
        new("bom", "part_number", "parts", "part_number", "Part row"),
        new("properties", "part_number", "parts", "part_number", "Part row"),
        new("pmi_dimensions", "part_number", "parts", "part_number", "Part row"),
        new("pmi_tolerances", "part_number", "parts", "part_number", "Part row"),
        new("datums", "part_number", "parts", "part_number", "Part row"),
    ];

    public static IEnumerable<LinkRule> From(ExtractedTable table) => Rules.Where(rule => rule.Table == table.Kind && table.IndexOf(rule.Column) >= 0);

    /// <summary>Tables before those that link to them, otherwise as they come.</summary>
    public static IEnumerable<ExtractedTable> Ordered(IReadOnlyCollection<ExtractedTable> tables)
    {
        var (left, done) = (tables.ToList(), new HashSet<string>());
        while (left.Count > 0)
        {
            var next = left.First(table => From(table).All(rule => done.Contains(rule.Target) || left.TrueForAll(t => t.Kind != rule.Target)));
            left.Remove(next);
            done.Add(next.Kind);
            yield return next;
        }
    }

    /// <summary>The columns by which rows of this table are meant from others.</summary>
    public static IEnumerable<string> KeysOf(string kind, IReadOnlyCollection<ExtractedTable> tables)
    {
        var table = tables.First(t => t.Kind == kind);
        return table.RowCount > MaxRows ? [] : tables.SelectMany(From).Where(rule => rule.Target == kind).Select(rule => rule.Key).Distinct()
            .Where(key => key == Locator || table.IndexOf(key) >= 0);
    }

    /// <summary>Key → place of the row; -1 for a key that several rows share.</summary>
    public static Dictionary<string, int> Places(ExtractedTable table, string key, CancellationToken cancellation)
    {
        var places = new Dictionary<string, int>();
        var (column, place) = (table.IndexOf(key), 0);
        foreach (var row in table.Rows)
        {
            if (place % 1024 == 0)
                cancellation.ThrowIfCancellationRequested();
            if ((key == Locator ? row.Locator : row.Cells[column].Text) is { Length: > 0 } text)
                places[text] = places.ContainsKey(text) ? -1 : place;
            place++;
        }
        return places;
    }
}
