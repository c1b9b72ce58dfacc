using System.Diagnostics;
using System.Globalization;

namespace PyBase.Tests.Support;

/// <summary>A process that can be killed and started again. What it prints goes to <c>artifacts/test-logs</c>, and to the output of tests that fail meanwhile.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    readonly Func<ProcessStartInfo> _start;
    readonly Lock _writing = new();
    Process? _process;

    public ChildProcess(string name, Func<ProcessStartInfo> start)
    {
        (Name, _start, LogFile) = (name, start, TestRun.LogFile(name));
        FailureLogs.Register(this);
    }

    public string Name { get; }

    public string LogFile { get; }

    public bool Running => _process is { HasExited: false };

    public int Id => _process!.Id;

    public int? ExitCode => _process is { HasExited: true } ended ? ended.ExitCode : null;

    public void Start()
    {
        if (Running)
            throw new InvalidOperationException($"{Name} is running.");
        var start = _start();
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        _process?.Dispose();
        _process = Spawner.Start(start);
        _process.StandardInput.Close();
        _ = CopyAsync(_process.StandardOutput);
        _ = CopyAsync(_process.StandardError);
    }

    /// <summary>SIGKILL, as <c>kill -9</c>.</summary>
    public async Task KillAsync()
    {
        if (!Running)
            return;
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, and SIGKILL after a while.</summary>
    public async Task StopAsync(TimeSpan? patience = null)
    {
        if (!Running)
            return;
        await SignalAsync("TERM");
        try
        {
            await _process!.WaitForExitAsync().WaitAsync(patience ?? TimeSpan.FromSeconds(15));
        }
        catch (TimeoutException)
        {
            Note("did not end after SIGTERM; killed");
            await KillAsync();
        }
    }

    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process!.WaitForExitAsync(cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Waits until <paramref name="ready"/> says so; an end before that, or no end of waiting, is an error with the log in it.</summary>
    public async Task WaitAsync(Func<CancellationToken, Task<bool>> ready, TimeSpan limit, CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await ready(cancellationToken))
        {
            if (!Running)
                throw new InvalidOperationException($"{Name} ended with {ExitCode} before it was ready:\n{Tail()}");
            if (Stopwatch.GetElapsedTime(began) > limit)
                throw new TimeoutException($"{Name} was not ready after {limit.TotalSeconds} s:\n{Tail()}");
            await Task.Delay(50, cancellationToken);
        }
    }

    public string Tail(int lines = 60)
    {
        lock (_writing)
            return File.Exists(LogFile) ? string.Join('\n', File.ReadLines(LogFile).TakeLast(lines)) : "";
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
        FailureLogs.Forget(this);
    }

    async Task CopyAsync(StreamReader reader)
    {
        try
        {
            while (await reader.ReadLineAsync() is { } line)
                Note(line);
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // The process and its pipes are gone.
        }
    }

    void Note(string line)
    {
        lock (_writing)
            File.AppendAllText(LogFile, line + "\n");
    }
}
