using Npgsql;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Bases;

/// <summary>What is in the database after bases and views were deleted.</summary>
[Collection(OnCluster.Name)]
public sealed class BaseRemainsOnClusterTests(DistributedInstallation installation)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_deleted_base_leaves_nothing_behind()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var record = await sheet.AddAsync("Things", """{"Name":"x"}""");
        await sheet.OkAsync("POST", $"{sheet.PathOf("Things")}/{record}/comments", """{"text":"x"}""");
        await sheet.OkAsync("POST", $"/v0/bases/{sheet.BaseId}/webhooks", """{"specification":{"options":{"filters":{"dataTypes":["tableData"]}}}}""");
        await sheet.OkAsync("DELETE", $"/v0/meta/bases/{sheet.BaseId}");
        await sheet.OkAsync("DELETE", $"/api/workspaces/{sheet.Person.WorkspaceId}/trash/{sheet.BaseId}");
        await using var data = NpgsqlDataSource.Create(installation.Cluster.ConnectionString);
        var deadline = TimeProvider.System.GetTimestamp();
        for (long left = -1; left != 0;)
        {
            await Task.Delay(200, Cancellation);
            left = await CountAsync(data, $"""
                select (select count(*) from pg_namespace where nspname = '{sheet.BaseId}') + (select count(*) from pybase.bases where id = '{sheet.BaseId}')
                    + (select count(*) from pybase.changes where base = '{sheet.BaseId}') + (select count(*) from pybase.transactions where base = '{sheet.BaseId}')
                    + (select count(*) from pybase.comments where base = '{sheet.BaseId}') + (select count(*) from pybase.webhooks where base = '{sheet.BaseId}')
                """);
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(60), $"{left} rows are still there");
        }
    }

    [Fact]
    public async Task A_deleted_view_is_gone_and_told()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await using var data = NpgsqlDataSource.Create(installation.Cluster.ConnectionString);
        await CountAsync(data, $"""
            with added as (insert into pybase.views (id, base, table_id, name, type, position) values ('viw{sheet.BaseId[3..]}', '{sheet.BaseId}', '{sheet.Things}', 'Second', 'grid', 2) returning 1),
            changed as (update pybase.bases set schema_version = schema_version + 1 where id = '{sheet.BaseId}' returning 1) select count(*) from added, changed
            """);
        var view = $"/v0/meta/bases/{sheet.BaseId}/views/viw{sheet.BaseId[3..]}";
        Assert.Equal("Second", (string)(await sheet.OkAsync("GET", view))["name"]!);
        Sheet.Same($$"""{"id":"viw{{sheet.BaseId[3..]}}","deleted":true}""", await sheet.OkAsync("DELETE", view));
        Assert.Equal("NOT_FOUND", (await sheet.SendAsync("GET", view)).Error);
        Assert.Equal(1, await CountAsync(data, $"select count(*) from pybase.changes where table_id = '{sheet.Things}' and kind = 'viewRemoved'"));
    }

    static async Task<long> CountAsync(NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
