using System.Collections.Concurrent;
using System.Reflection;
using PyBase.Tests.Support;
using Xunit.v3;

[assembly: FailureLogs]

namespace PyBase.Tests.Support;

/// <summary>Puts the last lines of every process that ran during a failed test into that test's output.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
sealed class FailureLogsAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => FailureLogs.Begin(test.UniqueID);

    public override void After(MethodInfo methodUnderTest, IXunitTest test) => FailureLogs.End(test.UniqueID);
}

static class FailureLogs
{
    static readonly ConcurrentDictionary<ChildProcess, bool> s_alive = [];
    static readonly ConcurrentDictionary<string, ConcurrentBag<ChildProcess>> s_tests = [];

    public static void Register(ChildProcess process)
    {
        s_alive[process] = true;
        foreach (var seen in s_tests.Values)
            seen.Add(process);
    }

    public static void Forget(ChildProcess process) => s_alive.TryRemove(process, out _);

    public static void Begin(string test) => s_tests[test] = [.. s_alive.Keys];

    public static void End(string test)
    {
        if (!s_tests.TryRemove(test, out var seen) || TestContext.Current.TestState?.Result is not TestResult.Failed)
            return;
        foreach (var process in seen.OrderBy(process => process.Name, StringComparer.Ordinal))
            TestContext.Current.TestOutputHelper?.WriteLine($"--- {process.Name} ({process.LogFile})\n{process.Tail(40)}");
    }
}
