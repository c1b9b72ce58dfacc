using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PyBase.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace PyBase.Tests.Operations;

/// <summary>What is under <c>deploy</c> for Prometheus, Alertmanager and Grafana, read.</summary>
static partial class Monitoring
{
    public static string Folder(string name) => Path.Combine(Repository.Root, "deploy", name);

    public static IReadOnlyList<string> RuleFiles => Directory.GetFiles(Path.Combine(Folder("prometheus"), "rules"));

    public static IReadOnlyList<string> Dashboards => Directory.GetFiles(Path.Combine(Folder("grafana"), "dashboards"));

    /// <summary>Every rule: what it is called, what it asks, and the whole of it.</summary>
    public static IReadOnlyList<(string Name, string Expression, YamlMappingNode Rule)> Rules { get; } =
    [
        .. from file in RuleFiles
           from @group in ((YamlSequenceNode)Yaml(file)["groups"]).Cast<YamlMappingNode>()
           from rule in ((YamlSequenceNode)@group["rules"]).Cast<YamlMappingNode>()
           select ($"{(rule.Children.TryGetValue("alert", out var alert) ? alert : rule["record"])}", $"{rule["expr"]}", rule),
    ];

    public static IEnumerable<YamlMappingNode> Alerts => Rules.Where(rule => rule.Rule.Children.ContainsKey("alert")).Select(rule => rule.Rule);

    /// <summary>Every expression of a dashboard, with what Grafana puts in.</summary>
    public static IReadOnlyList<(string Panel, string Expression)> Panels { get; } =
    [
        .. from file in Dashboards
           let dashboard = JsonNode.Parse(File.ReadAllText(file))!
           from panel in dashboard["panels"]!.AsArray()
           from target in panel!["targets"]!.AsArray()
           select ($"{dashboard["title"]}: {panel["title"]}", ((string)target!["expr"]!).Replace("$__rate_interval", "1m", StringComparison.Ordinal).Replace("$service", ".*", StringComparison.Ordinal)),
    ];

    /// <summary>The metrics that an expression asks for.</summary>
    public static IEnumerable<string> Metrics(string expression) =>
        Word().Matches(NoName().Replace(expression, " ")).Select(match => match.Value).Where(word => !s_words.Contains(word));

    static readonly HashSet<string> s_words = ["and", "or", "unless", "bool", "by", "without", "on", "ignoring", "offset", "ALERTS"];

    public static YamlMappingNode Yaml(string file) => Documents(file).Single();

    public static IEnumerable<YamlMappingNode> Documents(string file)
    {
        var stream = new YamlStream();
        using var reader = new StringReader(File.ReadAllText(file));
        stream.Load(reader);
        return stream.Documents.Select(document => (YamlMappingNode)document.RootNode);
    }

    /// <summary>Runs a checker to its end; what it says when it is not content fails the test.</summary>
    public static async Task<string> CheckAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Require.Server(program), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        using var process = Process.Start(start)!;
        var said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}:\n{said[0]}{said[1]}");
        return said[0];
    }

    // Strings, selectors, ranges, groupings, and what is called as a function.
    [GeneratedRegex("""\{[^}]*\}|"[^"]*"|\[[^\]]*\]|\b(by|without|on|ignoring)\s*\([^)]*\)|\b[a-z_0-9]+\s*(?=\(|\b(by|without)\b)|\b\d[\w.]*""")]
    private static partial Regex NoName();

    [GeneratedRegex("[a-zA-Z_:][a-zA-Z0-9_:]*")]
    private static partial Regex Word();
}
