using PyBase.Tests.Support;

namespace PyBase.Tests.Extraction.Accuracy;

/// <summary>All real files with their truth, read once: the figures hold, and the page that states them is that of this run.</summary>
public sealed class AccuracyTests(ITestOutputHelper output)
{
    static readonly Lazy<Tally> s_run = new(AccuracyRun.OverAllFiles);

    /// <summary>The smallest F1 by format and kind; every kind that is not listed is right throughout.</summary>
    static readonly Dictionary<(string Format, string Kind), double> s_bars = new()
    {
        [("PDF", "letters and digits")] = 0.999,
        [("PDF", "ruled tables, cells")] = 0.97,
        [("PDF", "ruled tables, neighbours")] = 0.97,
        [("PDF", "unruled tables, cells")] = 0.90,
        [("PDF", "unruled tables, neighbours")] = 0.90,
        [("PDF", "dimensions")] = 0.95,
        [("PDF", "tolerance frames")] = 0.95,
        [("PDF", "threads")] = 0.95,
        [("PDF", "title blocks")] = 0.95,
        [("PDF", "surface finish")] = 0.95,
        [("PDF", "notes")] = 0.95,
    };

    [Fact]
    public void What_is_reported_is_what_is_in_the_files()
    {
        Skip();
        output.WriteLine(string.Join('\n', s_run.Value.Misses.GroupBy(miss => miss.Split(':')[0]).SelectMany(same => same.Take(12))));
        Assert.Empty(s_run.Value.Scores.Where(score => score.Value.F1 < s_bars.GetValueOrDefault(score.Key, 1)).Select(score => $"{score.Key.Format} {score.Key.Kind}: F1 {Score.Percent(score.Value.F1)} %"));
        Assert.All(Disputes.All.GroupBy(dispute => dispute.Format), disputes => Assert.InRange(disputes.Count(), 1, 5));
    }

    [Fact]
    public void The_page_states_the_figures_of_this_run()
    {
        Skip();
        var path = Path.Combine(Repository.Root, "docs", "extraction-accuracy.md");
        var page = AccuracyPage.Of(s_run.Value);
        if (Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            File.WriteAllText(path, page);
        Assert.Equal(page, File.ReadAllText(path));
    }

    static void Skip() => SharedData.Locate("drawings");
}
