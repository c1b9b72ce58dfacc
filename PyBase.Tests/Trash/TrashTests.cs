using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Computing;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Trash;

/// <summary>What was deleted is listed with who and when, comes back as it was, and goes for good when somebody says so.</summary>
[Collection(OnStandalone.Name)]
public sealed class TrashOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Records_come_back_with_everything()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var far = await sheet.AddAsync("Others", """{"Name":"far"}""");
        var id = await sheet.AddAsync("Things", $$$"""{"Name":"one","Count":2,"Tags":["red"],"Links":["{{{far}}}"]}""");
        var other = await sheet.AddAsync("Things", $$$"""{"Name":"two","Links":["{{{far}}}"]}""");
        await sheet.OkAsync("POST", $"{sheet.PathOf("Things")}/{id}/comments", """{"text":"said"}""");
        var (all, there) = (await sheet.OkAsync("GET", sheet.PathOf("Things")), await sheet.OkAsync("GET", $"{sheet.PathOf("Others")}/{far}"));
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{id}");
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{other}");

        var items = (await sheet.OkAsync("GET", $"{Trash(sheet)}?table=Things"))["items"]!.AsArray();
        Assert.Equal([("record", other, "two"), ("record", id, "one")], items.Select(i => ((string)i!["kind"]!, (string)i["id"]!, (string)i["name"]!)));
        Assert.All(items, i => Assert.Equal("Test Person", (string)i!["deletedBy"]!["name"]!));
        var restored = await sheet.OkAsync("POST", $"{Trash(sheet)}/restore", $$"""{"table":"Things","records":["{{id}}","{{other}}"]}""");
        Assert.Equal((2, 0), ((int)restored["records"]!, (int)restored["leftCount"]!));
        Sheet.Same(all.ToJsonString(), await sheet.OkAsync("GET", sheet.PathOf("Things")));
        Sheet.Same(there.ToJsonString(), await sheet.OkAsync("GET", $"{sheet.PathOf("Others")}/{far}"));
        Assert.Single((await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}/{id}/comments"))["comments"]!.AsArray());
        Assert.Empty((await sheet.OkAsync("GET", $"{Trash(sheet)}?table=Things"))["items"]!.AsArray());
        Assert.Equal("not-in-trash", (string?)(await sheet.SendAsync("POST", $"{Trash(sheet)}/restore", $$"""{"table":"Things","records":["{{id}}"]}""")).Json["code"]);
        // A restore is an action as any other.
        await sheet.OkAsync("POST", $"/api/bases/{sheet.BaseId}/undo");
        Assert.Equal(2, (await sheet.OkAsync("GET", $"{Trash(sheet)}?table=Things"))["items"]!.AsArray().Count);
    }

    [Fact]
    public async Task Many_records_come_back_at_once()
    {
        var count = int.Parse(Environment.GetEnvironmentVariable("PYBASE_RESTORE_RECORDS") ?? "3000", System.Globalization.CultureInfo.InvariantCulture);
        var sheet = await Sheet.CreateAsync(installation);
        var ids = new List<string>();
        for (var n = 0; n < count; n += 1_000)
        {
            var records = string.Join(',', Enumerable.Range(n, 1_000).Select(i => $$$"""{"fields":{"Name":"n{{{i}}}","Notes":"some text {{{i}}}","Count":{{{i}}},"Done":true,"State":"Open","Tags":["red"],"Mail":"a@b.ch","Price":{{{i}}}.5}}"""));
            ids.AddRange((await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{records}}]}"""))["records"]!.AsArray().Select(r => (string)r!["id"]!));
        }
        foreach (var some in ids.Chunk(1_000))
            await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}?{string.Join('&', some.Select(id => $"records[]={id}"))}");
        var started = TimeProvider.System.GetTimestamp();
        var restored = await sheet.OkAsync("POST", $"{Trash(sheet)}/restore", $$"""{"table":"Things","records":[{{string.Join(',', ids.Select(id => $"\"{id}\""))}}]}""");
        TestContext.Current.TestOutputHelper?.WriteLine($"Restore of {count} records: {TimeProvider.System.GetElapsedTime(started).TotalMilliseconds:0} ms");
        Assert.Equal((count, 0), ((int)restored["records"]!, (int)restored["leftCount"]!));
    }

    [Fact]
    public async Task A_record_deleted_for_good_does_not_come_back()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (id, other) = (await sheet.AddAsync("Things", """{"Name":"secret"}"""), await sheet.AddAsync("Things", """{"Name":"kept"}"""));
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}?records[]={id}&records[]={other}");
        Assert.Equal(1, (int)(await sheet.OkAsync("POST", $"{Trash(sheet)}/purge", $$"""{"table":"Things","records":["{{id}}"]}"""))["deleted"]!);
        Assert.Equal("not-in-trash", (string?)(await sheet.SendAsync("POST", $"{Trash(sheet)}/restore", $$"""{"table":"Things","records":["{{id}}"]}""")).Json["code"]);
        Assert.Equal(other, (string)Assert.Single((await sheet.OkAsync("GET", $"{Trash(sheet)}?table=Things"))["items"]!.AsArray())!["id"]!);
        await sheet.OkAsync("POST", $"/api/bases/{sheet.BaseId}/undo");
        Assert.Equal(other, (string)Assert.Single((await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray())!["id"]!);
    }

    [Fact]
    public async Task A_value_that_must_be_unique_and_is_taken_refuses_the_restore()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var field = (await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields", """{"name":"No","type":"singleLineText","constraints":{"unique":true}}"""))["id"]!;
        var id = await sheet.AddAsync("Things", """{"No":"1"}""");
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{id}");
        await sheet.AddAsync("Things", """{"No":"1"}""");
        var answer = await sheet.SendAsync("POST", $"{Trash(sheet)}/restore", $$"""{"table":"Things","records":["{{id}}"]}""");
        Assert.True(answer.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict, answer.Text);
        Assert.Single((await sheet.OkAsync("GET", $"{Trash(sheet)}?table=Things"))["items"]!.AsArray());
        // So does a field whose cells broke its rule meanwhile, unless it is to come without it.
        await sheet.OkAsync("DELETE", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields/{field}");
        await sheet.OkAsync("POST", $"{Trash(sheet)}/restore", $$"""{"table":"Things","records":["{{id}}"]}""");
        Assert.Equal("No", (string)(await sheet.OkAsync("POST", $"{Trash(sheet)}/restore", $$"""{"field":"{{field}}"}"""))["name"]!);
    }

    [Fact]
    public async Task A_field_comes_back_with_its_cells_and_what_was_computed_from_it()
    {
        var board = await Board.CreateAsync(installation, "Parts", "Jobs");
        await board.AddAsync("Parts.Cost", "number", """{"precision":2}""");
        await board.AddAsync("Parts.Double", "formula", """{"formula":"{Cost} * 2"}""");
        await board.AddAsync("Jobs.Parts", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await board.AddAsync("Jobs.Sum", "rollup", """{"recordLinkFieldId":"Jobs.Parts","fieldIdInLinkedTable":"Parts.Cost","formula":"SUM(values)"}""");
        var parts = await board.RowsAsync("Parts", """{"Name":"a","Cost":1}""", """{"Name":"b","Cost":2}""");
        var job = (await board.RowsAsync("Jobs", $$"""{"Name":"j","Parts":["{{parts[1]}}","{{parts[0]}}"]}"""))[0];
        Assert.Equal(("3", "2"), (await board.TextAsync("Jobs", job, "Sum"), await board.TextAsync("Parts", parts[0], "Double")));

        await OkAsync(board, "DELETE", $"/v0/meta/bases/{board.BaseId}/tables/Parts/fields/{board["Parts.Cost"]}");
        await OkAsync(board, "DELETE", $"/v0/meta/bases/{board.BaseId}/tables/Jobs/fields/{board["Jobs.Parts"]}");
        await OkAsync(board, "DELETE", $"/v0/{board.BaseId}/Parts/{parts[1]}");
        var more = (await board.RowsAsync("Parts", """{"Name":"c"}"""))[0];
        var trash = (await OkAsync(board, "GET", $"/api/bases/{board.BaseId}/trash"))["items"]!.AsArray();
        Assert.Equal(["Cost", "Jobs", "Parts"], trash.Select(t => (string)t!["name"]!).Order(StringComparer.Ordinal));

        await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/trash/restore", $$"""{"field":"{{board["Parts.Cost"]}}"}""");
        await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/trash/restore", $$"""{"field":"{{board["Jobs.Parts"]}}"}""");
        Assert.Equal("1", await board.TextAsync("Parts", parts[0], "Cost"));
        Assert.Equal("2", await board.TextAsync("Parts", parts[0], "Double"));
        Assert.Equal("", await board.TextAsync("Parts", more, "Cost"));
        // The part that was deleted meanwhile is not linked any more; the other end is there again.
        Assert.Equal($"[\"{parts[0]}\"]", await board.TextAsync("Jobs", job, "Parts"));
        Assert.Equal($"[\"{job}\"]", await board.TextAsync("Parts", parts[0], "Jobs"));
        Assert.Equal("1", await board.TextAsync("Jobs", job, "Sum"));
        Assert.Empty((await OkAsync(board, "GET", $"/api/bases/{board.BaseId}/trash"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_table_comes_back_with_records_views_links_and_comments()
    {
        var board = await Board.CreateAsync(installation, "Parts", "Jobs");
        await board.AddAsync("Parts.Cost", "number", """{"precision":2}""");
        await board.AddAsync("Jobs.Parts", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await board.AddAsync("Jobs.Sum", "rollup", """{"recordLinkFieldId":"Jobs.Parts","fieldIdInLinkedTable":"Parts.Cost","formula":"SUM(values)"}""");
        var parts = await board.RowsAsync("Parts", """{"Name":"a","Cost":1}""", """{"Name":"b","Cost":2}""");
        var job = (await board.RowsAsync("Jobs", $$"""{"Name":"j","Parts":["{{parts[1]}}","{{parts[0]}}"]}"""))[0];
        await OkAsync(board, "POST", $"/v0/{board.BaseId}/Parts/{parts[0]}/comments", """{"text":"said"}""");
        var (tables, rows) = (await OkAsync(board, "GET", $"/v0/meta/bases/{board.BaseId}/tables"), await OkAsync(board, "GET", $"/v0/{board.BaseId}/Parts"));

        await OkAsync(board, "DELETE", $"/v0/meta/bases/{board.BaseId}/tables/Parts");
        Assert.Equal("", await board.TextAsync("Jobs", job, "Parts"));
        var item = Assert.Single((await OkAsync(board, "GET", $"/api/bases/{board.BaseId}/trash"))["items"]!.AsArray(), t => (string)t!["kind"]! == "table");
        Assert.Equal((board["Parts"], "Parts"), ((string)item!["id"]!, (string)item["name"]!));
        // Its name is free meanwhile.
        await OkAsync(board, "POST", $"/v0/meta/bases/{board.BaseId}/tables", """{"name":"Parts","fields":[{"name":"Name","type":"singleLineText"}]}""");
        var back = await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/trash/restore", $$"""{"table":"{{board["Parts"]}}"}""");
        Assert.Equal("Parts 2", (string)back["name"]!);
        Sheet.Same(rows.ToJsonString(), await OkAsync(board, "GET", $"/v0/{board.BaseId}/{board["Parts"]}"));
        Assert.Equal($"[\"{parts[1]}\",\"{parts[0]}\"]", await board.TextAsync("Jobs", job, "Parts"));
        Assert.Equal("3", await board.TextAsync("Jobs", job, "Sum"));
        Assert.Single((await OkAsync(board, "GET", $"/v0/{board.BaseId}/{board["Parts"]}/{parts[0]}/comments"))["comments"]!.AsArray());
        var now = (await OkAsync(board, "GET", $"/v0/meta/bases/{board.BaseId}/tables"))["tables"]!.AsArray();
        foreach (var table in tables["tables"]!.AsArray())
        {
            var same = now.Single(t => (string)t!["id"]! == (string)table!["id"]!)!;
            table!["name"] = (string)same["name"]!;
            Sheet.Same(table.ToJsonString(), same);
        }
    }

    [Fact]
    public async Task A_table_deleted_for_good_takes_its_remains_along()
    {
        var board = await Board.CreateAsync(installation, "Parts", "Jobs");
        await board.AddAsync("Jobs.Parts", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await OkAsync(board, "DELETE", $"/v0/meta/bases/{board.BaseId}/tables/Parts");
        await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/trash/purge", $$"""{"table":"{{board["Parts"]}}"}""");
        Assert.Empty((await OkAsync(board, "GET", $"/api/bases/{board.BaseId}/trash"))["items"]!.AsArray());
        Assert.Equal("not-in-trash", (string?)(await board.SendAsync("POST", $"/api/bases/{board.BaseId}/trash/restore", $$"""{"table":"{{board["Parts"]}}"}""")).Json["code"]);
        await board.RowsAsync("Jobs", """{"Name":"still here"}""");
    }

    [Fact]
    public async Task A_base_comes_back_whole()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var id = await sheet.AddAsync("Things", """{"Name":"x"}""");
        await sheet.OkAsync("DELETE", $"/v0/meta/bases/{sheet.BaseId}");
        Assert.Equal(HttpStatusCode.Forbidden, (await sheet.SendAsync("GET", sheet.PathOf("Things"))).Status);
        var trash = $"/api/workspaces/{sheet.Person.WorkspaceId}/trash";
        Assert.Contains((await sheet.OkAsync("GET", trash))["items"]!.AsArray(), i => (string)i!["id"]! == sheet.BaseId);
        await sheet.OkAsync("POST", $"{trash}/{sheet.BaseId}/restore");
        Assert.Equal("x", (string)(await sheet.FieldsAsync("Things", id))["Name"]!);
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Name":"y"}}""");
        Assert.DoesNotContain((await sheet.OkAsync("GET", trash))["items"]!.AsArray(), i => (string)i!["id"]! == sheet.BaseId);
        Assert.Equal("not-in-trash", (string?)(await sheet.SendAsync("POST", $"{trash}/{sheet.BaseId}/restore")).Json["code"]);
    }

    static async Task<JsonNode> OkAsync(Board board, string method, string path, string? json = null)
    {
        var answer = await board.SendAsync(method, path, json);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{method} {path}: {answer.Text}");
        return answer.Json;
    }

    static string Trash(Sheet sheet) => $"/api/bases/{sheet.BaseId}/trash";
}
