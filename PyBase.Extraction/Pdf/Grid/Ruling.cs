namespace PyBase.Extraction.Pdf.Grid;

/// <summary>A line along an axis: at <paramref name="At"/> across it, from <paramref name="From"/> to <paramref name="To"/> along it.</summary>
readonly record struct Ruling(double At, double From, double To)
{
    public double Length => To - From;
}
