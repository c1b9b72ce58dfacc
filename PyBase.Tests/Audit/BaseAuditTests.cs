using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Shares;
using PyBase.Tests.Support;

namespace PyBase.Tests.Audit;

/// <summary>What is done in a workspace and its bases stands in the log of those who run them, and nothing secret with it.</summary>
[Collection(OnStandalone.Name)]
public sealed class BaseAuditTests(StandaloneInstallation installation)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_act_in_a_workspace_is_there_for_who_runs_it_and_for_nobody_else()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (ws, app) = ($"/api/workspaces/{sheet.Person.WorkspaceId}", $"/api/bases/{sheet.BaseId}");
        using var editor = await installation.SignUpAsync();
        var (me, other) = (await IdAsync(sheet.Person), await IdAsync(editor));
        await sheet.Person.AddMemberAsync(editor, "viewer");
        await sheet.OkAsync("PATCH", $"{ws}/members/{other}", """{"role":"editor"}""");
        var invited = (string)(await sheet.SendAsync("POST", $"{ws}/members", $$"""{"email":"{{Guid.NewGuid():N}}@example.org","role":"viewer"}""")).Json["invitation"]!["id"]!;
        await sheet.SendAsync("DELETE", $"{ws}/members/{invited}");
        var made = (await sheet.SendAsync("POST", $"{ws}/service-tokens", """{"name":"robot","role":"viewer"}""")).Json;
        await sheet.SendAsync("DELETE", $"{ws}/service-tokens/{(string)made["id"]!}");
        await sheet.OkAsync("PUT", $"{app}/tables/{sheet.Things}/rules", """{"fields":[{"field":"Count","to":"viewer","access":"none"}]}""");
        await sheet.OkAsync("PUT", $"{app}/tables/{sheet.Things}/release", """{"stateField":"State","released":["Closed"]}""");
        var view = (string)(await sheet.OkAsync("GET", $"{app}/tables/{sheet.Things}/views"))["views"]![0]!["id"]!;
        var share = (await sheet.SendAsync("POST", $"{app}/shares", $$"""{"view":"{{view}}"}""")).Json;
        var (shareId, link) = ((string)share["share"]!["id"]!, (string)share["token"]!);
        using var visitor = new Visitor(installation.Apis[0]);
        for (var n = 0; n < 3; n++)
            Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("GET", link)).Status);
        await sheet.OkAsync("PATCH", $"{app}/shares/{shareId}", """{"password":"a hidden word"}""");
        await sheet.OkAsync("DELETE", $"{app}/shares/{shareId}");
        await editor.Client.GetStringAsync($"{app}/tables/{sheet.Things}/export?format=csv", Cancellation);
        await editor.PostAsync($"{app}/tables/{sheet.Things}/exports", new { format = "xlsx" }, HttpStatusCode.Accepted);
        var snapshot = await sheet.Person.Client.GetByteArrayAsync($"{app}/snapshot", Cancellation);
        Assert.True((await sheet.Person.Client.PostAsync($"{app}/snapshot/restore", new ByteArrayContent(snapshot), Cancellation)).IsSuccessStatusCode);
        await sheet.SendAsync("DELETE", $"{ws}/members/{other}");

        var entries = (await sheet.OkAsync("GET", $"{ws}/audit"))["entries"]!.AsArray();
        var acts = entries.Reverse().Select(e => (Act: (string)e!["act"]!, Actor: (string?)e["actor"]?["id"], Subject: (string?)e["subject"])).ToList();
        (string, string?, string?)[] wanted =
        [
            ("member-added", me, me), ("member-added", me, other), ("member-changed", me, other), ("invitation-made", me, invited), ("invitation-withdrawn", me, invited),
            ("rules-changed", me, sheet.Things), ("release-rule-changed", me, sheet.Things), ("share-made", me, shareId), ("share-opened", null, shareId), ("share-changed", me, shareId),
            ("share-revoked", me, shareId), ("export-made", other, null), ("snapshot-made", me, null), ("snapshot-restored", me, null), ("member-removed", me, other),
        ];
        var at = -1;
        foreach (var act in wanted)
            Assert.True((at = acts.FindIndex(at + 1, a => a == act)) >= 0, $"{act} is not among {string.Join(", ", acts)}");
        // A program has a member and a token; an opened link is noted once; both ways of export are there.
        Assert.Equal(2, acts.Count(a => a.Act == "export-made"));
        Assert.Single(acts, a => a.Act == "share-opened");
        Assert.Equal([me, me], acts.Where(a => a.Act is "token-made" or "token-revoked").Select(a => a.Actor));
        Sheet.Same("""{"role":"editor","was":"viewer"}""", entries.Single(e => (string)e!["act"]! == "member-changed")!["details"]);
        Assert.StartsWith("127.77.", (string)entries.Single(e => (string)e!["act"]! == "share-opened")!["address"]!, StringComparison.Ordinal);
        var everything = entries.ToJsonString();
        foreach (var secret in (string[])[link, (string)made["token"]!, "a hidden word", sheet.Person.Token])
            Assert.DoesNotContain(secret, everything, StringComparison.Ordinal);

        // Of the base what happened in it.
        var ofBase = (await sheet.OkAsync("GET", $"{app}/audit"))["entries"]!.AsArray();
        Assert.Equal(acts.Count(a => a.Act.StartsWith("share-", StringComparison.Ordinal)), ofBase.Count(e => ((string)e!["act"]!).StartsWith("share-", StringComparison.Ordinal)));
        Assert.All(ofBase, e => Assert.Equal(sheet.BaseId, (string)e!["base"]!));
        using var stranger = await installation.SignUpAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await Sheet.SendAsync(stranger.Client, "GET", $"{ws}/audit")).Status);
        foreach (var path in (string[])[$"{app}/audit", "/api/audit"])
            Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(stranger.Client, "GET", path)).Status);
        // What somebody may not is not done, and so not noted.
        await sheet.Person.AddMemberAsync(editor, "editor");
        await Sheet.SendAsync(editor.Client, "DELETE", $"{ws}/members/{me}");
        await Sheet.SendAsync(editor.Client, "PUT", $"{app}/tables/{sheet.Things}/rules", "{}");
        Assert.Empty((await sheet.OkAsync("GET", $"{ws}/audit?actor={other}&act=member-removed"))["entries"]!.AsArray());
        Assert.Single((await sheet.OkAsync("GET", $"{ws}/audit?act=rules-changed"))["entries"]!.AsArray());
    }

    [Fact]
    public async Task Pages_filters_and_a_file_that_no_spreadsheet_runs()
    {
        using var person = await installation.SignUpAsync();
        var (ws, evil) = ($"/api/workspaces/{person.WorkspaceId}", "=HYPERLINK(\"http://x\")");
        for (var n = 0; n < 5; n++)
            await person.PostAsync($"{ws}/service-tokens", new { name = $"{n}", role = "viewer" }, HttpStatusCode.Created);
        var (numbers, offset) = (new List<long>(), (string?)"");
        while (offset is not null)
        {
            var page = await person.GetAsync($"{ws}/audit?pageSize=2&act=token-made{(offset.Length == 0 ? "" : $"&offset={offset}")}");
            numbers.AddRange(page["entries"]!.AsArray().Select(e => (long)e!["number"]!));
            offset = (string?)page["offset"];
        }
        Assert.Equal(5, numbers.Count);
        Assert.Equal(numbers.OrderDescending(), numbers);
        var time = DateTimeOffset.Parse((string)(await person.GetAsync($"{ws}/audit?pageSize=1"))["entries"]![0]!["time"]!, null);
        Assert.Empty((await person.GetAsync($"{ws}/audit?to={Uri.EscapeDataString(time.AddDays(-1).ToString("O"))}"))["entries"]!.AsArray());
        foreach (var wrong in (string[])["act=nothing", "from=soon", "pageSize=0", "offset=x"])
            Assert.Equal("invalid-audit-query", (string)(await Sheet.SendAsync(person.Client, "GET", $"{ws}/audit?{wrong}")).Json["code"]!);

        // A name is people's own.
        using var named = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false }) { BaseAddress = installation.Apis[0] };
        var signedUp = await named.PostAsJsonAsync("/api/auth/sign-up", new { email = $"{Guid.NewGuid():N}@example.org", password = "a long enough password", name = evil }, Cancellation);
        var workspace = (string)(await Person.ReadAsync(signedUp, HttpStatusCode.Created))["workspace"]!["id"]!;
        named.DefaultRequestHeaders.Add("Cookie", signedUp.Headers.GetValues("Set-Cookie").First().Split(';')[0]);
        var lines = (await named.GetStringAsync($"/api/workspaces/{workspace}/audit?format=csv", Cancellation)).Split("\r\n");
        Assert.Equal("number,time,act,actor,actorName,workspace,base,subject,address,details", lines[0]);
        Assert.Contains(",member-added,", lines[1], StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(\"\"http://x\"\")\",", lines[1], StringComparison.Ordinal);
    }

    static async Task<string> IdAsync(Person person) => (string)(await person.GetAsync("/api/auth/me"))["user"]!["id"]!;
}
