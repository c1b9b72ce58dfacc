using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Releases;

/// <summary>A released record stays as it is, over every way in; the way on is a new revision.</summary>
[Collection(OnStandalone.Name)]
public sealed class ReleaseOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_released_record_is_refused_to_every_write()
    {
        var (sheet, id) = await SetAsync();
        var (path, open, far) = (sheet.PathOf("Things"), await sheet.AddAsync("Things", """{"Name":"open"}"""), await sheet.AddAsync("Others", """{"Name":"far"}"""));
        await sheet.OkAsync("PATCH", $"{path}/{id}", $$$"""{"fields":{"Count":5,"Links":["{{{far}}}"]}}""");
        await sheet.OkAsync("PATCH", $"{path}/{id}", """{"fields":{"State":"Closed"}}""");
        var before = (await sheet.FieldsAsync("Things", id)).ToJsonString();
        (string Method, string Path, string? Body)[] writes =
        [
            ("PATCH", $"{path}/{id}", """{"fields":{"Name":"other"}}"""),
            ("PUT", $"{path}/{id}", """{"fields":{"Name":"other"}}"""),
            ("PATCH", path, $$$"""{"records":[{"id":"{{{open}}}","fields":{"Name":"x"}},{"id":"{{{id}}}","fields":{"Name":"x"}}]}"""),
            ("PATCH", path, """{"performUpsert":{"fieldsToMergeOn":["Name"]},"records":[{"fields":{"Name":"part","Count":9}}]}"""),
            ("PATCH", $"{path}/{id}", """{"typecast":true,"fields":{"Tags":["never seen"]}}"""),
            ("PATCH", $"{path}/{id}", """{"fields":{"Links":[]}}"""),
            ("PATCH", $"{sheet.PathOf("Others")}/{far}", """{"fields":{"Things":[]}}"""),
            ("PATCH", $"{sheet.PathOf("Others")}/{far}", $$$"""{"fields":{"Name":"new name","Things":["{{{open}}}"]}}"""),
            ("POST", sheet.PathOf("Others"), $$$"""{"fields":{"Things":["{{{id}}}"]}}"""),
            ("DELETE", $"{path}/{id}", null),
            ("DELETE", $"{path}?records[]={open}&records[]={id}", null),
            ("DELETE", $"{sheet.PathOf("Others")}/{far}", null),
        ];
        foreach (var (method, place, body) in writes)
        {
            var answer = await sheet.SendAsync(method, place, body);
            Assert.True(answer.Error == "RECORD_RELEASED", $"{method} {place} {body}: {answer.Text}");
        }
        Assert.Equal(before, (await sheet.FieldsAsync("Things", id)).ToJsonString());
        Assert.Equal("open", (string)(await sheet.FieldsAsync("Things", open))["Name"]!);
        Assert.Equal("far", (string)(await sheet.FieldsAsync("Others", far))["Name"]!);
        Assert.DoesNotContain("never seen", (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables")).ToJsonString(), StringComparison.Ordinal);
        // Nor does its own author undo what he did before he released it.
        var undone = await sheet.OkAsync("POST", $"/api/bases/{sheet.BaseId}/undo");
        Assert.Equal("released", (string)undone["left"]![0]!["reason"]!);
        Assert.Equal(before, (await sheet.FieldsAsync("Things", id)).ToJsonString());
        // An admin withdraws the release, by the state alone.
        Assert.Equal("RECORD_RELEASED", (await sheet.SendAsync("PATCH", $"{path}/{id}", """{"fields":{"State":"Open","Name":"x"}}""")).Error);
        await sheet.OkAsync("PATCH", $"{path}/{id}", """{"fields":{"State":"Open"}}""");
        await sheet.OkAsync("PATCH", $"{path}/{id}", """{"fields":{"Name":"x"}}""");
    }

    [Fact]
    public async Task Who_may_release_is_the_tables_rule()
    {
        var (sheet, id) = await SetAsync(role: "admin");
        var editor = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(editor, "editor");
        foreach (var (method, path, body) in new[] { ("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"State":"Closed"}}"""), ("POST", sheet.PathOf("Things"), """{"fields":{"State":"Closed"}}""") })
            Assert.Equal("MAY_NOT_RELEASE", (await Sheet.SendAsync(editor.Client, method, path, body)).Error);
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(editor.Client, "PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Name":"edited"}}""")).Status);
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"State":"Closed"}}""");
        Assert.Equal("RECORD_RELEASED", (await Sheet.SendAsync(editor.Client, "PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"State":"Open"}}""")).Error);
    }

    [Fact]
    public async Task The_next_revision_is_a_copy_that_names_the_one_before()
    {
        var (sheet, id) = await SetAsync();
        var revise = $"/api/bases/{sheet.BaseId}/tables/Things/records/{id}/revise";
        Assert.Equal("record-not-released", (string?)(await sheet.SendAsync("POST", revise)).Json["code"]);
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"State":"Closed","Notes":"B","Tags":["red"],"Count":7}}""");
        var made = await sheet.SendAsync("POST", revise);
        Assert.Equal((HttpStatusCode.Created, "C"), (made.Status, (string?)made.Json["revision"]));
        var fields = await sheet.FieldsAsync("Things", (string)made.Json["id"]!);
        Sheet.Same($$"""{"Name":"part","State":"Open","Notes":"C","Tags":["red"],"Count":7,"Before":["{{id}}"]}""", fields);
        Assert.Equal((HttpStatusCode.Conflict, "already-revised"), (await sheet.SendAsync("POST", revise) is var twice ? (twice.Status, (string?)twice.Json["code"]) : default));
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{(string)made.Json["id"]!}", """{"fields":{"Name":"part, better","State":"Closed","Notes":"final"}}""");
        Assert.Equal("no-next-revision", (string?)(await sheet.SendAsync("POST", revise.Replace(id, (string)made.Json["id"]!, StringComparison.Ordinal))).Json["code"]);
    }

    [Fact]
    public async Task A_revision_field_counts_by_its_own_scheme()
    {
        var (sheet, id) = await SetAsync();
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields", """{"name":"Rev","type":"revision","options":{"scheme":"versions"}}""");
        await sheet.OkAsync("PUT", $"/api/bases/{sheet.BaseId}/tables/Things/release", """{"stateField":"State","released":["Closed"],"revisionField":"Rev"}""");
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Rev":"1.9","State":"Closed"}}""");
        var made = await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/tables/Things/records/{id}/revise");
        Assert.Equal((HttpStatusCode.Created, "1.10"), (made.Status, (string?)made.Json["revision"]));
        Assert.Contains("1.10", (await sheet.FieldsAsync("Things", (string)made.Json["id"]!))["Rev"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"stateField":"Name","released":["Closed"]}""")]
    [InlineData("""{"stateField":"State","released":[]}""")]
    [InlineData("""{"stateField":"State","released":["Unknown"]}""")]
    [InlineData("""{"stateField":"State","released":["Open","Closed"]}""")]
    [InlineData("""{"stateField":"State","released":["Closed"],"role":"viewer"}""")]
    [InlineData("""{"stateField":"State","released":["Closed"],"revisionField":"Count"}""")]
    [InlineData("""{"stateField":"State","released":["Closed"],"predecessorField":"Links"}""")]
    [InlineData("{}")]
    public async Task A_rule_that_makes_no_sense_is_refused(string rule)
    {
        // One of its own: in the shared one others make choices.
        var sheet = await Sheet.CreateAsync(installation);
        var answer = await sheet.SendAsync("PUT", $"/api/bases/{sheet.BaseId}/tables/Things/release", rule);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-release-rule"), (answer.Status, (string?)answer.Json["code"]));
        Assert.Null((await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/tables/Things/release"))["release"]);
    }

    async Task<(Sheet Sheet, string Record)> SetAsync(string role = "editor")
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields", $$$"""{"name":"Before","type":"multipleRecordLinks","options":{"linkedTableId":"{{{sheet.Things}}}"}}""");
        await sheet.OkAsync("PUT", $"/api/bases/{sheet.BaseId}/tables/Things/release", $$"""{"stateField":"State","released":["Closed"],"role":"{{role}}","revisionField":"Notes","predecessorField":"Before"}""");
        return (sheet, await sheet.AddAsync("Things", """{"Name":"part"}"""));
    }
}
