using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;
using PyBase.Extraction.PartsLists;
using PyBase.Extraction.Sheets;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>
/// Parts lists, from the best source there is: tables whose heading names their columns; else references to blocks with
/// attributes of a part; else how often each block is placed in the layouts.
/// </summary>
static class BomRows
{
    static readonly TableColumn[] Columns =
    [
        new("item", ColumnType.Text), new("part_number", ColumnType.Text), new("description", ColumnType.Text), new("qty", ColumnType.Number),
        new("qty_text", ColumnType.Text), new("material", ColumnType.Text), new("source", ColumnType.Text),
    ];

    static readonly string[] s_fields = ["item", "part_number", "description", "qty", "material"];

    const int FieldsNeeded = 2, HeadingRows = 3;
    const double FromTable = 0.95, FromAttributes = 0.9, FromCount = 0.5;

    public static ExtractedTable Build(DrawingView view)
    {
        var rows = view.Start("bom", Columns);
        FromTables(view, rows);
        if (rows.Count == 0)
            FromInserts(view, rows);
        if (rows.Count == 0)
            FromCounts(view, rows);
        return view.Finish(rows);
    }

    static void FromTables(DrawingView view, TableBuilder rows)
    {
        foreach (var table in view.Drawing.Of<TableEntity>())
        {
            var grid = TableGrid.Of(table, view, out _).Where(cell => !cell.IsCovered).GroupBy(cell => cell.Row).OrderBy(row => row.Key).ToList();
            Dictionary<int, string>? heading = null;
            for (var i = 0; i < grid.Count; i++)
            {
                if (heading is null)
                {
                    if (i >= HeadingRows)
                        break;
                    heading = Heading(grid[i]);
                    continue;
                }
                var values = new Dictionary<string, string>();
                foreach (var cell in grid[i])
                {
                    if (heading.TryGetValue(cell.Column, out var field) && cell.Text.Length > 0)
                        values.TryAdd(field, cell.Text);
                }
                if (values.Count > 0)
                    Add(rows, $"{view.Spaces.Locate(table)}/R{grid[i].Key + 1}", FromTable, values, null, "table");
            }
        }
    }

    static Dictionary<int, string>? Heading(IEnumerable<GridCell> row)
    {
        var cells = row.ToList();
        var fields = BomColumns.Map(cells.ConvertAll(cell => (string?)cell.Text.Replace('\n', ' ')));
        var heading = new Dictionary<int, string>();
        for (var i = 0; i < cells.Count; i++)
        {
            if (fields[i] is { } field && s_fields.Contains(field))
                heading.TryAdd(cells[i].Column, field);
        }
        return heading.Count >= FieldsNeeded ? heading : null;
    }

    static void FromInserts(DrawingView view, TableBuilder rows)
    {
        foreach (var insert in view.Drawing.Of<InsertEntity>())
        {
            if (view.Spaces.LayoutOf(view.Spaces.OwnerOf(insert)) is null || view.IsTitleBlock(insert))
                continue;
            var values = new Dictionary<string, string>();
            foreach (var attribute in view.AttributesOf(insert))
            {
                if (FieldSynonyms.PartsList.Find(attribute.Tag) is { } field && !string.IsNullOrWhiteSpace(attribute.Value))
                    values.TryAdd(field, attribute.Value.Trim());
            }
            if (values.Count >= FieldsNeeded && (values.ContainsKey("part_number") || values.ContainsKey("description") || values.ContainsKey("item")))
                Add(rows, view.Spaces.Locate(insert), FromAttributes, values, insert.Count, "attributes");
        }
    }

    static void FromCounts(DrawingView view, TableBuilder rows)
    {
        var counts = new Dictionary<string, (long Count, string Locator)>(StringComparer.OrdinalIgnoreCase);
        List<string> order = [];
        foreach (var insert in view.Drawing.Of<InsertEntity>())
        {
            var name = view.Spaces.TrueName(insert.BlockName);
            // Anonymous blocks and arrow heads are no parts.
            if (name is "" or ['*' or '_', ..] || view.Spaces.LayoutOf(view.Spaces.OwnerOf(insert)) is null || view.IsTitleBlock(insert))
                continue;
            if (!counts.TryGetValue(name, out var seen))
            {
                order.Add(name);
                seen = (0, view.Spaces.Locate(insert));
            }
            counts[name] = seen with { Count = seen.Count + insert.Count };
        }
        foreach (var name in order)
            rows.Add(counts[name].Locator, FromCount, null, new Cell(), name, new Cell(), (double)counts[name].Count, new Cell(), new Cell(), "count");
    }

    // A quantity that a grid of references multiplies.
    static void Add(TableBuilder rows, string locator, double confidence, Dictionary<string, string> values, long? places, string source)
    {
        var text = values.GetValueOrDefault("qty");
        double? quantity = text is null ? places : PartQuantity.TryParse(text, out var number, out _) ? number * (places ?? 1) : null;
        rows.Add(locator, confidence, null, values.GetValueOrDefault("item"), values.GetValueOrDefault("part_number"), values.GetValueOrDefault("description"),
            quantity, text, values.GetValueOrDefault("material"), source);
    }
}
