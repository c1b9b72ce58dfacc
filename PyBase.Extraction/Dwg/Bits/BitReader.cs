using System.Buffers.Binary;
using System.Text;

namespace PyBase.Extraction.Dwg.Bits;

/// <summary>
/// Reads the bit codes of the format from a range of bits. Reading beyond its end gives zeros and is remembered, so that a
/// damaged object costs no exception and no number of it is believed.
/// </summary>
sealed class BitReader
{
    byte[] data = [];
    long end;

    public long Position { get; set; }
    public bool HasOverrun { get; private set; }
    public byte[] Data => data;
    public long End => end;

    /// <summary>Moves to a range of bits; what lies beyond the bytes is not part of it.</summary>
    public void Set(byte[] bytes, long position, long limit)
    {
        data = bytes;
        end = Math.Clamp(limit, 0, bytes.LongLength * 8);
        Position = position;
        HasOverrun = position < 0 || position > end;
    }

    bool Has(long bits)
    {
        if (!HasOverrun && Position + bits <= end && bits >= 0)
            return true;
        HasOverrun = true;
        return false;
    }

    /// <summary>B.</summary>
    public bool Bit()
    {
        if (!Has(1))
            return false;
        var bit = (data[Position >> 3] >> (7 - (int)(Position & 7))) & 1;
        Position++;
        return bit != 0;
    }

    /// <summary>BB.</summary>
    public int Pair() => (Bit() ? 2 : 0) | (Bit() ? 1 : 0);

    /// <summary>RC.</summary>
    public byte Byte()
    {
        if (!Has(8))
            return 0;
        var (place, shift) = ((int)(Position >> 3), (int)(Position & 7));
        Position += 8;
        return shift == 0 ? data[place] : (byte)((data[place] << shift) | (data[place + 1] >> (8 - shift)));
    }

    /// <summary>RS.</summary>
    public int Short() => Byte() | (Byte() << 8);

    /// <summary>RL.</summary>
    public int Long() => Short() | (Short() << 16);

    /// <summary>RD.</summary>
    public double Double()
    {
        if (!Has(64))
            return 0;
        Span<byte> bytes = stackalloc byte[8];
        for (var i = 0; i < 8; i++)
            bytes[i] = Byte();
        return BinaryPrimitives.ReadDoubleLittleEndian(bytes);
    }

    /// <summary>BS.</summary>
    public int BitShort() => Pair() switch
    {
        0 => (short)Short(),
        1 => Byte(),
        2 => 0,
        _ => 256,
    };

    /// <summary>BL.</summary>
    public int BitLong() => Pair() switch
    {
        0 => Long(),
        1 => Byte(),
        _ => 0,
    };

    /// <summary>BLL: three bits of length, then so many bytes.</summary>
    public ulong BitLongLong()
    {
        var length = (Bit() ? 4 : 0) | Pair();
        ulong value = 0;
        for (var i = 0; i < length; i++)
            value |= (ulong)Byte() << (8 * i);
        return value;
    }

    /// <summary>BD.</summary>
    public double BitDouble() => Pair() switch
    {
        0 => Double(),
        1 => 1,
        _ => 0,
    };

    /// <summary>3BD.</summary>
    public (double X, double Y, double Z) Point() => (BitDouble(), BitDouble(), BitDouble());

    /// <summary>DD: bytes that replace some of a known value.</summary>
    public double Changed(double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        switch (Pair())
        {
            case 0:
                return value;
            case 1:
                Fill(bytes[..4]);
                break;
            case 2:
                Fill(bytes[4..6]);
                Fill(bytes[..4]);
                break;
            default:
                return Double();
        }
        return BinaryPrimitives.ReadDoubleLittleEndian(bytes);
    }

    /// <summary>BE: one bit where it is the usual one.</summary>
    public void SkipExtrusion()
    {
        if (!Bit())
            Point();
    }

    /// <summary>BT: one bit where it is zero.</summary>
    public void SkipThickness()
    {
        if (!Bit())
            BitDouble();
    }

    public void Skip(long bits)
    {
        if (Has(bits))
            Position += bits;
    }

    /// <summary>H: a handle, plain or counted from the one of the object it stands in.</summary>
    public ulong Handle(ulong self)
    {
        var mark = Byte();
        var length = mark & 15;
        ulong value = 0;
        if (length > 8)
        {
            HasOverrun = true;
            return 0;
        }
        for (var i = 0; i < length; i++)
            value = (value << 8) | Byte();
        return (mark >> 4) switch
        {
            6 => self + 1,
            8 => self - 1,
            10 => self + value,
            12 => self - value,
            _ => value,
        };
    }

    /// <summary>MC without a sign.</summary>
    public ulong ModularChar()
    {
        ulong value = 0;
        for (var shift = 0; shift < 63; shift += 7)
        {
            var part = Byte();
            value |= (ulong)(part & 127) << shift;
            if (part < 128)
                return value;
        }
        HasOverrun = true;
        return 0;
    }

    /// <summary>MC of which 64 in the last byte is the sign.</summary>
    public long SignedModularChar()
    {
        long value = 0;
        for (var shift = 0; shift < 56; shift += 7)
        {
            var part = Byte();
            if (part < 128)
            {
                value |= (long)(part & 63) << shift;
                return (part & 64) != 0 ? -value : value;
            }
            value |= (long)(part & 127) << shift;
        }
        HasOverrun = true;
        return 0;
    }

    /// <summary>MS.</summary>
    public int ModularShort()
    {
        var low = Short();
        if (low < 0x8000)
            return low;
        var high = Short();
        if (high < 0x8000)
            return (low & 0x7FFF) | (high << 15);
        HasOverrun = true;
        return 0;
    }

    /// <summary>Bytes, wherever in a byte they begin; empty when there are fewer.</summary>
    public byte[] Bytes(int count)
    {
        if (count <= 0 || !Has((long)count * 8))
            return [];
        var bytes = new byte[count];
        Fill(bytes);
        return bytes;
    }

    void Fill(Span<byte> bytes)
    {
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = Byte();
    }

    /// <summary>A text of so many UTF-16 units, as UTF-8.</summary>
    public byte[] Wide(int units)
    {
        var bytes = Bytes(units < int.MaxValue / 2 ? units * 2 : -1);
        return bytes.Length == 0 ? bytes : Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(bytes));
    }
}
