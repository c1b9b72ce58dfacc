using PyBase.Extraction.Dwg;

namespace PyBase.Extraction.Pictures;

/// <summary>What <see cref="DrawingPicture"/> shows, and its guards.</summary>
public sealed record PictureOptions
{
    /// <summary>The layout by its name; null for model space, or where that is empty the first layout that is not.</summary>
    public string? Layout { get; init; }

    /// <summary>Guards of reading.</summary>
    public DwgOptions Reading { get; init; } = new();

    /// <summary>Entities kept of the file; the rest is not drawn.</summary>
    /// <value>300,000.</value>
    public int MaxEntities { get; init; } = 300_000;

    /// <summary>Values kept of them all, such as coordinates.</summary>
    /// <value>4,000,000.</value>
    public int MaxValues { get; init; } = 4_000_000;

    /// <summary>Points drawn, each some ten bytes of the picture; blocks that are placed many times count each time.</summary>
    /// <value>300,000.</value>
    public int MaxPoints { get; init; } = 300_000;

    /// <summary>Deepest nesting of blocks that is drawn.</summary>
    /// <value>16.</value>
    public int MaxDepth { get; init; } = 16;
}
