using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Views;

/// <summary>Forms, charts of time, trees and colours: what their settings take, and what they refuse.</summary>
[Collection(OnStandalone.Name)]
public sealed class ViewKindTests(StandaloneInstallation installation)
{
    [Theory]
    [InlineData("gantt", """{"startField":"Day","endField":"When","progressField":"Share","timeScale":"week"}""")]
    [InlineData("timeline", """{"startField":"Day","endField":"Moment","groupField":"State","timeScale":"month"}""")]
    [InlineData("form", """{"title":"Report","description":"What is wrong?","closed":false,"closedText":"Too late","openUntil":"2026-12-01T10:00:00+01:00","successMessage":"Thanks","redirectUrl":"https://example.org/","fields":[{"field":"Name","label":"Your part","help":"As on the drawing","required":true},{"field":"State"},{"field":"Notes","when":[{"field":"State","operator":"is","value":"Closed"}]}]}""")]
    public async Task Settings_of_a_kind_are_kept_by_id(string type, string options)
    {
        var sheet = await Sheet.CreateAsync(installation);
        var made = await sheet.SendAsync("POST", Views(sheet), $$$"""{"name":"V","type":"{{{type}}}","settings":{"options":{{{options}}}}}""");
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        Assert.Contains("\"fld", made.Json["settings"]!.ToJsonString(), StringComparison.Ordinal);
        var again = await sheet.OkAsync("PATCH", $"{Views(sheet)}/V", $$"""{"settings":{{made.Json["settings"]!.ToJsonString()}}}""");
        Sheet.Same(made.Json["settings"]!.ToJsonString(), again["settings"]);
    }

    [Fact]
    public async Task A_tree_goes_by_one_link_of_the_table_to_itself_or_by_the_two_of_its_lines()
    {
        var sheet = await Sheet.CreateAsync(installation);
        async Task<string> link(string name, string to) => (string)(await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Things}/fields", $$$"""{"name":"{{{name}}}","type":"multipleRecordLinks","options":{"linkedTableId":"{{{to}}}"}}"""))["id"]!;
        var own = await link("Children", sheet.Things);
        await link("Parent", sheet.Others);
        async Task<(HttpStatusCode, string?)> tree(string options)
        {
            var answer = await sheet.SendAsync("POST", Views(sheet), $$$"""{"name":"{{{Guid.NewGuid()}}}","type":"bomTree","settings":{"options":{{{options}}}}}""");
            return (answer.Status, (string?)answer.Json["code"]);
        }
        Assert.Equal((HttpStatusCode.Created, null), await tree($$"""{"linkField":"{{own}}","quantityField":"Count","rollUps":[{"field":"Price","function":"sum","byQuantity":true}]}"""));
        Assert.Equal((HttpStatusCode.Created, null), await tree("""{"parentField":"Parent","partField":"Links","quantityField":"Count"}"""));
        foreach (var wrong in new[] { "{}", """{"linkField":"Links"}""", """{"parentField":"Parent"}""", """{"parentField":"Links","partField":"Links"}""", """{"parentField":"Children","partField":"Links"}""",
            """{"linkField":"Children","partField":"Links"}""", """{"linkField":"Children","quantityField":"Name"}""", """{"linkField":"Children","rollUps":[{"field":"Price","function":"guess"}]}""" })
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-view-settings"), await tree(wrong));
    }

    [Theory]
    [InlineData("gantt", """{"startField":"Name"}""")]
    [InlineData("gantt", """{"dependencyField":"Links"}""")]
    [InlineData("gantt", """{"progressField":"Day"}""")]
    [InlineData("timeline", """{"endField":"Count"}""")]
    [InlineData("form", """{"redirectUrl":"javascript:alert(1)"}""")]
    [InlineData("form", """{"openUntil":"tomorrow"}""")]
    [InlineData("form", """{"fields":[{"field":"Name"},{"field":"Name"}]}""")]
    [InlineData("form", """{"fields":[{"field":"Notes","when":[{"field":"State","operator":"is","value":"Open"}]},{"field":"State"}]}""")]
    [InlineData("form", """{"fields":[{"field":"State"},{"field":"Notes","when":[{"field":"State","operator":"resembles","value":"Open"}]}]}""")]
    public async Task Settings_that_mean_nothing_are_refused(string type, string options)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync("POST", Views(sheet), $$$"""{"name":"V","type":"{{{type}}}","settings":{"options":{{{options}}}}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-view-settings"), (answer.Status, (string)answer.Json["code"]!));
    }

    [Fact]
    public async Task Colours_go_by_conditions()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var view = await sheet.OkAsync("PATCH", $"{Views(sheet)}/Grid%20view", """{"settings":{"frozenFields":2,"colors":[{"color":"redBright","filter":{"field":"State","operator":"is","value":"Open"}}]}}""");
        Assert.StartsWith("sel", (string)view["settings"]!["colors"]![0]!["filter"]!["value"]!, StringComparison.Ordinal);
        foreach (var wrong in new[] { """[{"color":"sky","filter":{"field":"State","operator":"isEmpty"}}]""", """[{"color":"redBright","filter":{"field":"Nothing","operator":"isEmpty"}}]""" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sheet.SendAsync("PATCH", $"{Views(sheet)}/Grid%20view", $$$"""{"settings":{"colors":{{{wrong}}}}}""")).Status);
    }

