using System.Globalization;
using System.Text;

namespace PyBase.Extraction.Pictures;

/// <summary>Writes what was drawn as SVG, 1,200 units wide or high, the same bytes for the same drawing.</summary>
sealed class SvgWriter
{
    const double Longest = 1200, Margin = 20, Least = 60;

    readonly StringBuilder svg = new();
    readonly double left, top, scale, width, height;

    public SvgWriter(Strokes strokes)
    {
        var (x, y) = (Range(strokes, point => point.X), Range(strokes, point => point.Y));
        var (spanX, spanY) = (Math.Max(x.High - x.Low, 1e-9), Math.Max(y.High - y.Low, 1e-9));
        scale = (Longest - (2 * Margin)) / Math.Max(spanX, spanY);
        (left, top) = (x.Low, y.High);
        width = Math.Max(Least, (spanX * scale) + (2 * Margin));
        height = Math.Max(Least, (spanY * scale) + (2 * Margin));
    }

    public string Write(Strokes strokes)
    {
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:0} {height:0}\" width=\"{width:0}\" height=\"{height:0}\">");
        svg.Append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><g fill=\"none\" stroke-linejoin=\"round\" stroke-linecap=\"round\" font-family=\"Arial,Helvetica,sans-serif\">");
        for (var i = 0; i < strokes.Groups.Count; i++)
        {
            var (handle, layer, path, text) = strokes.Groups[i];
            var (pathEnd, textEnd) = i + 1 < strokes.Groups.Count ? (strokes.Groups[i + 1].Path, strokes.Groups[i + 1].Text) : (strokes.Paths.Count, strokes.Texts.Count);
            if (path == pathEnd && text == textEnd)
                continue;
            // Old drawings have no handles.
            if (handle != 0)
                svg.Append(CultureInfo.InvariantCulture, $"<g id=\"e{handle:X}\" data-layer=\"{SvgText.Escape(layer)}\">");
            else
                svg.Append(CultureInfo.InvariantCulture, $"<g data-layer=\"{SvgText.Escape(layer)}\">");
            Paths(strokes.Paths[path..pathEnd]);
            foreach (var line in strokes.Texts[text..textEnd])
                Text(line);
            svg.Append("</g>");
        }
        return svg.Append("</g></svg>").ToString();
    }

    // Where few strokes lie far off, as forgotten ones do, the picture shows the others.
    static (double Low, double High) Range(Strokes strokes, Func<(double X, double Y), double> of)
    {
        List<double> all = [.. strokes.Paths.SelectMany(path => path.Points).Concat(strokes.Texts.SelectMany(Strokes.Corners)).Select(of).Where(double.IsFinite)];
        if (all.Count == 0)
            return (0, 1);
        all.Sort();
        var (low, high) = (all[0], all[^1]);
        var (inner, outer) = (all[all.Count / 100], all[all.Count - 1 - (all.Count / 100)]);
        var span = outer - inner;
        return span > 0 && high - low > 12 * span ? (inner - (span / 10), outer + (span / 10)) : (low, high);
    }

    void Paths(List<(Look Look, List<(double X, double Y)> Points)> paths)
    {
        // One element for neighbours that look alike.
        for (var i = 0; i < paths.Count;)
        {
            var look = paths[i].Look;
            var color = look.Rgb.ToString("x6", CultureInfo.InvariantCulture);
            svg.Append(CultureInfo.InvariantCulture, $"<path stroke=\"#{color}\" stroke-width=\"{Math.Clamp(look.Weight / 25.0, 0.3, 4):0.##}\"");
            if (look.Fill > 0)
                svg.Append(CultureInfo.InvariantCulture, $" fill=\"#{color}\" fill-opacity=\"{look.Fill:0.##}\"");
            svg.Append(" d=\"");
            do
            {
                Path(paths[i].Points);
                i++;
            }
            while (i < paths.Count && paths[i].Look == look && look.Fill == 0);
            svg.Append("\"/>");
        }
    }

    void Path(List<(double X, double Y)> points)
    {
        var (lastX, lastY) = (double.NaN, double.NaN);
        for (var i = 0; i < points.Count; i++)
        {
            var (x, y) = (Math.Round(X(points[i].X), 1), Math.Round(Y(points[i].Y), 1));
            if (i > 0 && x == lastX && y == lastY && (i < points.Count - 1 || points.Count > 2))
                continue;
            svg.Append(i == 0 ? 'M' : 'L').Append(x.ToString("0.#", CultureInfo.InvariantCulture)).Append(' ').Append(y.ToString("0.#", CultureInfo.InvariantCulture));
            (lastX, lastY) = (x, y);
        }
    }

    void Text(DrawnText text)
    {
        // A capital is seven tenths of the size of a font.
        const double capital = 0.72;
        var map = text.Map;
        var size = Math.Sqrt((map.C * map.C) + (map.D * map.D)) * scale / capital;
        if (size is < 0.8 or > 5000 || !double.IsFinite(size))
            return;
        var part = scale / capital / size;
        svg.Append(CultureInfo.InvariantCulture, $"<text transform=\"matrix({map.A * part:0.####} {-map.B * part:0.####} {-map.C * part:0.####} {map.D * part:0.####} {X(map.E):0.#} {Y(map.F):0.#})\" font-size=\"{size:0.#}\" fill=\"#{text.Rgb:x6}\"");
        if (text.Anchor > 0)
            svg.Append(text.Anchor == 1 ? " text-anchor=\"middle\"" : " text-anchor=\"end\"");
        svg.Append(" xml:space=\"preserve\">").Append(SvgText.Escape(text.Text)).Append("</text>");
    }

    double X(double x) => Math.Clamp(((x - left) * scale) + Margin, -20_000, 20_000);

    double Y(double y) => Math.Clamp(((top - y) * scale) + Margin, -20_000, 20_000);
}
