using System.Text.RegularExpressions;
using Npgsql;
using PyBase.Core.Scaling;
using PyBase.Storage.Connections;
using PyBase.Tests.Operations;
using PyBase.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace PyBase.Tests.Deployment;

/// <summary>What an administrator starts without .NET: <c>deploy/compose</c>.</summary>
public sealed partial class ComposeTests
{
    public static TheoryData<string> Files => ["compose.yaml", "compose.standalone.yaml"];

    static readonly string s_folder = Monitoring.Folder("compose");

    static YamlMappingNode Services(string file) => (YamlMappingNode)Monitoring.Yaml(Path.Combine(s_folder, file))["services"];

    /// <summary>What a service says, with what it takes from others (<c>&lt;&lt;</c>).</summary>
    static Dictionary<string, YamlNode> Whole(YamlNode service)
    {
        var whole = new Dictionary<string, YamlNode>();
        var node = (YamlMappingNode)service;
        if (node.Children.TryGetValue("<<", out var merged))
            whole = Whole(merged);
        foreach (var (key, value) in node.Children)
            if ($"{key}" != "<<")
                whole[$"{key}"] = value;
        return whole;
    }

    static Dictionary<string, string> Settings(YamlNode service) =>
        Whole(service).TryGetValue("environment", out var environment) ? Whole(environment).ToDictionary(pair => pair.Key, pair => $"{pair.Value}") : [];

    [Theory, MemberData(nameof(Files))]
    public void Every_setting_is_one_that_some_program_reads(string file)
    {
        var settings = Services(file).Children.SelectMany(service => Settings(service.Value).Keys).Where(name => name.Contains("__", StringComparison.Ordinal)).Distinct().ToList();
        Assert.NotEmpty(settings);
        Assert.All(settings, name => Assert.True(IsRead(name.Replace("__", ":", StringComparison.Ordinal)), $"Nobody reads {name}."));
    }

    [Theory, MemberData(nameof(Files))]
    public void Every_secret_is_asked_for_in_the_example_and_has_no_value_there(string file)
    {
        var example = System.IO.File.ReadLines(Path.Combine(s_folder, ".env.example")).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        var asked = Variable().Matches(System.IO.File.ReadAllText(Path.Combine(s_folder, file))).Select(match => match.Groups["name"].Value).Distinct();
        Assert.Subset(example.Keys.ToHashSet(), asked.ToHashSet());
        Assert.All(example.Where(pair => pair.Key.EndsWith("PASSWORD", StringComparison.Ordinal) || pair.Key.EndsWith("TOKEN", StringComparison.Ordinal)), pair => Assert.Equal("", pair.Value));
    }

    [Theory, MemberData(nameof(Files))]
    public void Processes_are_no_root_write_nowhere_and_wait_for_what_is_there(string file)
    {
        var services = Services(file);
        var names = services.Children.Keys.Select(name => $"{name}").ToHashSet();
        foreach (var (name, service) in services.Children.Select(pair => ($"{pair.Key}", Whole(pair.Value))))
        {
            Assert.Matches(@":[\w.${}:-]+$", $"{service["image"]}");
            if (service.TryGetValue("depends_on", out var waits))
                Assert.Subset(names, ((YamlMappingNode)waits).Children.Keys.Select(key => $"{key}").ToHashSet());
            if ($"{service["image"]}".StartsWith("${PYBASE_IMAGES", StringComparison.Ordinal))
            {
                Assert.Contains($"{service["image"]}".Split('/')[1].Split(':')[0], (string[])["api", "realtime", "workers", "standalone"]);
                Assert.Equal(("true", "1654:1654"), ($"{service["read_only"]}", $"{service["user"]}"));
                Assert.True(name is "migrations" || $"{service["stop_grace_period"]}" == $"{Draining.Grace.TotalSeconds:0}s");
            }
            foreach (var mount in service.TryGetValue("volumes", out var volumes) ? ((YamlSequenceNode)volumes).Select(volume => $"{volume}".Split(':')[0]) : [])
                Assert.True(mount[0] != '.' || Path.Exists(Path.Combine(s_folder, mount)), $"{name}: there is no {mount}.");
        }
    }

