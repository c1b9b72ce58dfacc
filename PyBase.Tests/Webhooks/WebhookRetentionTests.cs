using Npgsql;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Webhooks;

/// <summary>What a webhook hears when the log does not reach back any more: that something happened, and that nobody can say what.</summary>
[Collection(OnCluster.Name)]
public sealed class WebhookRetentionOnClusterTests(DistributedInstallation installation)
{
    [Fact]
    public async Task Beyond_the_log_a_payload_is_an_error_and_cursors_stay()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var hooks = $"/v0/bases/{sheet.BaseId}/webhooks";
        var hook = $"{hooks}/{(string)(await sheet.OkAsync("POST", hooks, """{"specification":{"options":{"filters":{"dataTypes":["tableData"]}}}}"""))["id"]!}/payloads";
        var record = await sheet.AddAsync("Things", """{"Name":"1"}""");
        for (var n = 2; n <= 4; n++)
            await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{record}", $$$"""{"fields":{"Name":"{{{n}}}"}}""");
        Assert.Equal(4, (await sheet.OkAsync("GET", hook))["payloads"]!.AsArray().Count);

        await using var data = NpgsqlDataSource.Create(installation.Cluster.ConnectionString);
        await using var forget = data.CreateCommand($"delete from pybase.changes where table_id = '{sheet.Things}' and version = (select version - 1 from pybase.table_versions where table_id = '{sheet.Things}')");
        Assert.Equal(1, await forget.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));
        var whole = (await sheet.OkAsync("GET", hook))["payloads"]!.AsArray();
        Assert.Equal([true, true, true, false], whole.Select(p => p!["error"] is not null));
        var one = await sheet.OkAsync("GET", $"{hook}?cursor=1&limit=1");
        Assert.Equal((true, "INTERNAL_ERROR", 2), ((bool)one["payloads"]![0]!["error"]!, (string)one["payloads"]![0]!["code"]!, (int)one["cursor"]!));
        var last = (await sheet.OkAsync("GET", $"{hook}?cursor=4"))["payloads"]![0]!;
        Assert.Equal("4", (string)Assert.Single(last["changedTablesById"]![sheet.Things]!["changedRecordsById"]![record]!["current"]!["cellValuesByFieldId"]!.AsObject()).Value!);

        await sheet.OkAsync("DELETE", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Things}");
        var all = await sheet.OkAsync("GET", hook);
        Assert.Equal((4, 5), (all["payloads"]!.AsArray().Count, (int)all["cursor"]!));
    }
}
