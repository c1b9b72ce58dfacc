namespace PyBase.Extraction.Dwg.Container;

/// <summary>Memory for expanded pages, so that no file decides how much there is of it.</summary>
sealed class ExpansionBudget(int most, FindingList findings, CancellationToken cancellation)
{
    long left = most;

    /// <summary>A zeroed buffer, or null when it would be too much.</summary>
    public byte[]? Take(long size)
    {
        cancellation.ThrowIfCancellationRequested();
        if (size < 0 || size > left || size > Array.MaxLength)
        {
            findings.Fail(FindingCode.DrawingTooLarge, $"The pages expand to more than the limit of {most:N0} bytes.");
            return null;
        }
        left -= size;
        return new byte[size];
    }

    public void Check() => cancellation.ThrowIfCancellationRequested();
}
