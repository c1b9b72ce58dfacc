using System.Text.RegularExpressions;
using PyBase.Extraction.Dxf.Tables;
using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;
using PyBase.Extraction.Sheets;
using PyBase.Notation.Materials;
using PyBase.Notation.PartNumbers;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>
/// Title blocks: boxes with the names of fields in them, the value in the same box, the one below or the one to the right; and
/// blocks of plain lines of which one states the scale. Values without a name are told by their form.
/// </summary>
sealed partial class TitleBlockFinder
{
    const double Named = 0.9, Told = 0.7, Guessed = 0.6;
    const int MostBoxes = 4000, MostRuns = 400;

    static readonly char[] s_partings = ['/', '|', '(', ')', '（', '）', '／', '·'];

    readonly PageContent page;
    readonly List<TextRun> runs;
    readonly List<TitleField> fields = [];
    readonly HashSet<TextRun> used = [];
    List<(TextRun Run, string Field)>? labels;

    TitleBlockFinder(PageContent page, List<TextRun> runs) => (this.page, this.runs) = (page, runs);

    public static List<TitleField> Find(PageContent page, List<List<Box>> groups, List<TextRun> runs, out Box? region)
    {
        var finder = new TitleBlockFinder(page, runs);
        var best = groups.Where(group => group.Count is >= 3 and <= MostBoxes).Select(group => (Boxes: finder.Small(group), Score: finder.Score(finder.Small(group))))
            .Where(group => group.Score >= 2).OrderByDescending(group => group.Score).FirstOrDefault();
        region = null;
        if (best.Boxes is { Count: > 0 } all)
        {
            var boxes = finder.Around([.. all.Distinct()]);
            region = boxes.Aggregate(Box.Nothing, (whole, box) => whole.With(box));
            finder.FromBoxes(boxes, region.Value);
        }
        else if (finder.PlainBlock() is { Count: >= 3 } lines)
        {
            region = lines.SelectMany(line => line).Aggregate(Box.Nothing, (all, run) => all.With(run.Box));
            finder.FromLines(lines);
        }
        // "Sheet Size: A3" says it wherever it stands.
        foreach (var run in region is null ? [] : runs.Where(run => run.IsHorizontal && !finder.used.Contains(run)))
        {
            if (run.Text.Contains(':', StringComparison.Ordinal) && LabelOf(run.Text, out var value) is { } field && value is not null && Fits(field, value))
                finder.Add(field, value, LabelText(run.Text), Told, run.Box);
        }
        return finder.fields;
    }

    // The boxes with names and those that touch them: the border, the zones and lists may touch the block too, and lead around the whole sheet.
    List<Box> Around(List<Box> boxes)
    {
        var byHeight = new WordsByHeight(runs.FindAll(run => run.IsHorizontal));
        var texts = boxes.ToDictionary(box => box, box => byHeight.In(box).ConvertAll(run => run.Text));
        var kept = boxes.FindAll(box => texts[box].Exists(text => LabelOf(text, out _) is not null));
        var region = kept.Aggregate(Box.Nothing, (whole, box) => whole.With(box));
        if (region.Width * region.Height > 0.3 * page.Width * page.Height)
            return kept;
        var reach = region.Grown(2);
        var known = kept.ToHashSet();
        kept.AddRange(boxes.Where(box => !known.Contains(box) && (region.Holds(box.CentreX, box.CentreY) || box.Meets(reach) && box.Width <= 1.2 * region.Width && box.Height <= region.Height && texts[box].Exists(text => text.Length > 2) && !texts[box].Exists(text => BomColumns.Find(text) is not null))));
        return kept;
    }

    List<Box> Small(List<Box> group) => group.FindAll(box => box.Width * box.Height < 0.06 * page.Width * page.Height);

    // Different fields named in the boxes; a list of parts or revisions names fewer of them.
    int Score(List<Box> boxes)
    {
        HashSet<string> fields = [];
        foreach (var (run, field) in labels ??= [.. runs.Where(run => run.IsHorizontal).Select(run => (Run: run, Field: LabelOf(run.Text, out _)!)).Where(label => label.Field is not null)])
        {
            if (!fields.Contains(field) && boxes.Exists(box => box.Holds(run.Box.CentreX, run.Box.CentreY)))
                fields.Add(field);
        }
        return fields.Count;
    }

