using System.Net;
using Npgsql;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Fields;

/// <summary>Tables whose fields come and go: PostgreSQL counts every column that ever was, and ends at 1,600.</summary>
[Collection(OnCluster.Name)]
public sealed class ManyFieldsTests(DistributedInstallation installation)
{
    [Fact]
    public async Task Three_thousand_fields_come_and_go_and_the_table_is_as_it_was()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Others}/fields", """{"name":"Code","type":"singleLineText","constraints":{"unique":true}}""");
        var first = await sheet.AddAsync(sheet.Others, """{"Name":"first","Code":"1"}""");
        await using var data = NpgsqlDataSource.Create(installation.Cluster.ConnectionString);
        for (var round = 0; round < 8; round++)
        {
            // Columns that came and went, as that many requests each way would leave them.
            await using (var churn = data.CreateCommand($"""
                do $$ begin
                    for n in 1..380 loop
                        execute 'alter table "{sheet.BaseId}"."{sheet.Others}" add column churn int';
                        execute 'alter table "{sheet.BaseId}"."{sheet.Others}" drop column churn';
                    end loop;
                end $$
                """))
                await churn.ExecuteNonQueryAsync(cancellation);
            await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Others}/fields", $$$"""{"name":"Extra {{{round}}}","type":"number","options":{"precision":0}}""");
        }
        var second = await sheet.AddAsync(sheet.Others, """{"Name":"second","Code":"2","Extra 7":7}""");
        var twin = await sheet.SendAsync("POST", sheet.PathOf(sheet.Others), """{"fields":{"Code":"1"}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "VALUE_NOT_UNIQUE"), (twin.Status, twin.Error));
        var records = (await sheet.OkAsync("GET", sheet.PathOf(sheet.Others)))["records"]!.AsArray();
        Assert.Equal([first, second], records.Select(r => (string)r!["id"]!));
        Assert.Equal("first", (string)records[0]!["fields"]!["Name"]!);
        await using var used = data.CreateCommand($"select max(attnum)::int from pg_attribute where attrelid = '\"{sheet.BaseId}\".\"{sheet.Others}\"'::regclass");
        Assert.InRange((int)(await used.ExecuteScalarAsync(cancellation))!, 1, 1_300);
    }
}
