using PyBase.Extraction.Dxf.Content;
using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>The definitions of the BLOCKS section. Counted are the references to each, wherever they stand; a MINSERT counts once per place of its grid.</summary>
static class BlockRows
{
    static readonly TableColumn[] Columns =
    [
        new("name", ColumnType.Text), new("true_name", ColumnType.Text), new("base_x", ColumnType.Number), new("base_y", ColumnType.Number),
        new("base_z", ColumnType.Number), new("insert_count", ColumnType.Integer), new("instance_count", ColumnType.Integer), new("attdef_tags", ColumnType.Text),
        new("is_layout", ColumnType.Boolean), new("is_xref", ColumnType.Boolean), new("path", ColumnType.Text), new("description", ColumnType.Text),
    ];

    public static ExtractedTable Build(DrawingView view)
    {
        var counts = new Dictionary<string, (long Inserts, long Instances)>(StringComparer.OrdinalIgnoreCase);
        foreach (var insert in view.Drawing.Of<InsertEntity>())
        {
            var seen = counts.GetValueOrDefault(insert.BlockName);
            counts[insert.BlockName] = (seen.Inserts + 1, Math.Min(seen.Instances + insert.Count, int.MaxValue));
        }
        var tags = view.Drawing.Of<TextEntity>().Where(text => text.IsDefinition && text.Block >= 0).ToLookup(text => text.Block, text => text.Tag);
        var rows = view.Start("blocks", Columns);
        var definitions = view.Drawing.Of<BlockDefinition>();
        for (var i = 0; i < definitions.Count; i++)
        {
            var block = definitions[i];
            // The name stays as it is in the file, *MODEL_SPACE too, except for R12's way to write it.
            var name = block.Name is ['$', ..] ? Spaces.Normal(block.Name) : block.Name;
            var count = counts.GetValueOrDefault(block.Name);
            rows.Add($"{name}{Spaces.Locator(block)}", 1, null, name, view.Spaces.TrueName(block.Name), block.Base.X, block.Base.Y, block.Base.Z, count.Inserts,
                count.Instances, tags.Contains(i) ? string.Join(", ", tags[i]) : null, Spaces.IsLayout(name), block.IsXref, block.IsXref ? block.Path : null,
                block.Description.Length > 0 ? block.Description : null);
        }
        return view.Finish(rows);
    }
}
