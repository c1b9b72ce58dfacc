using System.Diagnostics;

namespace PyBase.Standalone.Embedded;

/// <summary>One PostgreSQL: where it lies and how it runs.</summary>
sealed record PostgresSettings
{
    public const string User = "pybase";

    /// <summary>The cluster's own folder; made by initdb when it is not there.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>The superuser's password, readable by its owner only.</summary>
    public required string PasswordFile { get; init; }

    /// <summary>
    /// What the server shares among its sessions, in MB. A database that had the machine for itself would get a quarter (https://www.postgresql.org/docs/15/runtime-config-resource.html);
    /// this one has company, and what it does not hold is in the kernel's cache, a copy away. Memory is taken when pages are first read into it.
    /// </summary>
    public static long SharedBuffers(long machineMemory) => Math.Clamp(machineMemory / 16 >> 20, 128, 1024);

    /// <summary>Arguments of <c>postgres -c</c>.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>
    {
        ["shared_buffers"] = $"{SharedBuffers(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)}MB",
        ["max_connections"] = "100",
        ["fsync"] = "on",
        ["synchronous_commit"] = "on",
        ["timezone"] = "UTC",
        ["log_timezone"] = "UTC",
        // Into files: a server that outlives a killed PyBase must not log into a broken pipe.
        ["logging_collector"] = "on",
        ["log_filename"] = "postgresql-%a.log",
        ["log_truncate_on_rotation"] = "on",
    };

    /// <summary>Starts the server's process. By default in a session of its own, so that the terminal's Ctrl-C reaches PyBase alone, which stops the database last.</summary>
    public Func<ProcessStartInfo, Process> Launch { get; init; } = InOwnSession;

    static Process InOwnSession(ProcessStartInfo start)
    {
        // Where there is no setsid (macOS) Ctrl-C reaches the server too: a fast shutdown, which loses nothing.
        const string setsid = "/usr/bin/setsid";
        if (File.Exists(setsid))
        {
            start.ArgumentList.Insert(0, start.FileName);
            start.FileName = setsid;
        }
        return Process.Start(start)!;
    }
}
