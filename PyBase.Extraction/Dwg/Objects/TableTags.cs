namespace PyBase.Extraction.Dwg.Objects;

/// <summary>Writes entries of tables, blocks and objects as DXF has them.</summary>
sealed class TableTags(ObjectReader reader, DwgTags tags, DwgNames names)
{
    static readonly int[] Lineweights = [0, 5, 9, 13, 15, 18, 20, 25, 30, 35, 40, 50, 53, 60, 70, 80, 90, 100, 106, 120, 140, 158, 200, 211];

    readonly ExtendedTags extended = new(reader, tags, names);

    void Begin(ReadOnlySpan<byte> type, int handleCode = 5)
    {
        tags.Begin(type);
        tags.AddHandle(handleCode, reader.Self);
        tags.AddHandle(330, reader.Owner);
    }

    void Entry(ReadOnlySpan<byte> type, int handleCode = 5)
    {
        reader.ReadObject();
        Begin(type, handleCode);
        tags.AddText(2, reader.Text());
        reader.SkipXref();
    }

    public void Linetype()
    {
        Entry("LTYPE"u8);
        tags.AddText(3, reader.Text());
    }

    public void Layer()
    {
        Entry("LAYER"u8);
        var values = reader.Bits.BitShort();
        var color = reader.Color();
        tags.Add(70, (values & 1) | ((values >> 1) & 2) | ((values >> 1) & 4));
        var index = LayerColors.IndexOf(color);
        tags.Add(62, (values & 2) != 0 ? -index : index);
        if (color >> 24 == 0xC2)
            tags.Add(420, color & 0xFFFFFF);
        tags.Add(290, (values >> 4) & 1);
        var weight = (values >> 5) & 31;
        tags.Add(370, weight < Lineweights.Length ? Lineweights[weight] : weight switch { 29 => -1, 30 => -2, _ => -3 });
        reader.Handle();
        if (reader.Version >= DwgVersion.R2000)
            reader.Handle();
        if (reader.Version >= DwgVersion.R2007)
            reader.Handle();
        tags.AddText(6, names.Of(reader.Handle()));
    }

    public void Style()
    {
        Entry("STYLE"u8);
        var bits = reader.Bits;
        tags.Add(70, (bits.Bit() ? 1 : 0) | (bits.Bit() ? 4 : 0));
        bits.BitDouble();
        bits.BitDouble();
        bits.BitDouble();
        bits.Byte();
        bits.BitDouble();
        tags.AddText(3, reader.Text());
    }

    public void DimensionStyle()
    {
        Entry("DIMSTYLE"u8, 105);
        var bits = reader.Bits;
        tags.AddText(3, reader.Text());
        reader.Text();
        for (var code = 40; code <= 48; code++)
            tags.Add(code, bits.BitDouble());
        var isWide = reader.Version >= DwgVersion.R2007;
        if (isWide)
        {
            bits.BitDouble();
            bits.BitDouble();
            bits.BitShort();
            reader.Color();
        }
        for (var code = 71; code <= 76; code++)
            tags.Add(code, bits.Bit() ? 1 : 0);
        for (var code = 77; code <= 79; code++)
            tags.Add(code, bits.BitShort());
        if (isWide)
            bits.BitShort();
        for (var code = 140; code <= 148; code++)
            tags.Add(code, bits.BitDouble());
        tags.Add(170, bits.Bit() ? 1 : 0);
        tags.Add(171, bits.BitShort());
        for (var code = 172; code <= 175; code++)
            tags.Add(code, bits.Bit() ? 1 : 0);
        for (var i = 0; i < 3; i++)
            reader.Color();
        tags.Add(179, bits.BitShort());
        for (var code = 271; code <= 280; code++)
            tags.Add(code, bits.BitShort());
        bits.Bit();
        bits.Bit();
        for (var code = 283; code <= 286; code++)
            tags.Add(code, bits.BitShort());
    }

    public void BlockRecord(DwgBlock block)
    {
        reader.ReadObject();
        Begin("BLOCK_RECORD"u8);
        tags.AddText(2, block.Name);
        tags.AddHandle(340, block.Layout);
        extended.Write();
    }

    /// <summary>The BLOCK, of which all that matters stands in the entry of the table.</summary>
    public void Block(DwgBlock block)
    {
        tags.Begin("BLOCK"u8);
        tags.AddHandle(5, block.Begin);
        tags.AddHandle(330, block.Handle);
        tags.AddText(2, block.Name);
        tags.Add(70, block.Flags);
        tags.Add(10, block.Base);
        tags.AddText(1, block.Path);
        tags.AddText(4, block.Description);
    }

    public void Layout()
    {
        reader.ReadObject();
        tags.Begin("LAYOUT"u8);
        tags.AddHandle(5, reader.Self);
        PlotSettings();
        tags.AddText(1, reader.Text());
        var bits = reader.Bits;
        tags.Add(71, bits.BitLong());
        tags.AddHandle(330, reader.Handle());
    }

    // Up to the handles that a layout has of its own no more than the first texts matter.
    void PlotSettings()
    {
        var bits = reader.Bits;
        reader.Text();
        reader.Text();
        bits.BitShort();
        for (var i = 0; i < 6; i++)
            bits.BitDouble();
        reader.Text();
        bits.BitDouble();
        bits.BitDouble();
        for (var i = 0; i < 3; i++)
            bits.BitShort();
        for (var i = 0; i < 4; i++)
            bits.BitDouble();
        if (reader.Version < DwgVersion.R2004)
            reader.Text();
        bits.BitDouble();
        bits.BitDouble();
        reader.Text();
        bits.BitShort();
        for (var i = 0; i < 3; i++)
            bits.BitDouble();
        if (reader.Version >= DwgVersion.R2004)
        {
            for (var i = 0; i < 3; i++)
                bits.BitShort();
            // The view that is plotted; from R2007 on the visual style.
            reader.Handle();
        }
        if (reader.Version >= DwgVersion.R2007)
            reader.Handle();
    }

    public void FileReference(ReadOnlySpan<byte> type)
    {
        reader.ReadObject();
        Begin(type);
        if (type.SequenceEqual("IMAGEDEF"u8))
        {
            reader.Bits.BitLong();
            reader.Bits.Skip(128);
        }
        tags.AddText(1, reader.Text());
    }
}
