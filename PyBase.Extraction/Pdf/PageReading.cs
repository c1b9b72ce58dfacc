using System.Text.RegularExpressions;
using PyBase.Extraction.Callouts;
using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Grid;
using PyBase.Extraction.Pdf.Lines;
using PyBase.Extraction.Pdf.Sheet;
using PyBase.Notation.Quantities;
using PyBase.Notation.Surfaces;
using PyBase.Notation.Threads;
using PyBase.Notation.Units;

namespace PyBase.Extraction.Pdf;

/// <summary>What one page holds. Each word is taken by the first that understands it: frames, title block, tables, notes, dimensions.</summary>
sealed partial class PageReading
{
    const double HighestWord = 24;

    public required PageContent Content { get; init; }
    public required List<TextRun> Runs { get; init; }
    public List<FoundFrame> Frames { get; private set; } = [];
    public List<PageTable> Tables { get; } = [];
    public List<TitleField> Title { get; private set; } = [];
    public List<SheetNote> Notes { get; private set; } = [];
    public List<FoundDimension> Dimensions { get; } = [];
    public List<(ThreadDesignation Thread, Box Box, string Text)> Threads { get; } = [];
    public List<(SurfaceFinish Finish, Box Box, string Text)> Finishes { get; } = [];
    public bool IsDrawing { get; private set; }

    public static PageReading Of(PageContent content, CancellationToken cancellation)
    {
        var signs = DrawnSigns.Find(content);
        var runs = RunBuilder.Build(content.Glyphs.Concat(signs));
        var reading = new PageReading { Content = content, Runs = runs };
        cancellation.ThrowIfCancellationRequested();
        reading.Read(signs.Count, cancellation);
        return reading;
    }

    void Read(int signs, CancellationToken cancellation)
    {
        List<TextRun> words = [];
        Dictionary<TextRun, List<TextRun>> wordsOf = [];
        foreach (var run in Runs)
        {
            List<TextRun> own = [.. run.Words()];
            wordsOf[run] = own;
            words.AddRange(own);
        }
        var page = new Box(0, 0, Content.Width, Content.Height);
        var rulings = Rulings.Of(Content, words);
        var groups = CellFinder.Groups(rulings, page);
        cancellation.ThrowIfCancellationRequested();
        HashSet<TextRun> taken = [];
        Frames = FrameFinder.Find(Content, groups, words, taken);
        IsDrawing = Frames.Count > 0 || signs > 0 || Content.Arrows >= 4 || Runs.Any(run => Diametral().IsMatch(run.Text)) && Content.Strokes.Count > 50;
        Title = TitleBlockFinder.Find(Content, groups, [.. Runs.Where(run => !IsTaken(run))], out var region);
        if (!IsDrawing && Title.Count < 4)
        {
            (Title, region) = ([], null);
        }
        if (region is { } block)
            taken.UnionWith(words.Where(word => block.Holds(word.Box.CentreX, word.Box.CentreY)));
        var border = Border(rulings);
        var closed = IsDrawing ? rulings : OpenSides.Close(rulings);
        var byHeight = new WordsByHeight(words);
        foreach (var group in IsDrawing ? groups.SelectMany(group => Apart(group, border, region)) : closed == rulings ? groups : CellFinder.Groups(closed, page))
        {
            cancellation.ThrowIfCancellationRequested();
            var (bottom, top) = (group.Min(box => box.Bottom), group.Max(box => box.Top));
            if (RuledTables.Of(group, byHeight.Between(bottom - HighestWord, top + HighestWord).FindAll(word => !taken.Contains(word)), Content.Number) is not { } table || IsDrawing && !HasLowCells(table))
                continue;
            Tables.Add(table);
            taken.UnionWith(byHeight.In(table.Box));
        }
        if (!IsDrawing)
            Tables.AddRange(UnruledTables.Find(words.FindAll(word => !taken.Contains(word) && !Rulings.IsLine(word)), rulings, Content.Number));
        foreach (var table in Tables.Where(table => !table.IsRuled))
            taken.UnionWith(byHeight.In(table.Box));
        Tables.Sort((one, other) => other.Box.Top.CompareTo(one.Box.Top));
        HashSet<TextRun> takenRuns = [.. Runs.Where(IsTaken)];
        if (IsDrawing)
        {
            Notes = NoteFinder.Find(Runs, takenRuns);
            Statements();
            ReadDimensions([.. Runs.Where(run => !takenRuns.Contains(run) && border.Holds(run.Box.CentreX, run.Box.CentreY))]);
        }

        bool IsTaken(TextRun run) => wordsOf[run].Exists(taken.Contains);
    }

