namespace PyBase.Extraction.Dwg.Objects;

/// <summary>Writes a MULTILEADER: its context with arrows and a text or a block, then what its block's attributes say.</summary>
sealed class MultileaderTags(ObjectReader reader, DwgTags tags)
{
    const int Most = 10_000;

    bool IsNew => reader.Version >= DwgVersion.R2010;

    public void Write()
    {
        var bits = reader.Bits;
        if (IsNew)
            bits.BitShort();
        tags.Add(300, "CONTEXT_DATA{"u8);
        Context();
        tags.Add(301, "}"u8);
        reader.Handle();
        bits.BitLong();
        bits.BitShort();
        reader.Color();
        reader.Handle();
        bits.BitLong();
        bits.Bit();
        bits.Bit();
        bits.BitDouble();
        reader.Handle();
        bits.BitDouble();
        bits.BitShort();
        reader.Handle();
        for (var i = 0; i < 4; i++)
            bits.BitShort();
        reader.Color();
        bits.Bit();
        reader.Handle();
        reader.Color();
        Doubles(4);
        bits.BitShort();
        bits.Bit();
        if (reader.Version < DwgVersion.R2007)
        {
            for (var i = Count(); i > 0; i--)
            {
                bits.Bit();
                reader.Handle();
            }
        }
        for (var i = Count(); i > 0; i--)
        {
            reader.Handle();
            tags.AddText(302, reader.Text());
            bits.BitShort();
            bits.BitDouble();
        }
    }

    void Context()
    {
        var bits = reader.Bits;
        var roots = Count();
        // Without arrows seven bits stand in their place.
        for (var i = 0; i < 7 && roots == 0; i++)
            bits.Bit();
        for (var i = 0; i < roots && !reader.IsDamaged; i++)
            Root();
        Doubles(7);
        for (var i = 0; i < 4; i++)
            bits.BitShort();
        if (bits.Bit())
            Text();
        else if (bits.Bit())
            tags.AddHandle(341, BlockContent());
        Doubles(9);
        bits.Bit();
        if (IsNew)
        {
            bits.BitShort();
            bits.BitShort();
        }
    }

    void Text()
    {
        var bits = reader.Bits;
        tags.AddText(304, reader.Text());
        Doubles(3);
        reader.Handle();
        Doubles(10);
        bits.BitShort();
        reader.Color();
        bits.BitShort();
        bits.BitShort();
        reader.Color();
        bits.BitDouble();
        bits.BitLong();
        bits.Bit();
        bits.Bit();
        bits.BitShort();
        bits.Bit();
        Doubles(2);
        bits.Bit();
        Doubles(Count());
        bits.Bit();
        bits.Bit();
    }

    ulong BlockContent()
    {
        var block = reader.Handle();
        Doubles(10);
        reader.Color();
        Doubles(16);
        return block;
    }

    void Root()
    {
        var bits = reader.Bits;
        tags.Add(302, "LEADER{"u8);
        bits.Bit();
        bits.Bit();
        Doubles(6);
        Doubles(Count() * 6);
        bits.BitLong();
        bits.BitDouble();
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
            Line();
        if (IsNew)
            bits.BitShort();
        tags.Add(303, "}"u8);
    }

    void Line()
    {
        var bits = reader.Bits;
        tags.Add(304, "LEADER_LINE{"u8);
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
            tags.Add(10, bits.Point());
        for (var i = Count(); i > 0 && !reader.IsDamaged; i--)
        {
            bits.BitLong();
            Doubles(Count() * 6);
        }
        bits.BitLong();
        if (IsNew)
        {
            bits.BitShort();
            reader.Color();
            reader.Handle();
            bits.BitLong();
            bits.BitDouble();
            reader.Handle();
            bits.BitLong();
        }
        tags.Add(305, "}"u8);
    }

    // No drawing has more; beyond, the object is damaged.
    int Count()
    {
        var count = reader.Bits.BitLong();
        if (count is >= 0 and <= Most)
            return count;
        reader.Bits.Skip(-1);
        return 0;
    }

    void Doubles(int count)
    {
        for (var i = 0; i < count && !reader.Bits.HasOverrun; i++)
            reader.Bits.BitDouble();
    }
}
