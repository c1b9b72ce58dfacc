namespace PyBase.Extraction.Pictures;

/// <summary>What a drawing shows, as read: group codes and numbers, understood when it is drawn.</summary>
sealed class Entity
{
    public required string Type { get; init; }
    public ulong Handle { get; set; }
    public ulong Owner { get; set; }
    public bool IsInPaperSpace { get; set; }
    public string Layer { get; set; } = "0";

    /// <summary>Index of colour: 256 that of the layer, 0 that of the reference to the block.</summary>
    public int Color { get; set; } = 256;
    public int? Rgb { get; set; }

    /// <summary>In 1/100 mm; -1 that of the layer, -2 that of the reference, -3 the usual one.</summary>
    public int Weight { get; set; } = -1;
    public string Text { get; set; } = "";
    public string Name { get; set; } = "";
    public List<(int Code, double Value)> Values { get; } = [];

    /// <summary>Vertices of a POLYLINE, attributes of an INSERT.</summary>
    public List<Entity> Parts { get; } = [];

    public double this[int code, double otherwise = 0]
    {
        get
        {
            foreach (var (own, value) in Values)
            {
                if (own == code)
                    return value;
            }
            return otherwise;
        }
    }

    public Matrix Plane => Matrix.OfNormal(this[210], this[220], this[230, 1]);

    /// <summary>The points of a code, in their order; the y of code + 10 follows its x.</summary>
    public List<(double X, double Y)> Points(int code)
    {
        List<(double X, double Y)> points = [];
        foreach (var (own, value) in Values)
        {
            if (own == code)
                points.Add((value, 0));
            else if (own == code + 10 && points.Count > 0)
                points[^1] = points[^1] with { Y = value };
        }
        return points;
    }

    public List<double> All(int code) => [.. Values.Where(pair => pair.Code == code).Select(pair => pair.Value)];
}
