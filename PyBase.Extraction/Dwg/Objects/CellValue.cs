using System.Globalization;
using System.Text;
using PyBase.Extraction.Dwg.Bits;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>A typed value, as cells have them from R2007 on: its kind, itself, its unit, and how it is shown.</summary>
readonly record struct CellValue(byte[] Text, byte[] Shown, double? Number)
{
    public static readonly CellValue None = new([], [], null);

    public static CellValue Read(ObjectReader reader)
    {
        var bits = reader.Bits;
        var isWide = reader.Version >= DwgVersion.R2007;
        var isEmpty = isWide && (bits.BitLong() & 1) != 0;
        var kind = bits.BitLong();
        byte[] text = [];
        double? number = null;
        if (!isEmpty)
        {
            switch (kind)
            {
                case 0:
                    bits.BitLong();
                    break;
                case 1:
                    number = bits.BitLong();
                    break;
                case 2:
                    number = bits.BitDouble();
                    break;
                case 4 or 512:
                    text = Chunk(bits);
                    text = isWide ? Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(text).TrimEnd('\0')) : text.AsSpan().TrimEnd((byte)0).ToArray();
                    break;
                case 8:
                    Chunk(bits);
                    break;
                case 16 or 32:
                    if (bits.BitLong() > 0)
                        bits.Skip(kind == 16 ? 128 : 192);
                    break;
                case 64:
                    reader.Handle();
                    break;
                default:
                    bits.Skip(-1);
                    break;
            }
        }
        byte[] shown = [];
        if (isWide)
        {
            bits.BitLong();
            reader.Text();
            shown = reader.Text();
        }
        return new CellValue(text, shown, number);
    }

    static byte[] Chunk(BitReader bits)
    {
        var size = bits.BitLong();
        if (size < 0)
            bits.Skip(-1);
        return bits.Bytes(size);
    }
}
