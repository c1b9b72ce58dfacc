using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Npgsql;
using PyBase.Core.Scaling;
using PyBase.Storage.Postgres;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Connections;

/// <summary>All of PyBase on a few connections, lent by the transaction; and what is said when there are not enough.</summary>
public sealed class PgBouncerTests(Servers servers)
{
    const int Pool = 5, Writers = 24, Each = 8;

    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writers_listeners_and_jobs_share_five_connections_and_one_too_many_is_told_so()
    {
        PgBouncer bouncer = null!;
        await using var cluster = await Cluster.StartAsync(servers, new ClusterOptions
        {
            Api = 2,
            Settings = new Dictionary<string, string> { ["Accounts:SignUp"] = "open", ["Indexes:Pause"] = "00:00:01", ["ConnectionStrings:messaging"] = "" },
            Databases = async direct =>
            {
                bouncer = await PgBouncer.StartAsync(direct, Pool, clients: 200, Cancelled);
                return new() { ["ConnectionStrings:pybase"] = bouncer.ConnectionString, ["ConnectionStrings:pybaseDirect"] = direct };
            },
        }, Cancelled);
        await using var stopped = bouncer;
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync(new { name = "Parts", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        var table = (string)(await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!["id"]!;

        await using (var hub = await person.ConnectAsync(cluster.RealtimeAddress()))
        {
            var mirror = await TableMirror.OpenAsync(person, baseId, table, hub);
            var job = await person.DropAsync(baseId, Samples.Path("gearbox.stp"));
            using var other = person.At(cluster.Api[1].Address);
            await Task.WhenAll(Enumerable.Range(0, Writers).Select(async writer =>
            {
                for (var n = 0; n < Each; n++)
                    await (n % 2 == 0 ? person : other).PostAsync($"/v0/{baseId}/{table}", new { fields = new Dictionary<string, string> { ["Name"] = $"{writer}-{n}" } });
            }));
            Assert.Equal("succeeded", (string)(await person.EndOfAsync(job))["state"]!);
            Assert.Equal(Writers * Each, (await person.ListAsync(baseId, table)).Count);
            await mirror.CheckAsync();
        }
        await using var data = NpgsqlDataSource.Create(cluster.ConnectionString);
        await using (var used = data.CreateCommand("select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name not like '% direct'"))
            Assert.InRange((long)(await used.ExecuteScalarAsync(Cancelled))!, 1, Pool);

        await ExhaustAsync(cluster, person, baseId, table, data);
        await RefuseAsync(cluster.ConnectionString);
    }

    /// <summary>Two requests wait for a table that somebody has locked and hold the process's two connections; what comes then is told so after a second.</summary>
    static async Task ExhaustAsync(Cluster cluster, Person person, string baseId, string table, NpgsqlDataSource data)
    {
        var settings = new Dictionary<string, string>(cluster.Settings);
        settings["ConnectionStrings:pybase"] += ";Maximum Pool Size=2;Timeout=1";
        await using var small = new PyBaseProcess("PyBase.Api", "api-small", [], settings);
        await small.StartAsync(Cancelled);
        using var client = person.At(small.Address);
        Answer[] answers;
        await using (var connection = await data.OpenConnectionAsync(Cancelled))
        await using (var locking = await connection.BeginTransactionAsync(Cancelled))
        {
            await using (var command = new NpgsqlCommand($"""lock table "{baseId}"."{table}" in access exclusive mode""", connection, locking))
                await command.ExecuteNonQueryAsync(Cancelled);
            var waiting = Enumerable.Range(0, 2).Select(_ => Sheet.SendAsync(client.Client, "GET", $"/v0/{baseId}/{table}")).ToArray();
            await using (var held = data.CreateCommand("select count(*) from pg_locks where not granted and relation is not null"))
                await Wait.UntilAsync(async () => (long)(await held.ExecuteScalarAsync(Cancelled))!, count => count >= 2);
            answers = await Task.WhenAll(new[] { $"/v0/{baseId}/{table}", $"/api/jobs?base={baseId}" }.Select(path => Sheet.SendAsync(client.Client, "GET", path)));
            await locking.RollbackAsync(Cancelled);
            Assert.All(await Task.WhenAll(waiting), page => Assert.Equal(HttpStatusCode.OK, page.Status));
        }
        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.ServiceUnavailable, "2"), (answer.Status, answer.Header("Retry-After"))));
        Assert.Equal("CONNECTIONS_EXHAUSTED", answers[0].Error);
        Assert.Equal(("connections-exhausted", ScalingErrors.ConnectionsExhausted.Hint), ((string?)answers[1].Json["code"], (string?)answers[1].Json["hint"]));
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(client.Client, "GET", $"/v0/{baseId}/{table}")).Status);
    }

    static async Task RefuseAsync(string direct)
    {
        await using var narrow = await PgBouncer.StartAsync(direct, pool: 1, clients: 1, Cancelled);
        await using var data = NpgsqlDataSource.Create(narrow.ConnectionString + ";No Reset On Close=true");
        await using var first = await OpenAsync(data);
        var refused = await Assert.ThrowsAnyAsync<NpgsqlException>(async () => await data.OpenConnectionAsync(Cancelled));
        Assert.Equal(ScalingErrors.ConnectionsExhausted, DatabaseFailures.ErrorOf(refused));
    }

    /// <summary>Its one place is free a moment after who asked whether it is ready has left.</summary>
    static async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource data)
    {
        return (await Wait.UntilAsync(TryAsync, connection => connection is not null))!;

        async Task<NpgsqlConnection?> TryAsync()
        {
            try
            {
                return await data.OpenConnectionAsync(Cancelled);
            }
            catch (NpgsqlException full) when (DatabaseFailures.ErrorOf(full) == ScalingErrors.ConnectionsExhausted)
            {
                return null;
            }
        }
    }
}
