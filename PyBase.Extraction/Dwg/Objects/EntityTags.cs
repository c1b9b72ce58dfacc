namespace PyBase.Extraction.Dwg.Objects;

/// <summary>Writes entities as DXF has them; of those that are only counted no more than where they lie.</summary>
/// <param name="reader">Opens them.</param>
/// <param name="tags">Takes the pairs.</param>
/// <param name="names">Of layers, styles and blocks.</param>
/// <param name="classes">The types of the file.</param>
/// <param name="hasShapes">Whether also what only a picture needs is written.</param>
sealed class EntityTags(ObjectReader reader, DwgTags tags, DwgNames names, ObjectClasses classes, bool hasShapes)
{
    const double Degrees = 180 / Math.PI;

    readonly ExtendedTags extended = new(reader, tags, names);
    readonly MultileaderTags multileaders = new(reader, tags);
    readonly TableEntityTags tables = new(reader, tags);
    readonly ShapeTags shapes = new(reader, tags);
    readonly HatchTags hatches = new(reader, tags);

    /// <summary>Writes the open entity; gives the handles of its attributes, in R2000 the first and last.</summary>
    public List<ulong> Write(ulong owner, bool isPaper)
    {
        var name = classes.NameOf(reader.Type);
        if (!classes.IsEntity(reader.Type))
            return [];
        reader.ReadEntity();
        tags.Begin(name);
        tags.AddHandle(5, reader.Self);
        tags.AddHandle(330, owner);
        tags.AddText(8, names.Of(reader.Layer));
        if (isPaper)
            tags.Add(67, 1);
        if (hasShapes)
            Look();
        List<ulong> following = [];
        switch (reader.Type)
        {
            case ObjectClasses.Text:
                Text();
                break;
            case ObjectClasses.Attribute:
                Attribute(isDefinition: false);
                break;
            case ObjectClasses.AttributeDefinition:
                Attribute(isDefinition: true);
                break;
            case ObjectClasses.Insert or ObjectClasses.GridInsert:
                following = Insert();
                break;
            case ObjectClasses.MText:
                MText(out var text);
                tags.AddText(1, text);
                break;
            case >= ObjectClasses.FirstDimension and <= ObjectClasses.LastDimension:
                Dimension(reader.Type);
                break;
            case ObjectClasses.Leader:
                Leader();
                break;
            case ObjectClasses.Tolerance:
                Tolerance();
                break;
            default:
                if (name.SequenceEqual("ARC_DIMENSION"u8) || name.SequenceEqual("LARGE_RADIAL_DIMENSION"u8))
                    Dimension(0);
                else if (name.SequenceEqual("MULTILEADER"u8))
                    multileaders.Write();
                else if (name.SequenceEqual("ACAD_TABLE"u8))
                    Table();
                else if (hasShapes && name.SequenceEqual("HATCH"u8))
                    hatches.Write();
                else
                    return hasShapes ? shapes.Write() : [];
                break;
        }
        extended.Write();
        return following;
    }

    void Look()
    {
        var color = reader.EntityColor;
        if (color >> 24 == 0xC2)
            tags.Add(420, color & 0xFFFFFF);
        else
            tags.Add(62, LayerColors.IndexOf(color));
        tags.Add(370, reader.Lineweight);
    }

    // Most values are left out when they are zero or the usual ones.
    void Text()
    {
        var bits = reader.Bits;
        var absent = bits.Byte();
        var elevation = (absent & 1) == 0 ? bits.Double() : 0;
        var (x, y) = (bits.Double(), bits.Double());
        var (alongX, alongY) = (absent & 2) == 0 ? (bits.Changed(x), bits.Changed(y)) : (x, y);
        tags.Add(11, (alongX, alongY, 0));
        bits.SkipExtrusion();
        bits.SkipThickness();
        if ((absent & 4) == 0)
            bits.Double();
        var rotation = (absent & 8) == 0 ? bits.Double() : 0;
        tags.Add(10, (x, y, elevation));
        tags.Add(40, bits.Double());
        tags.Add(50, rotation * Degrees);
        if ((absent & 16) == 0)
            tags.Add(41, bits.Double());
        tags.AddText(1, reader.Text());
        // How it is mirrored, where its point is along and across.
        ReadOnlySpan<int> codes = [71, 72, reader.Type == ObjectClasses.Text ? 73 : 74];
        for (var i = 0; i < codes.Length; i++)
        {
            if ((absent & (32 << i)) == 0)
                tags.Add(codes[i], bits.BitShort());
        }
        tags.AddText(7, names.Of(reader.Handle()));
    }

    void Attribute(bool isDefinition)
    {
        var bits = reader.Bits;
        Text();
        if (reader.Version >= DwgVersion.R2010)
            bits.Byte();
        byte[]? lines = null;
        if (reader.Version >= DwgVersion.R2018 && bits.Byte() > 1)
        {
            // The MTEXT's place and style are not those of the attribute.
            var start = tags.Count;
            reader.ReadPlacement();
            MText(out lines);
            tags.Cut(start);
            var size = bits.BitShort();
            if (size > 0)
            {
                bits.Skip(size * 8L);
                reader.Handle();
                bits.BitShort();
            }
        }
        var tag = reader.Text();
        bits.BitShort();
        var flags = bits.Byte();
        if (reader.Version >= DwgVersion.R2007)
            bits.Bit();
        tags.AddText(2, tag);
        tags.Add(70, flags);
        if (isDefinition)
        {
            if (reader.Version >= DwgVersion.R2010)
                bits.Byte();
            tags.AddText(3, reader.Text());
        }
        if (lines is null)
            return;
        tags.Add(101, "Embedded Object"u8);
        tags.AddText(1, lines);
    }

