using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Npgsql;
using PyBase.Tests.Jobs;
using PyBase.Tests.Support;
using StackExchange.Redis;

namespace PyBase.Tests.Operations;

/// <summary>The four troubles of the scaling guide, made for real; <c>/api/operations</c> names the cause of each.</summary>
public sealed class TroubleTests(Servers servers, OneOperationsHost one) : IClassFixture<OneOperationsHost>
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    readonly OperationsHost host = one.Host;

    [Fact]
    public async Task Exhausted_connections_are_those_of_a_transaction_that_does_not_end()
    {
        using var person = await Person.SignUpAsync(host.Address);
        var held = new List<NpgsqlConnection>();
        try
        {
            // Somebody opens transactions and forgets them, until there is no connection left.
            for (var n = 0; n < OperationsHost.Connections; n++)
            {
                held.Add(await host.Sql.OpenConnectionAsync(Cancelled));
                await using var begin = new NpgsqlCommand("begin; select 'forgotten'", held[^1]);
                await begin.ExecuteNonQueryAsync(Cancelled);
            }
            var waiting = Enumerable.Range(0, 3).Select(_ => person.Client.GetAsync("/api/auth/me", Cancelled)).ToList();
            // The page answers all the same: it goes past the pool.
            var advice = await host.AdviceAsync("connections-long-transactions");

            Assert.Equal("critical", (string)advice["severity"]!);
            Assert.Contains($"{OperationsHost.Connections} of {OperationsHost.Connections} connections busy", (string)advice["measured"]!, StringComparison.Ordinal);
            Assert.Contains("forgotten", (string)advice["measured"]!, StringComparison.Ordinal);
            Assert.Contains("pg_terminate_backend", (string)advice["action"]!, StringComparison.Ordinal);
            foreach (var connection in held)
                await connection.DisposeAsync();
            Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        }
        finally
        {
            foreach (var connection in held)
                await connection.DisposeAsync();
        }
    }

    /// <summary>Ten wait at once: each of them holds a connection meanwhile, and one that waits for a connection is another trouble.</summary>
    [Fact]
    public async Task Slow_answers_wait_for_the_lock_of_another()
    {
        const int writers = 10;
        using var person = await Person.SignUpAsync(host.Address);
        var baseId = await person.CreateBaseAsync(new { name = "Things", fields = new[] { new { name = "Name", type = "singleLineText" } } });
        var table = (string)(await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!["id"]!;
        await host.ForgetAsync();
        await using var other = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(host.Database.ConnectionString) { ApplicationName = "report" });
        await using var holder = await other.OpenConnectionAsync(Cancelled);
        for (var round = 0; round < 2; round++)
        {
            await using var transaction = await holder.BeginTransactionAsync(Cancelled);
            await ExecuteAsync($"""lock table "{baseId}"."{table}" in share mode""");
            var late = Enumerable.Range(0, writers).Select(n => person.Client.PostAsync($"/v0/{baseId}/{table}", new StringContent($$$"""{"fields":{"Name":"{{{n}}}"}}""", Encoding.UTF8, "application/json"), Cancelled)).ToList();
            await using (var waiting = other.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"))
                await Wait.UntilAsync(async () => (long)(await waiting.ExecuteScalarAsync(Cancelled))!, count => count >= writers);
            if (round == 0)
                // As long as people notice.
                await ExecuteAsync("select pg_sleep(1.3)");
            else
                Assert.Contains("session", (string)(await host.AdviceAsync("slow-locks", saying: "report"))["measured"]!, StringComparison.Ordinal);
            await transaction.RollbackAsync(Cancelled);
            Assert.All(await Task.WhenAll(late), answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        }

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, holder);
            await command.ExecuteNonQueryAsync(Cancelled);
        }
    }

    [Fact]
    public async Task Connections_that_do_not_come_about_are_the_balancers_that_is_not_sticky()
    {
        await using var sibling = await OperationsHost.StartAsync(servers, host);
        using var person = await Person.SignUpAsync(host.Address);
        for (var n = 0; n < 6; n++)
        {
            var negotiated = JsonNode.Parse(await (await person.Client.PostAsync("/hubs/tables/negotiate?negotiateVersion=1", null, Cancelled)).Content.ReadAsStringAsync(Cancelled))!;
            // The second request of the connection goes where the first was not.
            using var there = person.At(sibling.Address);
            var answer = await there.Client.GetAsync($"/hubs/tables?id={(string)negotiated["connectionToken"]!}", Cancelled);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        Assert.Contains("affinity", (string)(await host.AdviceAsync("sockets-not-sticky"))["action"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_that_drop_at_one_age_are_cut_by_a_timeout_between()
    {
        await host.ForgetAsync();
        using var person = await Person.SignUpAsync(host.Address);
        await using var relay = new CuttingRelay(host.Address.Port);
        // The first takes its time, and goes as one should: it is not among those that broke.
        await (await ConnectAsync()).DisposeAsync();
        var began = Stopwatch.StartNew();
        var connections = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => ConnectAsync()));
        var apart = began.Elapsed;
        await host.UntilAsync(seen => seen["parts"]!.AsArray().Any(p => ((string)p!["detail"]!).Contains(" 6 live connections", StringComparison.Ordinal)));
        // Long after the last of them compared with how long it took to open them: alike, however slow the machine.
        if (20 * apart - began.Elapsed is { Ticks: > 0 } rest)
            await Task.Delay(rest, Cancelled);
        relay.Cut();

        var advice = await host.AdviceAsync("sockets-timeout");
        Assert.Contains("timeout", (string)advice["cause"]!, StringComparison.Ordinal);
        Assert.Contains("6 connections broke", (string)advice["measured"]!, StringComparison.Ordinal);
        foreach (var connection in connections)
            await connection.DisposeAsync();

        Task<HubConnection> ConnectAsync() => person.ConnectAsync(new Uri($"http://127.0.0.1:{relay.Port}"), HttpTransportType.WebSockets);
    }

    [Fact]
    public async Task High_memory_of_a_worker_is_the_file_that_it_reads_and_of_Redis_the_keys_that_stay()
    {
        using var person = await Person.SignUpAsync(host.Address);
        var baseId = await person.CreateBaseAsync();
        JsonNode job;
        await using (var gate = await Gate.AtTablesAsync(host.Database.ConnectionString, baseId))
        {
            job = await person.DropAsync(baseId, Samples.Path("gearbox.stp"));
            await gate.ReachedAsync();
            var advice = await host.AdviceAsync("memory-jobs", saying: (string)job["id"]!);
            Assert.Contains("cad-extraction", (string)advice["cause"]!, StringComparison.Ordinal);
        }
        await person.EndOfAsync(job);

        await using var redis = await ConnectionMultiplexer.ConnectAsync(host.Redis.ConnectionString + ",allowAdmin=true");
        await Task.WhenAll(Enumerable.Range(0, 64).Select(n => redis.GetDatabase().StringSetAsync($"other:{n}", new byte[100_000])));
        var memory = (await redis.GetServers()[0].InfoAsync("memory"))[0].ToDictionary();
        // What it keeps for its clients' questions is gone a moment later.
        var kept = Number("used_memory") - Number("mem_clients_normal");
        await redis.GetServers()[0].ConfigSetAsync("maxmemory", $"{kept * 10 / 9}");
        Assert.Contains("never expire", (string)(await host.AdviceAsync("memory-cache-ttl"))["cause"]!, StringComparison.Ordinal);
        await redis.GetServers()[0].ConfigSetAsync("maxmemory", "0");

        long Number(string name) => long.Parse(memory[name], CultureInfo.InvariantCulture);
    }

    /// <summary>Passes bytes on, until it ends all connections at once without a word, as a balancer does when its time is up.</summary>
    sealed class CuttingRelay : IAsyncDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly List<TcpClient> open = [];
        readonly Task accepting;

        public CuttingRelay(int target)
        {
            listener.Start();
            accepting = AcceptAsync(target);
        }

        public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

        public void Cut()
        {
            lock (open)
            {
                foreach (var connection in open)
                {
                    connection.Client.LingerState = new(true, 0);
                    connection.Close();
                }
                open.Clear();
            }
        }

        public async ValueTask DisposeAsync()
        {
            listener.Stop();
            Cut();
            await accepting;
        }

        async Task AcceptAsync(int target)
        {
            try
            {
                while (true)
                {
                    var (client, server) = (await listener.AcceptTcpClientAsync(), new TcpClient());
                    await server.ConnectAsync(IPAddress.Loopback, target);
                    lock (open)
                        open.AddRange([client, server]);
                    _ = PassAsync(client, server);
                    _ = PassAsync(server, client);
                }
            }
            catch (SocketException)
            {
                // It was stopped.
            }
        }

        static async Task PassAsync(TcpClient from, TcpClient to)
        {
            try
            {
                await from.GetStream().CopyToAsync(to.GetStream());
                to.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception cut) when (cut is IOException or ObjectDisposedException or SocketException or InvalidOperationException)
            {
                // It was cut.
            }
        }
    }
}

/// <summary>One process for all troubles, which come after each other.</summary>
public sealed class OneOperationsHost(Servers servers) : IAsyncLifetime
{
    internal OperationsHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await OperationsHost.StartAsync(servers, null);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
