namespace PyBase.Extraction.Dxf.Records;

/// <summary>An entry of the BLOCK_RECORD table. A variant of a dynamic block is named <c>*U12</c>; extended data leads to the block it was made from.</summary>
sealed class BlockRecord : DxfRecord
{
    /// <summary>2 name, 340 layout.</summary>
    public static readonly RecordType<BlockRecord> Type = new("BLOCK_RECORD")
    {
        { 2, (record, tag) => record.Name = tag.Name() },
        { 340, (record, tag) => record.Layout = tag.Handle() },
    };

    public string Name { get; private set; } = "";
    public ulong Layout { get; private set; }

    /// <summary>The BLOCK_RECORD of the dynamic block that this one is a variant of; 0 for none.</summary>
    public ulong DynamicBlock => ExtendedDataOf("AcDbBlockRepBTag").FirstOrDefault(value => value.Code == 1005).Handle;
}
