using System.Diagnostics;
using System.Globalization;

namespace PyBase.Standalone.Embedded;

/// <summary>
/// <c>postmaster.pid</c>, by line: 1 process, 2 data directory, 3 start time, 4 port, 5 socket directory, 6 address, 7 shared memory,
/// 8 state (<c>starting</c>, <c>ready</c>, <c>stopping</c>; padded). Later lines are absent while the server starts.
/// </summary>
sealed record PostmasterFile(int ProcessId, int Port, string State)
{
    public bool Ready => State == "ready";

    public static PostmasterFile? Read(string dataDirectory)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(Path.Combine(dataDirectory, "postmaster.pid"));
        }
        catch (IOException)
        {
            return null;
        }
        return Number(lines, 0) is { } process ? new(process, Number(lines, 3) ?? 0, lines.ElementAtOrDefault(7)?.Trim() ?? "starting") : null;
    }

    /// <summary>The server of this very directory, if it still runs: its number may long belong to another process.</summary>
    public Process? RunningServer(string dataDirectory)
    {
        Process process;
        try
        {
            process = Process.GetProcessById(ProcessId);
        }
        catch (ArgumentException)
        {
            return null;
        }
        if (process.ProcessName is "postgres" && (!OperatingSystem.IsLinux() || WorksIn(dataDirectory)))
            return process;
        process.Dispose();
        return null;
    }

    bool WorksIn(string dataDirectory)
    {
        try
        {
            return new FileInfo($"/proc/{ProcessId}/cwd").LinkTarget == Path.GetFullPath(dataDirectory);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    static int? Number(string[] lines, int index) =>
        index < lines.Length && int.TryParse(lines[index], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Math.Abs(number) : null;
}