    void FromBoxes(List<Box> boxes, Box region)
    {
        var inside = runs.FindAll(run => run.IsHorizontal && region.Holds(run.Box.CentreX, run.Box.CentreY));
        var byHeight = new WordsByHeight(inside);
        var byBox = boxes.Select(box => (Box: box, Runs: byHeight.In(box))).ToList();
        var named = inside.Select(run => (Run: run, Field: LabelOf(run.Text, out var value), Value: value)).Where(label => label.Field is not null).ToList();
        var names = named.Where(label => label.Value is null).Select(label => label.Run).ToHashSet();
        foreach (var (run, field, value) in named)
        {
            used.Add(run);
            if (value is not null)
            {
                Add(field!, value, LabelText(run.Text), Named, run.Box);
                continue;
            }
            foreach (var place in Places(run, byBox, names))
            {
                var text = CellText.Of(place);
                if (!Fits(field!, text))
                    continue;
                Add(field!, text, run.Text, Named, place.Aggregate(Box.Nothing, (all, one) => all.With(one.Box)));
                used.UnionWith(place);
                break;
            }
        }
        Unnamed([.. byBox.Select(cell => cell.Runs.FindAll(run => !used.Contains(run))).Where(cell => cell.Count > 0)]);
    }

    // Where the value of a name may stand, best first.
    static IEnumerable<List<TextRun>> Places(TextRun label, List<(Box Box, List<TextRun> Runs)> boxes, HashSet<TextRun> names)
    {
        var own = boxes.Find(cell => cell.Runs.Contains(label));
        if (own.Runs is null)
            yield break;
        var rest = own.Runs.FindAll(run => !names.Contains(run));
        if (rest.Count > 0)
        {
            yield return rest;
            yield break;
        }
        foreach (var cell in boxes.Where(cell => Math.Abs(cell.Box.Top - own.Box.Bottom) < 2 && cell.Box.Holds(own.Box.CentreX, cell.Box.CentreY)))
        {
            if (cell.Runs.Count > 0 && !cell.Runs.Exists(names.Contains))
                yield return cell.Runs;
        }
        foreach (var cell in boxes.Where(cell => Math.Abs(cell.Box.Left - own.Box.Right) < 2 && cell.Box.Holds(cell.Box.CentreX, own.Box.CentreY)))
        {
            if (cell.Runs.Count > 0 && !cell.Runs.Exists(names.Contains))
                yield return cell.Runs;
        }
        // A number behind its name with a blank cell between.
        foreach (var cell in boxes.Where(cell => cell.Box.Left > own.Box.Right && cell.Box.Left - own.Box.Right < own.Box.Width && cell.Box.Holds(cell.Box.CentreX, own.Box.CentreY)))
        {
            if (cell.Runs.Count == 1 && !names.Contains(cell.Runs[0]))
                yield return cell.Runs;
        }
    }

    void Unnamed(List<List<TextRun>> cells)
    {
        var texts = cells.Select(cell => (Text: CellText.Of(cell).Replace('\n', ' '), Size: cell.Max(run => run.Size), Box: cell.Aggregate(Box.Nothing, (all, run) => all.With(run.Box)))).ToList();
        if (!Has("drawing_number"))
        {
            var number = texts.Where(text => IsNumber(text.Text)).OrderByDescending(text => runs.Count(run => run.Text == text.Text) > 1).ThenByDescending(text => text.Size).FirstOrDefault();
            if (number.Text is not null)
            {
                Add("drawing_number", number.Text, null, Told, number.Box);
                texts.Remove(number);
            }
        }
        if (!Has("material"))
        {
            var material = texts.Where(text => IsMaterial(text.Text)).OrderByDescending(text => text.Size).FirstOrDefault();
            if (material.Text is not null)
            {
                Add("material", material.Text, null, Told, material.Box);
                texts.Remove(material);
            }
        }
        if (!Has("title"))
        {
            var title = texts.Where(text => text.Text.Count(char.IsLetter) >= 3 && LabelOf(text.Text, out _) is null).OrderByDescending(text => Math.Round(text.Size, 1)).ThenByDescending(text => text.Box.Top).FirstOrDefault();
            if (title.Text is not null && texts.TrueForAll(text => text.Size <= title.Size + 0.1 || text.Text.Length < 3))
            {
                Add("title", title.Text, null, Guessed, title.Box);
                texts.Remove(title);
            }
        }
    }

