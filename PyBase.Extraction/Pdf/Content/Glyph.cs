namespace PyBase.Extraction.Pdf.Content;

/// <summary>
/// A letter where it stands. (<paramref name="X"/>, <paramref name="Y"/>) is the start of its baseline, (<paramref name="DirX"/>,
/// <paramref name="DirY"/>) the direction of reading with length 1.
/// </summary>
/// <param name="Advance">Along the baseline to where the next letter begins.</param>
/// <param name="Size">Of the font on the page, in points.</param>
/// <param name="Order">Place in the order of drawing.</param>
/// <param name="IsDrawn">True for a sign that is drawn with strokes instead of written.</param>
readonly record struct Glyph(string Text, double X, double Y, double DirX, double DirY, double Advance, double Size, int Order, bool IsDrawn = false)
{
    /// <summary>Distance of its start along a direction of reading.</summary>
    public double Along => X * DirX + Y * DirY;

    /// <summary>Distance of the baseline across it, growing upwards.</summary>
    public double Across => Y * DirX - X * DirY;

    public bool IsBlank => string.IsNullOrWhiteSpace(Text);

    /// <summary>From baseline to cap height.</summary>
    public Box Box
    {
        get
        {
            const double ascent = 0.72, descent = 0.2;
            var (endX, endY) = (X + DirX * Advance, Y + DirY * Advance);
            var (upX, upY) = (-DirY * Size, DirX * Size);
            return Box.Nothing.With(X - upX * descent, Y - upY * descent).With(endX - upX * descent, endY - upY * descent)
                .With(X + upX * ascent, Y + upY * ascent).With(endX + upX * ascent, endY + upY * ascent);
        }
    }
}
