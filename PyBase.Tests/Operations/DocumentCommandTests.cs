using System.Diagnostics;
using System.Text.RegularExpressions;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Operations;

/// <summary>
/// The commands of the pages for operators. Boxes marked <c>bash</c> are run as they stand, page by page from top to bottom, against a Standalone that somebody has used;
/// those marked <c>console</c> are for programs that are not here: their files, names and options are looked up.
/// </summary>
public sealed partial class DocumentCommandTests(DocumentCommandTests.Prepared prepared) : IClassFixture<DocumentCommandTests.Prepared>
{
    static readonly string[] s_pages = ["deployment-guide", "monitoring", "troubleshooting", "upgrade", "backup", "scaling-guide"];

    public static TheoryData<string> Pages => [.. s_pages];

    [Theory, MemberData(nameof(Pages))]
    public async Task Every_command_of_a_page_works(string page)
    {
        var boxes = Boxes(page, "bash").ToList();
        Assert.NotEmpty(boxes);
        var (code, said) = await prepared.RunAsync(string.Join('\n', boxes));
        Assert.True(code == 0, $"docs/{page}.md:\n{said}");
    }

    [Theory, MemberData(nameof(Pages))]
    public void What_a_page_names_is_there(string page)
    {
        foreach (var command in Boxes(page, "console").SelectMany(box => box.Split('\n', StringSplitOptions.RemoveEmptyEntries)))
        {
            foreach (var path in Named().Matches(command).Select(match => match.Value).Where(path => path is not ("deploy/kubernetes/chart.yaml" or "deploy/compose/.env")))
                Assert.True(Exists(path), $"{command}: there is no {path}.");
            foreach (var option in AppHostOption().Matches(command.Contains("AppHost", StringComparison.Ordinal) || command.StartsWith("aspire", StringComparison.Ordinal) ? command.Split(" -- ").ElementAtOrDefault(1) ?? "" : "").Cast<Match>())
                Assert.True(AppHostTakes(option.Groups["name"].Value, option.Groups["value"].Value), $"{command}: the AppHost takes no {option.Value}.");
            if (command.StartsWith("docker compose", StringComparison.Ordinal))
                foreach (var name in ComposeName().Matches(command).Select(match => match.Groups["name"].Value))
                    Assert.Contains($"{name}", Compose, StringComparison.Ordinal);
            const string secret = "kubectl --namespace pybase create secret generic ";
            if (command.StartsWith(secret, StringComparison.Ordinal))
                Assert.Contains(Directory.EnumerateFiles(Path.Combine(Repository.Root, "deploy", "kubernetes"), "*.yaml", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains($"name: {command[secret.Length..].Split(' ')[0]},", StringComparison.Ordinal));
            else if (command.StartsWith("kubectl --namespace", StringComparison.Ordinal))
                Assert.StartsWith("kubectl --namespace pybase rollout status deployment/api-deployment", command, StringComparison.Ordinal);
        }
        foreach (var link in Link().Matches(Text(page)).Select(match => match.Groups["file"].Value))
            Assert.True(Exists(Path.Combine("docs", link)), $"docs/{page}.md: there is no {link}.");
    }

    /// <summary>No box escapes by another mark.</summary>
    [Theory, MemberData(nameof(Pages))]
    public void Every_box_says_what_it_is(string page) =>
        Assert.All(Fence().Matches(Text(page)), fence => Assert.Contains(fence.Groups["mark"].Value, (string[])["bash", "console", "ini", "json"]));

    static string Compose => File.ReadAllText(Path.Combine(Repository.Root, "deploy", "compose", "compose.yaml"));

    static string Text(string page) => File.ReadAllText(Path.Combine(Repository.Root, "docs", page + ".md"));

    static IEnumerable<string> Boxes(string page, string mark) => Fence().Matches(Text(page)).Where(fence => fence.Groups["mark"].Value == mark).Select(fence => fence.Groups["text"].Value);

    static bool Exists(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Repository.Root, path));
        return File.Exists(full) || Directory.Exists(full) || path.EndsWith(".dll", StringComparison.Ordinal) && Directory.Exists(full[..^4]);
    }

    static bool AppHostTakes(string name, string value)
    {
        var options = File.ReadAllText(Path.Combine(Repository.Root, "PyBase.AppHost", "AppHost.Options.cs"));
        return name == "tier" ? Core.Scaling.Tiers.All.Any(tier => tier.Name == value) : Regex.IsMatch(options, $"OneOf\\(settings, \"{name}\",[^)]*\"{value}\"");
    }

    [GeneratedRegex("^```(?<mark>\\w*)\\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<![\w/])((deploy|eng)/[\w./-]+|PyBase\.\w+(\.dll)?)")]
    private static partial Regex Named();

    [GeneratedRegex(@"--(?<name>\w+) (?<value>\w+)")]
    private static partial Regex AppHostOption();

    [GeneratedRegex(@"--(profile|scale) (?<name>\w+)")]
    private static partial Regex ComposeName();

    [GeneratedRegex(@"\]\((?<file>[\w./-]+)(#[\w-]+)?\)")]
    private static partial Regex Link();

    /// <summary>What the pages ask for: a running PyBase, its programs, and the variables that they use.</summary>
    public sealed class Prepared : IAsyncLifetime
    {
        StandaloneProcess standalone = null!;
        Dictionary<string, string> variables = [];

        public async ValueTask InitializeAsync()
        {
            foreach (var program in (string[])["curl", "psql", "promtool", "amtool"])
                Require.Server(program);
            standalone = await StandaloneProcess.StartAsync(new Dictionary<string, string>
            {
                ["Metrics:Token"] = "for-prometheus", ["Metrics:ServersEvery"] = "00:00:00.500", ["Logging:LogLevel:Npgsql"] = "Warning",
            });
            using var person = await Person.SignUpAsync(standalone.Address);
            var baseId = await person.CreateBaseAsync(new { name = "Parts", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
            await person.GetAsync($"/v0/{baseId}/Parts");
            var (home, database) = (TestRun.NewFolder("programs"), new NpgsqlConnectionStringBuilder(standalone.ConnectionString));
            foreach (var program in (string[])["Api", "Standalone"])
                Directory.CreateSymbolicLink(Path.Combine(home, program.ToLowerInvariant()), Path.GetDirectoryName(Repository.Program($"PyBase.{program}"))!);
            variables = new()
            {
                ["PYBASE_URL"] = standalone.Address.GetLeftPart(UriPartial.Authority), ["PYBASE_HOME"] = home, ["METRICS_TOKEN"] = "for-prometheus",
                ["DATABASE"] = $"postgresql://{database.Username}:{database.Password}@{database.Host}:{database.Port}/{database.Database}",
                ["FILES"] = Directory.CreateDirectory(Path.Combine(standalone.Data, "files")).FullName, ["BACKUP"] = TestRun.NewFolder("backup"),
                ["ConnectionStrings__pybase"] = standalone.ConnectionString,
            };
            await Wait.UntilAsync(() => standalone.Client.GetStringAsync("/metrics"), told => told.Contains("pybase_queue_depth", StringComparison.Ordinal));
        }

        public async Task<(int Code, string Said)> RunAsync(string commands)
        {
            var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", $"set -v\n{commands}"])
            {
                RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root,
            };
            foreach (var (name, value) in variables)
                start.Environment[name] = value;
            // Debian links some of PostgreSQL's programs into the PATH, not all.
            start.Environment["PATH"] = string.Join(':', Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().Select(version => Path.Combine(version, "bin")).Append(start.Environment["PATH"]));
            using var process = Process.Start(start)!;
            var said = await Task.WhenAll(process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
            await process.WaitForExitAsync();
            return (process.ExitCode, string.Join('\n', said));
        }

        public async ValueTask DisposeAsync()
        {
            if (standalone is not null)
                await standalone.DisposeAsync();
        }
    }
}
