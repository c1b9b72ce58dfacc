namespace PyBase.Extraction.Dxf.Records;

/// <summary>LEADER, an arrow whose text is another entity.</summary>
sealed class LeaderEntity : DxfRecord
{
    /// <summary>340 the MTEXT, TOLERANCE or INSERT at its end, 10 20 vertices of which the first is the arrow's tip.</summary>
    public static readonly RecordType<LeaderEntity> Type = new("LEADER")
    {
        { 340, (leader, tag) => leader.Annotation = tag.Handle() },
        { 10, (leader, tag) => leader.x ??= tag.Real() },
        { 20, (leader, tag) => leader.y ??= tag.Real() },
    };

    double? x, y;

    public ulong Annotation { get; private set; }
    public Point Tip => new(x ?? 0, y ?? 0, 0);
}
