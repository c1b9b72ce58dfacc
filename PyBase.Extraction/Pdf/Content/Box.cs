using System.Globalization;

namespace PyBase.Extraction.Pdf.Content;

/// <summary>A rectangle on a page, in points from its lower left corner as it is looked at.</summary>
readonly record struct Box(double Left, double Bottom, double Right, double Top)
{
    public static readonly Box Nothing = new(double.MaxValue, double.MaxValue, double.MinValue, double.MinValue);

    public double Width => Right - Left;
    public double Height => Top - Bottom;
    public double CentreX => (Left + Right) / 2;
    public double CentreY => (Bottom + Top) / 2;
    public double LongerSide => Math.Max(Width, Height);

    public Box With(Box other) => new(Math.Min(Left, other.Left), Math.Min(Bottom, other.Bottom), Math.Max(Right, other.Right), Math.Max(Top, other.Top));
    public Box With(double x, double y) => new(Math.Min(Left, x), Math.Min(Bottom, y), Math.Max(Right, x), Math.Max(Top, y));
    public Box Grown(double by) => new(Left - by, Bottom - by, Right + by, Top + by);
    public bool Holds(double x, double y) => x >= Left && x <= Right && y >= Bottom && y <= Top;
    public bool Holds(Box other) => other.Left >= Left && other.Right <= Right && other.Bottom >= Bottom && other.Top <= Top;
    public bool Meets(Box other) => Left <= other.Right && other.Left <= Right && Bottom <= other.Top && other.Bottom <= Top;

    /// <summary>Page 2, box 10.0,20.0,110.5,32.0.</summary>
    public string Locate(int page) => string.Create(CultureInfo.InvariantCulture, $"p{page}[{Left:0.0},{Bottom:0.0},{Right:0.0},{Top:0.0}]");
}
