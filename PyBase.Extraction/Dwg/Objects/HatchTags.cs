using PyBase.Extraction.Dwg.Bits;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>Writes the boundaries of a HATCH and whether it is filled; of its pattern and colours no more than has to be read to get there.</summary>
sealed class HatchTags(ObjectReader reader, DwgTags tags)
{
    const int MostParts = 100_000;
    const double Degrees = 180 / Math.PI;

    BitReader Bits => reader.Bits;

    /// <summary>Writes the open entity.</summary>
    public void Write()
    {
        if (reader.Version >= DwgVersion.R2004)
            Gradient();
        Bits.BitDouble();
        tags.Add(210, Bits.Point());
        tags.AddText(2, reader.Text());
        tags.Add(70, Bits.Bit() ? 1 : 0);
        Bits.Bit();
        var paths = Bits.BitLong();
        tags.Add(91, paths);
        for (var i = 0; i < paths && IsWhole(i); i++)
            Path();
        tags.Add(75, Bits.BitShort());
    }

    void Gradient()
    {
        Bits.BitLong();
        Bits.BitLong();
        Bits.BitDouble();
        Bits.BitDouble();
        Bits.BitLong();
        Bits.BitDouble();
        var colors = Bits.BitLong();
        for (var i = 0; i < colors && IsWhole(i); i++)
        {
            Bits.BitDouble();
            Bits.BitShort();
            Bits.BitLong();
            Bits.Byte();
        }
        reader.Text();
    }

    void Path()
    {
        const int isPolyline = 2;
        var kind = Bits.BitLong();
        tags.Add(92, kind);
        if ((kind & isPolyline) != 0)
            Polyline();
        else
        {
            var edges = Bits.BitLong();
            tags.Add(93, edges);
            for (var i = 0; i < edges && IsWhole(i); i++)
                Edge();
        }
        // The objects that it was made of; their handles stand elsewhere.
        tags.Add(97, Bits.BitLong());
    }

    void Polyline()
    {
        var hasBulges = Bits.Bit();
        tags.Add(72, hasBulges ? 1 : 0);
        tags.Add(73, Bits.Bit() ? 1 : 0);
        var vertices = Bits.BitLong();
        tags.Add(93, vertices);
        for (var i = 0; i < vertices && IsWhole(i); i++)
        {
            Point(10);
            if (hasBulges)
                tags.Add(42, Bits.BitDouble());
        }
    }

    void Edge()
    {
        const int line = 1, arc = 2, ellipse = 3;
        var kind = Bits.Byte();
        tags.Add(72, kind);
        Action rest = kind switch { line => () => Point(11), arc => () => Turn(isEllipse: false), ellipse => () => Turn(isEllipse: true), _ => Spline };
        if (kind is line or arc or ellipse)
            Point(10);
        rest();
    }

    void Turn(bool isEllipse)
    {
        if (isEllipse)
            Point(11);
        // Radius, or how long the short axis is of the long one.
        tags.Add(40, Bits.BitDouble());
        tags.Add(50, Bits.BitDouble() * Degrees);
        tags.Add(51, Bits.BitDouble() * Degrees);
        tags.Add(73, Bits.Bit() ? 1 : 0);
    }

    void Spline()
    {
        tags.Add(94, Bits.BitLong());
        var hasWeights = Bits.Bit();
        tags.Add(73, hasWeights ? 1 : 0);
        tags.Add(74, Bits.Bit() ? 1 : 0);
        var (knots, points) = (Bits.BitLong(), Bits.BitLong());
        for (var i = 0; i < knots && IsWhole(i); i++)
            tags.Add(40, Bits.BitDouble());
        for (var i = 0; i < points && IsWhole(i); i++)
        {
            Point(10);
            if (hasWeights)
                tags.Add(42, Bits.BitDouble());
        }
        if (reader.Version < DwgVersion.R2010 || Bits.BitLong() is not (> 0 and var fit))
            return;
        // Points it goes through, and its directions at both ends.
        for (var i = 0; i < (long)fit + 2 && IsWhole(i); i++)
            (_, _) = (Bits.Double(), Bits.Double());
    }

    void Point(int code) => tags.Add(code, (Bits.Double(), Bits.Double(), 0));

    bool IsWhole(int count) => count < MostParts && !Bits.HasOverrun;
}
