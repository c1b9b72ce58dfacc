using System.Collections.Immutable;

namespace PyBase.Core.Formulas;

/// <summary>A set of code points: sorted, disjoint ranges, both ends included.</summary>
sealed class CodePoints
{
    public const int Last = 0x10FFFF;

    CodePoints(ImmutableArray<(int Low, int High)> ranges) => Ranges = ranges;

    public static CodePoints All { get; } = Of((0, Last));

    public ImmutableArray<(int Low, int High)> Ranges { get; }

    public static CodePoints Of(params IEnumerable<(int Low, int High)> ranges)
    {
        var merged = ImmutableArray.CreateBuilder<(int Low, int High)>();
        foreach (var (low, high) in ranges.OrderBy(range => range.Low))
        {
            if (merged.Count > 0 && low <= merged[^1].High + 1)
                merged[^1] = (merged[^1].Low, Math.Max(high, merged[^1].High));
            else
                merged.Add((low, high));
        }
        return new(merged.ToImmutable());
    }

    public CodePoints Without
    {
        get
        {
            var rest = new List<(int, int)>();
            var next = 0;
            foreach (var (low, high) in Ranges)
            {
                if (low > next)
                    rest.Add((next, low - 1));
                next = high + 1;
            }
            if (next <= Last)
                rest.Add((next, Last));
            return Of(rest);
        }
    }

    public CodePoints And(CodePoints other) => Of(Ranges.Concat(other.Ranges));

    public bool Contains(int point)
    {
        var (from, to) = (0, Ranges.Length - 1);
        while (from <= to)
        {
            var middle = (from + to) / 2;
            if (point < Ranges[middle].Low)
                to = middle - 1;
            else if (point > Ranges[middle].High)
                from = middle + 1;
            else
                return true;
        }
        return false;
    }
}
