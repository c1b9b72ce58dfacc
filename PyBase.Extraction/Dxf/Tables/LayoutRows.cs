using PyBase.Extraction.Dxf.Content;
using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>Model space and the paper layouts, and how many entities of each type they hold; blocks are summed up under no layout.</summary>
static class LayoutRows
{
    static readonly TableColumn[] Columns =
    [
        new("name", ColumnType.Text), new("owner", ColumnType.Text), new("tab", ColumnType.Integer), new("entity_count", ColumnType.Integer),
    ];

    static readonly TableColumn[] SummaryColumns = [new("layout", ColumnType.Text), new("owner", ColumnType.Text), new("type", ColumnType.Text), new("count", ColumnType.Integer)];

    public static ExtractedTable Build(DrawingView view)
    {
        var counts = new Dictionary<string, long>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, count) in view.Drawing.Tally.Counts)
        {
            var owner = view.Spaces.OwnerOf(key.Block, key.Owner, key.IsInPaperSpace);
            counts[owner] = counts.GetValueOrDefault(owner) + count;
        }
        var rows = view.Start("layouts", Columns);
        HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
        foreach (var layout in view.Drawing.Of<LayoutObject>().OrderBy(layout => layout.Tab))
        {
            var owner = view.Spaces.RecordOf(layout.Content)?.Name is { } name ? Spaces.Normal(name) : "";
            seen.Add(owner);
            rows.Add(Spaces.Locator(layout), 1, null, layout.Name, owner, layout.Tab, counts.GetValueOrDefault(owner));
        }
        // Older files have no LAYOUT objects.
        foreach (var owner in (string[])[Spaces.ModelSpace, Spaces.PaperSpace])
        {
            if (counts.TryGetValue(owner, out var count) && seen.Add(owner))
                rows.Add(owner, 1, null, view.Spaces.LayoutOf(owner), owner, new Cell(), count);
        }
        return view.Finish(rows);
    }

    public static ExtractedTable BuildSummary(DrawingView view)
    {
        var counts = new SortedDictionary<(bool IsBlock, string Layout, string Owner, string Type), long>();
        foreach (var (key, count) in view.Drawing.Tally.Counts)
        {
            var owner = view.Spaces.OwnerOf(key.Block, key.Owner, key.IsInPaperSpace);
            var layout = view.Spaces.LayoutOf(owner);
            var place = (layout is null, layout ?? "", layout is null ? "" : owner, view.Drawing.Types[key.Type]);
            counts[place] = counts.GetValueOrDefault(place) + count;
        }
        var rows = view.Start("summary", SummaryColumns);
        foreach (var ((isBlock, layout, owner, type), count) in counts)
            rows.Add(isBlock ? "blocks" : layout, 1, null, isBlock ? null : layout, isBlock ? null : owner, type, count);
        return view.Finish(rows);
    }
}
