using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Shares;
using PyBase.Tests.Support;

namespace PyBase.Tests.Dashboards;

/// <summary>A dashboard at the end of a link, and links whose terms change.</summary>
[Collection(OnStandalone.Name)]
public sealed class SharedDashboardTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_stranger_sees_what_the_widgets_show_and_not_what_they_go_by()
    {
        var (sheet, token, share, dashboard) = await SharedAsync();
        using var visitor = new Visitor(installation.Apis[0]);
        var opened = await visitor.AskAsync("GET", token);
        Assert.Equal((HttpStatusCode.OK, "dashboard", "Plant"), (opened.Status, (string)opened.Json["kind"]!, (string)opened.Json["name"]!));
        string[] widgets = [.. opened.Json["widgets"]!.AsArray().Select(w => (string)w!["id"]!)];
        var chart = await visitor.AskAsync("GET", token, $"/widgets/{widgets[0]}/data");
        Sheet.Same("""[{"key":"a","label":"a","isOther":false,"count":1,"values":[]}]""", chart.Json["groups"]);
        var list = await visitor.AskAsync("GET", token, $"/widgets/{widgets[1]}/data");
        Assert.Single(list.Json["records"]!.AsArray());
        var everything = opened.Text + chart.Text + list.Text;
        foreach (var hidden in (string[])["secret", "Notes", "filter", sheet.BaseId, sheet.Things, "createdTime"])
            Assert.DoesNotContain(hidden, everything, StringComparison.Ordinal);
        // The link of a dashboard opens nothing else.
        Assert.Equal((HttpStatusCode.NotFound, "share-not-found"), Code(await visitor.AskAsync("GET", token, "/records")));
        Assert.Equal((HttpStatusCode.NotFound, "widget-not-found"), Code(await visitor.AskAsync("GET", token, "/widgets/wdgAAAAAAAAAAAAAA/data")));
        var listed = (await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/shares"))["shares"]!.AsArray().Single()!;
        Assert.Equal((dashboard, null), ((string?)listed["dashboard"], (string?)listed["view"]));
        await sheet.OkAsync("DELETE", $"/api/bases/{sheet.BaseId}/shares/{share}");
        Assert.Equal((HttpStatusCode.NotFound, "share-not-found"), Code(await visitor.AskAsync("GET", token, $"/widgets/{widgets[0]}/data")));
    }

    [Fact]
    public async Task The_terms_of_a_link_change_and_who_had_come_in_is_asked_anew()
    {
        var (sheet, token, share, _) = await SharedAsync();
        using var visitor = new Visitor(installation.Apis[0]);
        var path = $"/api/bases/{sheet.BaseId}/shares/{share}";
        Assert.True((bool)(await sheet.OkAsync("PATCH", path, """{"password":"first word"}"""))["hasPassword"]!);
        Assert.Equal("share-password-needed", Code(await visitor.AskAsync("GET", token)).Item2);
        var grant = (string)(await visitor.AskAsync("POST", token, "/unlock", """{"password":"first word"}""")).Json["grant"]!;
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("GET", token, "", null, ("PyBase-Share-Grant", grant))).Status);
        await sheet.OkAsync("PATCH", path, """{"password":"second word"}""");
        Assert.Equal("share-password-needed", Code(await visitor.AskAsync("GET", token, "", null, ("PyBase-Share-Grant", grant))).Item2);
        // What is not named stays.
        var expires = TimeProvider.System.GetUtcNow().AddDays(5);
        var changed = await sheet.OkAsync("PATCH", path, $$"""{"expires":"{{expires:O}}"}""");
        Assert.Equal((true, expires.ToUnixTimeMilliseconds()), ((bool)changed["hasPassword"]!, ((DateTimeOffset)changed["expires"]!).ToUnixTimeMilliseconds()));
        Assert.False((bool)(await sheet.OkAsync("PATCH", path, """{"password":null}"""))["hasPassword"]!);
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("GET", token)).Status);
        foreach (var wrong in new[] { """{"password":"abc"}""", """{"expires":"2020-01-01T00:00:00Z"}""", """{"expires":7}""" })
            Assert.Equal("invalid-share", Code(await sheet.SendAsync("PATCH", path, wrong)).Item2);
        await sheet.OkAsync("DELETE", path);
        Assert.Equal((HttpStatusCode.NotFound, "share-unknown"), Code(await sheet.SendAsync("PATCH", path, "{}")));
    }

    static (HttpStatusCode, string) Code(Answer answer) => (answer.Status, (string)answer.Json["code"]!);

    async Task<(Sheet Sheet, string Token, string Share, string Dashboard)> SharedAsync()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", sheet.PathOf("Things"), """{"records":[{"fields":{"Name":"a","Notes":"secret one"}},{"fields":{"Name":"b"}}]}""");
        const string Filter = """ "filter":{"field":"Notes","operator":"contains","value":"secret"}""";
        var made = await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/dashboards", $$"""{"name":"Plant","widgets":[{"type":"chart","chart":"bar","table":"Things","groups":[{"field":"Name"}],{{Filter}}},{"type":"list","table":"Things",{{Filter}}}]}""");
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        var shared = await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/shares", $$"""{"dashboard":"{{(string)made.Json["id"]!}}"}""");
        Assert.True(shared.Status == HttpStatusCode.Created, shared.Text);
        return (sheet, (string)shared.Json["token"]!, (string)shared.Json["share"]!["id"]!, (string)made.Json["id"]!);
    }
}
