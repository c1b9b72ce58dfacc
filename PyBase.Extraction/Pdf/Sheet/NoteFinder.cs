using System.Text.RegularExpressions;
using PyBase.Extraction.Pdf.Content;
using PyBase.Extraction.Pdf.Lines;

namespace PyBase.Extraction.Pdf.Sheet;

/// <summary>A note of a drawing.</summary>
sealed record SheetNote(string? Number, string Text, Box Box);

/// <summary>Notes: numbered lines, and lines of several words under each other.</summary>
static partial class NoteFinder
{
    public static List<SheetNote> Find(List<TextRun> runs, HashSet<TextRun> taken)
    {
        List<SheetNote> notes = [];
        var free = runs.FindAll(run => run.IsHorizontal && !taken.Contains(run));
        var lines = Lines(free);
        var near = new NearBy<(string Text, double Left, double Across)>();
        foreach (var line in lines.Where(line => Words(line.Text) >= 2))
            near.Add(line.TextLeft, line.Parts[0].Across, (line.Text, line.TextLeft, line.Parts[0].Across));
        for (var i = 0; i < lines.Count; i++)
        {
            var (number, text, box, parts, _) = lines[i];
            if (text.Count(char.IsLetter) < 6 || Words(text) < 2)
                continue;
            var (left, across, size) = (lines[i].TextLeft, parts[0].Across, parts[0].Size);
            var hasNeighbour = near.Around(new Box(left, across, left, across).Grown(2.2 * size)).Any(other => other.Text != text && Math.Abs(other.Left - left) < 0.8 * size && Math.Abs(other.Across - across) < 2.2 * size);
            if (number is null && (!hasNeighbour || Words(text) < 3) && !Telling().IsMatch(text) && !text.StartsWith('*'))
                continue;
            notes.Add(new SheetNote(number, text, box));
            taken.UnionWith(parts);
        }
        return Numbered(notes);
    }

    // "1 Deburr", "2 Coat": numbers without a dot, told by their sequence.
    static List<SheetNote> Numbered(List<SheetNote> notes)
    {
        var bare = notes.Where(note => note.Number is null).Select(note => (Note: note, Match: BareNumber().Match(note.Text))).Where(note => note.Match.Success).ToList();
        var numbers = bare.Select(note => int.Parse(note.Match.Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        if (numbers.Count < 2 || numbers[0] != 1 || numbers.Where((number, i) => number != i + 1).Any())
            return notes;
        foreach (var (note, match) in bare)
            notes[notes.IndexOf(note)] = note with { Number = match.Groups["n"].Value, Text = note.Text[match.Length..] };
        return notes;
    }

    static List<(string? Number, string Text, Box Box, List<TextRun> Parts, double TextLeft)> Lines(List<TextRun> runs)
    {
        List<(string? Number, string Text, Box Box, List<TextRun> Parts, double TextLeft)> result = [];
        foreach (var line in CellText.LinesOf(runs))
        {
            for (var i = 0; i < line.Count; i++)
            {
                List<TextRun> parts = [line[i]];
                string? number = null;
                if (NumberAlone().IsMatch(line[i].Text) && i + 1 < line.Count && line[i + 1].Along - line[i].End < 3 * line[i].Size && line[i + 1].Text.Count(char.IsLetter) > 2)
                {
                    number = line[i].Text.TrimEnd('.', ')');
                    parts.Add(line[++i]);
                }
                while (i + 1 < line.Count && line[i + 1].Along - line[i].End < 1.8 * line[i].Size && (parts.Count > 1 || line[i].Text.Length > 2 || line[i].Text.All(sign => sign == '*')))
                    parts.Add(line[++i]);
                var body = number is null ? parts : parts.GetRange(1, parts.Count - 1);
                var text = CellText.Join(body);
                if (number is null && NumberBefore().Match(text) is { Success: true } before)
                    (number, text) = (before.Groups["n"].Value, text[before.Length..]);
                result.Add((number, text, parts.Aggregate(Box.Nothing, (all, run) => all.With(run.Box)), parts, body[0].Along));
            }
        }
        return result;
    }

    static int Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetter) && word.Length > 1);

    [GeneratedRegex(@"^\(?\d{1,2}[.)]?$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberAlone();

    [GeneratedRegex(@"^(?<n>\d{1,2})\s+(?=\S)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex BareNumber();

    [GeneratedRegex(@"^\(?(?<n>\d{1,2})[.)]\s+(?=\S)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberBefore();

    [GeneratedRegex(@"\b(?:DEBURR|BREAK|EDGES?|TOLERANCES?|UNLESS|DIMENSIONS?|COATING|SURFACE|FINISH|HEAT|HARDEN|WELD|REMOVE|ENTGRAT|KANTEN|MASSE|OBERFL|NOTES?)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Telling();
}
