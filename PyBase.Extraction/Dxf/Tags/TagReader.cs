using System.Buffers.Text;
using System.Globalization;

namespace PyBase.Extraction.Dxf.Tags;

/// <summary>
/// Reads a DXF file as (group code, value) pairs, front to back, once:
/// <code>
///   0
/// LINE
///  10
/// 4.5
/// </code>
/// Broken input never throws; it is skipped and told to the findings.
/// </summary>
abstract class TagReader(TagText text) : IDisposable
{
    protected enum ValueKind { Bytes, Real, Integer }

    protected ValueKind Kind;
    protected double RealValue;
    protected long IntegerValue;
    protected byte[] Source = [];
    protected int Start, Length;

    // Symbol names have up to 255, paths a few hundred characters. Names are repeated in many rows.
    const int MaxNameLength = 1000;

    /// <summary>The longest value in bytes; what is longer is cut.</summary>
    public const int MaxValueBytes = 1024 * 1024;

    /// <summary>The group code of the current pair.</summary>
    public int Code;

    public TagText Decoder => text;
    public abstract long BytesRead { get; }

    /// <summary>Where the current pair stands: a line or an offset.</summary>
    public abstract long Position { get; }

    /// <summary>The same for a person: <c>line 12</c> or <c>byte 99</c>.</summary>
    public string Place => PlaceAt(Position);

    public abstract string PlaceAt(long position);

    /// <summary>Moves to the next pair; false at the end of the stream.</summary>
    public abstract bool Read();

    /// <summary>The value's bytes; empty where a binary file holds a number.</summary>
    public ReadOnlySpan<byte> Bytes => Kind == ValueKind.Bytes ? Source.AsSpan(Start, Length) : default;

    /// <summary>The value without the spaces around it, as needed of names and marks.</summary>
    public ReadOnlySpan<byte> Word => Bytes.Trim(" \t"u8);

    public bool Is(ReadOnlySpan<byte> word) => Word.SequenceEqual(word);

    /// <summary>The value as text, decoded.</summary>
    public string Text() => Kind switch
    {
        ValueKind.Bytes => text.Decode(Bytes),
        ValueKind.Integer => IntegerValue.ToString(CultureInfo.InvariantCulture),
        _ => RealValue.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>The value as a name: decoded, without spaces around it.</summary>
    public string Name()
    {
        var name = Kind == ValueKind.Bytes ? text.Decode(Word) : Text();
        return name.Length <= MaxNameLength ? name : name[..MaxNameLength];
    }

    /// <summary>The value as a number; 0 when it is none.</summary>
    public double Real()
    {
        if (Kind == ValueKind.Integer)
            return IntegerValue;
        if (Kind == ValueKind.Real)
            return double.IsFinite(RealValue) ? RealValue : 0;
        return Utf8Parser.TryParse(Word, out double value, out _) && double.IsFinite(value) ? value : 0;
    }

    /// <summary>The value as a whole number; 0 when it is none.</summary>
    public long Integer()
    {
        if (Kind == ValueKind.Integer)
            return IntegerValue;
        if (Kind == ValueKind.Bytes && Utf8Parser.TryParse(Word, out long value, out var used) && used == Word.Length)
            return value;
        // Some programs write "1.0" where a whole number belongs.
        var real = Real();
        return Math.Abs(real) < 1L << 53 ? (long)real : 0;
    }

    /// <summary><see cref="Integer"/> within 32 bits; 0 beyond.</summary>
    public int Small()
    {
        var value = Integer();
        return value is >= int.MinValue and <= int.MaxValue ? (int)value : 0;
    }

    /// <summary>The value as a handle, hexadecimal; 0 when it is none.</summary>
    public ulong Handle() => Utf8Parser.TryParse(Word, out ulong handle, out var used, 'X') && used == Word.Length ? handle : 0;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
    }
}
