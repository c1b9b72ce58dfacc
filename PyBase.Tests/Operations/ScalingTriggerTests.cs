using PyBase.Core.Operations;
using PyBase.Core.Scaling;

namespace PyBase.Tests.Operations;

/// <summary>The guide's thresholds, each a little below and a little above.</summary>
public sealed class ScalingTriggerTests
{
    static readonly DateTimeOffset s_now = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0.71, 0.5, 6, "cpu-high")]
    [InlineData(0.69, 0.5, 6, null)]
    [InlineData(0.71, 0.5, 3, null)]
    [InlineData(0.5, 0.81, 6, "memory-high")]
    [InlineData(0.5, 0.79, 6, null)]
    [InlineData(0.29, 0.5, 16, "cpu-low")]
    [InlineData(0.29, 0.5, 12, null)]
    [InlineData(0.5, 0.39, 16, "memory-low")]
    [InlineData(0.2, 0.5, 61, "excess-capacity")]
    [InlineData(0.3, 0.5, 61, null)]
    public void Processors_and_memory_over_time(double cpu, double memory, int minutes, string? code)
    {
        var codes = Codes(new() { Now = s_now, Samples = Samples(minutes, cpu, memory) });

        Assert.True(code is null ? codes.Count == 0 : codes.Contains(code), string.Join(' ', codes));
    }

    [Fact]
    public void A_short_rest_is_no_end_of_it()
    {
        var samples = Samples(6, 0.9, 0.5).Select(s => s.Time == s_now.AddMinutes(-2) ? s with { Cpu = 0.5 } : s).ToList();
        Assert.Contains("cpu-high", Codes(new() { Now = s_now, Samples = samples }));
        Assert.DoesNotContain("cpu-high", Codes(new() { Now = s_now, Samples = [.. samples.Select(s => s_now - s.Time is var ago && ago > TimeSpan.FromMinutes(2) && ago < TimeSpan.FromMinutes(4) ? s with { Cpu = 0.1 } : s)] }));
    }

    [Theory]
    [InlineData(300, 140, 0, "latency-high")]
    [InlineData(300, 200, 0, null)]
    [InlineData(120, 20, 0, null)] // twice the usual, and still quick
    [InlineData(300, null, 0, null)]
    [InlineData(20, null, 6, "errors-high")]
    [InlineData(20, null, 5, null)]
    public void Answers_against_what_is_usual(double milliseconds, int? usual, int errors, string? code)
    {
        var counts = new long[Latencies.Bounds.Count + 1];
        counts[Latencies.ClassOf(milliseconds)] = 100;
        var sample = Samples(1, 0.5, 0.5)[^1] with { Requests = new() { Counts = counts }, Errors = errors };
        var codes = Codes(new() { Now = s_now, Samples = [sample], UsualP95 = usual });

        Assert.Equal(code is null ? [] : [code], codes);
    }

    [Theory]
    [InlineData(101, 0, "queue-deep")]
    [InlineData(100, 0, null)]
    [InlineData(9, 0, "queue-shallow")]
    [InlineData(9, 3, null)]
    [InlineData(10, 0, null)]
    public void Queues(long depth, int running, string? code)
    {
        var samples = Samples(1, 0.5, 0.5).Select(s => s with { Queues = new Dictionary<string, int> { ["imports"] = 4 } }).ToList();
        var codes = Codes(new() { Now = s_now, Samples = samples, Queues = new Dictionary<string, QueueSample> { ["imports"] = new(s_now, depth, 5, running, 1, 1, 0, 0.5) } });

        Assert.Equal(code is null ? [] : [code], codes);
    }

    [Fact]
    public void A_queue_that_nobody_takes_is_told() =>
        Assert.Contains("queue-without-workers", Codes(new() { Now = s_now, Queues = new Dictionary<string, QueueSample> { ["email"] = new(s_now, 1, 5, 0, 1, 1, 0, null) } }));

    [Fact]
    public void A_quantile_of_sums_lies_where_the_requests_are()
    {
        var quick = new long[Latencies.Bounds.Count + 1];
        (quick[Latencies.ClassOf(15)], quick[Latencies.ClassOf(800)]) = (90, 10);
        var all = Latencies.Sum([new() { Counts = quick }, new() { Counts = quick }]);

        Assert.Equal(200, all.Count);
        Assert.InRange(all.Quantile(0.5)!.Value, 10, 20);
        Assert.InRange(all.Quantile(0.95)!.Value, 700, 1_000);
        Assert.Null(new Latencies().Quantile(0.95));
    }

    /// <summary>Of two processes, every 15 seconds.</summary>
    static List<ProcessSample> Samples(int minutes, double cpu, double memory) => [.. Enumerable.Range(0, minutes * 4 + 1).Reverse().SelectMany(n => (string[])["host:1:api", "host:2:api"], (n, process) =>
        new ProcessSample { Process = process, Role = "api", Time = s_now.AddSeconds(-15 * n), Cpu = cpu, Memory = (long)(memory * 1_000_000), MemoryLimit = 1_000_000 })];

    static List<string> Codes(InstallationFacts facts) => [.. ScalingTriggers.Of(facts).Select(a => a.Code)];
}
