using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Dxf.Text;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>The texts at LEADERs and MULTILEADERs.</summary>
static class LeaderRows
{
    static readonly TableColumn[] Columns =
    [
        new("text", ColumnType.Text), new("raw", ColumnType.Text), new("type", ColumnType.Text), new("block", ColumnType.Text), new("tip_x", ColumnType.Number),
        new("tip_y", ColumnType.Number), new("layer", ColumnType.Text), new("layout", ColumnType.Text), new("owner", ColumnType.Text),
    ];

    const int MostValues = 100;

    public static ExtractedTable Build(DrawingView view)
    {
        var rows = view.Start("leaders", Columns);
        // Many leaders may point with one block.
        var balloons = new Dictionary<InsertEntity, string>();
        foreach (var leader in view.Drawing.Of<MultileaderEntity>())
        {
            var block = leader.BlockHandle != 0 ? view.Spaces.RecordOf(leader.BlockHandle)?.Name : null;
            var raw = leader.Raw.Length > 0 ? leader.Raw : string.Join(" ", leader.Attributes);
            Add(rows, view, leader, leader.Tip, raw, TextMarkup.Plain(raw), block);
        }
        foreach (var leader in view.Drawing.Of<LeaderEntity>())
        {
            switch (view.Annotation(leader.Annotation))
            {
                case TextEntity text:
                    Add(rows, view, leader, leader.Tip, text.Raw, text.Plain, null);
                    break;
                case ToleranceEntity tolerance:
                    Add(rows, view, leader, leader.Tip, tolerance.Raw, string.Join("\n", tolerance.Lines.Select(line => line.Text)), null);
                    break;
                case InsertEntity insert:
                    if (!balloons.TryGetValue(insert, out var values))
                        balloons.Add(insert, values = string.Join(" ", view.AttributesOf(insert).Take(MostValues).Select(attribute => attribute.Value)));
                    Add(rows, view, leader, leader.Tip, "", values, view.Spaces.TrueName(insert.BlockName));
                    break;
                default:
                    Add(rows, view, leader, leader.Tip, "", "", null);
                    break;
            }
        }
        return view.Finish(rows);
    }

    static void Add(TableBuilder rows, DrawingView view, DxfRecord leader, Point tip, string raw, string text, string? block)
    {
        var owner = view.Spaces.OwnerOf(leader);
        rows.Add(view.Spaces.Locate(leader), 1, raw, text, raw, leader.TypeName, block, tip.X, tip.Y, view.LayerOf(leader), view.Spaces.LayoutOf(owner), owner);
    }
}
