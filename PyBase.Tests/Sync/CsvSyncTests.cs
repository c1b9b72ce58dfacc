using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Fields;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Sync;

/// <summary>A CSV file brought into a table again and again.</summary>
[Collection(OnStandalone.Name)]
public sealed class CsvSyncOnStandaloneTests(StandaloneInstallation installation)
{
    const string Count = """{"name":"Count","type":"number","options":{"precision":0}}""";

    [Fact]
    public async Task What_is_as_it_should_be_is_not_written()
    {
        var table = await OwnTable.CreateAsync(installation, Count);
        await SyncAsync(table, "a", "Name,Count\nbolt,1\nnut,2");
        var before = await ChangesAsync(table);
        await SyncAsync(table, "a", "Name,Count\nbolt,1\nnut,3");
        var change = Assert.Single((await ChangesAsync(table)).Skip(before.Count));
        Assert.Equal("""[{"Name":"bolt","Count":1},{"Name":"nut","Count":3}]""", await RowsAsync(table));
        Assert.Single(change["changedTablesById"]![table.Id]!["changedRecordsById"]!.AsObject());
    }

    [Fact]
    public async Task Each_sync_keeps_to_its_own_rows()
    {
        var table = await OwnTable.CreateAsync(installation, Count);
        await table.AddAsync("""{"Name":"bolt","Count":7}""");
        await SyncAsync(table, "a", "Name,Count\nbolt,1");
        await SyncAsync(table, "b", "Name,Count\nbolt,2");
        await SyncAsync(table, "a", "Name,Count\nnut,3");
        Assert.Equal("""[{"Name":"bolt","Count":7},{"Name":"bolt","Count":2},{"Name":"nut","Count":3}]""", await RowsAsync(table));
    }

    [Fact]
    public async Task A_row_that_somebody_deleted_comes_again()
    {
        var table = await OwnTable.CreateAsync(installation, Count);
        await SyncAsync(table, "a", "Name,Count\nbolt,1\nnut,2");
        var bolt = (string)(await table.OkAsync("GET", table.Path))["records"]![0]!["id"]!;
        await table.OkAsync("DELETE", $"{table.Path}/{bolt}");
        await SyncAsync(table, "a", "Name,Count\nbolt,1\nnut,2");
        Assert.Equal("""[{"Name":"nut","Count":2},{"Name":"bolt","Count":1}]""", await RowsAsync(table));
    }

    [Theory]
    [InlineData("Name,Count\nbolt,many", "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Name,Count\nbolt,1\nbolt,2", "INVALID_CSV")]
    [InlineData("Name\n\"bolt", "INVALID_CSV")]
    public async Task A_bad_file_changes_nothing(string csv, string error)
    {
        var table = await OwnTable.CreateAsync(installation, Count);
        await SyncAsync(table, "a", "Name,Count\nbolt,1");
        var answer = await SendAsync(table.Person.Client, table, "a", csv);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, error), (answer.Status, answer.Error));
        Assert.Equal("""[{"Name":"bolt","Count":1}]""", await RowsAsync(table));
    }

    [Fact]
    public async Task Ten_thousand_rows_are_one_change_and_new_columns_are_for_those_who_may()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var table = await OwnTable.CreateAsync(sheet.Person, Count);
        var csv = new StringBuilder("Name,Count\n");
        for (var n = 0; n < 10_000; n++)
            csv.Append(n).Append(',').Append(n).Append('\n');
        await SyncAsync(table, "a", csv.ToString());
        Assert.Single(await ChangesAsync(table), payload => payload["changedTablesById"]![table.Id] is not null);
        using var editor = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(editor, "editor");
        Assert.Equal("INVALID_PERMISSIONS", (await SendAsync(editor.Client, table, "b", "Name,Colour\nx,red")).Error);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(editor.Client, table, "b", "Name,Count\nx,1")).Status);
    }

    static async Task SyncAsync(OwnTable table, string sync, string csv)
    {
        if (await table.SendAsync("GET", $"/v0/bases/{table.BaseId}/webhooks") is { } hooks && hooks.Json["webhooks"]!.AsArray().Count == 0)
            await table.OkAsync("POST", $"/v0/bases/{table.BaseId}/webhooks", """{"specification":{"options":{"filters":{"dataTypes":["tableData"]}}}}""");
        var answer = await SendAsync(table.Person.Client, table, sync, csv);
        Assert.True(answer.Status is HttpStatusCode.OK, answer.Text);
    }

    /// <summary>The transactions that changed rows since the first sync.</summary>
    static async Task<List<JsonNode>> ChangesAsync(OwnTable table)
    {
        var hook = (string)(await table.OkAsync("GET", $"/v0/bases/{table.BaseId}/webhooks"))["webhooks"]![0]!["id"]!;
        return [.. (await table.OkAsync("GET", $"/v0/bases/{table.BaseId}/webhooks/{hook}/payloads"))["payloads"]!.AsArray().Select(p => p!)];
    }

    static async Task<Answer> SendAsync(HttpClient client, OwnTable table, string sync, string csv)
    {
        using var content = new StringContent(csv, Encoding.UTF8, "text/csv");
        var response = await client.PostAsync($"{table.Path}/sync/{sync}", content);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    static async Task<string> RowsAsync(OwnTable table) =>
        new JsonArray([.. (await table.OkAsync("GET", table.Path))["records"]!.AsArray().Select(r => r!["fields"]!.DeepClone())]).ToJsonString();
}
