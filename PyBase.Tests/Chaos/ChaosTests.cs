using System.Globalization;
using System.Text;
using PyBase.Tests.Support;

namespace PyBase.Tests.Chaos;

/// <summary>
/// Processes and servers are killed, paused and restarted under writers, subscribers and jobs; afterwards the invariants are compared record by record with what
/// the clients were told. <c>eng/chaos.sh</c> lets it go on for as long as wanted.
/// </summary>
[Collection(InChaos.Name)]
public sealed class ChaosTests(ChaosInstallation installation)
{
    [Fact]
    public async Task Nothing_is_lost_whatever_dies()
    {
        var plan = ChaosPlan.Asked;
        var verdict = await new ChaosRun(installation.Cluster, installation.Sink, plan).RunAsync();
        var report = Report(plan, verdict);
        TestContext.Current.TestOutputHelper?.WriteLine(report);
        await File.WriteAllTextAsync(Path.Combine(Repository.Root, "artifacts", "chaos.md"), report, TestContext.Current.CancellationToken);
        if (plan != ChaosPlan.Short && Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            DocumentPart.Write("reliability.md", "chaos", $"`{plan.Command}`\n\n{report}");
        Assert.True(verdict.Wrong.Count == 0, $"seed {plan.Seed}, {verdict.Wrong.Count} wrong:\n{string.Join('\n', verdict.Wrong.Take(40))}");
        foreach (var invariant in Enumerable.Range(1, 6))
            Assert.NotEqual(0, verdict.Compared.Where(c => c.Invariant == invariant).Sum(c => c.Count));
    }

    static string Report(ChaosPlan plan, Verdict verdict)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Seed {plan.Seed}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {plan.Writers} writers, {plan.Subscribers} subscribers, {JobClient.Kinds.Length} kinds of jobs: ");
        text.AppendJoin(", ", verdict.Compared.Where(c => c.Invariant == 0).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c.Count} {c.What}")));
        text.Append(CultureInfo.InvariantCulture, $"; {verdict.Wrong.Count} wrong.\n\n| invariant | compared |\n|---|---|\n");
        foreach (var invariant in verdict.Compared.Where(c => c.Invariant > 0).GroupBy(c => c.Invariant).OrderBy(i => i.Key))
            text.Append(CultureInfo.InvariantCulture, $"| {invariant.Key} | {string.Join(", ", invariant.Select(c => $"{c.Count.ToString("n0", CultureInfo.InvariantCulture)} {c.What}"))} |\n");
        return text.ToString();
    }
}
