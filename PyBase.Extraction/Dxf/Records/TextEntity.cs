using PyBase.Extraction.Dxf.Tags;
using PyBase.Extraction.Dxf.Text;

namespace PyBase.Extraction.Dxf.Records;

/// <summary>TEXT, MTEXT, ATTRIB or ATTDEF.</summary>
sealed class TextEntity : DxfRecord
{
    /// <summary>
    /// 1 text, 3 chunks of 250 characters before it (of an ATTDEF the prompt), 2 tag of an attribute, 7 style, 10 20 30 place,
    /// 40 height, 50 rotation in degrees, 11 21 direction of an MTEXT, 70 flags of an attribute (2 constant).
    /// </summary>
    public static readonly RecordType<TextEntity> Type = new("TEXT", "MTEXT", "ATTRIB", "ATTDEF")
    {
        { 1, (text, tag) => text.Append(tag.Text()) },
        { 2, (text, tag) => text.Tag = tag.Name() },
        { 3, (text, tag) => text.AppendChunk(tag.Text()) },
        { 7, (text, tag) => text.Style = tag.Name() },
        { 10, (text, tag) => text.At = text.At with { X = tag.Real() } },
        { 20, (text, tag) => text.At = text.At with { Y = tag.Real() } },
        { 30, (text, tag) => text.At = text.At with { Z = tag.Real() } },
        { 11, (text, tag) => text.Direction = text.Direction with { X = tag.Real() } },
        { 21, (text, tag) => text.Direction = text.Direction with { Y = tag.Real() } },
        { 40, (text, tag) => text.Height = tag.Real() },
        { 50, (text, tag) => text.Turn = tag.Real() },
        { 101, (text, tag) => text.TakeEmbedded(tag) },
        { 70, (text, tag) => text.flags ??= tag.Small() },
    };

    const int MaxLength = 1_000_000;

    readonly List<string> pieces = [];
    int? flags;
    int length;
    bool isEmbedded;
    string? raw, plain;

    /// <summary>As it stands in the file, chunks joined.</summary>
    public string Raw => raw ??= pieces.Count == 1 ? pieces[0] : string.Concat(pieces);

    /// <summary>Without markup; made once, since many leaders may point with one text.</summary>
    public string Plain => plain ??= HasMarkup ? TextMarkup.Plain(Raw) : TextMarkup.PlainLine(Raw);

    public override int Weight => base.Weight + pieces.Count;

    public string Tag { get; private set; } = "";
    public string Prompt { get; private set; } = "";

    /// <summary>Left out of the file where it is this one.</summary>
    public string Style { get; private set; } = "Standard";

    public Point At { get; private set; }
    public double Height { get; private set; }
    public int Flags => flags ?? 0;
    public bool IsMText => TypeName == "MTEXT";

    /// <summary>Whether the text is written in the way of MTEXT.</summary>
    public bool HasMarkup => IsMText || isEmbedded;

    public bool IsDefinition => TypeName == "ATTDEF";

    /// <summary>Whether this is a column of another MTEXT, which shows its text (R2000 to R2007).</summary>
    public bool IsColumn { get; set; }

    /// <summary>In degrees.</summary>
    public double Rotation => IsMText && Direction is not { X: 0, Y: 0 } ? Math.Atan2(Direction.Y, Direction.X) * 180 / Math.PI : Turn;

    double Turn { get; set; }
    Point Direction { get; set; }

    /// <summary>The handles of the MTEXTs that hold the further columns.</summary>
    public IEnumerable<ulong> Columns
    {
        get
        {
            var isInside = false;
            foreach (var value in ExtendedDataOf("ACAD"))
            {
                if (value.Code == 1000)
                    isInside = value.Text == "ACAD_MTEXT_COLUMNS_BEGIN";
                else if (isInside && value.Code == 1005)
                    yield return value.Handle;
            }
        }
    }

    public void Append(string piece)
    {
        if (piece.Length == 0 || length >= MaxLength)
            return;
        pieces.Add(piece);
        length += piece.Length;
        (raw, plain) = (null, null);
    }

    // The lines of an attribute of several lines; an MTEXT repeats its size there.
    void TakeEmbedded(TagReader tag)
    {
        if (tag.Code is 1 or 3 && !IsMText && (isEmbedded || Raw.Length == 0))
        {
            isEmbedded = true;
            plain = null;
            Append(tag.Text());
        }
    }

    void AppendChunk(string piece)
    {
        if (IsDefinition)
            Prompt = piece;
        else if (IsMText)
            Append(piece);
    }
}
