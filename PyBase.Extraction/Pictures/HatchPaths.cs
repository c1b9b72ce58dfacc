namespace PyBase.Extraction.Pictures;

/// <summary>
/// The boundaries of a HATCH:
/// <code>
/// 91 paths   92 kind (2 polyline)   polyline: 72 has bulges  73 closed  93 vertices  10 20 [42] …
///                                   edges: 93 edges   72 1 line 10 20 11 21 · 2 arc 10 20 40 50 51 73 · 3 ellipse 10 20 11 21 40 50 51 73 · 4 spline 94 … 95 96 40 … 10 20 …
/// 97 sources …   75 style   76 pattern   98 seeds 10 20 …
/// </code>
/// </summary>
static class HatchPaths
{
    public static List<List<(double X, double Y)>> Of(Entity hatch)
    {
        List<List<(double X, double Y)>> paths = [];
        var values = hatch.Values;
        var at = values.FindIndex(pair => pair.Code == 91) + 1;
        while (at > 0 && at < values.Count && values[at].Code is not (75 or 76 or 98))
        {
            if (values[at].Code != 92)
            {
                at++;
                continue;
            }
            var isPolyline = ((int)values[at].Value & 2) != 0;
            var end = at + 1;
            while (end < values.Count && values[end].Code is not (92 or 75 or 76 or 98 or 97))
                end++;
            var part = values[(at + 1)..end];
            paths.Add(isPolyline ? Polyline(part) : Edges(part));
            at = end;
        }
        return paths;
    }

    static List<(double X, double Y)> Polyline(List<(int Code, double Value)> part)
    {
        List<(double X, double Y, double Bulge)> vertices = [];
        foreach (var (code, value) in part)
        {
            if (code == 10)
                vertices.Add((value, 0, 0));
            else if (code == 20 && vertices.Count > 0)
                vertices[^1] = vertices[^1] with { Y = value };
            else if (code == 42 && vertices.Count > 0)
                vertices[^1] = vertices[^1] with { Bulge = value };
        }
        return Curves.Polyline(vertices, isClosed: true);
    }

    static List<(double X, double Y)> Edges(List<(int Code, double Value)> part)
    {
        List<(double X, double Y)> path = [];
        for (var at = part.FindIndex(pair => pair.Code == 72); at >= 0 && at < part.Count;)
        {
            var end = part.FindIndex(at + 1, pair => pair.Code == 72);
            if (end < 0)
                end = part.Count;
            var edge = new Entity { Type = "EDGE" };
            edge.Values.AddRange(part[(at + 1)..end]);
            path.AddRange(Edge((int)part[at].Value, edge));
            at = end;
        }
        return path;
    }

    static IEnumerable<(double X, double Y)> Edge(int kind, Entity edge)
    {
        const double radians = Math.PI / 180;
        var isForward = edge[73, 1] != 0;
        var (start, end) = (edge[50] * radians, edge[51] * radians);
        switch (kind)
        {
            case 1:
                return [(edge[10], edge[20]), (edge[11], edge[21])];
            case 2:
                return isForward ? Curves.Arc(edge[10], edge[20], edge[40], start, end) : Curves.Arc(edge[10], edge[20], edge[40], -end, -start).Reverse();
            case 3:
                return isForward ? Curves.Ellipse(edge[10], edge[20], edge[11], edge[21], edge[40], start, end) : Curves.Ellipse(edge[10], edge[20], edge[11], edge[21], edge[40], -end, -start).Reverse();
            default:
                return Curves.Spline((int)edge[94, 3], edge.All(40), edge.Points(10), edge.All(42));
        }
    }
}
