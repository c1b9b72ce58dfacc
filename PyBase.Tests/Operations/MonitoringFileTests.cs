using System.Text.RegularExpressions;
using PyBase.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace PyBase.Tests.Operations;

/// <summary>Rules, routes and dashboards as the programs that read them see them.</summary>
public sealed partial class MonitoringFileTests
{
    [Fact]
    public async Task Prometheus_takes_configurations_and_rules()
    {
        await Monitoring.CheckAsync("promtool", ["check", "config", "--syntax-only", .. Directory.GetFiles(Monitoring.Folder("prometheus"), "*.yml")]);
        await Monitoring.CheckAsync("promtool", ["check", "rules", .. Monitoring.RuleFiles]);
    }

    [Fact]
    public Task Each_trigger_fires_when_it_should_and_not_before() =>
        Monitoring.CheckAsync("promtool", ["test", "rules", .. Directory.GetFiles(Path.Combine(Monitoring.Folder("prometheus"), "tests"))]);

    /// <summary>The scaling guide's "Scaling Triggers": how much, for how long, and which way.</summary>
    [Theory]
    [InlineData("PyBaseProcessorBusy", "> 0.7", "5m", "up")]
    [InlineData("PyBaseMemoryShort", "> 0.8", "5m", "up")]
    [InlineData("PyBaseSlow", "> 2 * service:pybase_latency:p95_baseline", "5m", "up")]
    [InlineData("PyBaseQueueDeep", "> 100", "1m", "up")]
    [InlineData("PyBaseErrors", "> 0.05", "5m", "up")]
    [InlineData("PyBaseProcessorIdle", "< 0.3", "15m", "down")]
    [InlineData("PyBaseMemoryIdle", "< 0.4", "15m", "down")]
    [InlineData("PyBaseQueuesShallow", "< 10", "15m", "down")]
    [InlineData("PyBaseExcessCapacity", "[1h]", null, "down")]
    public void A_trigger_of_the_guide_has_its_numbers(string name, string condition, string? lasting, string direction)
    {
        var (_, expression, rule) = Assert.Single(Monitoring.Rules, rule => rule.Name == name);
        Assert.Contains(condition, expression, StringComparison.Ordinal);
        Assert.Equal(lasting, rule.Children.TryGetValue("for", out var time) ? $"{time}" : null);
        Assert.Equal(direction, $"{rule["labels"]["direction"]}");
    }

    [Fact]
    public void Every_alert_says_what_to_do_and_where_it_is_explained()
    {
        foreach (var alert in Monitoring.Alerts)
        {
            Assert.Contains($"{alert["labels"]["severity"]}", (string[])["page", "ticket", "advice"]);
            var place = Place().Match($"{alert["annotations"]["action"]}");
            Assert.True(place.Success, $"{alert["alert"]} names no page.");
            var page = File.ReadAllText(Path.Combine(Repository.Root, place.Groups["file"].Value));
            if (place.Groups["heading"] is { Success: true, Value: var heading })
                Assert.True(Heading().Matches(page).Any(h => Anchor(h.Groups["text"].Value) == heading), $"{alert["alert"]}: {place.Value} has no such heading.");
        }
    }

    [Theory]
    [InlineData("on-call", "severity=page")]
    [InlineData("operators", "severity=ticket")]
    [InlineData("capacity", "severity=advice", "direction=down", "service=api")]
    [InlineData("scaling,operators", "severity=ticket", "direction=up", "service=workers", "queue=imports")]
    [InlineData("operators", "severity=ticket", "direction=up", "service=api")]
    public async Task An_alert_goes_to_whom_it_is_for(string receivers, params string[] labels)
    {
        var configuration = Path.Combine(Monitoring.Folder("alertmanager"), "alertmanager.yml");
        await Monitoring.CheckAsync("amtool", "check-config", configuration);
        await Monitoring.CheckAsync("amtool", ["config", "routes", "test", $"--config.file={configuration}", $"--verify.receivers={receivers}", .. labels]);
    }

    /// <summary>Each expression as a rule, which promtool parses.</summary>
    [Fact]
    public async Task Every_expression_of_a_dashboard_is_understood()
    {
        var rules = Monitoring.Panels.Select((panel, n) => new YamlMappingNode("record", $"panel:{n}", "expr", panel.Expression));
        var file = Path.Combine(TestRun.NewFolder("dashboards"), "rules.yml");
        await using (var writer = File.CreateText(file))
            new YamlStream(new YamlDocument(new YamlMappingNode("groups", new YamlSequenceNode(new YamlMappingNode("name", "dashboards", "rules", new YamlSequenceNode(rules)))))).Save(writer, false);
        await Monitoring.CheckAsync("promtool", "check", "rules", file);
        Assert.NotEmpty(Monitoring.Panels);
    }

    static string Anchor(string heading) => string.Concat(heading.ToLowerInvariant().Where(c => char.IsLetterOrDigit(c) || c is ' ' or '-')).Replace(' ', '-');

    [GeneratedRegex(@"(?<file>docs/[\w-]+\.md)(#(?<heading>[\w-]+))?$")]
    private static partial Regex Place();

    [GeneratedRegex("^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();
}
