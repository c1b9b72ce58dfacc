using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using PyBase.Storage.Changes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Postgres;

/// <summary>The change log's partitions: made ahead, dropped when nobody may ask for them any more, and never in the way of a writer.</summary>
public sealed class ChangeRetentionTests(Servers servers)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    sealed class LaterClock(TimeSpan ahead) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
    }

    [Fact]
    public async Task What_is_old_is_dropped_and_who_asks_for_it_is_told_to_load_again()
    {
        await using var cluster = await Cluster.StartAsync(servers, new() { Workers = 0, Settings = new Dictionary<string, string> { ["Accounts:SignUp"] = "open" } }, Cancellation);
        using var person = await Person.SignUpAsync(cluster.Api[0].Address);
        var baseId = await person.CreateBaseAsync(new { name = "Things", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        var table = (string)(await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!["id"]!;
        await AddAsync("first");
        await using var data = NpgsqlDataSource.Create(cluster.ConnectionString);

        // Nothing is old yet, and what is there is not made twice.
        Assert.Empty(await RunAsync(TimeSpan.Zero));
        Assert.Equal(3, await CountAsync("select count(*) from pybase.log_months where log = 'changes' and until is not null"));

        // Somebody wrote far ahead of the last partition: the row waits in the default one, and moves when its month is made.
        await CountAsync($"with far as (insert into pybase.changes (table_id, version, position, base, kind, body, time) values ('{table}', 2, 0, '{baseId}', 'recordsCreated', '{{\"ids\":[]}}', now() + interval '400 days') returning 1) select count(*) from far");
        Assert.Equal(1, await CountAsync("select count(*) from pybase.changes_other"));
        // A year is kept, so of a clock that is 400 days ahead everything before 35 days from now; on some days that is a whole month more than what is there.
        var old = await NamesAsync("select name from pybase.log_months where until <= now() + interval '35 days'");
        var dropped = await RunAsync(TimeSpan.FromDays(400));
        Assert.Equal(old.Order(), dropped.Order());
        Assert.Superset(new HashSet<string> { "changes_before", "transactions_before" }, dropped.ToHashSet());
        Assert.Equal((0L, 1L), (await CountAsync("select count(*) from pybase.changes_other"), await CountAsync("select count(*) from pybase.changes")));

        // The table goes on where it was; a listener from before is told to load it again.
        await CountAsync($"with gone as (delete from pybase.changes returning 1) select count(*) from gone");
        await using var hub = await person.ConnectAsync(cluster.RealtimeAddress());
        var told = await hub.InvokeAsync<JsonElement>("Subscribe", table, 0L, Cancellation);
        Assert.True(told.GetProperty("reload").GetBoolean());
        await AddAsync("second");
        Assert.Equal(2, (await person.ListAsync(baseId, table)).Count);

        async Task AddAsync(string name) => Assert.True((await Sheet.SendAsync(person.Client, "POST", $"/v0/{baseId}/{table}", $$$"""{"fields":{"Name":"{{{name}}}"}}""")).Response.IsSuccessStatusCode);
        Task<IReadOnlyList<string>> RunAsync(TimeSpan ahead) => new ChangeRetention(data, new LaterClock(ahead), Options.Create(new ChangeOptions()), NullLogger<ChangeRetention>.Instance).RunAsync(Cancellation);
        async Task<List<string>> NamesAsync(string sql)
        {
            await using var command = data.CreateCommand(sql);
            await using var row = await command.ExecuteReaderAsync(Cancellation);
            var names = new List<string>();
            while (await row.ReadAsync(Cancellation))
                names.Add(row.GetString(0));
            return names;
        }
        async Task<long> CountAsync(string sql)
        {
            await using var command = data.CreateCommand(sql);
            return (long)(await command.ExecuteScalarAsync(Cancellation))!;
        }
    }
}
