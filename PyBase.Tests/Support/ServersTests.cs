using Npgsql;
using RabbitMQ.Client;
using StackExchange.Redis;

namespace PyBase.Tests.Support;

public sealed class ServersTests(Servers servers)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PostgreSQL_copies_a_template_that_is_filled_once()
    {
        var postgres = await servers.PostgresAsync();
        var filled = 0;
        async Task Fill(string connectionString, CancellationToken cancellationToken)
        {
            filled++;
            await using var source = NpgsqlDataSource.Create(connectionString);
            await using var command = source.CreateCommand("create table parts as select 7 as quantity");
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        await using var one = await postgres.CopyDatabaseAsync(nameof(ServersTests), Fill, Cancelled);
        await using var two = await postgres.CopyDatabaseAsync(nameof(ServersTests), Fill, Cancelled);
        foreach (var database in new[] { one, two })
        {
            await using var source = NpgsqlDataSource.Create(database.ConnectionString);
            await using var command = source.CreateCommand("select quantity from parts");
            Assert.Equal(7, await command.ExecuteScalarAsync(Cancelled));
        }
        Assert.Equal(1, filled);
        Assert.NotEqual(one.Name, two.Name);
    }

    [Fact]
    public async Task Redis_answers() => await PingAsync((await servers.RedisAsync()).ConnectionString);

    [Fact]
    public async Task RabbitMQ_gives_back_what_was_published()
    {
        var broker = await servers.RabbitMqAsync();
        var factory = new ConnectionFactory { Uri = new(await broker.CreateVirtualHostAsync(Cancelled)) };
        await using var connection = await factory.CreateConnectionAsync(Cancelled);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        await channel.QueueDeclareAsync("parts", durable: true, exclusive: false, autoDelete: false,
            new Dictionary<string, object?> { ["x-queue-type"] = "quorum" }, cancellationToken: Cancelled);
        await channel.BasicPublishAsync("", "parts", "a bolt"u8.ToArray(), Cancelled);
        var got = await Wait.UntilAsync(() => channel.BasicGetAsync("parts", autoAck: true, Cancelled), message => message is not null);
        Assert.Equal("a bolt"u8, got!.Body.Span);
    }

    internal static async Task PingAsync(string connectionString)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(connectionString);
        await redis.GetDatabase().StringSetAsync("part", "bolt");
        Assert.Equal("bolt", await redis.GetDatabase().StringGetAsync("part"));
    }
}
