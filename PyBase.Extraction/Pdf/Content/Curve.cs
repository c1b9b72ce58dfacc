namespace PyBase.Extraction.Pdf.Content;

/// <summary>A bent line: a circle where it is closed and round, else an arc of some form.</summary>
readonly record struct Curve(Box Box, bool IsCircle, bool IsClosed, int Shape)
{
    public double Diameter => Box.LongerSide;
}
