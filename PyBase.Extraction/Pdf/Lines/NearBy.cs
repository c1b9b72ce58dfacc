using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Lines;

/// <summary>Things by their place on a page, for questions about what lies near.</summary>
sealed class NearBy<T>(double cell = 24)
{
    readonly Dictionary<(int, int), List<T>> cells = [];

    public void Add(double x, double y, T thing)
    {
        var key = Key(x, y);
        if (!cells.TryGetValue(key, out var list))
            cells[key] = list = [];
        list.Add(thing);
    }

    public IEnumerable<T> Around(Box box)
    {
        var (left, bottom) = Key(box.Left, box.Bottom);
        var (right, top) = Key(box.Right, box.Top);
        for (var x = left; x <= Math.Min(right, left + 64); x++)
        {
            for (var y = bottom; y <= Math.Min(top, bottom + 64); y++)
            {
                if (!cells.TryGetValue((x, y), out var list))
                    continue;
                foreach (var thing in list)
                    yield return thing;
            }
        }
    }

    (int, int) Key(double x, double y) => ((int)Math.Floor(x / cell), (int)Math.Floor(y / cell));
}
