using PyBase.Extraction.Dwg.Bits;

namespace PyBase.Extraction.Dwg.Objects;

/// <summary>Writes entities that matter for a picture only: lines, curves, polylines, areas.</summary>
sealed class ShapeTags(ObjectReader reader, DwgTags tags)
{
    const double Degrees = 180 / Math.PI;
    const int MostPoints = 1_000_000;

    BitReader Bits => reader.Bits;

    /// <summary>Writes the open entity; gives the handles of a polyline's vertices, in R2000 the first and last.</summary>
    public List<ulong> Write()
    {
        switch (reader.Type)
        {
            case ObjectClasses.Line: Line(); break;
            case ObjectClasses.Circle: Circle(); break;
            case ObjectClasses.Arc: Arc(); break;
            case ObjectClasses.Ellipse: Ellipse(); break;
            case ObjectClasses.Spline: Spline(); break;
            case ObjectClasses.Solid or ObjectClasses.Trace: Solid(); break;
            case ObjectClasses.LightPolyline: LightPolyline(); break;
            case ObjectClasses.Polyline2D: return Polyline(isFlat: true);
            case ObjectClasses.Polyline3D: return Polyline(isFlat: false);
            case ObjectClasses.Vertex2D: Vertex(isFlat: true); break;
            case ObjectClasses.Vertex3D: Vertex(isFlat: false); break;
        }
        return [];
    }

    void Line()
    {
        var isFlat = Bits.Bit();
        var x = Bits.Double();
        var endX = Bits.Changed(x);
        var y = Bits.Double();
        var endY = Bits.Changed(y);
        tags.Add(10, (x, y, 0));
        tags.Add(11, (endX, endY, 0));
        if (!isFlat)
            Bits.Changed(Bits.Double());
    }

    void Circle()
    {
        tags.Add(10, Bits.Point());
        tags.Add(40, Bits.BitDouble());
        Bits.SkipThickness();
        Normal();
    }

    void Arc()
    {
        Circle();
        tags.Add(50, Bits.BitDouble() * Degrees);
        tags.Add(51, Bits.BitDouble() * Degrees);
    }

    void Ellipse()
    {
        tags.Add(10, Bits.Point());
        tags.Add(11, Bits.Point());
        tags.Add(210, Bits.Point());
        foreach (var code in (ReadOnlySpan<int>)[40, 41, 42])
            tags.Add(code, Bits.BitDouble());
    }

    // 1 with knots and control points, 2 with fit points; from R2013 on flags say which.
    void Spline()
    {
        var scenario = Bits.BitLong();
        if (reader.Version >= DwgVersion.R2013)
        {
            const int byFitPoints = 1, custom = 15;
            var flags = Bits.BitLong();
            var parameter = Bits.BitLong();
            if ((flags & byFitPoints) != 0)
                scenario = 2;
            if (parameter == custom)
                scenario = 1;
        }
        tags.Add(71, Bits.BitLong());
        int knots = 0, control = 0, fit = 0;
        var hasWeights = false;
        if (scenario == 2)
        {
            Bits.BitDouble();
            Bits.Point();
            Bits.Point();
            fit = Bits.BitLong();
        }
        else
        {
            Bits.Bit();
            tags.Add(70, Bits.Bit() ? 1 : 0);
            Bits.Bit();
            Bits.BitDouble();
            Bits.BitDouble();
            knots = Bits.BitLong();
            control = Bits.BitLong();
            hasWeights = Bits.Bit();
        }
        for (var i = 0; i < knots && IsWhole(i); i++)
            tags.Add(40, Bits.BitDouble());
        for (var i = 0; i < control && IsWhole(i); i++)
        {
            tags.Add(10, Bits.Point());
            if (hasWeights)
                tags.Add(41, Bits.BitDouble());
        }
        for (var i = 0; i < fit && IsWhole(i); i++)
            tags.Add(11, Bits.Point());
    }

    void Solid()
    {
        Bits.SkipThickness();
        Bits.BitDouble();
        for (var code = 10; code <= 13; code++)
            tags.Add(code, (Bits.Double(), Bits.Double(), 0));
        Normal();
    }

    void LightPolyline()
    {
        const int hasNormal = 1, hasThickness = 2, hasWidth = 4, hasElevation = 8, hasBulges = 16, hasWidths = 32, isClosed = 512, hasIds = 1024;
        var flags = Bits.BitShort();
        if ((flags & hasWidth) != 0)
            Bits.BitDouble();
        if ((flags & hasElevation) != 0)
            Bits.BitDouble();
        if ((flags & hasThickness) != 0)
            Bits.BitDouble();
        if ((flags & hasNormal) != 0)
            tags.Add(210, Bits.Point());
        var count = Bits.BitLong();
        var bulges = (flags & hasBulges) != 0 ? Bits.BitLong() : 0;
        if (reader.Version >= DwgVersion.R2010 && (flags & hasIds) != 0)
            Bits.BitLong();
        if ((flags & hasWidths) != 0)
            Bits.BitLong();
        tags.Add(70, (flags & isClosed) != 0 ? 1 : 0);
        List<(double X, double Y)> points = [];
        for (var i = 0; i < count && IsWhole(i); i++)
            points.Add(i == 0 ? (Bits.Double(), Bits.Double()) : (Bits.Changed(points[^1].X), Bits.Changed(points[^1].Y)));
        for (var i = 0; i < points.Count; i++)
        {
            tags.Add(10, (points[i].X, points[i].Y, 0));
            if (i < bulges)
                tags.Add(42, Bits.BitDouble());
        }
    }

    List<ulong> Polyline(bool isFlat)
    {
        if (isFlat)
        {
            tags.Add(70, Bits.BitShort());
            Bits.BitShort();
            Bits.BitDouble();
            Bits.BitDouble();
            Bits.SkipThickness();
            Bits.BitDouble();
            Normal();
        }
        else
        {
            Bits.Byte();
            tags.Add(70, Bits.Byte());
        }
        var count = reader.Version >= DwgVersion.R2004 ? Bits.BitLong() : 2;
        List<ulong> vertices = [];
        for (var i = 0; i < count && i < MostPoints && !reader.Handles.HasOverrun; i++)
            vertices.Add(reader.Handle());
        return vertices;
    }

    void Vertex(bool isFlat)
    {
        tags.Add(70, Bits.Byte());
        tags.Add(10, Bits.Point());
        if (!isFlat)
            return;
        if (Bits.BitDouble() >= 0)
            Bits.BitDouble();
        tags.Add(42, Bits.BitDouble());
    }

    // BE: one bit for the usual one.
    void Normal()
    {
        if (!Bits.Bit())
            tags.Add(210, Bits.Point());
    }

    bool IsWhole(int count) => count < MostPoints && !Bits.HasOverrun;
}
