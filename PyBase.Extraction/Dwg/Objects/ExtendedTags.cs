using System.Buffers.Binary;
using System.Text;
using PyBase.Extraction.Dwg.Bits;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>Writes the extended data of an object: a byte that is the DXF code less 1000, then the value.</summary>
sealed class ExtendedTags(ObjectReader reader, DwgTags tags, DwgNames names)
{
    readonly BitReader bits = new();

    /// <summary>That of the applications that are understood.</summary>
    public void Write()
    {
        foreach (var (application, place, size) in reader.Extended)
        {
            var name = names.Of(application);
            if (!Ascii.EqualsIgnoreCase(name, "ACAD"u8) && !Ascii.EqualsIgnoreCase(name, "AcDbBlockRepBTag"u8))
                continue;
            tags.Add(1001, name);
            bits.Set(reader.Bits.Data, place, place + (size * 8L));
            while (bits.Position + 8 <= bits.End && WriteValue())
            {
            }
        }
    }

    bool WriteValue()
    {
        var code = bits.Byte();
        switch (code)
        {
            case 0:
                tags.AddText(1000, Text());
                break;
            case 2:
                tags.Add(1002, bits.Byte() == 0 ? "{"u8 : "}"u8);
                break;
            case 3:
                tags.AddText(1003, names.Of(Handle()));
                break;
            case 4:
                bits.Skip(bits.Byte() * 8L);
                break;
            case 5:
                tags.AddHandle(1005, Handle());
                break;
            case >= 10 and <= 15:
                for (var i = 0; i < 3; i++)
                    tags.Add(1000 + code + (10 * i), bits.Double());
                break;
            case >= 40 and <= 42:
                tags.Add(1000 + code, bits.Double());
                break;
            case 70:
                tags.Add(1070, (short)bits.Short());
                break;
            case 71:
                tags.Add(1071, bits.Long());
                break;
            default:
                return false;
        }
        return !bits.HasOverrun;
    }

    ulong Handle() => bits.Bytes(8) is { Length: 8 } bytes ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;

    byte[] Text()
    {
        if (reader.Version >= DwgVersion.R2007)
            return bits.Wide(bits.Short());
        var length = bits.Byte();
        bits.Short();
        return bits.Bytes(length);
    }
}
