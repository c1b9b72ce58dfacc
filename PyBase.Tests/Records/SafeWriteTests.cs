using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>Writes that may be sent twice, and writes that only show what they would do.</summary>
[Collection(OnStandalone.Name)]
public sealed class SafeWriteTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task The_same_request_with_the_same_key_writes_once_and_gets_the_same_answer()
    {
        var sheet = await Sheet.CreateAsync(installation);
        const string Body = """{"records":[{"fields":{"Name":"once"}}]}""";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => sheet.SendAsync("POST", sheet.PathOf(sheet.Others), Body, ("Idempotency-Key", "k1"))));
        Assert.All(answers, a => Assert.Equal((HttpStatusCode.OK, answers[0].Text), (a.Status, a.Text)));
        Assert.Single((await sheet.OkAsync("GET", sheet.PathOf(sheet.Others)))["records"]!.AsArray());
        var other = await sheet.SendAsync("POST", sheet.PathOf(sheet.Others), """{"records":[{"fields":{"Name":"twice"}}]}""", ("Idempotency-Key", "k1"));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "IDEMPOTENCY_KEY_REUSED"), (other.Status, other.Error));
        var upsert = """{"performUpsert":{"fieldsToMergeOn":["Name"]},"records":[{"fields":{"Name":"new"}}]}""";
        var (first, again) = (await sheet.SendAsync("PATCH", sheet.PathOf(sheet.Others), upsert, ("Idempotency-Key", "k2")), await sheet.SendAsync("PATCH", sheet.PathOf(sheet.Others), upsert, ("Idempotency-Key", "k2")));
        Assert.Equal(first.Text, again.Text);
        Assert.Single(again.Json["createdRecords"]!.AsArray());
    }

    [Fact]
    public async Task A_dry_run_answers_as_if_it_had_written_and_leaves_nothing()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var made = await sheet.OkAsync("POST", $"{sheet.PathOf(sheet.Things)}?dryRun=true", """{"fields":{"Name":"never","State":"New"},"typecast":true}""");
        Assert.Equal("New", (string)made["fields"]!["State"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await sheet.SendAsync("GET", $"{sheet.PathOf(sheet.Things)}/{(string)made["id"]!}")).Status);
        var refused = await sheet.SendAsync("POST", $"{sheet.PathOf(sheet.Things)}?dryRun=true", """{"fields":{"Count":"no number"}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_VALUE_FOR_COLUMN"), (refused.Status, refused.Error));
        var kept = await sheet.AddAsync(sheet.Things, """{"Name":"kept"}""");
        await sheet.OkAsync("DELETE", $"{sheet.PathOf(sheet.Things)}/{kept}?dryRun=true");
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Things}/fields?dryRun=true", """{"name":"Nothing","type":"number","options":{"precision":0}}""");
        var fields = await sheet.FieldsAsync(sheet.Things, kept);
        Assert.Equal("kept", (string)fields["Name"]!);
        var schema = await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables");
        Assert.DoesNotContain("Nothing", schema.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"New\"", schema.ToJsonString(), StringComparison.Ordinal);
    }
}
