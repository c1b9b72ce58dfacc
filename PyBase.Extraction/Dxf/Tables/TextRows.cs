using PyBase.Extraction.Dxf.Records;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Dxf.Tables;

/// <summary>TEXT, MTEXT and ATTDEF, in layouts and in blocks. MTEXTs that are columns of another one are part of that one.</summary>
static class TextRows
{
    static readonly TableColumn[] Columns =
    [
        new("text", ColumnType.Text), new("raw", ColumnType.Text), new("type", ColumnType.Text), new("tag", ColumnType.Text), new("layout", ColumnType.Text),
        new("owner", ColumnType.Text), new("layer", ColumnType.Text), new("x", ColumnType.Number), new("y", ColumnType.Number),
        new("height", ColumnType.Number), new("rotation", ColumnType.Number, "deg"), new("style", ColumnType.Text),
    ];

    public static ExtractedTable Build(DrawingView view)
    {
        var texts = view.Drawing.Of<TextEntity>();
        foreach (var text in texts)
            JoinColumns(text, view);
        var rows = view.Start("texts", Columns);
        foreach (var text in texts)
        {
            if (text.IsColumn)
                continue;
            var owner = view.Spaces.OwnerOf(text);
            rows.Add(view.Spaces.Locate(text), 1, text.Raw, text.Plain, text.Raw, text.TypeName,
                text.Tag.Length > 0 ? text.Tag : null, view.Spaces.LayoutOf(owner), owner, view.LayerOf(text), text.At.X, text.At.Y, text.Height, text.Rotation, text.Style);
        }
        return view.Finish(rows);
    }

    static void JoinColumns(TextEntity text, DrawingView view)
    {
        if (text.IsColumn || text.ExtendedData is null)
            return;
        foreach (var handle in text.Columns)
        {
            // Each column once, so that a chain of them cannot multiply a text.
            if (view.Annotation(handle) is TextEntity { IsMText: true, IsColumn: false, ExtendedData: null } column && column != text)
            {
                column.IsColumn = true;
                text.Append(column.Raw);
            }
        }
    }
}