    [Fact]
    public async Task A_personal_view_is_there_for_its_owner_alone()
    {
        var sheet = await Sheet.CreateAsync(installation);
        using var editor = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(editor, "editor");
        await sheet.AddAsync("Things", """{"Name":"a","Count":1}""");
        await sheet.AddAsync("Things", """{"Name":"b","Count":2}""");
        var since = long.Parse((await sheet.SendAsync("GET", sheet.PathOf("Things"))).Header("PyBase-Version")!.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        var made = await Sheet.SendAsync(editor.Client, "POST", Views(sheet), """{"name":"Mine","personal":true,"settings":{"filter":{"field":"Count","operator":">","value":1}}}""");
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        var id = (string)made.Json["id"]!;
        Assert.Single((await editor.GetAsync($"{sheet.PathOf("Things")}?view=Mine"))["records"]!.AsArray());
        Assert.Contains(id, (await editor.GetAsync(Views(sheet))).ToJsonString(), StringComparison.Ordinal);
        Assert.Contains(id, (await editor.GetAsync($"/v0/meta/bases/{sheet.BaseId}/tables")).ToJsonString(), StringComparison.Ordinal);

        // Not for the base's owner, by whatever door.
        foreach (var path in new[] { Views(sheet), $"/v0/meta/bases/{sheet.BaseId}/tables", $"/v0/meta/bases/{sheet.BaseId}/views" })
            Assert.DoesNotContain(id, (await sheet.OkAsync("GET", path)).ToJsonString(), StringComparison.Ordinal);
        foreach (var name in new[] { id, "Mine" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await sheet.SendAsync("GET", $"{Views(sheet)}/{name}")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await sheet.SendAsync("PATCH", $"{Views(sheet)}/{name}", """{"name":"Yours"}""")).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await sheet.SendAsync("DELETE", $"{Views(sheet)}/{name}")).Status);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?view={name}")).Status);
            Assert.NotEqual(HttpStatusCode.OK, (await sheet.SendAsync("POST", Views(sheet).Replace("views", "aggregate", StringComparison.Ordinal), $$"""{"view":"{{name}}"}""")).Status);
        }
        await using var hub = await sheet.Person.ConnectAsync(installation.Hubs[0]);
        var told = await Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.InvokeAsync<JsonNode>(hub, "Subscribe", sheet.Things, since, TestContext.Current.CancellationToken);
        Sheet.Same($$"""[{"kind":"viewAdded","id":"{{id}}"}]""", told["changes"]);

        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(editor.Client, "PATCH", $"{Views(sheet)}/{id}", """{"name":"Still mine"}""")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(editor.Client, "PATCH", $"{Views(sheet)}/{id}", """{"personal":false}""")).Status);
        Assert.Equal("last-view", (string)(await sheet.SendAsync("PATCH", $"{Views(sheet)}/Grid%20view", """{"personal":true}""")).Json["code"]!);
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(editor.Client, "DELETE", $"{Views(sheet)}/{id}")).Status);
    }

    [Fact]
    public async Task A_locked_view_is_changed_by_nobody_before_it_is_unlocked()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.SendAsync("POST", Views(sheet), """{"name":"Agreed"}""");
        Assert.True((bool)(await sheet.OkAsync("PATCH", $"{Views(sheet)}/Agreed", """{"locked":true}"""))["locked"]!);
        foreach (var (method, body) in new[] { ("PATCH", """{"name":"Other"}"""), ("PATCH", """{"settings":{"rowHeight":"tall"}}"""), ("PATCH", """{"locked":true}"""), ("DELETE", null) })
        {
            var refused = await sheet.SendAsync(method, $"{Views(sheet)}/Agreed", body);
            Assert.Equal((HttpStatusCode.Conflict, "view-locked"), (refused.Status, (string)refused.Json["code"]!));
        }
        var copy = await sheet.SendAsync("POST", $"{Views(sheet)}/Agreed/duplicate");
        Assert.False((bool)copy.Json["locked"]!);
        await sheet.OkAsync("POST", $"/api/bases/{sheet.BaseId}/undo");
        await sheet.OkAsync("POST", $"/api/bases/{sheet.BaseId}/undo");
        Assert.False((bool)(await sheet.OkAsync("GET", $"{Views(sheet)}/Agreed"))["locked"]!);
        await sheet.OkAsync("PATCH", $"{Views(sheet)}/Agreed", """{"locked":true}""");
        Assert.Equal("Free", (string)(await sheet.OkAsync("PATCH", $"{Views(sheet)}/Agreed", """{"locked":false,"name":"Free"}"""))["name"]!);
        await sheet.OkAsync("DELETE", $"{Views(sheet)}/Free");
    }

    static string Views(Sheet sheet) => $"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/views";
}
