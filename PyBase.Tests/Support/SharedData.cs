namespace PyBase.Tests.Support;

/// <summary>Real drawings and what is known to be in them: the folder <c>shared/data</c> beside the checkout, which not everybody has.</summary>
public static class SharedData
{
    static readonly string? s_root = Repository.Above(AppContext.BaseDirectory)
        .Select(folder => Path.Combine(folder, "shared", "data"))
        .FirstOrDefault(Directory.Exists);

    public static bool Exists => s_root is not null;

    /// <summary>The path of a file or folder in it (<c>drawings/step/as1-oc-214.stp</c>); without the data the test is skipped.</summary>
    public static string Locate(string path)
    {
        if (s_root is null)
            Assert.Skip("There is no shared/data beside the checkout.");
        return Path.Combine(s_root, path);
    }

    /// <summary>For theories, which list their cases even where they are skipped: no file without the data.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        s_root is null ? [] : Directory.EnumerateFiles(Path.Combine(s_root, folder), pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
