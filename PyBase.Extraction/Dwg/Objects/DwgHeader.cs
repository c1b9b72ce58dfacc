using System.Buffers.Binary;
using PyBase.Extraction.Dwg.Bits;
using PyBase.Extraction.Dwg.Container;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>
/// The variables that matter of the part Header, which holds all of them in a fixed order without names; so most is passed over.
/// </summary>
sealed class DwgHeader(DwgSections sections, DwgTags tags)
{
    readonly BitReader bits = new(), texts = new(), handles = new();
    readonly DwgVersion version = sections.Version;

    /// <summary>The style that dimensions without one have.</summary>
    public ulong DimensionStyle { get; private set; }

    bool Wide => version >= DwgVersion.R2007;

    /// <summary>Adds the variables read; those behind a damaged place are left out.</summary>
    public void Write()
    {
        var section = sections[DwgSections.Header];
        if (section.Count < 32)
            return;
        var at = (section.Offset + 16L) * 8;
        bits.Set(section.Array!, at, (section.Offset + (long)section.Count) * 8);
        bits.Long();
        if ((version >= DwgVersion.R2010 && sections.Maintenance > 3) || version >= DwgVersion.R2018)
            bits.Skip(32);
        if (Wide)
        {
            var first = bits.Position;
            var end = first + (uint)bits.Long();
            StringStream.Find(texts, section.Array!, end - 1);
            handles.Set(section.Array!, end, bits.End);
        }
        if (version >= DwgVersion.R2013)
            bits.BitLongLong();
        Doubles(4);
        for (var i = 0; i < 4; i++)
            Text();
        Longs(2);
        if (version < DwgVersion.R2004)
            Handle();
        Flags(version >= DwgVersion.R2004 ? 21 : 20);
        Shorts(2);
        var format = bits.BitShort();
        Shorts(5);
        if (version >= DwgVersion.R2004)
            Longs(3);
        Shorts(19);
        Doubles(21);
        Text();
        var (created, updated) = (Date(), Date());
        if (version >= DwgVersion.R2004)
            Longs(3);
        Longs(4);
        Color();
        // The next free handle stands among the data in every version.
        bits.Handle(0);
        for (var i = 0; i < (Wide ? 4 : 3); i++)
            Handle();
        DimensionStyle = Handle();
        Handle();
        bits.BitDouble();
        if (!bits.HasOverrun)
        {
            Variable("$LUNITS"u8, 70, format);
            Variable("$TDUCREATE"u8, 40, created);
            Variable("$TDUUPDATE"u8, 40, updated);
        }
        Spaces();
        Dimensions();
        Rest();
    }

    // Of paper space and of model space: origin, extents, limits, elevation, coordinate systems.
    void Spaces()
    {
        for (var i = 0; i < 2; i++)
        {
            Doubles(9);
            bits.Skip(4 * 64);
            Doubles(10);
            Handle();
            Handle();
            bits.BitShort();
            Handle();
            Doubles(18);
        }
    }