    // A list that stands on the title block, and the boxes of the sheet's zones around both, are not one table.
    static IEnumerable<List<Box>> Apart(List<Box> group, Box border, Box? region)
    {
        var own = group.FindAll(box => border.Grown(1).Holds(box.CentreX, box.CentreY) && region?.Holds(box.CentreX, box.CentreY) != true);
        return own.Count == group.Count ? [group] : CellFinder.Group(own);
    }

    static bool HasLowCells(PageTable table)
    {
        var heights = table.Cells.Where(cell => cell.Text.Length > 0).Select(cell => cell.Box.Height / (cell.RowSpan * (1 + cell.Text.Count(letter => letter == '\n')))).Order().ToList();
        return heights.Count > 0 && heights[heights.Count / 2] < 45 && table.Cells.Count(cell => cell.Text.Length > 0) >= 0.4 * table.Cells.Count;
    }

    // Letters and numbers outside of the drawing's border name the zones of the sheet.
    Box Border(Rulings rulings)
    {
        var (width, height) = (Content.Width, Content.Height);
        var upright = rulings.Vertical.Where(ruling => ruling.Length > 0.7 * height).Select(ruling => ruling.At).ToList();
        // A long dimension line ends at no line of the border.
        var flat = rulings.Horizontal.Where(ruling => ruling.Length > 0.7 * width && upright.Exists(at => Math.Abs(at - ruling.From) < 3) && upright.Exists(at => Math.Abs(at - ruling.To) < 3)).Select(ruling => ruling.At).ToList();
        return new Box(
            upright.Where(at => at < 0.12 * width).DefaultIfEmpty(0).Max(), flat.Where(at => at < 0.12 * height).DefaultIfEmpty(0).Max(),
            upright.Where(at => at > 0.88 * width).DefaultIfEmpty(width).Min(), flat.Where(at => at > 0.88 * height).DefaultIfEmpty(height).Min());
    }

    void Statements()
    {
        foreach (var (text, box) in Notes.Select(note => (note.Text, note.Box)).Concat(Runs.Where(run => run.IsHorizontal && SheetStatements.IsStatement(run.Text)).Select(run => (run.Text, run.Box))))
        {
            foreach (var field in SheetStatements.Of(text, box))
            {
                if (!Title.Exists(known => known.Field == field.Field))
                    Title.Add(field);
            }
        }
    }

    void ReadDimensions(List<TextRun> runs)
    {
        Unit unit = Title.Exists(field => field is { Field: "units", Value: "in" }) ? LengthUnits.Inch : LengthUnits.Millimetre;
        var rest = runs.FindAll(run => !ReadFinish(run) && !IsBalloon(run));
        var besides = Besides(rest);
        foreach (var text in WithDepth(StackedText.Assemble(rest)))
        {
            if (!Plausible(text.Main) || HasWordBeside(text.Run, besides) || CalloutReading.Of(text.Main, text.Upper, text.Lower, unit) is not { } reading)
                continue;
            if (reading.Callout.Thread is { } thread)
                Threads.Add((thread, text.Box, text.Whole));
            else
                Dimensions.Add(new FoundDimension(text, reading));
        }
    }

    bool ReadFinish(TextRun run)
    {
        var match = Roughness().Match(run.Text);
        if (!match.Success || !SurfaceFinish.TryParse(match.Value, out var finish, out _))
            return false;
        Finishes.Add((finish, run.Box, match.Value));
        return true;
    }

    // A number in a circle points to a line of the parts list.
    bool IsBalloon(TextRun run) => run.Text.Length <= 3 && run.Text.All(char.IsDigit) && Content.Curves.Exists(curve =>
        curve.IsCircle && curve.Diameter > 1.3 * run.Size && curve.Diameter < 5 * run.Size && Math.Abs(curve.Box.CentreX - run.Box.CentreX) < 0.5 * run.Size && Math.Abs(curve.Box.CentreY - run.Box.CentreY) < 0.6 * run.Size);

