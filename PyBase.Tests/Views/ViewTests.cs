using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Views;

/// <summary>Views over their real routes: made, changed, moved, copied, deleted; and what a list that names one shows.</summary>
[Collection(OnStandalone.Name)]
public sealed class ViewTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_list_takes_filter_and_order_of_the_view_it_names()
    {
        var sheet = await FilledAsync();
        var view = await MakeAsync(sheet, """{"name":"Open","type":"grid","settings":{"filter":{"field":"State","operator":"is","value":"Open"},"sorts":[{"field":"Count","direction":"desc"}]}}""");
        foreach (var name in new[] { (string)view["id"]!, "Open" })
            Assert.Equal([4, 2, 0], await CountsAsync(sheet, $"view={name}"));
        Assert.Equal([0, 2, 4], await CountsAsync(sheet, "view=Open&sort[0][field]=Count"));
        // What the request asks holds as well.
        Assert.Equal([4, 2], await CountsAsync(sheet, $"view=Open&filter={Uri.EscapeDataString("""{"fieldId":"Count","operator":">","value":0}""")}"));
        // Fields and choices are kept by id, so that another name breaks nothing.
        Assert.StartsWith("sel", (string)view["settings"]!["filter"]!["value"]!, StringComparison.Ordinal);
        await sheet.Person.PatchAsync($"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields/State", new { name = "Status" });
        Assert.Equal([4, 2, 0], await CountsAsync(sheet, "view=Open"));
    }

    [Fact]
    public async Task Groups_come_before_sorts_in_the_order_of_a_view()
    {
        var sheet = await FilledAsync();
        await MakeAsync(sheet, """{"name":"Grouped","settings":{"groups":[{"field":"State","direction":"desc"}],"sorts":[{"field":"Count","direction":"desc"}]}}""");
        Assert.Equal([5, 3, 1, 4, 2, 0], await CountsAsync(sheet, "view=Grouped"));
        var groups = await sheet.OkAsync("POST", $"{Path(sheet, "aggregate")}", """{"view":"Grouped"}""");
        Assert.Equal(["Closed", "Open"], groups["groups"]!.AsArray().Select(g => (string)g!["value"]!));
    }

    [Fact]
    public async Task Settings_change_one_by_one()
    {
        var sheet = await FilledAsync();
        var id = (string)(await MakeAsync(sheet, """{"name":"Board","type":"kanban","settings":{"options":{"stackField":"State","cardSize":"large"},"rowHeight":"tall"}}"""))["id"]!;
        var changed = await sheet.OkAsync("PATCH", $"{Views(sheet)}/{id}", """{"name":"Wall","settings":{"rowHeight":null,"sorts":[{"field":"Name"}]}}""");
        Assert.Equal("Wall", (string)changed["name"]!);
        Assert.Equal(["options", "sorts"], changed["settings"]!.AsObject().Select(p => p.Key));
        Assert.Equal("large", (string)changed["settings"]!["options"]!["cardSize"]!);
        Sheet.Same(changed.ToJsonString(), await sheet.OkAsync("GET", $"{Views(sheet)}/Wall"));
    }

    [Fact]
    public async Task Hidden_fields_are_named_where_they_are_asked_for_and_still_listed()
    {
        var sheet = await FilledAsync();
        await sheet.OkAsync("PATCH", $"{Views(sheet)}/Grid%20view", """{"settings":{"fields":[{"field":"Count","width":200},{"field":"Name"},{"field":"Notes","hidden":true}]}}""");
        var table = (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables?include=visibleFieldIds"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == sheet.Things)!;
        var names = table["fields"]!.AsArray().ToDictionary(f => (string)f!["id"]!, f => (string)f!["name"]!);
        var visible = table["views"]![0]!["visibleFieldIds"]!.AsArray().Select(id => names[(string)id!]).ToArray();
        Assert.Equal(["Count", "Name", "Done"], visible.Take(3));
        Assert.DoesNotContain("Notes", visible);
        Assert.Equal(names.Count - 1, visible.Length);
        Assert.Equal("note", (string)(await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}?view=Grid+view"))["records"]![0]!["fields"]!["Notes"]!);
        Assert.Null((await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]![0]!["views"]![0]!["visibleFieldIds"]);
    }

    [Fact]
    public async Task Views_are_copied_moved_and_deleted_but_never_the_last()
    {
        var sheet = await FilledAsync();
        await MakeAsync(sheet, """{"name":"Second","settings":{"rowHeight":"tall"}}""");
        async Task<string[]> names() => [.. (await sheet.OkAsync("GET", Views(sheet)))["views"]!.AsArray().Select(v => (string)v!["name"]!)];
        var copy = await sheet.SendAsync("POST", $"{Views(sheet)}/Second/duplicate");
        Assert.Equal((HttpStatusCode.Created, "Second copy", "tall"), (copy.Status, (string)copy.Json["name"]!, (string)copy.Json["settings"]!["rowHeight"]!));
        Assert.Equal("Second copy 2", (string)(await sheet.SendAsync("POST", $"{Views(sheet)}/Second/duplicate", "{}")).Json["name"]!);
        await sheet.OkAsync("POST", $"{Views(sheet)}/Second%20copy%202/move", """{"before":"Grid view"}""");
        await sheet.OkAsync("POST", $"{Views(sheet)}/Grid%20view/move", "{}");
        Assert.Equal(["Second copy 2", "Second", "Second copy", "Grid view"], await names());
        foreach (var name in new[] { "Second", "Second%20copy", "Second%20copy%202" })
            await sheet.OkAsync("DELETE", $"{Views(sheet)}/{name}");
        var last = await sheet.SendAsync("DELETE", $"{Views(sheet)}/Grid%20view");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "last-view"), (last.Status, (string)last.Json["code"]!));
        Assert.Equal(["Grid view"], await names());
    }

    [Theory]
    [InlineData("""{"name":""}""", "duplicate-or-empty-view-name")]
    [InlineData("""{"name":"Grid view"}""", "duplicate-or-empty-view-name")]
    [InlineData("""{"name":"x","type":"hologram"}""", "invalid-view-type")]
    [InlineData("""{"name":"x","settings":[]}""", "invalid-view-settings")]
    [InlineData("""{"name":"x","settings":{"colour":"red"}}""", "invalid-view-settings")]
    [InlineData("""{"name":"x","settings":{"rowHeight":"huge"}}""", "invalid-view-settings")]
    [InlineData("""{"name":"x","settings":{"fields":[{"field":"Nothing"}]}}""", "invalid-view-settings")]
    [InlineData("""{"name":"x","settings":{"fields":[{"field":"Name","width":1}]}}""", "invalid-view-settings")]
    [InlineData("""{"name":"x","settings":{"fields":[{"field":"Name","aggregate":"sum"}]}}""", "invalid-aggregate")]
    [InlineData("""{"name":"x","settings":{"groups":[{"field":"Name"},{"field":"Count"},{"field":"Day"},{"field":"Done"}]}}""", "invalid-view-settings")]
    [InlineData("""{"name":"x","settings":{"sorts":[{"field":"Nothing"}]}}""", "unknown-field-name")]
    [InlineData("""{"name":"x","settings":{"filter":{"fieldId":"Nothing","operator":"isEmpty"}}}""", "invalid-filter")]
    [InlineData("""{"name":"x","type":"kanban","settings":{"options":{"stackField":"Nothing"}}}""", "invalid-view-settings")]
    [InlineData("""{"name":"x","type":"grid","settings":{"options":{"stackField":"State"}}}""", "invalid-view-settings")]
    [InlineData("""{"name":"x","type":"gantt","settings":{"options":{"timeScale":"second"}}}""", "invalid-view-settings")]
    public async Task What_is_no_view_is_refused_and_leaves_nothing(string body, string code)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync("POST", Views(sheet), body);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (answer.Status, (string)answer.Json["code"]!));
        Assert.Single((await sheet.OkAsync("GET", Views(sheet)))["views"]!.AsArray());
    }

    [Fact]
    public async Task Who_may_not_shape_the_base_reads_views_only()
    {
        var sheet = await FilledAsync();
        using var editor = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(editor, "editor");
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(editor.Client, "GET", Views(sheet))).Status);
        foreach (var (method, path) in new[] { ("POST", Views(sheet)), ("PATCH", $"{Views(sheet)}/Grid%20view"), ("DELETE", $"{Views(sheet)}/Grid%20view"), ("POST", $"{Views(sheet)}/Grid%20view/duplicate"), ("POST", $"{Views(sheet)}/Grid%20view/move") })
            Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(editor.Client, method, path, """{"name":"Mine"}""")).Status);
        using var stranger = await installation.SignUpAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(stranger.Client, "GET", Views(sheet))).Status);
    }

    [Fact]
    public async Task Listeners_of_the_table_hear_of_its_views()
    {
        var sheet = await FilledAsync();
        var since = long.Parse((await sheet.SendAsync("GET", sheet.PathOf("Things"))).Header("PyBase-Version")!.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        var id = (string)(await MakeAsync(sheet, """{"name":"New"}"""))["id"]!;
        await sheet.OkAsync("DELETE", $"{Views(sheet)}/{id}");
        await using var hub = await sheet.Person.ConnectAsync(installation.Hubs[0]);
        var told = await Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.InvokeAsync<JsonNode>(hub, "Subscribe", sheet.Things, since, TestContext.Current.CancellationToken);
        // The view is gone by now, so that it was there is all that can be said.
        Assert.Equal([("viewAdded", id), ("viewRemoved", id)], told["changes"]!.AsArray().Select(c => ((string)c!["kind"]!, (string?)c["id"] ?? (string)c["view"]!["id"]!)));
    }

    static string Path(Sheet sheet, string what) => $"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/{what}";

    static string Views(Sheet sheet) => Path(sheet, "views");

    static async Task<JsonNode> MakeAsync(Sheet sheet, string body)
    {
        var answer = await sheet.SendAsync("POST", Views(sheet), body);
        Assert.True(answer.Status == HttpStatusCode.Created, answer.Text);
        return answer.Json;
    }

    async Task<Sheet> FilledAsync()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', Enumerable.Range(0, 6).Select(n => $$$"""{"fields":{"Name":"{{{n}}}","Notes":"note","Count":{{{n}}},"State":"{{{(n % 2 == 0 ? "Open" : "Closed")}}}"}}"""))}}]}""");
        return sheet;
    }

    static async Task<IEnumerable<int>> CountsAsync(Sheet sheet, string query) =>
        [.. (await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}?{query}"))["records"]!.AsArray().Select(r => (int)r!["fields"]!["Count"]!)];
}
