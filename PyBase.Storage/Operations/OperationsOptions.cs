namespace PyBase.Storage.Operations;

/// <summary>Settings <c>Operations</c>.</summary>
public sealed class OperationsOptions
{
    /// <summary>How often a process says how it is.</summary>
    public TimeSpan SampleEvery { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>MiB that a process may hold, where neither a container nor the machine's memory says so.</summary>
    public long? MemoryLimit { get; set; }
}
