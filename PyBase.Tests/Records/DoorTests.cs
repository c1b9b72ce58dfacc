using System.Net;
using System.Net.Sockets;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>Who stops in the middle of sending a statement holds a base's door; others get in all the same.</summary>
[Collection(OnCluster.Name)]
public sealed class DoorTests(DistributedInstallation installation)
{
    [Fact]
    public async Task A_writer_that_fell_silent_in_the_middle_of_a_statement_is_put_out()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var sheet = await Sheet.CreateAsync(installation);
        var record = await sheet.AddAsync(sheet.Others, """{"Name":"before"}""");
        var server = new NpgsqlConnectionStringBuilder(installation.Cluster.ConnectionString) { Pooling = false };
        await using var wire = new Wire(server.Host!, server.Port);
        server.Port = wire.Port;
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using (var begin = new NpgsqlCommand($"begin; select pg_advisory_xact_lock(hashtextextended('{sheet.BaseId}', 0))", connection))
            await begin.ExecuteNonQueryAsync(cancellation);
        // Of the next statement the beginning arrives.
        wire.Remaining = 15;
        await using var half = new NpgsqlCommand($"select '{new string('x', 1_000)}'", connection);
        var never = half.ExecuteNonQueryAsync(cancellation);

        var answer = await sheet.SendAsync("PATCH", $"{sheet.PathOf(sheet.Others)}/{record}", """{"fields":{"Name":"after"}}""");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        await Assert.ThrowsAnyAsync<Exception>(() => never);
    }

    /// <summary>Between a client and a server, until it lets no more bytes of the client through.</summary>
    sealed class Wire : IAsyncDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly CancellationTokenSource stop = new();
        readonly Task running;

        public Wire(string host, int port)
        {
            listener.Start();
            running = RunAsync(host, port);
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public long Remaining { get; set; } = long.MaxValue;

        async Task RunAsync(string host, int port)
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            using var server = new TcpClient();
            await server.ConnectAsync(host, port, stop.Token);
            var back = server.GetStream().CopyToAsync(client.GetStream(), stop.Token);
            var buffer = new byte[4_096];
            while (await client.GetStream().ReadAsync(buffer, stop.Token) is var read and > 0)
            {
                var taken = (int)Math.Min(read, Remaining);
                await server.GetStream().WriteAsync(buffer.AsMemory(0, taken), stop.Token);
                if ((Remaining -= taken) == 0)
                    break;
            }
            await back;
        }

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            listener.Dispose();
            stop.Dispose();
        }
    }
}
