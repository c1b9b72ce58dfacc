using System.Text;

namespace PyBase.Extraction.Pdf.Lines;

/// <summary>The words of one cell or block as text: lines from the top, words from the left, whatever the direction of reading.</summary>
static class CellText
{
    public static string Of(IEnumerable<TextRun> words) => string.Join('\n', LinesOf(words).Select(Join));

    public static List<List<TextRun>> LinesOf(IEnumerable<TextRun> words)
    {
        List<List<TextRun>> lines = [];
        foreach (var direction in words.GroupBy(word => (int)Math.Round(word.Angle / 2)).OrderBy(group => group.Key == 0 ? 0 : 1).ThenBy(group => group.Key))
        {
            List<TextRun>? line = null;
            var largest = 0.0;
            foreach (var word in direction.OrderByDescending(word => word.Across))
            {
                // Half a line lower is the next one; indices stay in the line.
                if (line is null || line[0].Across - word.Across > 0.45 * Math.Max(word.Size, largest))
                {
                    lines.Add(line = []);
                    largest = 0;
                }
                line.Add(word);
                largest = Math.Max(largest, word.Size);
            }
        }
        foreach (var line in lines)
            line.Sort((one, other) => one.Along.CompareTo(other.Along));
        return lines;
    }

    public static string Join(List<TextRun> line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < line.Count; i++)
        {
            if (i > 0 && line[i].Along - line[i - 1].End > 0.14 * Math.Min(line[i].Size, line[i - 1].Size))
                text.Append(' ');
            text.Append(line[i].Text);
        }
        return text.ToString();
    }
}
