using System.Text.RegularExpressions;
using System.Xml.Linq;
using PyBase.Tests.Support;

namespace PyBase.Tests;

/// <summary>The shape of the solution, as <c>docs/system-architecture.md</c> tells it.</summary>
public sealed partial class ArchitectureTests
{
    static readonly Dictionary<string, string[]> s_mayReference = new()
    {
        ["PyBase.AppHost"] = ["PyBase.Api", "PyBase.Realtime", "PyBase.Workers", "PyBase.Core"],
        ["PyBase.ServiceDefaults"] = [],
        ["PyBase.Core"] = ["PyBase.Notation"],
        ["PyBase.Notation"] = [],
        ["PyBase.Storage"] = ["PyBase.Core"],
        ["PyBase.Extraction"] = ["PyBase.Notation"],
        ["PyBase.Api"] = ["PyBase.Core", "PyBase.Storage", "PyBase.ServiceDefaults"],
        ["PyBase.Realtime"] = ["PyBase.Core", "PyBase.Storage", "PyBase.ServiceDefaults"],
        ["PyBase.Workers"] = ["PyBase.Core", "PyBase.Storage", "PyBase.Extraction", "PyBase.ServiceDefaults"],
        ["PyBase.Standalone"] = ["PyBase.Api", "PyBase.Realtime", "PyBase.Workers"],
        ["PyBase.Tests"] =
        [
            "PyBase.Api", "PyBase.Core", "PyBase.Extraction", "PyBase.Notation", "PyBase.Realtime",
            "PyBase.ServiceDefaults", "PyBase.Standalone", "PyBase.Storage", "PyBase.Workers",
        ],
        ["PyBase.AppHost.Tests"] = ["PyBase.AppHost"],
        ["PyBase.Benchmarks"] = ["PyBase.Core", "PyBase.Storage", "PyBase.Extraction", "PyBase.Tests"],
    };

    static IEnumerable<FileInfo> Projects => new DirectoryInfo(Repository.Root).EnumerateDirectories("PyBase.*").SelectMany(folder => folder.EnumerateFiles("*.csproj"));

    public static TheoryData<string> ProjectNames => [.. Projects.Select(project => Path.GetFileNameWithoutExtension(project.Name)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(ProjectNames))]
    public void A_project_references_what_the_design_allows(string project)
    {
        Assert.True(s_mayReference.TryGetValue(project, out var allowed), $"{project} is not in the design.");
        var references = XDocument.Load(Path.Combine(Repository.Root, project, project + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string?)reference.Attribute("Include") ?? "").Replace('\\', '/')));
        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void No_project_is_a_drawer_for_everything() =>
        Assert.DoesNotContain(Projects, project => Drawer().IsMatch(Path.GetFileNameWithoutExtension(project.Name)));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var listed = SolutionProjects().Select(project => project.Name);
        var there = Projects.Select(project => Path.GetFileNameWithoutExtension(project.Name));
        Assert.Empty(there.Except(listed));
    }

    /// <summary>The packages of Aspire do not restore everywhere; the configuration <c>Aspire</c> builds these two.</summary>
    [Theory, InlineData("PyBase.AppHost"), InlineData("PyBase.AppHost.Tests")]
    public void Debug_and_Release_do_not_build(string project)
    {
        if (!Directory.Exists(Path.Combine(Repository.Root, project)))
            Assert.Skip($"There is no {project} yet.");
        var (_, id) = Assert.Single(SolutionProjects(), listed => listed.Name == project);
        Assert.DoesNotMatch($@"{Regex.Escape(id)}\.(Debug|Release)\|[^.]+\.Build\.0", Solution);
        Assert.Matches($@"{Regex.Escape(id)}\.Aspire\|[^.]+\.Build\.0", Solution);
    }

    [Fact]
    public void No_file_tells_on_which_machine_it_was_written()
    {
        var telling = Sources().Where(file => MachinePath().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(Repository.Root, file));
        Assert.Empty(telling);
    }

    static string Solution => File.ReadAllText(Path.Combine(Repository.Root, "PyBase.sln"));

    static IEnumerable<(string Name, string Id)> SolutionProjects() =>
        SolutionProject().Matches(Solution).Select(match => (match.Groups["name"].Value, match.Groups["id"].Value));

    static IEnumerable<string> Sources()
    {
        string[] written = [".cs", ".csproj", ".props", ".targets", ".md", ".sh", ".json", ".yml", ".yaml", ".ts", ".tsx", ".css", ".html", ".sql", ".conf", ".sln", ".txt", ""];
        var folders = new Stack<string>([Repository.Root]);
        while (folders.TryPop(out var folder))
        {
            foreach (var file in Directory.EnumerateFiles(folder).Where(file => written.Contains(Path.GetExtension(file)) && Path.GetFileName(file) is not (".git" or "packages.lock.json")))
                yield return file;
            foreach (var inner in Directory.EnumerateDirectories(folder).Where(inner => Path.GetFileName(inner) is not (".git" or ".pybase" or "artifacts" or "node_modules" or "bin" or "obj" or "dist")))
                folders.Push(inner);
        }
    }

    // Project("{FAE04EC0-…}") = "PyBase.Core", "PyBase.Core\PyBase.Core.csproj", "{488E2211-…}"
    [GeneratedRegex("""^Project\("[^"]+"\) = "(?<name>[^"]+)", "[^"]+\.csproj", "(?<id>[^"]+)"\r?$""", RegexOptions.Multiline)]
    private static partial Regex SolutionProject();

    [GeneratedRegex(@"(Common|Shared|Contracts|Infrastructure)$")]
    private static partial Regex Drawer();

    [GeneratedRegex(@"(?<![\w.~/-])/w[o]rk/")]
    private static partial Regex MachinePath();
}
