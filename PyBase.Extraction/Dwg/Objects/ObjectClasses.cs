using System.Text;
using PyBase.Extraction.Dwg.Bits;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>The DXF names of object types. Those of the first versions have fixed numbers; what came later is numbered from 500 on in each file.</summary>
sealed class ObjectClasses
{
    public const int Text = 1, Attribute = 2, AttributeDefinition = 3, Block = 4, EndBlock = 5, SequenceEnd = 6, Insert = 7, GridInsert = 8, Vertex2D = 10, Vertex3D = 11, FaceVertex = 14, Polyline2D = 15, Polyline3D = 16, Arc = 17, Circle = 18, Line = 19,
        Solid = 31, Trace = 32, Ellipse = 35, Spline = 36, LightPolyline = 77,
        FirstDimension = 20, LastDimension = 26, MText = 44, Leader = 45, Tolerance = 46, BlockHeader = 49, Layer = 51, Style = 53, Linetype = 57, Application = 67,
        DimensionStyle = 69, Layout = 82;

    const int FirstClass = 500, EntityKind = 0x1F2, MostClasses = 5000;

    static readonly (int Number, string Name)[] Fixed =
    [
        (1, "TEXT"), (2, "ATTRIB"), (3, "ATTDEF"), (4, "BLOCK"), (5, "ENDBLK"), (6, "SEQEND"), (7, "INSERT"), (8, "INSERT"), (10, "VERTEX"), (11, "VERTEX"), (12, "VERTEX"),
        (13, "VERTEX"), (14, "VERTEX"), (15, "POLYLINE"), (16, "POLYLINE"), (17, "ARC"), (18, "CIRCLE"), (19, "LINE"), (20, "DIMENSION"), (21, "DIMENSION"), (22, "DIMENSION"),
        (23, "DIMENSION"), (24, "DIMENSION"), (25, "DIMENSION"), (26, "DIMENSION"), (27, "POINT"), (28, "3DFACE"), (29, "POLYLINE"), (30, "POLYLINE"), (31, "SOLID"),
        (32, "TRACE"), (33, "SHAPE"), (34, "VIEWPORT"), (35, "ELLIPSE"), (36, "SPLINE"), (37, "REGION"), (38, "3DSOLID"), (39, "BODY"), (40, "RAY"), (41, "XLINE"),
        (43, "OLEFRAME"), (44, "MTEXT"), (45, "LEADER"), (46, "TOLERANCE"), (47, "MLINE"), (74, "OLE2FRAME"), (77, "LWPOLYLINE"), (78, "HATCH"), (498, "ACAD_PROXY_ENTITY"),
    ];

    readonly Dictionary<int, (byte[] Name, bool IsEntity)> classes = Fixed.ToDictionary(one => one.Number, one => (Encoding.ASCII.GetBytes(one.Name), true));

    /// <summary>Sentinel of 16 bytes, size; number, flags, names of program, C++ class and DXF type, whether it is a stand-in, kind, and from R2004 on counts.</summary>
    public ObjectClasses(ArraySegment<byte> section, DwgVersion version, int maintenance)
    {
        if (section.Count < 24)
            return;
        var (bits, texts) = (new BitReader(), new BitReader());
        var (start, at) = ((long)section.Offset * 8, section.Offset + 16);
        bits.Set(section.Array!, at * 8L, start + (section.Count * 8L));
        var end = (at + 4 + (long)(uint)bits.Long()) * 8;
        if ((version >= DwgVersion.R2010 && maintenance > 3) || version >= DwgVersion.R2018)
            bits.Skip(32);
        if (version >= DwgVersion.R2007)
        {
            var first = bits.Position;
            end = first + (uint)bits.Long() - 1;
            StringStream.Find(texts, section.Array!, end);
            end = Math.Min(end, texts.Position);
            bits.BitLong();
            bits.Bit();
        }
        else if (version >= DwgVersion.R2004)
        {
            bits.BitShort();
            bits.Skip(16);
            bits.Bit();
        }
        while (bits.Position + 8 < Math.Min(end, bits.End) && !bits.HasOverrun && classes.Count < MostClasses)
        {
            var number = bits.BitShort();
            bits.BitShort();
            byte[] name = [];
            for (var i = 0; i < 3; i++)
                name = version >= DwgVersion.R2007 ? texts.Wide((ushort)texts.BitShort()) : bits.Bytes((ushort)bits.BitShort());
            bits.Bit();
            var kind = bits.BitShort();
            for (var i = 0; i < 5 && version >= DwgVersion.R2004; i++)
                bits.BitLong();
            if (!bits.HasOverrun && !texts.HasOverrun && number >= FirstClass)
                classes.TryAdd(number, (name.AsSpan().Trim((byte)0).ToArray(), kind == EntityKind));
        }
    }

    /// <summary>The DXF name of a type; empty when it has none.</summary>
    public ReadOnlySpan<byte> NameOf(int type) => classes.TryGetValue(type, out var one) ? one.Name : [];

    public bool IsEntity(int type) => classes.TryGetValue(type, out var one) && one.IsEntity;
}
