using System.Globalization;
using System.Text;

namespace PyBase.Benchmarks.Scaling;

/// <summary>A line of a plot.</summary>
sealed record PlotLine(string Name, string Colour, IReadOnlyList<(double X, double Y)> Points);

/// <summary>A panel: lines over a common axis. With <paramref name="IsLog"/> both axes are logarithmic.</summary>
sealed record PlotPanel(string Title, string Unit, string XUnit, IReadOnlyList<PlotLine> Lines, bool IsLog = false, double? Limit = null);

/// <summary>Panels under each other as SVG, for documents: light ground, thin axes, names beside a legend.</summary>
static class SvgPlot
{
    const int Width = 860, Height = 230, Left = 66, Right = 20, Top = 46, Bottom = 34;

    public static string Write(string title, IReadOnlyList<PlotPanel> panels)
    {
        var svg = new StringBuilder();
        Add(svg, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {40 + Height * panels.Count}\" width=\"{Width}\" font-family=\"Inter, Helvetica, Arial, sans-serif\" font-size=\"12\" fill=\"#334155\">");
        Add(svg, $"<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/><text x=\"{Left}\" y=\"26\" font-size=\"16\" font-weight=\"600\" fill=\"#0f172a\">{title}</text>");
        for (var n = 0; n < panels.Count; n++)
            Panel(svg, panels[n], 36 + n * Height);
        svg.Append("</svg>\n");
        return svg.ToString();
    }

    static void Panel(StringBuilder svg, PlotPanel panel, int y)
    {
        var all = panel.Lines.SelectMany(l => l.Points).ToList();
        var (x0, x1) = (panel.IsLog ? all.Min(p => p.X) : 0, all.Max(p => p.X));
        var (y0, y1) = (panel.IsLog ? Math.Pow(10, Math.Floor(Math.Log10(all.Min(p => p.Y)))) : 0, Nice(Math.Max(all.Max(p => p.Y), panel.Limit ?? 0), panel.IsLog));
        double X(double value) => Left + (panel.IsLog ? Math.Log(value / x0) / Math.Log(x1 / x0) : (value - x0) / (x1 - x0)) * (Width - Left - Right);
        double Y(double value) => y + Height - Bottom - (panel.IsLog ? Math.Log(Math.Max(value, y0) / y0) / Math.Log(y1 / y0) : (value - y0) / (y1 - y0)) * (Height - Top - Bottom);

        Add(svg, $"<text x=\"{Left}\" y=\"{y + 24}\" font-weight=\"600\">{panel.Title}</text>");
        foreach (var tick in Ticks(y0, y1, panel.IsLog))
            Add(svg, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(tick):0.0}\" y2=\"{Y(tick):0.0}\" stroke=\"#e2e8f0\"/><text x=\"{Left - 8}\" y=\"{Y(tick) + 4:0.0}\" text-anchor=\"end\">{Short(tick)}</text>");
        foreach (var tick in Ticks(x0, x1, panel.IsLog))
            Add(svg, $"<line x1=\"{X(tick):0.0}\" x2=\"{X(tick):0.0}\" y1=\"{y + Height - Bottom}\" y2=\"{y + Height - Bottom + 4}\" stroke=\"#64748b\"/><text x=\"{X(tick):0.0}\" y=\"{y + Height - Bottom + 17}\" text-anchor=\"middle\">{Short(tick)}</text>");
        Add(svg, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y + Height - Bottom}\" y2=\"{y + Height - Bottom}\" stroke=\"#64748b\"/>");
        Add(svg, $"<text x=\"{Width - Right}\" y=\"{y + Height - 3}\" text-anchor=\"end\" fill=\"#64748b\">{panel.XUnit}</text><text x=\"8\" y=\"{y + Top - 14}\" fill=\"#64748b\">{panel.Unit}</text>");
        if (panel.Limit is { } limit)
            Add(svg, $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(limit):0.0}\" y2=\"{Y(limit):0.0}\" stroke=\"#94a3b8\" stroke-dasharray=\"5 4\"/>");
        var legend = Width - Right;
        foreach (var line in panel.Lines.Reverse())
        {
            legend -= 36 + line.Name.Length * 8;
            Add(svg, $"<line x1=\"{legend}\" x2=\"{legend + 16}\" y1=\"{y + 20}\" y2=\"{y + 20}\" stroke=\"{line.Colour}\" stroke-width=\"3\"/><text x=\"{legend + 21}\" y=\"{y + 24}\">{line.Name}</text>");
        }
        foreach (var line in panel.Lines)
            Add(svg, $"<polyline fill=\"none\" stroke=\"{line.Colour}\" stroke-width=\"1.8\" stroke-linejoin=\"round\" points=\"{string.Join(' ', line.Points.Select(p => FormattableString.Invariant($"{X(p.X):0.0},{Y(p.Y):0.0}")))}\"/>");
    }

    static double Nice(double most, bool isLog)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(most, 1e-9))));
        return isLog ? most > decade ? decade * 10 : decade : new[] { 1, 1.5, 2, 3, 4, 5, 6, 8, 10 }.First(step => step * decade >= most) * decade;
    }

    static IEnumerable<double> Ticks(double from, double to, bool isLog)
    {
        if (isLog)
        {
            for (var tick = Math.Pow(10, Math.Ceiling(Math.Log10(from) - 1e-9)); tick <= to * 1.001; tick *= 10)
                yield return tick;
            yield break;
        }
        var raw = (to - from) / 5;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1, 2, 2.5, 5, 10 }.First(s => s * decade >= raw * 0.999) * decade;
        for (var tick = from; tick <= to * 1.0001; tick += step)
            yield return tick;
    }

    static string Short(double value) => value >= 10_000 ? FormattableString.Invariant($"{value / 1000:0.#}k") : value.ToString("0.###", CultureInfo.InvariantCulture);

    static void Add(StringBuilder svg, FormattableString text) => svg.AppendLine(text.ToString(CultureInfo.InvariantCulture));
}