    (bool HasAttributes, int Count) Place()
    {
        var bits = reader.Bits;
        tags.Add(10, bits.Point());
        var (x, y, z) = (1.0, 1.0, 1.0);
        switch (bits.Pair())
        {
            case 0:
                x = bits.Double();
                (y, z) = (bits.Changed(x), bits.Changed(x));
                break;
            case 1:
                (y, z) = (bits.Changed(1), bits.Changed(1));
                break;
            case 2:
                x = y = z = bits.Double();
                break;
        }
        tags.Add(41, x);
        tags.Add(42, y);
        tags.Add(43, z);
        tags.Add(50, bits.BitDouble() * Degrees);
        tags.Add(210, bits.Point());
        var has = bits.Bit();
        return (has, has && reader.Version >= DwgVersion.R2004 ? bits.BitLong() : 0);
    }

    List<ulong> Owned(bool has, int count)
    {
        List<ulong> owned = [];
        if (!has)
            return owned;
        for (var i = 0; i < (reader.Version < DwgVersion.R2004 ? 2 : count) && !reader.Handles.HasOverrun; i++)
            owned.Add(reader.Handle());
        reader.Handle();
        return owned;
    }

    List<ulong> Insert()
    {
        var (has, count) = Place();
        if (reader.Type == ObjectClasses.GridInsert)
        {
            tags.Add(70, (ushort)reader.Bits.BitShort());
            tags.Add(71, (ushort)reader.Bits.BitShort());
            tags.Add(44, reader.Bits.BitDouble());
            tags.Add(45, reader.Bits.BitDouble());
        }
        tags.AddText(2, names.Of(reader.Handle()));
        return Owned(has, count);
    }

    void Table()
    {
        var (has, count) = Place();
        tags.AddText(2, names.Of(reader.Handle()));
        Owned(has, count);
        tables.Write();
    }

    void MText(out byte[] text)
    {
        var bits = reader.Bits;
        tags.Add(10, bits.Point());
        bits.Point();
        tags.Add(11, bits.Point());
        tags.Add(41, bits.BitDouble());
        if (reader.Version >= DwgVersion.R2007)
            bits.BitDouble();
        tags.Add(40, bits.BitDouble());
        tags.Add(71, bits.BitShort());
        bits.BitShort();
        bits.BitDouble();
        bits.BitDouble();
        text = reader.Text();
        tags.AddText(7, names.Of(reader.Handle()));
        bits.BitShort();
        tags.Add(44, bits.BitDouble());
        bits.Bit();
        if (reader.Version >= DwgVersion.R2004)
        {
            var background = bits.BitLong();
            if ((background & 1) != 0 || (reader.Version >= DwgVersion.R2018 && (background & 16) != 0))
            {
                bits.BitDouble();
                reader.Color();
                bits.BitLong();
            }
        }
        if (reader.Version < DwgVersion.R2018 || !bits.Bit())
            return;
        bits.BitShort();
        bits.Bit();
        reader.Handle();
        bits.BitLong();
        for (var i = 0; i < 10; i++)
            bits.BitDouble();
        const int manual = 2;
        var kind = bits.BitShort();
        if (kind == 0)
            return;
        var columns = bits.BitLong();
        bits.BitDouble();
        bits.BitDouble();
        var isAutomatic = bits.Bit();
        bits.Bit();
        for (var i = 0; i < columns && !isAutomatic && kind == manual && !bits.HasOverrun; i++)
            bits.BitDouble();
    }

    // The measurement stands in every version that is read, so the points are not needed.
    void Dimension(int type)
    {
        const int onlyByThis = 32, ordinateOfX = 64;
        var bits = reader.Bits;
        if (reader.Version >= DwgVersion.R2010)
            bits.Byte();
        bits.Point();
        bits.Skip(128);
        bits.BitDouble();
        bits.Byte();
        tags.AddText(1, reader.Text());
        for (var i = 0; i < 6; i++)
            bits.BitDouble();
        bits.BitShort();
        bits.BitShort();
        bits.BitDouble();
        tags.Add(42, bits.BitDouble());
        for (var i = 0; i < 3 && reader.Version >= DwgVersion.R2007; i++)
            bits.Bit();
        bits.Skip(128);
        var flags = onlyByThis | type switch { 20 => 6, 22 => 1, 23 => 5, 24 => 2, 25 => 4, 26 => 3, _ => 0 };
        if (type == ObjectClasses.FirstDimension)
        {
            for (var i = 0; i < 3; i++)
                bits.Point();
            if ((bits.Byte() & 1) != 0)
                flags |= ordinateOfX;
        }
        tags.Add(70, flags);
        tags.AddText(3, names.Of(reader.Handle()));
        tags.AddText(2, names.Of(reader.Handle()));
    }

    void Leader()
    {
        var bits = reader.Bits;
        bits.Bit();
        bits.BitShort();
        bits.BitShort();
        var points = bits.BitLong();
        for (var i = 0; i < points && i < (hasShapes ? 10_000 : 1) && !bits.HasOverrun; i++)
            tags.Add(10, bits.Point());
        tags.AddHandle(340, reader.Handle());
    }

    void Tolerance()
    {
        var bits = reader.Bits;
        tags.Add(10, bits.Point());
        bits.Point();
        bits.Point();
        tags.AddText(1, reader.Text());
        tags.AddText(3, names.Of(reader.Handle()));
    }
}
