using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Storage;
using PyBase.Storage.Trash;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Trash;

/// <summary>What has been in the trash for a month goes for good, in the order that lets nothing hang in the air.</summary>
[Collection(OnCluster.Name)]
public sealed class TrashSweepTests(DistributedInstallation installation)
{
    [Fact]
    public async Task After_a_month_columns_tables_and_bases_are_gone()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var gone = await sheet.Person.CreateBaseAsync(new { name = "Gone", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        var count = (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == sheet.Things)!["fields"]!.AsArray().Single(f => (string)f!["name"]! == "Count")!["id"]!;
        await sheet.OkAsync("DELETE", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields/{count}");
        await sheet.OkAsync("DELETE", $"/v0/meta/bases/{sheet.BaseId}/tables/Others");
        await sheet.OkAsync("DELETE", $"/v0/meta/bases/{gone}");
        await using var data = NpgsqlDataSource.Create(installation.Cluster.ConnectionString);
        Assert.Equal(1L, await ScalarAsync(data, $"select count(*) from information_schema.columns where table_schema = '{sheet.BaseId}' and column_name = '{count}'"));

        await using var worker = Worker();
        await worker.Services.GetRequiredService<TrashSweep>().SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1L, await ScalarAsync(data, $"select count(*) from information_schema.tables where table_schema = '{sheet.BaseId}' and table_name = '{sheet.Others}'"));
        await ScalarAsync(data, $"""
            with f as (update pybase.removed_fields set removed = removed - interval '31 days' where base = '{sheet.BaseId}'), t as (update pybase.tables set removed = removed - interval '31 days' where base = '{sheet.BaseId}')
            update pybase.removed_bases set removed = removed - interval '31 days' where base = '{gone}'
            """);
        await worker.Services.GetRequiredService<TrashSweep>().SweepAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0L, await ScalarAsync(data, $"""
            select (select count(*) from information_schema.columns where table_schema = '{sheet.BaseId}' and column_name = '{count}')
                + (select count(*) from information_schema.tables where table_schema = '{sheet.BaseId}' and (table_name like '%{sheet.Others}' or table_name like 'lnk_%'))
                + (select count(*) from pybase.removed_fields where base = '{sheet.BaseId}') + (select count(*) from pybase.removed_bases where base = '{gone}')
            """));
        await sheet.AddAsync("Things", """{"Name":"still here"}""");
    }

    WebApplication Worker()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["ConnectionStrings:pybase"] = installation.Cluster.ConnectionString;
        builder.Configuration["ConnectionStrings:cache"] = "127.0.0.1:1,abortConnect=false,connectTimeout=100";
        builder.Configuration["Files:Path"] = installation.Files;
        builder.Logging.ClearProviders();
        builder.AddStorage();
        builder.Services.AddSingleton<TrashSweep>();
        return builder.Build();
    }

    static async Task<object?> ScalarAsync(NpgsqlDataSource data, string sql)
    {
        await using var command = data.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
