using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using PyBase.Storage.Connections;
using PyBase.Storage.Scaling;
using StackExchange.Redis;

namespace PyBase.Storage.Operations;

/// <summary>Settings <c>Metrics</c>, beside the token that whoever reads them brings.</summary>
public sealed class MetricsOptions
{
    /// <summary>Between two looks at the servers; no longer than Prometheus takes between two scrapes, or it sees the same twice.</summary>
    public TimeSpan ServersEvery { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>
/// Reads queues, PostgreSQL and Redis for <see cref="ServerMetrics"/>, so that an installation is watched without exporters beside it. Every worker that
/// takes the maintenance queue does it: it is a round trip or two to each server, past the pool, which may be what is exhausted; whoever asks the metrics takes the greatest.
/// </summary>
public sealed class ServerPulse(
    [FromKeyedServices(ConnectionExtensions.Direct)] NpgsqlDataSource direct, IServiceProvider services, ServerMetrics metrics, IOptions<MetricsOptions> options, TimeProvider clock, ILogger<ServerPulse> logger) : Pulse(clock, logger)
{
    /// <inheritdoc/>
    protected override TimeSpan Poll => options.Value.ServersEvery;

    /// <inheritdoc/>
    protected override async Task<bool> AdvanceAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        // One that is away must not hide the other.
        await Task.WhenAll(PostgresAsync(patience.Token, cancellation), RedisAsync(patience.Token, cancellation));
        return false;
    }

    async Task PostgresAsync(CancellationToken patience, CancellationToken stop)
    {
        try
        {
            metrics.Show(await DatabaseReader.ReadAsync(direct, patience), await QueueReader.ReadAsync(direct, Clock.GetUtcNow(), patience));
        }
        catch (Exception problem) when (!stop.IsCancellationRequested && problem is (NpgsqlException or TimeoutException or OperationCanceledException))
        {
            metrics.Miss("postgresql");
            Logger.LogWarning("PostgreSQL cannot be measured: {Reason}", problem.Message);
        }
    }

    async Task RedisAsync(CancellationToken patience, CancellationToken stop)
    {
        try
        {
            // Resolved here, as the first use connects.
            metrics.Show(await RedisReading.ReadAsync((IConnectionMultiplexer)services.GetService(typeof(IConnectionMultiplexer))!, patience));
        }
        catch (Exception problem) when (!stop.IsCancellationRequested && problem is (RedisException or TimeoutException or OperationCanceledException))
        {
            metrics.Miss("redis");
            Logger.LogWarning("Redis cannot be measured: {Reason}", problem.Message);
        }
    }
}
