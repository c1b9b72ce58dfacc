using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.History;

/// <summary>Everybody's undo takes his own actions back, and nothing that somebody else has done since.</summary>
[Collection(OnStandalone.Name)]
public sealed class UndoOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Cells_go_back_and_forth()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var id = await sheet.AddAsync("Things", """{"Name":"a","Count":1,"Done":true,"Tags":["red"],"Day":"2026-01-01","When":"2026-01-01T10:00:00.000Z","Code":{"text":"1"}}""");
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Name":"b","Count":null,"Done":false,"Tags":[],"Day":"2026-02-02","When":null,"Code":null,"State":"Open"}}""");
        var (before, after) = ("""{"Name":"a","Count":1,"Done":true,"Tags":["red"],"Day":"2026-01-01","When":"2026-01-01T10:00:00.000Z","Code":{"text":"1"}}""", await sheet.FieldsAsync("Things", id));
        var undone = await sheet.OkAsync("POST", Undo(sheet));
        Assert.Equal((8, 0), ((int)undone["undone"]![0]!["cells"]!, (int)undone["leftCount"]!));
        Sheet.Same(before, await sheet.FieldsAsync("Things", id));
        await sheet.OkAsync("POST", Redo(sheet));
        Sheet.Same(after.ToJsonString(), await sheet.FieldsAsync("Things", id));
        await sheet.OkAsync("POST", Undo(sheet));
        Sheet.Same(before, await sheet.FieldsAsync("Things", id));
        // The creation is undone, and comes again as it was.
        Assert.Equal(1, (int)(await sheet.OkAsync("POST", Undo(sheet)))["undone"]![0]!["recordsDeleted"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}/{id}")).Status);
        await sheet.OkAsync("POST", Redo(sheet));
        Sheet.Same(before, await sheet.FieldsAsync("Things", id));
        await sheet.OkAsync("POST", Redo(sheet));
        Sheet.Same(after.ToJsonString(), await sheet.FieldsAsync("Things", id));
        Assert.Equal("nothing-to-redo", (string?)(await sheet.SendAsync("POST", Redo(sheet))).Json["code"]);
    }

    [Fact]
    public async Task What_others_have_changed_since_is_left_and_said_so()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var other = await OtherAsync(sheet);
        var id = await sheet.AddAsync("Things", """{"Name":"a","Count":1}""");
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Name":"b","Count":2}}""");
        await Sheet.SendAsync(other.Client, "PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Name":"theirs"}}""");
        var undone = await sheet.OkAsync("POST", Undo(sheet));
        Assert.Equal(("changed", id, 1), ((string)undone["left"]![0]!["reason"]!, (string)undone["left"]![0]!["recordId"]!, (int)undone["leftCount"]!));
        Assert.Equal((string)(await other.GetAsync("/api/auth/me"))["user"]!["id"]!, (string)undone["left"]![0]!["by"]!["id"]!);
        Sheet.Same("""{"Name":"theirs","Count":1}""", await sheet.FieldsAsync("Things", id));
        // The creation carries somebody else's work.
        Assert.Equal(("changed", 0), (await sheet.OkAsync("POST", Undo(sheet)) is var left ? ((string)left["left"]![0]!["reason"]!, (int)left["undone"]![0]!["recordsDeleted"]!) : default));
        // Once they undo it, what was left can be asked for again.
        await Sheet.SendAsync(other.Client, "POST", Undo(sheet));
        Assert.Equal("b", (string)(await sheet.FieldsAsync("Things", id))["Name"]!);
        await sheet.OkAsync("POST", Undo(sheet), $$"""{"transaction":{{undone["undone"]![0]!["transaction"]}}}""");
        Sheet.Same("""{"Name":"a","Count":1}""", await sheet.FieldsAsync("Things", id));
        Assert.Equal("nothing-to-undo", (string?)(await Sheet.SendAsync(other.Client, "POST", Undo(sheet))).Json["code"]);
    }

    [Fact]
    public async Task Rows_that_link_to_their_own_table_come_again_with_what_is_computed_in_them()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields", $$$"""{"name":"Next","type":"multipleRecordLinks","options":{"linkedTableId":"{{{sheet.Things}}}"}}""");
        foreach (var (name, formula) in ((string, string)[])[("Sum", "{Count} & ' ' & {Name}"), ("After", "{Next} & '.'"), ("Twice", "{Sum} & {After}")])
            await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields", $$$"""{"name":"{{{name}}}","type":"formula","options":{"formula":"{{{formula}}}"}}""");
        var first = await sheet.AddAsync("Things", """{"Name":"first"}""");
        var second = await sheet.AddAsync("Things", $$"""{"Name":"second","Next":["{{first}}"]}""");
        var alone = await sheet.AddAsync("Things", """{"Count":1}""");
        var all = (await sheet.OkAsync("GET", sheet.PathOf("Things"))).ToJsonString();
        Assert.Contains("\"Twice\":\" secondfirst.\"", all, StringComparison.Ordinal);
        foreach (var gone in (string[][])[[first], [second], [alone], [first, second], [second, alone], [first, second, alone]])
        {
            await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}?{string.Join('&', gone.Select(id => $"records[]={id}"))}");
            await sheet.OkAsync("POST", Undo(sheet));
            Sheet.Same(all, await sheet.OkAsync("GET", sheet.PathOf("Things")));
        }
        foreach (var links in (string[])["[]", $"[\"{second}\"]", $"[\"{first}\",\"{alone}\"]"])
        {
            await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{second}", $$$"""{"fields":{"Next":{{{links}}}}}""");
            await sheet.OkAsync("POST", Undo(sheet));
            Sheet.Same(all, await sheet.OkAsync("GET", sheet.PathOf("Things")));
        }
    }

    [Fact]
    public async Task Deleted_records_come_again_with_ids_cells_links_and_their_place_in_other_cells()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var far = await sheet.AddAsync("Others", """{"Name":"far"}""");
        string[] ids = [await ThingAsync(sheet, "one", far), await ThingAsync(sheet, "two", far), await ThingAsync(sheet, "three", far)];
        var (all, there) = (await sheet.OkAsync("GET", sheet.PathOf("Things")), await sheet.OkAsync("GET", $"{sheet.PathOf("Others")}/{far}"));
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}?records[]={ids[0]}&records[]={ids[1]}");
        Sheet.Same($"[\"{ids[2]}\"]", (await sheet.FieldsAsync("Others", far))["Things"]);
        var undone = await sheet.OkAsync("POST", Undo(sheet));
        Assert.Equal(2, (int)undone["undone"]![0]!["recordsRestored"]!);
        Sheet.Same(all.ToJsonString(), await sheet.OkAsync("GET", sheet.PathOf("Things")));
        Sheet.Same(there.ToJsonString(), await sheet.OkAsync("GET", $"{sheet.PathOf("Others")}/{far}"));
        Assert.Single((await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/search?q=two"))["tables"]?.AsArray() ?? [new JsonObject()]);
    }

    [Fact]
    public async Task A_group_of_requests_is_one_step()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var group = Guid.NewGuid().ToString();
        for (var n = 0; n < 3; n++)
            Assert.Equal(HttpStatusCode.OK, (await sheet.SendAsync("POST", sheet.PathOf("Things"), """{"records":[{"fields":{"Name":"x"}},{"fields":{"Name":"y"}}]}""", ("PyBase-Undo-Group", group))).Status);
        Assert.Equal(3, (await sheet.OkAsync("POST", Undo(sheet)))["undone"]!.AsArray().Count);
        Assert.Empty((await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray());
        Assert.Equal(3, (await sheet.OkAsync("POST", Redo(sheet)))["redone"]!.AsArray().Count);
        Assert.Equal(6, (await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray().Count);
        // A new action cuts what could be redone.
        await sheet.OkAsync("POST", Undo(sheet));
        await sheet.AddAsync("Things", "{}");
        Assert.Equal((HttpStatusCode.Conflict, "nothing-to-redo"), (await sheet.SendAsync("POST", Redo(sheet)) is var none ? (none.Status, (string?)none.Json["code"]) : default));
    }

    [Fact]
    public async Task Undo_shows_in_history_and_in_the_feed()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var id = await sheet.AddAsync("Things", """{"Name":"a"}""");
        await using var connection = await sheet.Person.ConnectAsync(installation.Hubs[0]);
        var log = new HubLog(connection);
        await Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.InvokeAsync<JsonNode>(connection, "Subscribe", sheet.Things, (long?)null, TestContext.Current.CancellationToken);
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{id}");
        await sheet.OkAsync("POST", Undo(sheet));
        await log.WaitAsync("Changes", _ => log.Changes(sheet.Things, "recordsCreated").Count > 0);
        Assert.Equal(id, (string)log.Changes(sheet.Things, "recordsCreated").Single()["records"]![0]!["id"]!);
        var entries = (await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/tables/Things/records/{id}/history"))["entries"]!.AsArray();
        Assert.Equal(["undo", "api", "api"], entries.Select(e => (string)e!["through"]!));
    }

    [Fact]
    public async Task A_thousand_deletions_are_undone_at_once()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var records = string.Join(',', Enumerable.Range(0, 1_000).Select(n => $$$"""{"fields":{"Name":"n{{{n}}}","Notes":"some text {{{n}}}","Count":{{{n}}},"Done":true,"State":"Open","Tags":["red"],"Mail":"a@b.ch","Price":{{{n}}}.5}}"""));
        var made = (await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{records}}]}"""))["records"]!.AsArray();
        var query = string.Join('&', made.Select(r => $"records[]={(string)r!["id"]!}"));
        var took = TimeSpan.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}?{query}");
            var started = Stopwatch.GetTimestamp();
            var undone = await sheet.OkAsync("POST", Undo(sheet));
            took = Stopwatch.GetElapsedTime(started) is var once && once < took ? once : took;
            Assert.Equal(1_000, (int)undone["undone"]![0]!["recordsRestored"]!);
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"Undo of 1,000 deletions: {took.TotalMilliseconds:0} ms");
        Assert.Equal(1_000, (await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}?pageSize=1000"))["records"]!.AsArray().Count);
        // The bar is 200 ms on a quiet machine; this only notices when it is row by row.
        Assert.True(took < TimeSpan.FromSeconds(2), $"{took}");
    }

    static async Task<string> ThingAsync(Sheet sheet, string name, string far) => await sheet.AddAsync("Things", $$"""{"Name":"{{name}}","Count":1,"Links":["{{far}}"]}""");

    async Task<Person> OtherAsync(Sheet sheet)
    {
        var other = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(other, "editor");
        return other;
    }

    static string Undo(Sheet sheet) => $"/api/bases/{sheet.BaseId}/undo";

    static string Redo(Sheet sheet) => $"/api/bases/{sheet.BaseId}/redo";
}
