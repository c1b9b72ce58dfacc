using System.Buffers.Binary;
using System.Text;

namespace PyBase.Tests.Extraction.Dwg;

/// <summary>Writes the bit codes of the format, each in its longest form.</summary>
sealed class DwgBits
{
    readonly List<bool> bits = [];

    public int Count => bits.Count;

    public DwgBits Bits(params int[] ones)
    {
        bits.AddRange(ones.Select(one => one != 0));
        return this;
    }

    public DwgBits Raw(params byte[] bytes)
    {
        foreach (var one in bytes)
        {
            for (var bit = 7; bit >= 0; bit--)
                bits.Add((one >> bit & 1) != 0);
        }
        return this;
    }

    public DwgBits Short(int value) => Raw((byte)value, (byte)(value >> 8));

    public DwgBits Long(int value) => Short(value).Short(value >> 16);

    public DwgBits BitShort(int value) => Bits(0, 0).Short(value);

    public DwgBits BitLong(int value) => Bits(0, 0).Long(value);

    public DwgBits Double(double value)
    {
        var bytes = new byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return Raw(bytes);
    }

    public DwgBits BitDouble(double value) => Bits(0, 0).Double(value);

    public DwgBits Handle(int code, int value) => value == 0 ? Raw((byte)(code << 4)) : Raw((byte)((code << 4) | 2), (byte)(value >> 8), (byte)value);

    public DwgBits Text(string text, bool isWide)
    {
        BitShort(text.Length);
        return Raw((isWide ? Encoding.Unicode : Encoding.Latin1).GetBytes(text));
    }

    public DwgBits Append(DwgBits other)
    {
        bits.AddRange(other.bits);
        return this;
    }

    public byte[] ToArray()
    {
        var bytes = new byte[(bits.Count + 7) / 8];
        for (var i = 0; i < bits.Count; i++)
        {
            if (bits[i])
                bytes[i / 8] |= (byte)(0x80 >> (i % 8));
        }
        return bytes;
    }
}
