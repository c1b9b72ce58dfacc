using PyBase.Extraction.Dxf.Tags;

namespace PyBase.Extraction.Dxf.Records;

/// <summary>
/// MULTILEADER: arrows with a text or a block. Codes mean different things at different depths of its braces:
/// <code>
/// 300 CONTEXT_DATA{   304 the text   302 LEADER{   304 LEADER_LINE{   10 tip   305 }   303 }   301 }   302 text of a block's attribute
/// </code>
/// </summary>
sealed class MultileaderEntity : DxfRecord
{
    /// <summary>300 to 305 texts and braces, 10 20 points, 341 in the context the block of a leader with a block.</summary>
    public static readonly RecordType<MultileaderEntity> Type = new("MULTILEADER", "MLEADER")
    {
        { 300, (leader, tag) => leader.Open(tag) },
        { 301, (leader, tag) => leader.Close(tag) },
        { 302, (leader, tag) => leader.Open(tag) },
        { 303, (leader, tag) => leader.Close(tag) },
        { 304, (leader, tag) => leader.Open(tag) },
        { 305, (leader, tag) => leader.Close(tag) },
        { 10, (leader, tag) => leader.SetTip(ref leader.x, tag) },
        { 20, (leader, tag) => leader.SetTip(ref leader.y, tag) },
        { 341, (leader, tag) => leader.ContentBlock(tag) },
    };

    const int MaxAttributes = 1000, MaxLength = 32_768;

    double? x, y;
    int depth;

    public string Raw { get; private set; } = "";
    public ulong BlockHandle { get; private set; }
    public List<string> Attributes { get; } = [];
    public Point Tip => new(x ?? 0, y ?? 0, 0);

    // A text may itself end with a brace, so only the words that the format has open one.
    void Open(TagReader tag)
    {
        if (tag.Is("CONTEXT_DATA{"u8) || (depth > 0 && (tag.Is("LEADER{"u8) || tag.Is("LEADER_LINE{"u8))))
            depth++;
        else if (tag.Code == 304 && depth == 1 && Raw.Length < MaxLength)
            Raw += tag.Text();
        else if (tag.Code == 302 && depth == 0 && Attributes.Count < MaxAttributes)
            Attributes.Add(tag.Text());
    }

    void Close(TagReader tag)
    {
        if (tag.Is("}"u8))
            depth = Math.Max(0, depth - 1);
    }

    void SetTip(ref double? coordinate, TagReader tag)
    {
        if (depth == 3)
            coordinate ??= tag.Real();
    }

    // Inside the context 341 is the block's record; outside it is a linetype.
    void ContentBlock(TagReader tag)
    {
        if (depth == 1)
            BlockHandle = tag.Handle();
    }
}
