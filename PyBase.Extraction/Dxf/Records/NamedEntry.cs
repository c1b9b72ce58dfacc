namespace PyBase.Extraction.Dxf.Records;

/// <summary>An entry of the LTYPE or STYLE table, of which the name alone is of use.</summary>
sealed class NamedEntry : DxfRecord
{
    /// <summary>2 name, 3 description of a linetype or font file of a text style, 70 flags.</summary>
    public static readonly RecordType<NamedEntry> Type = new("LTYPE", "STYLE")
    {
        { 2, (entry, tag) => entry.Name = tag.Name() },
        { 3, (entry, tag) => entry.Description = tag.Name() },
        { 70, (entry, tag) => entry.Flags = tag.Small() },
    };

    public string Name { get; private set; } = "";
    public string Description { get; private set; } = "";
    public int Flags { get; private set; }
}