    // "⌀6 ↧" and "12" are one callout, cut by the wide gap around a drawn sign; so are its lines under each other.
    static List<DimensionText> WithDepth(List<DimensionText> texts)
    {
        var rest = texts.FindAll(text => Continued().IsMatch(text.Main));
        if (rest.Count == 0)
            return texts;
        var near = new NearBy<DimensionText>(40);
        foreach (var text in rest)
            near.Add(text.Run.Glyphs[0].X, text.Run.Glyphs[0].Y, text);
        var parts = rest.ToHashSet(ReferenceEqualityComparer.Instance);
        HashSet<object> used = new(ReferenceEqualityComparer.Instance);
        List<DimensionText> result = [];
        foreach (var text in texts)
        {
            if (used.Contains(text) || parts.Contains(text) && texts.Exists(other => !ReferenceEquals(other, text) && Follows(other, text)))
                continue;
            var whole = text;
            var next = Next(text);
            for (; next is not null && used.Add(next); next = Next(text))
                whole = whole with { Main = $"{whole.Whole} {next.Whole}", Upper = null, Lower = null, Box = whole.Box.With(next.Box) };
            result.Add(whole);
        }
        return result;

        DimensionText? Next(DimensionText text) => near.Around(text.Run.Box.Grown(3.5 * text.Run.Size)).FirstOrDefault(other => !ReferenceEquals(other, text) && !used.Contains(other) && Follows(text, other));
    }

    static bool Follows(DimensionText text, DimensionText next)
    {
        if (!text.Run.HasSameDirection(next.Run))
            return false;
        var (along, across) = text.Run.Local(next.Run.Glyphs[0].X, next.Run.Glyphs[0].Y);
        var size = text.Run.Size;
        return Math.Abs(across) < 0.2 * size && along - (text.Run.End - text.Run.Along) is > -0.1 and var gap && gap < 2.5 * size
            || across < -0.5 * size && across > -2.2 * size && Math.Abs(along) < 3 * size;
    }

    // A figure between words belongs to a sentence.
    static bool HasWordBeside(TextRun run, NearBy<TextRun> words) => words.Around(run.Box.Grown(2 * run.Size)).Any(other =>
    {
        if (other == run || !other.HasSameDirection(run) || Math.Abs(other.Across - run.Across) > 0.3 * run.Size)
            return false;
        return other.Along - run.End is > -0.1 and var behind && behind < 1.8 * run.Size || run.Along - other.End is > -0.1 and var before && before < 1.8 * run.Size;
    });

    // Words by where they begin and where they end.
    static NearBy<TextRun> Besides(List<TextRun> runs)
    {
        var near = new NearBy<TextRun>(40);
        foreach (var run in runs.Where(run => run.Text.Count(char.IsLetter) > 1 && !Joined().IsMatch(run.Text)))
        {
            var (x, y, length) = (run.Glyphs[0].X, run.Glyphs[0].Y, run.End - run.Along);
            near.Add(x, y, run);
            near.Add(x + length * run.DirX, y + length * run.DirY, run);
        }
        return near;
    }

    // No zone, section, scale, date or number of a part.
    static bool Plausible(string text) => text.Length <= 60 && text.Any(char.IsDigit) && !NotADimension().IsMatch(text);

    [GeneratedRegex(@"[⌀Ø]\s*\d|\d\s*±\s*\d|^R\d|\d\s*[xX×]\s*[⌀ØR]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Diametral();

    [GeneratedRegex(@"\bR(?:a|z|t|q|p|v|max|y|k|sm|mr|ku|sk)\s*\d+(?:[.,]\d+)?(?:\s*(?:max|min|µm|μm|µin)\b)?", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Roughness();

    [GeneratedRegex(@"^\s*(?:↧|⌴|⌵|DEEP\b|DEPTH\b|THRU\b|C'?BORE\b|CSK\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Continued();

    [GeneratedRegex(@"^(?:max|min|TYP|REF|THRU|DEEP|CHAMFER|DIA)\b|^[xX×]$|^[+\-−±]|^(?:JS|js)\d{1,2}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Joined();

    [GeneratedRegex(@"^\s*\d+\s*[:/]\s*\d+\s*$|^\d{1,2}[./]\d{1,2}[./]\d{2,4}$|^\d+(?:\.\d+){2,}|^\s*0+\d|^[\s.\-]+$|%$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NotADimension();
}
