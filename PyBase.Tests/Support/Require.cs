using System.Diagnostics.CodeAnalysis;

namespace PyBase.Tests.Support;

/// <summary>What a test needs and a laptop may lack: the test is skipped there, saying so, and fails where everything has to be (<c>CI=true</c>).</summary>
public static class Require
{
    public static bool OnBuildServer => string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase);

    /// <summary>The path of an installed program: <c>Require.Server("rabbitmq-server")</c>.</summary>
    public static string Server(string program)
    {
        if (Find(program) is { } path)
            return path;
        Missing($"{program} is not installed; eng/test.sh installs it.");
        return "";
    }

    public static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            // Debian keeps servers where only root's PATH looks.
            .Concat(["/usr/sbin", "/usr/local/sbin", "/usr/lib/rabbitmq/bin"])
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);

    [DoesNotReturn]
    public static void Missing(string what)
    {
        if (OnBuildServer)
            Assert.Fail(what);
        Assert.Skip(what);
    }
}
