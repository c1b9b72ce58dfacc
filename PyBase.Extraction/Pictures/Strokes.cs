namespace PyBase.Extraction.Pictures;

/// <summary>How something is drawn.</summary>
/// <param name="Rgb">Colour.</param>
/// <param name="Weight">Width of lines in 1/100 mm of paper.</param>
/// <param name="Fill">How much a closed path is filled, 0 to 1.</param>
readonly record struct Look(int Rgb, int Weight, double Fill = 0);

/// <summary>A line of text with its place and direction in the drawing.</summary>
/// <param name="Map">From a text one unit high whose baseline begins at the origin.</param>
/// <param name="Anchor">Where along the line the origin is: 0 start, 1 middle, 2 end.</param>
readonly record struct DrawnText(string Text, Matrix Map, int Anchor, int Rgb);

/// <summary>All that is drawn, flat, in the coordinates of the drawing.</summary>
sealed class Strokes(int maxPoints, CancellationToken cancellation)
{
    // Width of a letter in heights of a capital, on average.
    public const double LetterWidth = 0.85;

    int points;

    public List<(Look Look, List<(double X, double Y)> Points)> Paths { get; } = [];
    public List<DrawnText> Texts { get; } = [];

    /// <summary>The entities of the layout, each with where its paths and texts begin.</summary>
    public List<(ulong Handle, string Layer, int Path, int Text)> Groups { get; } = [];
    public bool IsFull => points >= maxPoints;
    public bool IsCut { get; private set; }

    /// <summary>What follows belongs to another entity.</summary>
    public void Begin(ulong handle, string layer) => Groups.Add((handle, layer, Paths.Count, Texts.Count));

    public void Add(Look look, Matrix map, IEnumerable<(double X, double Y)> path)
    {
        if (IsFull)
        {
            IsCut = true;
            return;
        }
        List<(double X, double Y)> mapped = [];
        foreach (var (x, y) in path)
        {
            var point = map.Of(x, y);
            if (double.IsFinite(point.X + point.Y) && Math.Abs(point.X) < 1e12 && Math.Abs(point.Y) < 1e12)
                mapped.Add(point);
        }
        points += mapped.Count + 1;
        if (mapped.Count > 1)
            Paths.Add((look, mapped));
        Look();
    }

    public void Add(DrawnText text)
    {
        if (IsFull)
        {
            IsCut = true;
            return;
        }
        points += 4 + (text.Text.Length / 4);
        var map = text.Map;
        if (double.IsFinite(map.A + map.B + map.C + map.D + map.E + map.F) && Math.Abs(map.E) < 1e12 && Math.Abs(map.F) < 1e12)
            Texts.Add(text);
        Look();
    }

    void Look()
    {
        if ((Paths.Count + Texts.Count) % 512 == 0)
            cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>The corners of a text.</summary>
    public static IEnumerable<(double X, double Y)> Corners(DrawnText text)
    {
        var width = text.Text.Length * LetterWidth;
        var start = -width * text.Anchor / 2;
        foreach (var (x, y) in ((double, double)[])[(start, 0), (start + width, 0), (start + width, 1), (start, 1)])
            yield return text.Map.Of(x, y);
    }
}
