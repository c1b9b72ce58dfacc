using System.Diagnostics;
using System.Globalization;

namespace PyBase.Workers.Programs;

/// <summary>
/// A program that somebody else wrote, given bytes of a stranger's file: a child process without a shell, with limits of time, memory and output, that ends when
/// this process ends.
/// </summary>
sealed record BoundedProgram(string Path)
{
    /// <summary>Time for one run.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Address space in bytes.</summary>
    public long MaxMemory { get; init; } = 2L * 1024 * 1024 * 1024;

    /// <summary>Most bytes taken of what it writes; a program that writes more is ended.</summary>
    public long MaxOutput { get; init; } = 64L * 1024 * 1024;

    /// <summary>The program on the path or at an absolute place; null when it is not there.</summary>
    public static BoundedProgram? Find(string name) => Locate(name) is { } path ? new BoundedProgram(path) : null;

    /// <summary>What it writes for an input; null when it fails, or runs beyond a limit.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the program has ended.</exception>
    public byte[]? Run(IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(MaxTime);
        using var process = new Process { StartInfo = Start(arguments) };
        process.Start();
        using var kill = limit.Token.Register(() => Kill(process));
        var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var feeding = Task.Run(() => Feed(process, input), CancellationToken.None);
        using var output = new MemoryStream();
        var buffer = new byte[32 * 1024];
        var isTooMuch = false;
        for (int got; (got = process.StandardOutput.BaseStream.Read(buffer)) > 0;)
        {
            isTooMuch |= output.Length + got > MaxOutput;
            if (isTooMuch)
                Kill(process);
            else
                output.Write(buffer, 0, got);
        }
        process.WaitForExit();
        feeding.GetAwaiter().GetResult();
        errors.GetAwaiter().GetResult();
        cancellationToken.ThrowIfCancellationRequested();
        return process.ExitCode == 0 && !isTooMuch ? output.ToArray() : null;
    }

    ProcessStartInfo Start(IReadOnlyList<string> arguments)
    {
        List<string> command = [];
        // The kernel ends the program with the thread that started it, and refuses it more memory.
        if (Locate("setpriv") is { } withParent)
            command.AddRange([withParent, "--pdeathsig", "KILL", "--no-new-privs"]);
        if (Locate("prlimit") is { } bounded)
            command.AddRange([bounded, string.Create(CultureInfo.InvariantCulture, $"--as={MaxMemory}"), string.Create(CultureInfo.InvariantCulture, $"--cpu={Math.Ceiling(MaxTime.TotalSeconds)}"), "--core=0", "--"]);
        command.AddRange([Path, .. arguments]);
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["OMP_THREAD_LIMIT"] = "1";
        return start;
    }

    static void Feed(Process process, ReadOnlyMemory<byte> input)
    {
        try
        {
            using var stream = process.StandardInput.BaseStream;
            stream.Write(input.Span);
        }
        catch (IOException)
        {
            // The program ended first; its exit code tells.
        }
    }

    static void Kill(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended already.
        }
    }

    static string? Locate(string name) => System.IO.Path.IsPathRooted(name)
        ? File.Exists(name) ? name : null
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => System.IO.Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
