using PyBase.Extraction.Dwg.Bits;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>
/// Opens one object after the other. An object is its size, its type, data, texts (from R2007 on apart) and the handles of the
/// objects it refers to:
/// <code>
/// MS size  [MC bits of handles, R2010+]  type  [RL bits before handles, up to R2007]  H own handle  extended data  data  texts  handles  CRC
/// </code>
/// </summary>
sealed class ObjectReader(byte[] data, DwgVersion version, ObjectIndex index, FindingList findings, int origin, int limit)
{
    const int MostReactors = 1_000_000;

    static ReadOnlySpan<byte> Lineweights => [0, 5, 9, 13, 15, 18, 20, 25, 30, 35, 40, 50, 53, 60, 70, 80, 90, 100, 106, 120, 140, 158, 200, 211];

    public DwgVersion Version => version;
    public BitReader Bits { get; } = new();
    public BitReader Handles { get; } = new();
    public int Type { get; private set; }
    public ulong Self { get; private set; }

    /// <summary>The extended data as found: application, where it begins in bits, size in bytes.</summary>
    public List<(ulong Application, long Place, int Size)> Extended { get; } = [];

    /// <summary>Of entities in blocks the block, of all else what holds it; 0 when <see cref="Space"/> says it.</summary>
    public ulong Owner { get; private set; }

    /// <summary>1 the active paper layout, 2 model space, 0 neither.</summary>
    public int Space { get; private set; }
    public ulong Layer { get; private set; }

    /// <summary>Of an entity, as <see cref="Color"/> gives it.</summary>
    public uint EntityColor { get; private set; }

    /// <summary>Of an entity as DXF has it: 1/100 mm, -1 that of the layer, -2 that of the block, -3 the usual one.</summary>
    public int Lineweight { get; private set; }

    /// <summary>The next entity of the chain that R2000 has in place of lists.</summary>
    public ulong NextEntity { get; private set; }

    /// <summary>Whether more was read than there is, so that nothing read can be believed.</summary>
    public bool IsDamaged => Bits.HasOverrun || Handles.HasOverrun || Texts.HasOverrun;

    BitReader Texts => version >= DwgVersion.R2007 ? strings : Bits;
    readonly BitReader strings = new();

    /// <summary>The type of an object without opening it; -1 when it is not there.</summary>
    public int TypeOf(ulong handle) => Begin(handle, isChecked: false) ? Type : -1;

    /// <summary>Reads up to the object's own data.</summary>
    public bool Open(ulong handle)
    {
        if (!Begin(handle, isChecked: true))
            return false;
        Extended.Clear();
        Self = Bits.Handle(0);
        for (var size = Bits.BitShort(); size > 0 && !Bits.HasOverrun; size = Bits.BitShort())
        {
            var application = Bits.Handle(0);
            Extended.Add((application, Bits.Position, size));
            Bits.Skip(size * 8L);
        }
        return !Bits.HasOverrun && Self == handle;
    }

    bool Begin(ulong handle, bool isChecked)
    {
        if (!index.TryFind(handle, out var place) || place < 0 || place + 4 > limit)
            return false;
        var at = (origin + place) * 8;
        Bits.Set(data, at, (origin + (long)limit) * 8);
        var size = Bits.ModularShort();
        var start = Bits.Position / 8;
        var handleBits = version >= DwgVersion.R2010 ? (long)Math.Min(Bits.ModularChar(), int.MaxValue) : 0;
        var first = Bits.Position;
        var end = first + (size * 8L);
        if (size <= 0 || end > (origin + (long)limit) * 8)
            return false;
        if (isChecked)
            Check(handle, (int)(at / 8), (int)(end / 8));
        Bits.Set(data, first, end);
        Type = version >= DwgVersion.R2010 ? ShortType() : Bits.BitShort();
        var handlesAt = version >= DwgVersion.R2010 ? end - handleBits : first + (uint)Bits.Long();
        if (handlesAt < first || handlesAt > end)
            return false;
        var body = Bits.Position;
        Bits.Set(data, body, handlesAt);
        Handles.Set(data, handlesAt, end);
        if (version >= DwgVersion.R2007)
            StringStream.Find(strings, data, handlesAt - 1);
        return start > 0 && !Bits.HasOverrun;
    }

    void Check(ulong handle, int start, int end)
    {
        if (end + 2 <= data.Length && Checksums.Crc16(data.AsSpan(start, end - start), 0xC0C1) != (data[end] | (data[end + 1] << 8)))
            findings.Warn(FindingCode.ChecksumMismatch, "Objects do not match their checksum.", $"#{handle:X}");
    }

