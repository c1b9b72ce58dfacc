using PyBase.Extraction.Pdf.Content;

namespace PyBase.Extraction.Pdf.Lines;

/// <summary>The words of a page by the height of their middle, so that one of many tables asks only those beside it.</summary>
sealed class WordsByHeight
{
    readonly List<TextRun> words;
    readonly int[] places;
    readonly double[] heights;

    public WordsByHeight(List<TextRun> words)
    {
        this.words = words;
        heights = [.. words.Select(word => word.Box.CentreY)];
        places = [.. Enumerable.Range(0, words.Count)];
        Array.Sort(heights, places);
    }

    /// <summary>In the order they were given in.</summary>
    public List<TextRun> Between(double bottom, double top)
    {
        var (from, to) = (First(bottom), First(top));
        while (to < heights.Length && heights[to] <= top)
            to++;
        var own = places[from..Math.Max(from, to)];
        Array.Sort(own);
        return [.. own.Select(place => words[place])];
    }

    /// <summary>Those whose middle lies in a box.</summary>
    public List<TextRun> In(Box box) => Between(box.Bottom, box.Top).FindAll(word => box.Holds(word.Box.CentreX, word.Box.CentreY));

    int First(double height)
    {
        var place = Array.BinarySearch(heights, height);
        if (place < 0)
            return ~place;
        while (place > 0 && heights[place - 1] >= height)
            place--;
        return place;
    }
}
