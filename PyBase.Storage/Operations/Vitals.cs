using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PyBase.Core.Operations;
using PyBase.Storage.Connections;
using PyBase.Storage.Scaling;
using StackExchange.Redis;

namespace PyBase.Storage.Operations;

/// <summary>Writes down every few seconds how this process is; past the pool when that is exhausted.</summary>
public sealed class Vitals : Pulse
{
    readonly IServiceProvider services;
    readonly NpgsqlDataSource data;
    readonly OperationsOptions options;
    readonly SocketCounts sockets;
    readonly QueueGates gates;
    readonly ProcessMeters meters;
    readonly DateTimeOffset started;
    readonly string process, role;
    TimeSpan used;
    long measured;

    /// <summary>Listens from now on.</summary>
    public Vitals(
        IServiceProvider services, NpgsqlDataSource data, IMeterFactory host, IHostEnvironment environment, IOptions<OperationsOptions> options, SocketCounts sockets, QueueGates gates,
        TimeProvider clock, ILogger<Vitals> logger) : base(clock, logger)
    {
        (this.services, this.data, this.options, this.sockets, this.gates) = (services, data, options.Value, sockets, gates);
        role = environment.ApplicationName.Split('.')[^1].ToLowerInvariant();
        process = $"{Environment.MachineName}:{Environment.ProcessId}:{role}";
        (meters, started, used, measured) = (new(host, data), clock.GetUtcNow(), Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
    }

    /// <inheritdoc/>
    protected override TimeSpan Poll => options.SampleEvery;

    /// <inheritdoc/>
    public override void Dispose()
    {
        meters.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        var sample = Take();
        // Few connections are meant to go past the pool, so only one that has something to say of it does.
        var isExhausted = sample.Pool is { Most: > 0 } pool && (pool.Waiting > 0 || pool.Busy >= pool.Most);
        await ProcessSamples.WriteAsync(isExhausted ? services.GetRequiredKeyedService<NpgsqlDataSource>(ConnectionExtensions.Direct) : data, sample, cancellation);
        return false;
    }

    ProcessSample Take()
    {
        var (now, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var share = (cpu - used) / Stopwatch.GetElapsedTime(measured, now) / Environment.ProcessorCount;
        (measured, used) = (now, cpu);
        return meters.Take(new()
        {
            Process = process, Role = role, Time = Clock.GetUtcNow(), Started = started, Cpu = Math.Round(Math.Clamp(share, 0, 1), 4),
            Memory = Environment.WorkingSet, MemoryLimit = options.MemoryLimit is { } limit ? limit << 20 : GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, Heap = GC.GetTotalMemory(false),
            Sockets = sockets.Take(), Queues = gates.Limits, RedisAnswers = services.GetService<IConnectionMultiplexer>()?.IsConnected,
        });
    }
}
