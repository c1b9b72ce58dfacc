namespace PyBase.Extraction.Dxf.Records;

/// <summary>A BLOCK, the beginning of a definition in the BLOCKS section.</summary>
sealed class BlockDefinition : DxfRecord
{
    /// <summary>2 name, 10 20 30 base point, 70 flags (4 xref, 8 overlay), 1 path of the xref, 4 description.</summary>
    public static readonly RecordType<BlockDefinition> Type = new("BLOCK")
    {
        { 1, (block, tag) => block.Path = tag.Name() },
        { 2, (block, tag) => block.Name = tag.Name() },
        { 4, (block, tag) => block.Description = tag.Text() },
        { 10, (block, tag) => block.Base = block.Base with { X = tag.Real() } },
        { 20, (block, tag) => block.Base = block.Base with { Y = tag.Real() } },
        { 30, (block, tag) => block.Base = block.Base with { Z = tag.Real() } },
        { 70, (block, tag) => block.Flags = tag.Small() },
    };

    public string Name { get; private set; } = "";
    public string Description { get; private set; } = "";
    public string Path { get; private set; } = "";
    public Point Base { get; private set; }
    public int Flags { get; private set; }
    public bool IsXref => (Flags & 12) != 0;
}
