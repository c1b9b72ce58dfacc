using System.Collections.Concurrent;
using System.Diagnostics;

namespace PyBase.Tests.Support;

/// <summary>
/// Starts processes that die with the test run, even when it is killed: the kernel sends them SIGKILL (<c>PR_SET_PDEATHSIG</c>). "Parent" there means
/// the thread that forked, and threads of the pool come and go, so all of them are forked by one thread that stays.
/// </summary>
static class Spawner
{
    static readonly BlockingCollection<(ProcessStartInfo Start, TaskCompletionSource<Process> Started)> s_wishes = [];
    static readonly string? s_setpriv = OperatingSystem.IsLinux() ? Require.Find("setpriv") : null;

    static Spawner() => new Thread(Run) { IsBackground = true, Name = "process spawner" }.Start();

    public static Process Start(ProcessStartInfo start)
    {
        if (s_setpriv is not null)
        {
            foreach (var argument in new[] { start.FileName, "--", "KILL", "--pdeathsig" })
                start.ArgumentList.Insert(0, argument);
            start.FileName = s_setpriv;
        }
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        s_wishes.Add((start, started));
        return started.Task.GetAwaiter().GetResult();
    }

    static void Run()
    {
        foreach (var (start, started) in s_wishes.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(start)!);
            }
            catch (Exception failed)
            {
                started.SetException(failed);
            }
        }
    }
}
