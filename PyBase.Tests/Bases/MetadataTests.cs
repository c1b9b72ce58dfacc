using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Bases;

/// <summary>Bases, tables, views and workspaces as a whole, in Airtable's metadata form.</summary>
[Collection(OnStandalone.Name)]
public sealed class MetadataOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_base_tells_who_is_in_it()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var owner = (await sheet.Person.GetAsync("/api/auth/me"))["user"]!;
        using var viewer = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(viewer, "viewer");
        await sheet.Person.PostAsync($"/api/workspaces/{sheet.Person.WorkspaceId}/members", new { email = "later@example.org", role = "editor" }, HttpStatusCode.Created);
        var path = $"/v0/meta/bases/{sheet.BaseId}";
        var plain = await sheet.OkAsync("GET", path);
        Assert.Equal(["createdTime", "id", "name", "permissionLevel", "workspaceId"], plain.AsObject().Select(p => p.Key).Order());
        Assert.Equal((sheet.BaseId, "Test base", "create", sheet.Person.WorkspaceId), ((string)plain["id"]!, (string)plain["name"]!, (string)plain["permissionLevel"]!, (string)plain["workspaceId"]!));

        var whole = await sheet.OkAsync("GET", $"{path}?include=collaborators&include=inviteLinks&include=interfaces");
        var people = whole["individualCollaborators"]!["workspaceCollaborators"]!.AsArray();
        Assert.Equal([((string)owner["id"]!, "owner"), ((string)(await viewer.GetAsync("/api/auth/me"))["user"]!["id"]!, "read")], people.Select(p => ((string)p!["userId"]!, (string)p["permissionLevel"]!)));
        Assert.Equal("later@example.org", (string)Assert.Single(whole["inviteLinks"]!["workspaceInviteLinks"]!.AsArray())!["invitedEmail"]!);
        Assert.Empty(whole["interfaces"]!.AsObject());
        // Who does not manage members sees nobody's address that is not here yet.
        Assert.Empty((await viewer.GetAsync($"{path}?include=inviteLinks"))["inviteLinks"]!["workspaceInviteLinks"]!.AsArray());
        Assert.Equal("read", (string)(await viewer.GetAsync(path))["permissionLevel"]!);

        var workspace = await sheet.OkAsync("GET", $"/v0/meta/workspaces/{sheet.Person.WorkspaceId}");
        Assert.Equal(sheet.BaseId, (string)Assert.Single(workspace["baseIds"]!.AsArray())!);
        Sheet.Same("""{"shares":[]}""", await sheet.OkAsync("GET", $"{path}/shares"));
    }

    [Fact]
    public async Task A_base_gets_another_name()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("PATCH", $"/v0/meta/bases/{sheet.BaseId}", """{"name":" Valves "}""");
        Assert.Equal("Valves", (string)(await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}"))["name"]!);
        foreach (var body in (string[])["{}", """{"name":""}""", """{"name":5}"""])
            Assert.Equal("INVALID_REQUEST_MISSING_FIELDS", (await sheet.SendAsync("PATCH", $"/v0/meta/bases/{sheet.BaseId}", body)).Error);
    }

    [Fact]
    public async Task A_deleted_base_is_gone_for_readers_writers_and_listeners()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.AddAsync("Things", """{"Name":"x"}""");
        await using var connection = await sheet.Person.ConnectAsync(installation.Hubs[0]);
        var log = new HubLog(connection);
        await connection.InvokeAsync<JsonNode>("Subscribe", sheet.Things, (long?)null, TestContext.Current.CancellationToken);
        using var editor = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(editor, "editor");
        Assert.Equal((HttpStatusCode.Forbidden, "INVALID_PERMISSIONS"), Said(await Sheet.SendAsync(editor.Client, "DELETE", $"/v0/meta/bases/{sheet.BaseId}")));

        // Writers are at work meanwhile: each write is answered or refused, none breaks.
        var writers = Enumerable.Range(0, 4).Select(async _ =>
        {
            for (var n = 0; n < 200; n++)
            {
                var answer = await sheet.SendAsync("POST", sheet.PathOf(sheet.Things), """{"fields":{"Name":"y"}}""");
                if (answer.Status is not HttpStatusCode.OK)
                    return answer;
            }
            throw new InvalidOperationException("The base goes on.");
        }).ToArray();
        Sheet.Same($$"""{"id":"{{sheet.BaseId}}","deleted":true}""", await sheet.OkAsync("DELETE", $"/v0/meta/bases/{sheet.BaseId}"));
        foreach (var refused in await Task.WhenAll(writers))
            Assert.Equal((HttpStatusCode.Forbidden, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"), Said(refused));
        foreach (var (method, path) in new[] { ("GET", sheet.PathOf("Things")), ("GET", $"/v0/meta/bases/{sheet.BaseId}"), ("DELETE", $"/v0/meta/bases/{sheet.BaseId}"), ("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"), ("GET", $"/v0/bases/{sheet.BaseId}/webhooks") })
            Assert.Equal((HttpStatusCode.Forbidden, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"), Said(await sheet.SendAsync(method, path)));
        Assert.Empty((await sheet.OkAsync("GET", "/v0/meta/bases"))["bases"]!.AsArray());
        await log.WaitAsync("Ended", ended => (string)ended["id"]! == sheet.Things, TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_deleted_table_takes_the_far_ends_of_its_links_along()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var path = $"/v0/meta/bases/{sheet.BaseId}/tables";
        Sheet.Same($$"""{"id":"{{sheet.Things}}","deleted":true}""", await sheet.OkAsync("DELETE", $"{path}/Things"));
        var rest = Assert.Single((await sheet.OkAsync("GET", path))["tables"]!.AsArray())!;
        Assert.Equal(["Name"], rest["fields"]!.AsArray().Select(f => (string)f!["name"]!));
        Assert.Equal("INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND", (await sheet.SendAsync("DELETE", $"{path}/Things")).Error);
        Assert.Equal("INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND", (await sheet.SendAsync("GET", sheet.PathOf(sheet.Things))).Error);
    }

    [Fact]
    public async Task Views_are_listed_with_what_they_show_and_the_last_one_stays()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var table = (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables?include=visibleFieldIds"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == sheet.Others)!;
        var view = Assert.Single(table["views"]!.AsArray())!;
        Assert.Equal(table["fields"]!.AsArray().Select(f => (string)f!["id"]!), view["visibleFieldIds"]!.AsArray().Select(f => (string)f!));
        Assert.Null((await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]![0]!["views"]![0]!["visibleFieldIds"]);
        var views = $"/v0/meta/bases/{sheet.BaseId}/views";
        Assert.Equal(2, (await sheet.OkAsync("GET", views))["views"]!.AsArray().Count);
        Sheet.Same(view.ToJsonString(), await sheet.OkAsync("GET", $"{views}/{(string)view["id"]!}"));
        Assert.Equal("LAST_VIEW", (await sheet.SendAsync("DELETE", $"{views}/{(string)view["id"]!}")).Error);
        Assert.Equal("NOT_FOUND", (await sheet.SendAsync("DELETE", $"{views}/viwAAAAAAAAAAAAAA")).Error);
        Assert.Equal("NOT_FOUND", (await sheet.SendAsync("GET", $"{views}/viwAAAAAAAAAAAAAA")).Error);
    }

    [Fact]
    public async Task A_list_of_bases_goes_on_where_it_ended()
    {
        var sheet = await Sheet.CreateAsync(installation);
        Assert.Equal("INVALID_OFFSET_VALUE", (await sheet.SendAsync("GET", "/v0/meta/bases?offset=nonsense")).Error);
        var first = (await sheet.OkAsync("GET", "/v0/meta/bases?offset="))["bases"]!.AsArray();
        Assert.Equal(sheet.BaseId, (string)Assert.Single(first)!["id"]!);
    }

    static (HttpStatusCode, string?) Said(Answer answer) => (answer.Status, answer.Error);
}
