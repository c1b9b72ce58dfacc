using System.Globalization;
using PyBase.Extraction.Pdf.Ocr;

namespace PyBase.Workers.Ocr;

/// <summary>The table that tesseract writes: level, page, block, paragraph, line, word, left, top, width, height, confidence, text.</summary>
static class TesseractTable
{
    const string WordLevel = "5";

    public static List<OcrWord> Read(string table)
    {
        List<OcrWord> words = [];
        Dictionary<(string, string, string), int> lines = [];
        foreach (var row in table.Split('\n'))
        {
            if (row.TrimEnd('\r').Split('\t') is not [WordLevel, _, var block, var paragraph, var line, _, var left, var top, var width, var height, var confidence, var text] || text.Trim().Length == 0)
                continue;
            if (!int.TryParse(left, CultureInfo.InvariantCulture, out var x) || !int.TryParse(top, CultureInfo.InvariantCulture, out var y) || !int.TryParse(width, CultureInfo.InvariantCulture, out var w)
                || !int.TryParse(height, CultureInfo.InvariantCulture, out var h) || !double.TryParse(confidence, CultureInfo.InvariantCulture, out var sure))
                continue;
            lines.TryAdd((block, paragraph, line), lines.Count);
            words.Add(new OcrWord(text.Trim(), x, y, w, h, lines[(block, paragraph, line)], Math.Clamp(sure / 100, 0, 1)));
        }
        return words;
    }
}
