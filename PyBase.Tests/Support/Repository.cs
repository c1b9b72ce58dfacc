namespace PyBase.Tests.Support;

/// <summary>The checkout that the tests were built from.</summary>
public static class Repository
{
    public static string Root { get; } = Above(AppContext.BaseDirectory).First(folder => File.Exists(Path.Combine(folder, "PyBase.sln")));

    /// <summary>The built program of a process, in the configuration that the tests run in: <c>artifacts/bin/PyBase.Api/release/PyBase.Api.dll</c>.</summary>
    public static string Program(string project)
    {
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var program = Path.Combine(Root, "artifacts", "bin", project, configuration, project + ".dll");
        return File.Exists(program) ? program : throw new FileNotFoundException($"{project} is not built: run `dotnet build PyBase.sln -c {configuration}` first.", program);
    }

    internal static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }
}