    // The lines around one that states the scale.
    List<List<TextRun>>? PlainBlock()
    {
        var lines = CellText.LinesOf(runs.Where(run => run.IsHorizontal));
        var anchor = lines.FindIndex(line => line.Exists(run => Scale().IsMatch(run.Text) && run.Text.Length < 60));
        if (anchor < 0)
            return null;
        var seed = lines[anchor].First(run => Scale().IsMatch(run.Text));
        var near = runs.Where(run => run.IsHorizontal && Math.Abs(run.Size - seed.Size) < 0.4 * seed.Size && Math.Abs(run.Box.CentreX - seed.Box.CentreX) < 14 * seed.Size).ToList();
        var block = new List<TextRun> { seed };
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var run in near)
            {
                if (block.Count >= MostRuns || block.Contains(run) || !block.Exists(other => Math.Abs(other.Across - run.Across) < 1.9 * seed.Size && run.Box.Left < other.Box.Right + 1.2 * seed.Size && other.Box.Left < run.Box.Right + 1.2 * seed.Size))
                    continue;
                block.Add(run);
                grown = true;
            }
        }
        return CellText.LinesOf(block);
    }

    void FromLines(List<List<TextRun>> lines)
    {
        List<(string Text, Box Box)> rest = [];
        foreach (var line in lines)
        {
            var text = CellText.Join(line);
            var box = line.Aggregate(Box.Nothing, (all, run) => all.With(run.Box));
            used.UnionWith(line);
            var known = false;
            if (Scale().Match(text) is { Success: true } scale)
            {
                Add("scale", scale.Groups["v"].Value, "Scale", Named, box);
                known = true;
            }
            if (SheetSize().Match(text) is { Success: true } size)
            {
                Add("size", size.Value, null, Told, box);
                known = true;
            }
            if (known || SheetStatements.IsStatement(text) || text.Contains("://", StringComparison.Ordinal))
                continue;
            if (IsMaterial(text) && !Has("material"))
                Add("material", text, null, Told, box);
            else
                rest.Add((text, box));
        }
        foreach (var (text, box) in rest)
        {
            if (!Has("title"))
            {
                var dated = Dated().Match(text);
                Add("title", dated.Success ? dated.Groups["t"].Value.Trim() : text, null, Guessed, box);
                if (dated.Success)
                    Add("date", dated.Groups["d"].Value, null, Told, box);
            }
            else if (!Has("company") && !text.Any(char.IsDigit) && text.Count(char.IsLetter) > 5 && text == rest[^1].Text)
            {
                Add("company", text, null, Guessed, box);
            }
            else
            {
                Add("custom", text, null, Guessed, box);
            }
        }
    }

    bool Has(string field) => fields.Exists(known => known.Field == field);

    void Add(string field, string value, string? label, double confidence, Box box)
    {
        value = value.Replace('\n', ' ').Trim();
        // А3 with a Cyrillic letter is a size of paper.
        if (field is "size" or "revision" && PartNumber.TryParse(value, out var folded, out _) && folded.HasLookalikes)
            value = folded.Key;
        if (value.Length > 0 && (field == "custom" || !Has(field)))
            fields.Add(new TitleField(field, value, label, confidence, box));
    }

    static string LabelText(string text) => text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? text[..colon] : Attached().Match(text).Groups["n"].Value;

    // "Scale", "Scale:", "Scale: 1:2", "SCALE 1:2", "Maßstab / Scale", "REV B"
    static string? LabelOf(string text, out string? value)
    {
        value = null;
        if (text.Length > 60)
            return null;
        var name = text.TrimEnd(':', '.', ' ', '№');
        if (name.Length > 0 && !char.IsDigit(name[^1]) && FieldOf(name) is { } field)
            return field;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 1 && colon < text.Length - 1 && FieldOf(text[..colon]) is { } named)
        {
            value = text[(colon + 1)..].Trim();
            return value.Length > 0 ? named : null;
        }
        if (Scale().Match(text) is { Success: true, Index: 0 } scale)
        {
            value = scale.Groups["v"].Value;
            return "scale";
        }
        if (Attached().Match(text) is { Success: true } attached && FieldSynonyms.TitleBlock.Find(attached.Groups["n"].Value) is ("revision" or "size" or "sheet" or "date" or "weight") and var own && IsPlain(own, attached.Groups["v"].Value))
        {
            value = attached.Groups["v"].Value;
            return own;
        }
        return null;
    }

    // A name may stand in two languages: Maßstab / Scale, Titel (Title).
    static string? FieldOf(string name)
    {
        if (FieldSynonyms.TitleBlock.Find(name) is { } field)
            return field;
        var parts = name.Split(s_partings, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length is > 1 and <= 3 && !name.Any(char.IsDigit) ? parts.Select(FieldSynonyms.TitleBlock.Find).FirstOrDefault(found => found is not null) : null;
    }

    // What stands behind a name without a colon, if it can be nothing else.
    static bool IsPlain(string field, string value) => field switch
    {
        "revision" => value.Length <= 3 && value.All(char.IsLetterOrDigit) && (value.Any(char.IsDigit) || value.All(char.IsUpper)),
        "size" => SheetSize().Match(value).Length == value.Length || value.Length == 1 && value[0] is >= 'A' and <= 'F',
        "sheet" => SheetOf().IsMatch(value),
        "date" => DateAlone().IsMatch(value),
        _ => Mass().IsMatch(value),
    };

    static bool Fits(string field, string text) => text.Length is > 0 and < 200 && field switch
    {
        "scale" => Ratio().IsMatch(text) || text.Length < 12 && !text.Any(char.IsDigit),
        "sheets" => text.Length < 6 && text.Any(char.IsDigit),
        "sheet" => text.Length < 16 && text.Any(char.IsDigit),
        "date" => text.Count(char.IsDigit) >= 2,
        "weight" => text.Any(char.IsDigit),
        "size" or "revision" => text.Length < 12,
        _ => true,
    };

    static bool IsNumber(string text) => text.Length is >= 4 and <= 40 && text.Count(char.IsDigit) >= 2 && text.Count(letter => letter == ' ') <= 1
        && !Ratio().IsMatch(text) && !DateAlone().IsMatch(text) && text.All(letter => char.IsLetterOrDigit(letter) || " .-_/".Contains(letter, StringComparison.Ordinal)) && !IsMaterial(text);

    static bool IsMaterial(string text) =>
        MaterialWord().IsMatch(text)
        || text.Length is >= 4 and <= 40 && MaterialDesignation.TryParse(text, out var whole, out _) && whole.Standard is not (MaterialStandard.IsoPolymer or MaterialStandard.Aisi or MaterialStandard.AluminumAssociation or MaterialStandard.Trade) && text.Any(char.IsDigit) && text.Count(letter => letter == '.') <= 1;

    [GeneratedRegex(@"\b(?:STEEL|STAINLESS|ALUMIN(?:I?UM)|ALU|BRASS|BRONZE|COPPER|TITANIUM|CAST IRON|STAHL|EDELSTAHL|MESSING|BRONZE|ACIER|LAITON|ACERO|ACCIAIO|NYLON|DELRIN|ACRYLIC|PLYWOOD|RUBBER|СТАЛЬ|АЛЮМИНИЙ|ЛАТУНЬ)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex MaterialWord();

    [GeneratedRegex(@"\b(?:SCALE|MASSSTAB|MAßSTAB|ECHELLE|ESCALA|SCALA)\s*:?\s*(?<v>\d+(?:[.,]\d+)?\s*[:/]\s*\d+(?:[.,]\d+)?)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Scale();

    [GeneratedRegex(@"^\s*\(?\d+(?:[.,]\d+)?\s*[:/]\s*\d+(?:[.,]\d+)?\)?\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Ratio();

    [GeneratedRegex(@"\bA[0-4]\b(?!\d)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SheetSize();

    [GeneratedRegex(@"^(?<n>\p{L}[\p{L}.№ ]*?)\.?\s+(?<v>\S.*)$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Attached();

    [GeneratedRegex(@"^\d{1,3}(?:\s*(?:OF|VON|/|DE|SUR|DI|ИЗ|VAN|AV|Z)\s*\d{1,3})?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex SheetOf();

    [GeneratedRegex(@"^\d+(?:[.,]\d+)?\s*(?:kg|g|t|lbs?|oz|кг|г)\b\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Mass();

    [GeneratedRegex(@"^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex DateAlone();

    [GeneratedRegex(@"^(?<t>.*?)\s*[-–,]?\s*(?<d>\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})\s*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Dated();
}
