namespace PyBase.Extraction.Pdf.Content;

/// <summary>A straight line of a drawing.</summary>
/// <param name="Shape">Lines of one number were drawn in one go.</param>
readonly record struct Stroke(double X1, double Y1, double X2, double Y2, int Shape)
{
    const double Straight = 0.35;

    public double Length => Math.Sqrt((X2 - X1) * (X2 - X1) + (Y2 - Y1) * (Y2 - Y1));
    public bool IsHorizontal => Math.Abs(Y2 - Y1) <= Straight && Math.Abs(X2 - X1) > Straight;
    public bool IsVertical => Math.Abs(X2 - X1) <= Straight && Math.Abs(Y2 - Y1) > Straight;
    public Box Box => new(Math.Min(X1, X2), Math.Min(Y1, Y2), Math.Max(X1, X2), Math.Max(Y1, Y2));
    public double MiddleX => (X1 + X2) / 2;
    public double MiddleY => (Y1 + Y2) / 2;
}
