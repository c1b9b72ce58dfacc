using PyBase.Tests.Support;

[assembly: AssemblyFixture(typeof(Servers))]

namespace PyBase.Tests.Support;

/// <summary>The servers that all tests of a run share, each started when the first test asks. A test class takes this in its constructor.</summary>
public sealed class Servers : IAsyncDisposable
{
    readonly Lazy<Task<PostgresServer>> _postgres = new(() => PostgresServer.StartAsync());
    readonly Lazy<Task<RedisServer>> _redis = new(() => RedisServer.StartAsync());
    readonly Lazy<Task<RabbitMqServer>> _rabbitMq = new(() => RabbitMqServer.StartAsync());

    /// <summary>With fsync off. Take a database of it.</summary>
    public Task<PostgresServer> PostgresAsync() => _postgres.Value;

    public Task<RedisServer> RedisAsync() => _redis.Value;

    /// <summary>Take a virtual host of it; the test is skipped where no broker is installed.</summary>
    public Task<RabbitMqServer> RabbitMqAsync()
    {
        Require.Server("rabbitmq-server");
        return _rabbitMq.Value;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(_rabbitMq);
        await StopAsync(_redis);
        await StopAsync(_postgres);
    }

    static async Task StopAsync<T>(Lazy<Task<T>> server) where T : IAsyncDisposable
    {
        if (!server.IsValueCreated)
            return;
        await ((Task)server.Value).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (server.Value.IsCompletedSuccessfully)
            await server.Value.Result.DisposeAsync();
    }
}