    [Fact]
    public void Servers_and_pools_are_those_of_the_tier_small()
    {
        var services = Services("compose.yaml");
        var tier = Tiers.Small;
        Assert.Equal(
            ServerSettings.Postgres(tier).Select(setting => $"-c{setting.Key}={setting.Value}"),
            ((YamlSequenceNode)services["postgres"]["command"]).Skip(1).Select(word => $"{word}"));
        foreach (var (name, value) in ServerSettings.Redis(tier))
            Assert.Contains($"--{name} {value}", $"{services["cache"]["command"]}", StringComparison.Ordinal);
        var pool = new NpgsqlConnectionStringBuilder(Variable().Replace(Settings(services["api"])["ConnectionStrings__pybase"], "x"));
        Assert.Equal((tier.Pool.Maximum, "postgres", "pybase"), (pool.MaxPoolSize, pool.Host, pool.Database));
        Assert.Equal($"{tier.Concurrency}", Settings(services["workers"])["Workers__Concurrency"]);
        Assert.Equal("${PYBASE_PORT:-8000}:8080", $"{services["api"]["ports"][0]}");
        Assert.Equal("http://realtime:8080", Settings(services["api"])["services__realtime__http__0"]);
    }

    [Fact]
    public void A_broker_of_three_nodes_is_laid_over_it()
    {
        var services = Services("compose.cluster.yaml");
        var nodes = services.Children.Where(service => $"{service.Key}".StartsWith("messaging", StringComparison.Ordinal)).Select(service => Whole(service.Value)).ToList();
        Assert.Equal(["messaging-1", "messaging-2", "messaging-3"], nodes.Select(node => $"{node["hostname"]}"));
        // Whoever waits for the one of the other file waits for the first.
        Assert.Contains("messaging", Services("compose.yaml").Children.Keys.Select(name => $"{name}"));
        var settings = System.IO.File.ReadAllText(Path.Combine(s_folder, "..", "rabbitmq", "rabbitmq.conf"));
        Assert.All(nodes, node =>
        {
            Assert.Contains($" = rabbit@{node["hostname"]}\n", settings, StringComparison.Ordinal);
            var mounts = ((YamlSequenceNode)node["volumes"]).Select(volume => $"{volume}".Split(':')).ToList();
            Assert.Equal($"{node["hostname"]}", mounts[0][0]);
            Assert.True(System.IO.File.Exists(Path.Combine(s_folder, mounts[1][0])));
        });
        var address = BrokerAddress.Parse(Variable().Replace(Settings(services["workers"])["ConnectionStrings__messaging"], "x"));
        Assert.Equal(nodes.Select(node => $"{node["hostname"]}:5672"), address.Nodes);
        var example = System.IO.File.ReadAllText(Path.Combine(s_folder, ".env.example"));
        Assert.All(Variable().Matches(System.IO.File.ReadAllText(Path.Combine(s_folder, "compose.cluster.yaml"))), match => Assert.Contains($"\n{match.Groups["name"].Value}=\n", example, StringComparison.Ordinal));
    }

    /// <summary>As "A:B" in the code, or as property B of options that are bound to A.</summary>
    static bool IsRead(string setting) =>
        setting.Split(':') switch
        {
            ["ConnectionStrings", var name] => name is "pybase" or "pybaseDirect" or "cache" or "messaging",
            ["services", "realtime", "http", _] => Sources.Value.Contains("http://realtime", StringComparison.Ordinal),
            ["Logging", "Console", "FormatterName"] => true,
            [var section, var name] => Sources.Value.Contains($"\"{setting}\"", StringComparison.Ordinal)
                || Sources.Value.Contains($"BindConfiguration(\"{section}\")", StringComparison.Ordinal) && Regex.IsMatch(Sources.Value, $@"public [\w?]+ {name} {{ get; "),
            _ => false,
        };

    static readonly Lazy<string> Sources = new(() => string.Concat(
        new DirectoryInfo(Repository.Root).EnumerateDirectories("PyBase.*").Where(folder => folder.Name is not ("PyBase.Web" or "PyBase.Tests" or "PyBase.Extraction" or "PyBase.Notation" or "PyBase.Benchmarks"))
            .SelectMany(folder => folder.EnumerateFiles("*.cs", SearchOption.AllDirectories)).Select(file => System.IO.File.ReadAllText(file.FullName))));

    [GeneratedRegex(@"\$\{(?<name>\w+)(:[-?][^}]*)?\}")]
    private static partial Regex Variable();
}
