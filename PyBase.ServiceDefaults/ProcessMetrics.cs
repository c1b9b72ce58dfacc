using System.Diagnostics.Metrics;

namespace PyBase.ServiceDefaults;

/// <summary>What the runtime's own metrics leave out: how much memory this process may use, so that its share can be told.</summary>
static class ProcessMetrics
{
    static readonly Meter Meter = new("PyBase.Process");

    static readonly ObservableGauge<long> Limit = Meter.CreateObservableGauge("pybase.process.memory.limit",
        // The container's limit, or the machine's memory where there is none.
        () => GC.GetGCMemoryInfo() is { TotalAvailableMemoryBytes: > 0 and var available } ? available : Environment.WorkingSet, "By",
        "Memory that this process may use.");

    /// <summary>Creates the instruments, once in a process.</summary>
    public static void Register() => _ = Limit;
}
