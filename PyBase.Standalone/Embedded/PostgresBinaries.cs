using System.Globalization;
using System.Text.RegularExpressions;

namespace PyBase.Standalone.Embedded;

/// <summary>A folder with <c>postgres</c>, <c>initdb</c> and <c>pg_ctl</c> of one major version.</summary>
sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>The oldest version whose SQL PyBase speaks.</summary>
    public const int OldestMajor = 15;

    public string Initdb => Program(Folder, "initdb");

    public string Postgres => Program(Folder, "postgres");

    public string Control => Program(Folder, "pg_ctl");

    /// <summary>Null where the programs are missing or <paramref name="account"/> may not run them.</summary>
    public static async Task<PostgresBinaries?> ProbeAsync(string folder, ServerAccount account, CancellationToken cancellationToken)
    {
        if (!File.Exists(Program(folder, "initdb")) || !File.Exists(Program(folder, "pg_ctl")) || !File.Exists(Program(folder, "postgres")))
            return null;
        try
        {
            // postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1) | postgres (PostgreSQL) 18beta1
            var version = await Command.RunAsync(Program(folder, "postgres"), ["--version"], account, cancellationToken);
            return version.Succeeded && MajorVersion().Match(version.Output) is { Success: true } major
                ? new(folder, int.Parse(major.Groups[1].Value, CultureInfo.InvariantCulture))
                : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    static string Program(string folder, string name) => Path.Combine(folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex MajorVersion();
}