    int ShortType() => Bits.Pair() switch
    {
        0 => Bits.Byte(),
        1 => 0x1F0 + Bits.Byte(),
        _ => Bits.Short(),
    };

    public ulong Handle() => Handles.Handle(Self);

    /// <summary>TV, as bytes of the file's code page or, from R2007 on, of UTF-8.</summary>
    public byte[] Text()
    {
        var length = (ushort)Texts.BitShort();
        var text = version >= DwgVersion.R2007 ? Texts.Wide(length) : Texts.Bytes(length);
        // R2000 writes the zero that ends a text too.
        return text is [.., 0] ? text.AsSpan().TrimEnd((byte)0).ToArray() : text;
    }

    /// <summary>What all objects but entities begin with.</summary>
    public void ReadObject()
    {
        Owner = Handle();
        ReadReactors();
    }

    /// <summary>What all entities begin with, up to their own data and their own handles.</summary>
    public void ReadEntity()
    {
        if (Bits.Bit())
        {
            var size = version >= DwgVersion.R2010 ? (long)Math.Min(Bits.BitLongLong(), int.MaxValue) : Bits.Long();
            Bits.Skip(size < 0 ? -1 : size * 8);
        }
        ReadPlacement();
    }

    /// <summary>The same without a picture of its own, as of the MTEXT inside an attribute.</summary>
    public void ReadPlacement()
    {
        Space = Bits.Pair();
        Owner = Space == 0 ? Handle() : 0;
        ReadReactors();
        NextEntity = 0;
        if (version < DwgVersion.R2004)
        {
            if (Bits.Bit())
                NextEntity = Self + 1;
            else
            {
                Handle();
                NextEntity = Handle();
            }
        }
        ReadEntityColor();
        Bits.BitDouble();
        Layer = Handle();
        if (Bits.Pair() == 3)
            Handle();
        if (version >= DwgVersion.R2007)
        {
            if (Bits.Pair() == 3)
                Handle();
            Bits.Byte();
        }
        if (Bits.Pair() == 3)
            Handle();
        for (var i = 0; i < 3 && version >= DwgVersion.R2010; i++)
        {
            if (Bits.Bit())
                Handle();
        }
        Bits.BitShort();
        var weight = Bits.Byte();
        Lineweight = weight < Lineweights.Length ? Lineweights[weight] : weight is 29 or 30 ? 28 - weight : -3;
    }

    void ReadReactors()
    {
        var reactors = Bits.BitLong();
        for (var i = 0; i < reactors && i < MostReactors && !Handles.HasOverrun; i++)
            Handle();
        if (version < DwgVersion.R2004 || !Bits.Bit())
            Handle();
        if (version >= DwgVersion.R2013)
            Bits.Bit();
    }

    void ReadEntityColor()
    {
        var color = Bits.BitShort();
        EntityColor = 0xC3000000 | (uint)(color & 0x1FF);
        if (version < DwgVersion.R2004)
            return;
        if ((color & 0x4000) != 0)
            Handle();
        else if ((color & 0x8000) != 0)
            EntityColor = (uint)Bits.BitLong();
        if ((color & 0x2000) != 0)
            Bits.BitLong();
    }

    /// <summary>CMC; before R2004 an index, since then 0xC2RRGGBB, 0xC30000II and so on.</summary>
    public uint Color()
    {
        var index = Bits.BitShort();
        return version < DwgVersion.R2004 ? 0xC3000000 | (uint)(index & 0xFFFF) : Components();
    }

    /// <summary>TC, which has the form of R2004 in every version.</summary>
    public uint TrueColor()
    {
        Bits.BitShort();
        return Components();
    }

    uint Components()
    {
        var color = (uint)Bits.BitLong();
        var names = Bits.Byte();
        if ((names & 1) != 0)
            Text();
        if ((names & 2) != 0)
            Text();
        return color;
    }

    /// <summary>Takes back that the object is damaged, where what was read before is enough.</summary>
    public void Forgive()
    {
        foreach (var part in (ReadOnlySpan<BitReader>)[Bits, Handles, Texts])
            part.Set(part.Data, part.End, part.End);
    }

    /// <summary>Behind the name of a table entry: whether it comes from another file.</summary>
    public void SkipXref()
    {
        if (version >= DwgVersion.R2007)
            Bits.BitShort();
        else
        {
            Bits.Bit();
            Bits.BitShort();
            Bits.Bit();
        }
    }
}
