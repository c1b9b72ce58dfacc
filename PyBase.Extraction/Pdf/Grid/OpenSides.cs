namespace PyBase.Extraction.Pdf.Grid;

/// <summary>Closes tables whose outer columns have lines between rows and none at the side: there the lines between rows begin or end at one place.</summary>
static class OpenSides
{
    const double SameEnd = 2, Touch = 2.2, Least = 12;

    /// <summary>The rulings with those that are missing at the sides; the same when none is.</summary>
    public static Rulings Close(Rulings rulings)
    {
        List<Ruling> added = [.. Sides(rulings, ruling => ruling.From), .. Sides(rulings, ruling => ruling.To)];
        return added.Count == 0 ? rulings : new Rulings { Horizontal = rulings.Horizontal, Vertical = [.. rulings.Vertical.Concat(added).OrderBy(ruling => ruling.At).ThenBy(ruling => ruling.From)] };
    }

    static IEnumerable<Ruling> Sides(Rulings rulings, Func<Ruling, double> end)
    {
        var sorted = rulings.Horizontal.Where(ruling => ruling.Length > Least).OrderBy(end).ToList();
        for (var start = 0; start < sorted.Count;)
        {
            var next = start + 1;
            while (next < sorted.Count && end(sorted[next]) - end(sorted[start]) <= SameEnd)
                next++;
            var lines = sorted.GetRange(start, next - start).OrderBy(ruling => ruling.At).ToList();
            var at = lines.Average(end);
            start = next;
            for (var i = 0; i < lines.Count;)
            {
                var last = i;
                while (last + 1 < lines.Count && AreJoined(rulings, lines[last], lines[last + 1], at))
                    last++;
                if (last - i >= 2)
                    yield return new Ruling(at, lines[i].At, lines[last].At);
                i = last + 1;
            }
        }
    }

    // A line goes from one to the other inside of the table, and none at this side.
    static bool AreJoined(Rulings rulings, Ruling lower, Ruling upper, double side)
    {
        var isJoined = false;
        foreach (var vertical in rulings.Vertical)
        {
            if (vertical.From > lower.At + Touch || vertical.To < upper.At - Touch)
                continue;
            if (Math.Abs(vertical.At - side) < 2 * SameEnd)
                return false;
            isJoined |= vertical.At > Math.Max(lower.From, upper.From) + Least && vertical.At < Math.Min(lower.To, upper.To) - Least;
        }
        return isJoined;
    }
}
