using System.Diagnostics;
using PyBase.Standalone.Embedded;

namespace PyBase.Tests.Support;

/// <summary>
/// One run of the tests: a folder for everything it writes, and a small shell that waits for the run's end, however it comes. It reads a pipe that only this
/// process holds, so even after <c>kill -9</c> of the run it ends the databases which a killed Standalone left behind on purpose, and removes the folder.
/// </summary>
public static class TestRun
{
    static readonly Lazy<string> s_folder = new(Begin);
    static Process? s_reaper;
    static int s_number;

    /// <summary>A new folder of this run. Everybody may pass through it: servers run as other users when the tests run as root.</summary>
    public static string NewFolder(string name)
    {
        var folder = Path.Combine(s_folder.Value, $"{name}-{Interlocked.Increment(ref s_number)}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Where the logs of processes stay after the run: <c>artifacts/test-logs</c>.</summary>
    public static string LogFile(string name) => Path.Combine(s_logs.Value, $"{name}-{Interlocked.Increment(ref s_number)}.log");

    static readonly Lazy<string> s_logs = new(() =>
    {
        var folder = Path.Combine(Repository.Root, "artifacts", "test-logs");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        return Directory.CreateDirectory(folder).FullName;
    });

    static string Begin()
    {
        var folder = Directory.CreateTempSubdirectory("pybase-tests-").FullName;
        if (OperatingSystem.IsWindows())
            return folder;
        if (ServerAccount.RunsAsRoot)
            File.SetUnixFileMode(folder, File.GetUnixFileMode(folder) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        const string script = """
            exec >/dev/null 2>&1
            trap '' INT TERM HUP
            cat
            find "$1" -name postmaster.pid | while read -r file; do kill -9 "$(head -n 1 "$file")"; done
            rm -rf "$1"
            """;
        s_reaper = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script, "pybase-tests-reaper", folder]) { RedirectStandardInput = true, WorkingDirectory = "/" });
        return folder;
    }
}
