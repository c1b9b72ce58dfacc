namespace PyBase.Extraction.Pdf.Content;

/// <summary>What is drawn on a page, turned as it is looked at.</summary>
sealed class PageContent
{
    public required int Number { get; init; }
    public required double Width { get; init; }
    public required double Height { get; init; }
    public required int Rotation { get; init; }
    public List<Glyph> Glyphs { get; init; } = [];
    public List<Stroke> Strokes { get; } = [];
    public List<Curve> Curves { get; } = [];

    /// <summary>Small filled triangles, the heads of arrows.</summary>
    public int Arrows { get; set; }

    /// <summary>Share of the page that pictures cover, at most 1.</summary>
    public double Pictured { get; set; }

    /// <summary>Letters of which the file does not say what character they are.</summary>
    public int Unread { get; set; }

    public bool Has3D { get; set; }
    public bool IsCut { get; set; }

    /// <summary>Mean confidence of the text where it was read from a picture; null where the file has it.</summary>
    public double? OcrConfidence { get; set; }
}
