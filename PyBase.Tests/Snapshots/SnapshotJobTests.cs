using System.Net;
using System.Text.Json.Nodes;
using Npgsql;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Snapshots;

/// <summary>Whole bases as jobs: done once, stopped without a trace, and for nobody but those who shape the base.</summary>
[Collection(OnCluster.Name)]
public sealed class SnapshotJobOnClusterTests(DistributedInstallation installation)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_base_goes_into_a_file_and_comes_back_by_jobs()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var kept = await sheet.AddAsync("Things", """{"Name":"kept","Count":1}""");
        var made = await MakeAsync(sheet);
        Assert.Equal(("succeeded", 1), ((string)made["state"]!, (int)made["result"]!["file"]!["rows"]!));
        var file = await sheet.Person.Client.GetByteArrayAsync($"/api/jobs/{(string)made["id"]!}/file", Cancellation);
        await sheet.AddAsync("Things", """{"Name":"later"}""");

        var restored = await sheet.Person.EndOfAsync(await RestoreAsync(sheet, file));
        Assert.Equal(("succeeded", "snapshot-restore"), ((string)restored["state"]!, (string)restored["kind"]!));
        Assert.Equal([kept], (await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray().Select(r => (string)r!["id"]!));
        var broken = await sheet.Person.EndOfAsync(await RestoreAsync(sheet, file[..^20]));
        Assert.Equal(("failed", "snapshot-not-whole"), ((string)broken["state"]!, (string)broken["error"]!["code"]!));
        Assert.Equal("kept", (string)(await sheet.FieldsAsync("Things", kept))["Name"]!);

        // All of a base is nobody's to read or to put back who only edits it.
        using var editor = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(editor, "editor");
        Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(editor.Client, "GET", $"/api/jobs/{(string)made["id"]!}/file")).Status);
        foreach (var act in (string[])["cancel", "retry"])
            Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(editor.Client, "POST", $"/api/jobs/{(string)restored["id"]!}/{act}", "{}")).Status);
    }

    [Fact]
    public async Task A_restore_that_is_stopped_leaves_the_base_as_it_was()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.AddAsync("Things", """{"Name":"old"}""");
        var made = await MakeAsync(sheet);
        var file = await sheet.Person.Client.GetByteArrayAsync($"/api/jobs/{(string)made["id"]!}/file", Cancellation);
        await sheet.AddAsync("Things", """{"Name":"new"}""");
        // Somebody writes for a while, so that the restore waits in the middle.
        await using var data = NpgsqlDataSource.Create(installation.Cluster.ConnectionString);
        await using var connection = await data.OpenConnectionAsync(Cancellation);
        await using var writing = await connection.BeginTransactionAsync(Cancellation);
        await using (var hold = new NpgsqlCommand($"select from pybase.bases where id = '{sheet.BaseId}' for share", connection, writing))
            await hold.ExecuteNonQueryAsync(Cancellation);
        var job = await RestoreAsync(sheet, file);
        await sheet.Person.JobAsync(job, now => (string)now["state"]! == "running");
        await sheet.OkAsync("POST", $"/api/jobs/{(string)job["id"]!}/cancel", "{}");
        Assert.Equal("cancelled", (string)(await sheet.Person.EndOfAsync(job))["state"]!);
        await writing.RollbackAsync(Cancellation);
        Assert.Equal(["old", "new"], (await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray().Select(r => (string)r!["fields"]!["Name"]!));
    }

    static async Task<JsonNode> MakeAsync(Sheet sheet)
    {
        var begun = await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/snapshots", "{}");
        Assert.True(begun.Status == HttpStatusCode.Accepted, begun.Text);
        return await sheet.Person.EndOfAsync(begun.Json);
    }

    static async Task<JsonNode> RestoreAsync(Sheet sheet, byte[] file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/bases/{sheet.BaseId}/snapshot/restore") { Content = new ByteArrayContent(file) };
        request.Headers.Add("Prefer", "respond-async");
        return await Person.ReadAsync(await sheet.Person.Client.SendAsync(request, Cancellation), HttpStatusCode.Accepted);
    }
}
