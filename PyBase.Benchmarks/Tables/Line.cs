using System.Globalization;

namespace PyBase.Benchmarks.Tables;

/// <summary>One line of the report.</summary>
/// <param name="Work">What was done.</param>
/// <param name="Bar">What is promised.</param>
/// <param name="Floor">The same work without PyBase, in this run; empty where nothing compares.</param>
/// <param name="Measured">What PyBase took.</param>
/// <param name="Ratio">Measured against the floor.</param>
/// <param name="IsMet">Whether the bar is met; null before it is measured.</param>
/// <param name="Where">Where the time goes.</param>
sealed record Line(string Work, string Bar, string Floor, string Measured, double? Ratio, bool? IsMet, string? Where = null)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"| {Work} | {Bar} | {Floor} | {Measured} | {(Ratio is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "")} | {(IsMet is { } met ? met ? "yes" : "**no**" : "")} |");

    public static string Milliseconds(double time) => time.ToString(time < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " ms";

    public static string Each(double perSecond, string what) => perSecond.ToString("#,0", CultureInfo.InvariantCulture) + " " + what + "/s";
}
