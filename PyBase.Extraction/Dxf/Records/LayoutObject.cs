namespace PyBase.Extraction.Dxf.Records;

/// <summary>A LAYOUT of the OBJECTS section.</summary>
sealed class LayoutObject : DxfRecord
{
    /// <summary>
    /// 1 the name of the page setup and then, in AcDbLayout, that of the layout; 71 place among the tabs; 330 the owner and then the
    /// BLOCK_RECORD of its entities. Of each the last counts.
    /// </summary>
    public static readonly RecordType<LayoutObject> Type = new("LAYOUT")
    {
        { 1, (layout, tag) => layout.Name = tag.Name() },
        { 71, (layout, tag) => layout.Tab = tag.Small() },
        { 330, (layout, tag) => layout.Content = tag.Handle() },
    };

    public string Name { get; private set; } = "";
    public int Tab { get; private set; }
    public ulong Content { get; private set; }
}
