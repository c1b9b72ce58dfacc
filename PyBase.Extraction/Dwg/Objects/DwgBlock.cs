namespace PyBase.Extraction.Dwg.Objects;

/// <summary>A BLOCK HEADER: the entry of the table of blocks.</summary>
sealed record DwgBlock(ulong Handle)
{
    public byte[] Name { get; set; } = [];
    public int Flags { get; init; }
    public (double X, double Y, double Z) Base { get; init; }
    public byte[] Path { get; init; } = [];
    public byte[] Description { get; init; } = [];
    public ulong Begin { get; init; }
    public ulong Layout { get; init; }

    /// <summary>The first and last of its chain (R2000).</summary>
    public (ulong First, ulong Last) Chain { get; init; }

    /// <summary>Its entities (from R2004 on).</summary>
    public List<ulong> Entities { get; init; } = [];

    public bool IsXref => (Flags & 12) != 0;

    public static DwgBlock Read(ObjectReader reader)
    {
        const int mostEntities = 50_000_000;
        var bits = reader.Bits;
        reader.ReadObject();
        var name = reader.Text();
        reader.SkipXref();
        var flags = (bits.Bit() ? 1 : 0) | (bits.Bit() ? 2 : 0) | (bits.Bit() ? 4 : 0) | (bits.Bit() ? 8 : 0);
        bits.Bit();
        var isXref = (flags & 12) != 0;
        var owned = reader.Version >= DwgVersion.R2004 && !isXref ? bits.BitLong() : 0;
        var origin = bits.Point();
        var path = reader.Text();
        var inserts = 0;
        while (bits.Byte() != 0)
            inserts++;
        var description = reader.Text();
        reader.Handle();
        var begin = reader.Handle();
        (ulong, ulong) chain = reader.Version < DwgVersion.R2004 && !isXref ? (reader.Handle(), reader.Handle()) : default;
        List<ulong> entities = [];
        for (var i = 0; i < Math.Min(owned, mostEntities) && !reader.Handles.HasOverrun; i++)
            entities.Add(reader.Handle());
        reader.Handle();
        for (var i = 0; i < inserts && !reader.Handles.HasOverrun; i++)
            reader.Handle();
        return new DwgBlock(reader.Self)
        {
            Name = name, Flags = flags, Base = origin, Path = path, Description = description, Begin = begin, Layout = reader.Handle(), Chain = chain, Entities = entities,
        };
    }
}
