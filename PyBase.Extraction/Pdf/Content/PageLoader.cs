using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Graphics;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>Takes letters, strokes and curves from a page of PdfPig.</summary>
static class PageLoader
{
    public static PageContent Load(Page page, PdfOptions options, IReadOnlySet<string> unmapped, bool hasEndlessImage)
    {
        var content = new PageContent { Number = page.Number, Width = page.Width, Height = page.Height, Rotation = page.Rotation.Value };
        Letters(page, content, options, unmapped);
        var shape = 0;
        foreach (var path in page.Paths)
        {
            if (content.Strokes.Count >= options.MaxStrokesPerPage || content.Curves.Count >= options.MaxStrokesPerPage)
            {
                content.IsCut = true;
                break;
            }
            shape++;
            if (path.IsStroked || path.IsFilled)
                Shapes(path, shape, content);
        }
        content.Pictured = hasEndlessImage ? 0 : Pictured(page);
        content.Has3D = page.GetAnnotations().Take(1000).Any(annotation => annotation.Type == AnnotationType.Artwork3D
            || annotation.AnnotationDictionary.TryGet(UglyToad.PdfPig.Tokens.NameToken.Subtype, out UglyToad.PdfPig.Tokens.NameToken subtype) && subtype.Data is "3D" or "RichMedia");
        return content;
    }

    static double Pictured(Page page)
    {
        var covered = 0.0;
        foreach (var image in page.GetImages().Take(1000))
            covered += Math.Abs(image.BoundingBox.Width * image.BoundingBox.Height);
        return page.Width * page.Height is > 0 and var area ? Math.Min(1, covered / area) : 0;
    }

    static void Letters(Page page, PageContent content, PdfOptions options, IReadOnlySet<string> unmapped)
    {
        (double X, double Y) direction = (1, 0);
        foreach (var letter in page.Letters)
        {
            if (content.Glyphs.Count >= options.MaxLettersPerPage)
            {
                content.IsCut = true;
                return;
            }
            var (start, end) = (letter.StartBaseLine, letter.EndBaseLine);
            var advance = Math.Sqrt((end.X - start.X) * (end.X - start.X) + (end.Y - start.Y) * (end.Y - start.Y));
            // A letter of no width reads as the one before.
            if (advance > 1e-3)
                direction = ((end.X - start.X) / advance, (end.Y - start.Y) / advance);
            var size = letter.PointSize > 0.5 ? letter.PointSize : Math.Max(letter.BoundingBox.Height * 1.4, 1);
            if (!double.IsFinite(start.X + start.Y + advance + size) || size > 2000 || start.X < -2 || start.Y < -2 || start.X > page.Width + 2 || start.Y > page.Height + 2 || letter.Value.Length > 16)
                continue;
            var text = GlyphText.Of(letter.Value, letter.FontName);
            if (text.Length == 0 && letter.Value.Length > 0 || text == "\uFFFD" || letter.FontName is { } font && unmapped.Contains(font))
                content.Unread++;
            if (text.Length > 0)
                content.Glyphs.Add(new Glyph(text, start.X, start.Y, direction.X, direction.Y, advance, size, content.Glyphs.Count));
        }
    }

    static void Shapes(PdfPath path, int shape, PageContent content)
    {
        const double thin = 2.6, bar = 3.2;
        foreach (var part in path)
        {
            var outline = Outline.Of(part);
            if (outline.Points.Count < 2)
                continue;
            var box = outline.Box;
            if (!path.IsStroked && Math.Min(box.Width, box.Height) is var width && (width <= thin || width <= bar && box.LongerSide > 4 * width) && outline.IsRectangle)
            {
                // A line drawn as a thin filled rectangle.
                content.Strokes.Add(box.Width >= box.Height
                    ? new Stroke(box.Left, box.CentreY, box.Right, box.CentreY, shape)
                    : new Stroke(box.CentreX, box.Bottom, box.CentreX, box.Top, shape));
                continue;
            }
            if (path.IsFilled && outline.IsTriangle && box.LongerSide < 24)
                content.Arrows++;
            if (outline.IsBent)
            {
                content.Curves.Add(new Curve(box, outline.IsCircle, outline.IsClosed, shape));
                continue;
            }
            // Shades end where a line of text ends as often as where a cell does.
            if (!path.IsStroked)
                continue;
            for (var i = 1; i < outline.Points.Count && content.Strokes.Count < int.MaxValue; i++)
            {
                var (from, to) = (outline.Points[i - 1], outline.Points[i]);
                if (from != to)
                    content.Strokes.Add(new Stroke(from.X, from.Y, to.X, to.Y, shape));
            }
        }
    }
}
