using System.Globalization;

namespace PyBase.Benchmarks.Tables;

/// <summary>What NocoDB 0.301.3 does with the same table and 16 connections, in pages a second: as <c>eng/measure-peer.sh</c> found just before (<c>--peer 42.7,13.7</c>).</summary>
/// <param name="Pages">Pages in the table's own order.</param>
/// <param name="Filtered">Pages with a filter and a sort.</param>
/// <param name="IsOfThisRun">Measured on this machine as it is now.</param>
sealed record Peer(double Pages, double Filtered, bool IsOfThisRun)
{
    /// <summary>So many times as fast is the bar.</summary>
    const int Times = 20;

    /// <summary>As it was found once, on a machine whose floor was 1,900 pages/s.</summary>
    static readonly Peer Once = new(65, 21, IsOfThisRun: false);

    public static Peer Read(string? given) =>
        given?.Split(',') is [var pages, var filtered] ? new(double.Parse(pages, CultureInfo.InvariantCulture), double.Parse(filtered, CultureInfo.InvariantCulture), IsOfThisRun: true) : Once;

    public double PagesBar => Times * Pages;

    public double FilteredBar => Times * Filtered;

    public string Tell(double pages) => string.Create(CultureInfo.InvariantCulture, $"≥ {Times * pages:#,0}/s ({Times} × NocoDB's {pages:0}{(IsOfThisRun ? " just before" : "")})");
}
