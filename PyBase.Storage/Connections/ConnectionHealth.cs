using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using PyBase.Storage.Postgres;
using StackExchange.Redis;

namespace PyBase.Storage.Connections;

/// <summary>Without PostgreSQL nothing works.</summary>
sealed class PostgresHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.CreateCommand("select 1");
            await command.ExecuteScalarAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("PostgreSQL does not answer: " + exception.Message, exception);
        }
    }
}

/// <summary>A process that expects tables which are not there says so, instead of failing request by request.</summary>
sealed class SchemaHealth(NpgsqlDataSource database) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            return await DatabaseUpgrade.CompareAsync(database, cancellationToken) switch
            {
                { Missing: [_, ..] missing } => HealthCheckResult.Unhealthy(
                    $"The database has an older schema: run PyBase.Api --migrate of this version. Missing: {string.Join(", ", missing)}."),
                // The new version migrates while the old one still serves: an upgrade only adds.
                { Unknown: [_, ..] unknown } => HealthCheckResult.Degraded($"The database has a newer schema than this process knows: {string.Join(", ", unknown)}."),
                _ => HealthCheckResult.Healthy(),
            };
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The schema cannot be read: " + exception.Message, exception);
        }
    }
}

/// <summary>Without Redis everything works, slower: truth is in PostgreSQL and is polled. So this is never worse than degraded.</summary>
sealed class RedisHealth(IServiceProvider services) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            // Resolved here, as the first use connects.
            var redis = (IConnectionMultiplexer)services.GetService(typeof(IConnectionMultiplexer))!;
            await redis.GetDatabase().PingAsync().WaitAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or OperationCanceledException)
        {
            return HealthCheckResult.Degraded("Redis does not answer: " + exception.Message, exception);
        }
    }
}
