using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.History;

/// <summary>The past of a record: who, when, through what, and each cell before and after in the form of /v0.</summary>
[Collection(OnStandalone.Name)]
public sealed class RecordHistoryOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Each_change_says_who_when_through_what_and_both_values()
    {
        var (sheet, id) = await SetAsync("""{"Name":"a","State":"Open","Count":1}""");
        var other = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(other, "editor");
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(other.Client, "PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"State":"Closed","Count":2.5,"Tags":["red"]}}""")).Status);
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Tags":null,"Day":"2026-01-02"}}""");

        var entries = (await HistoryAsync(sheet, id))["entries"]!.AsArray();
        Assert.Equal(["cellsChanged", "cellsChanged", "recordsCreated"], entries.Select(e => (string)e!["kind"]!));
        var (me, them) = ((string)(await sheet.Person.GetAsync("/api/auth/me"))["user"]!["id"]!, (string)(await other.GetAsync("/api/auth/me"))["user"]!["id"]!);
        Assert.Equal([me, them, me], entries.Select(e => (string)e!["actor"]!["id"]!));
        Assert.All(entries, e => Assert.Equal("api", (string)e!["through"]!));
        Same(entries[0]!, ("Day", "null", "\"2026-01-02\""), ("Tags", "[\"red\"]", "null"));
        Same(entries[1]!, ("Count", "1", "2.5"), ("State", "\"Open\"", "\"Closed\""), ("Tags", "null", "[\"red\"]"));
        Same(entries[2]!, ("Name", "null", "\"a\""), ("Count", "null", "1"), ("State", "null", "\"Open\""));

        var count = Assert.Single((await HistoryAsync(sheet, id, "?field=Count"))["entries"]!.AsArray(), e => (string)e!["kind"]! == "cellsChanged");
        Same(count!, ("Count", "1", "2.5"));
    }

    [Fact]
    public async Task Links_are_told_at_both_ends()
    {
        var (sheet, id) = await SetAsync("""{"Name":"a"}""");
        var far = await sheet.AddAsync("Others", """{"Name":"far"}""");
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", $$$"""{"fields":{"Links":["{{{far}}}"]}}""");
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Others")}/{far}", """{"fields":{"Things":[]}}""");
        var near = (await HistoryAsync(sheet, id))["entries"]!.AsArray();
        Same(near[0]!, ("Links", $"[\"{far}\"]", "null"));
        Same(near[1]!, ("Links", "null", $"[\"{far}\"]"));
        var there = (await sheet.Person.GetAsync($"/api/bases/{sheet.BaseId}/tables/Others/records/{far}/history"))["entries"]!.AsArray();
        Same(there[0]!, ("Things", $"[\"{id}\"]", "null"));
        Same(there[1]!, ("Things", "null", $"[\"{id}\"]"));
    }

    [Fact]
    public async Task A_deleted_record_still_has_its_past()
    {
        var (sheet, id) = await SetAsync("""{"Name":"gone"}""");
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{id}");
        var entries = (await HistoryAsync(sheet, id))["entries"]!.AsArray();
        Assert.Equal(["recordsDeleted", "recordsCreated"], entries.Select(e => (string)e!["kind"]!));
        Same(entries[0]!, ("Name", "\"gone\"", "null"));
    }

    [Fact]
    public async Task Pages_go_on_where_the_last_one_ended()
    {
        var (sheet, id) = await SetAsync("""{"Count":0}""");
        for (var n = 1; n <= 60; n++)
            await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", $$$"""{"fields":{"Count":{{{n}}}}}""");
        var first = await HistoryAsync(sheet, id);
        Assert.Equal(50, first["entries"]!.AsArray().Count);
        var second = await HistoryAsync(sheet, id, $"?cursor={(string)first["cursor"]!}");
        Assert.Null((string?)second["cursor"]);
        Assert.Equal(Enumerable.Range(1, 60).Reverse(), first["entries"]!.AsArray().Concat(second["entries"]!.AsArray()).Where(e => (string)e!["kind"]! == "cellsChanged").Select(e => (int)e!["changes"]![0]!["to"]!));
        Assert.Equal(11, second["entries"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("recAAAAAAAAAAAAAA", "", HttpStatusCode.NotFound, "record-not-found")]
    [InlineData("", "?cursor=-1", HttpStatusCode.UnprocessableEntity, "invalid-cursor")]
    [InlineData("", "?cursor=x", HttpStatusCode.UnprocessableEntity, "invalid-cursor")]
    [InlineData("", "?field=Nothing", HttpStatusCode.Forbidden, "invalid-permissions-or-model-not-found")]
    public async Task What_makes_no_sense_is_refused(string record, string query, HttpStatusCode status, string code)
    {
        var (sheet, id) = await SetAsync("{}");
        var answer = await sheet.SendAsync("GET", $"/api/bases/{sheet.BaseId}/tables/Things/records/{(record.Length > 0 ? record : id)}/history{query}");
        Assert.Equal((status, code), (answer.Status, (string?)answer.Json["code"]));
    }

    async Task<(Sheet Sheet, string Record)> SetAsync(string fields)
    {
        var sheet = await Sheet.SharedAsync(installation);
        return (sheet, await sheet.AddAsync("Things", fields));
    }

    static Task<JsonNode> HistoryAsync(Sheet sheet, string id, string query = "") => sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/tables/Things/records/{id}/history{query}");

    static void Same(JsonNode entry, params (string Field, string From, string To)[] changes) => Assert.Equal(
        changes.OrderBy(c => c.Field, StringComparer.Ordinal), entry["changes"]!.AsArray().Select(c => ((string)c!["fieldName"]!, Text(c["from"]), Text(c["to"]))).OrderBy(c => c.Item1, StringComparer.Ordinal));

    static string Text(JsonNode? value) => value?.ToJsonString() ?? "null";
}
