namespace PyBase.Benchmarks.Load;

/// <summary>One line of the report.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Bar">What is promised.</param>
/// <param name="Measured">How it went.</param>
/// <param name="IsMet">Whether the bar is met; null where nothing is promised.</param>
/// <param name="Where">Where the time went.</param>
sealed record LoadLine(string Work, string Bar, string Measured, bool? IsMet, string Where)
{
    public override string ToString() => $"| {Work} | {Bar} | {Measured} | {(IsMet is { } met ? met ? "yes" : "**no**" : "")} |";
}
