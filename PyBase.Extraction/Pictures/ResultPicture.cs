using System.Globalization;
using System.Text;
using PyBase.Extraction.Envelope;

namespace PyBase.Extraction.Pictures;

/// <summary>A small picture of what a file holds, for files that are no drawing: of sheets the first cells, of others a card of facts.</summary>
public static class ResultPicture
{
    const int Width = 480, Height = 360, Rows = 12, Columns = 6, Letters = 14, Facts = 8;

    /// <summary>What was read, as SVG.</summary>
    /// <param name="result">Any reader's result.</param>
    /// <param name="title">Usually the file's name.</param>
    public static string Svg(ExtractionResult result, string title)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(title);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" font-family=\"Arial,Helvetica,sans-serif\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>");
        if (result.Table("cells") is { } cells)
            Sheet(cells, svg);
        else
            Card(result, title, svg);
        return svg.Append("</svg>").ToString();
    }

    static void Sheet(ExtractedTable cells, StringBuilder svg)
    {
        const int left = 8, top = 8, rowHeight = (Height - (2 * top)) / Rows, columnWidth = (Width - (2 * left)) / Columns;
        string? sheet = null;
        Dictionary<int, int> rows = [];
        foreach (var row in cells.Rows)
        {
            var name = cells.At(row, "sheet").ToString();
            sheet ??= name;
            var (number, column) = ((int)(cells.At(row, "row").Number ?? 0), (int)(cells.At(row, "col").Number ?? 0) - 1);
            if (name != sheet || (!rows.ContainsKey(number) && rows.Count == Rows))
                break;
            rows.TryAdd(number, rows.Count);
            if (column is < 0 or >= Columns)
                continue;
            var (x, y) = (left + (column * columnWidth), top + (rows[number] * rowHeight));
            var isHeading = rows[number] == 0;
            svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x}\" y=\"{y}\" width=\"{columnWidth}\" height=\"{rowHeight}\" fill=\"{(isHeading ? "#e8eef7" : "none")}\" stroke=\"#bbb\"/>");
            Line(svg, x + 4, y + 18, 11, isHeading ? "bold" : "normal", Short(cells.At(row, "text").ToString(), Letters));
        }
    }

    static void Card(ExtractionResult result, string title, StringBuilder svg)
    {
        svg.Append("<path d=\"M40 120L100 85L160 120L160 190L100 225L40 190ZM40 120L100 155L160 120M100 155L100 225\" fill=\"#e8eef7\" stroke=\"#4a6fa5\" stroke-width=\"3\" stroke-linejoin=\"round\"/>");
        Line(svg, 20, 40, 18, "bold", Short(title, 44));
        Line(svg, 20, 62, 12, "normal", Short($"{result.Source.Format} {result.Source.Schema}", 60));
        var y = 100;
        foreach (var table in result.Tables.Where(table => table.Kind is not "file").OrderByDescending(table => table.RowCount).Take(Facts))
        {
            Line(svg, 200, y, 14, "normal", string.Create(CultureInfo.InvariantCulture, $"{table.RowCount:N0} {table.Kind.Replace('_', ' ')}"));
            y += 24;
        }
        if (result.Units.Length is { } unit)
            Line(svg, 20, 330, 12, "normal", $"in {Short(unit, 20)}");
    }

    static void Line(StringBuilder svg, int x, int y, int size, string weight, string text) =>
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"#223\">{SvgText.Escape(text)}</text>");

    static string Short(string text, int letters) => text.Length <= letters ? text : $"{text[..(letters - 1)]}…";
}
