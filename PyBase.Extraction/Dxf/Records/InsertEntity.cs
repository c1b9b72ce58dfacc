namespace PyBase.Extraction.Dxf.Records;

/// <summary>INSERT, one or a grid of references to a block.</summary>
sealed class InsertEntity : DxfRecord
{
    /// <summary>2 block, 10 20 30 place, 41 42 43 scale, 50 rotation in degrees, 70 columns, 71 rows, 44 45 their distances.</summary>
    public static readonly RecordType<InsertEntity> Type = new("INSERT")
    {
        { 2, (insert, tag) => insert.BlockName = tag.Name() },
        { 10, (insert, tag) => insert.At = insert.At with { X = tag.Real() } },
        { 20, (insert, tag) => insert.At = insert.At with { Y = tag.Real() } },
        { 30, (insert, tag) => insert.At = insert.At with { Z = tag.Real() } },
        { 41, (insert, tag) => insert.Scale = insert.Scale with { X = tag.Real() } },
        { 42, (insert, tag) => insert.Scale = insert.Scale with { Y = tag.Real() } },
        { 43, (insert, tag) => insert.Scale = insert.Scale with { Z = tag.Real() } },
        { 50, (insert, tag) => insert.Rotation = tag.Real() },
        { 70, (insert, tag) => insert.Columns = Math.Max(1, tag.Small()) },
        { 71, (insert, tag) => insert.Rows = Math.Max(1, tag.Small()) },
    };

    public string BlockName { get; private set; } = "";
    public Point At { get; private set; }
    public Point Scale { get; private set; } = new(1, 1, 1);
    public double Rotation { get; private set; }
    public int Columns { get; private set; } = 1;
    public int Rows { get; private set; } = 1;
    public long Count => (long)Columns * Rows;

    /// <summary>The ATTRIBs that follow the INSERT.</summary>
    public List<TextEntity> Attributes { get; } = [];
}
