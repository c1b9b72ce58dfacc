using System.Text.RegularExpressions;
using PyBase.Tests.Support;

namespace PyBase.Tests.Scaling;

/// <summary>What docs/scaling.md says is exercised by something, is.</summary>
public sealed partial class ScalingPageTests
{
    static string Page => File.ReadAllText(Path.Combine(Repository.Root, "docs", "scaling.md"));

    [Fact]
    public void Every_test_and_rehearsal_that_the_page_names_is_there()
    {
        var names = Name().Matches(Page).Select(match => match.Groups["name"].Value).Distinct().ToList();
        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.True(IsTest(name), $"There is no test {name}."));
        var scripts = Script().Matches(Page).Select(match => match.Value).Distinct().ToList();
        Assert.NotEmpty(scripts);
        Assert.All(scripts, script => Assert.True(File.Exists(Path.Combine(Repository.Root, script)), $"There is no {script}."));
    }

    [Fact]
    public void Every_part_of_the_guide_and_every_loss_names_one()
    {
        var rows = Page[Page.IndexOf("## The guide's rows", StringComparison.Ordinal)..].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| the guide's part", StringComparison.Ordinal) && !line.StartsWith("| killed", StringComparison.Ordinal)).ToList();
        Assert.True(rows.Count > 20);
        Assert.All(rows, row => Assert.True(row.TrimEnd('|', ' ').Split(" | ")[^1] is var by && (Name().IsMatch(by) || Script().IsMatch(by)), $"Exercised by nothing: {row}"));
    }

    /// <summary>Here, or in the AppHost's own tests, which this project does not know.</summary>
    static bool IsTest(string name) =>
        typeof(ScalingPageTests).Assembly.GetTypes().FirstOrDefault(type => type.Name == name) is { } type
            ? type.GetMethods().Any(method => method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0)
            : File.Exists(Path.Combine(Repository.Root, "PyBase.AppHost.Tests", name + ".cs"));

    [GeneratedRegex(@"(`|'\*)(?<name>\w+Tests)\b")]
    private static partial Regex Name();

    [GeneratedRegex(@"\beng/[\w-]+\.sh")]
    private static partial Regex Script();
}