    void Dimensions()
    {
        var post = Text();
        Text();
        Doubles(5);
        var (rounding, _, plus, minus) = (bits.BitDouble(), bits.BitDouble(), bits.BitDouble(), bits.BitDouble());
        if (Wide)
        {
            Doubles(2);
            bits.BitShort();
            Color();
        }
        var (tolerance, limits) = (bits.Bit(), bits.Bit());
        Flags(4);
        bits.BitShort();
        var (zeros, angleZeros) = (bits.BitShort(), bits.BitShort());
        if (Wide)
            bits.BitShort();
        Doubles(4);
        var factor = bits.BitDouble();
        Doubles(4);
        bits.Bit();
        bits.BitShort();
        Flags(4);
        for (var i = 0; i < 3; i++)
            Color();
        var (angleDecimals, decimals, deviationDecimals) = (bits.BitShort(), bits.BitShort(), bits.BitShort());
        Shorts(2);
        var (angleUnit, fraction, unit, separator) = (bits.BitShort(), bits.BitShort(), bits.BitShort(), bits.BitShort());
        Shorts(2);
        Flags(2);
        bits.BitShort();
        var deviationZeros = bits.BitShort();
        Shorts(2);
        bits.Bit();
        bits.BitShort();
        if (Wide)
            bits.Bit();
        if (version >= DwgVersion.R2010)
        {
            bits.Bit();
            bits.BitDouble();
            Text();
            bits.BitDouble();
            Text();
        }
        if (bits.HasOverrun || texts.HasOverrun)
            return;
        tags.Add(9, "$DIMPOST"u8);
        tags.AddText(1, post);
        Variable("$DIMRND"u8, 40, rounding);
        Variable("$DIMTP"u8, 40, plus);
        Variable("$DIMTM"u8, 40, minus);
        Variable("$DIMTOL"u8, 70, tolerance ? 1 : 0);
        Variable("$DIMLIM"u8, 70, limits ? 1 : 0);
        Variable("$DIMZIN"u8, 70, zeros);
        Variable("$DIMAZIN"u8, 70, angleZeros);
        Variable("$DIMLFAC"u8, 40, factor);
        Variable("$DIMADEC"u8, 70, angleDecimals);
        Variable("$DIMDEC"u8, 70, decimals);
        Variable("$DIMTDEC"u8, 70, deviationDecimals);
        Variable("$DIMAUNIT"u8, 70, angleUnit);
        Variable("$DIMFRAC"u8, 70, fraction);
        Variable("$DIMLUNIT"u8, 70, unit);
        Variable("$DIMDSEP"u8, 70, separator);
        Variable("$DIMTZIN"u8, 70, deviationZeros);
    }

    // Handles of tables and dictionaries, then the unit of length.
    void Rest()
    {
        for (var i = 0; i < (Wide ? 8 : 5); i++)
            Handle();
        Shorts(2);
        for (var i = 0; i < (version < DwgVersion.R2004 ? 13 : 12); i++)
            Handle();
        Shorts(2);
        Text();
        Text();
        for (var i = 0; i < version switch { DwgVersion.R2000 => 3, DwgVersion.R2004 => 5, DwgVersion.R2007 or DwgVersion.R2010 => 6, _ => 7 }; i++)
            Handle();
        bits.BitLong();
        var unit = bits.BitShort();
        if (!bits.HasOverrun)
            Variable("$INSUNITS"u8, 70, unit);
        if (bits.BitShort() == 3)
            Handle();
        Text();
        Text();
        if (version < DwgVersion.R2004)
            return;
        for (var i = 0; i < 6; i++)
            bits.Byte();
        Shorts(2);
        for (var i = 0; i < 2; i++)
            bits.Byte();
        var project = Text();
        if (bits.HasOverrun || texts.HasOverrun)
            return;
        tags.Add(9, "$PROJECTNAME"u8);
        tags.AddText(1, project);
    }

    /// <summary>$MEASUREMENT, which stands in a part of its own behind a description.</summary>
    public void WriteMeasurement()
    {
        var section = sections[DwgSections.Template].AsSpan();
        if (section.Length < 4)
            return;
        var place = 2 + BinaryPrimitives.ReadUInt16LittleEndian(section);
        if (place + 2 <= section.Length && BinaryPrimitives.ReadUInt16LittleEndian(section[place..]) is var measurement and < 2)
            Variable("$MEASUREMENT"u8, 70, measurement);
    }

    void Variable(ReadOnlySpan<byte> name, int code, double value)
    {
        tags.Add(9, name);
        tags.Add(code, value);
    }

    byte[] Text() => Wide ? texts.Wide((ushort)texts.BitShort()) : bits.Bytes((ushort)bits.BitShort());

    ulong Handle() => (Wide ? handles : bits).Handle(0);

    double Date() => bits.BitLong() + (bits.BitLong() / 86_400_000.0);

    void Color()
    {
        bits.BitShort();
        if (version < DwgVersion.R2004)
            return;
        bits.BitLong();
        var names = bits.Byte();
        if ((names & 1) != 0)
            Text();
        if ((names & 2) != 0)
            Text();
    }

    void Doubles(int count)
    {
        for (var i = 0; i < count; i++)
            bits.BitDouble();
    }

    void Longs(int count)
    {
        for (var i = 0; i < count; i++)
            bits.BitLong();
    }

    void Shorts(int count)
    {
        for (var i = 0; i < count; i++)
            bits.BitShort();
    }

    void Flags(int count)
    {
        for (var i = 0; i < count; i++)
            bits.Bit();
    }
}
