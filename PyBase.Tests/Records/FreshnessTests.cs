using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>How fresh an answer is: which ones a client may keep, what it may ask for at least, and that nothing of who is let in is kept from before.</summary>
public abstract class FreshnessTests(Installation installation)
{
    [Theory]
    [InlineData("", true)]
    [InlineData("sort[0][field]=Count&filter=%7B%22fieldId%22%3A%22Count%22%2C%22operator%22%3A%22%3E%22%2C%22value%22%3A0%7D", true)]
    [InlineData("filter=%7B%22fieldId%22%3A%22Day%22%2C%22operator%22%3A%22is%22%2C%22value%22%3A%7B%22mode%22%3A%22today%22%7D%7D", false)]
    [InlineData("filterByFormula=IS_BEFORE(Day%2CNOW())", false)]
    [InlineData("sort[0][field]=Links", false)]
    [InlineData("search=cog", false)]
    [InlineData("recordMetadata[]=commentCount", false)]
    [InlineData("cellFormat=string&timeZone=utc&userLocale=en-ie", false)]
    public async Task Only_what_the_version_says_everything_about_has_a_tag(string query, bool has)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?{query}");
        Assert.Equal((HttpStatusCode.OK, has), (answer.Status, answer.Header("ETag") is not null));
        Assert.Equal(has ? "no-cache, private" : "no-store, private", string.Join(", ", answer.Header("Cache-Control")!.Split(", ").Order()));
    }

    [Fact]
    public async Task A_known_answer_is_for_who_may_still_see_it()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.AddAsync("Things", """{"Name":"a"}""");
        using var guest = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(guest, "viewer");
        var tag = (await Sheet.SendAsync(guest.Client, "GET", sheet.PathOf("Things"))).Header("ETag")!;
        Assert.Equal(HttpStatusCode.NotModified, (await Sheet.SendAsync(guest.Client, "GET", sheet.PathOf("Things"), null, ("If-None-Match", tag))).Status);
        var me = (string)(await guest.GetAsync("/api/auth/me"))["user"]!["id"]!;
        await sheet.SendAsync("DELETE", $"/api/workspaces/{sheet.Person.WorkspaceId}/members/{me}");
        Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(guest.Client, "GET", sheet.PathOf("Things"), null, ("If-None-Match", tag))).Status);
    }

    [Fact]
    public async Task A_known_answer_is_not_known_any_more_when_definitions_change()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.AddAsync("Things", """{"Name":"a"}""");
        var tag = (await sheet.SendAsync("GET", sheet.PathOf("Things"))).Header("ETag")!;
        await sheet.OkAsync("PATCH", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields/Name", """{"name":"Title"}""");
        var again = await sheet.SendAsync("GET", sheet.PathOf("Things"), null, ("If-None-Match", tag));
        Assert.Equal("a", (string)again.Json["records"]![0]!["fields"]!["Title"]!);
    }

    [Fact]
    public async Task A_token_that_is_deleted_reads_nothing_more()
    {
        var sheet = await Sheet.CreateAsync(installation);
        // Also where it was used a moment ago, and for a list that could not be at all.
        await sheet.OkAsync("GET", sheet.PathOf("Things"));
        await sheet.OkAsync("GET", sheet.PathOf("Things"));
        var token = (string)(await sheet.Person.GetAsync("/api/tokens"))["tokens"]![0]!["id"]!;
        Assert.Equal(HttpStatusCode.NoContent, (await sheet.SendAsync("DELETE", $"/api/tokens/{token}")).Status);
        foreach (var (query, accept) in new[] { ("", "*/*"), ("?fields[]=Nothing", "*/*"), ("", "application/x-ndjson") })
        {
            var answer = await sheet.SendAsync("GET", sheet.PathOf("Things") + query, null, ("Accept", accept));
            Assert.Equal((HttpStatusCode.Unauthorized, "AUTHENTICATION_REQUIRED"), (answer.Status, answer.Error));
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await sheet.SendAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables")).Status);
    }

    [Fact]
    public async Task An_answer_is_at_least_as_new_as_what_was_seen()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var written = await sheet.SendAsync("POST", sheet.PathOf("Things"), """{"fields":{"Name":"a"}}""");
        var (record, seen) = ((string)written.Json["id"]!, written.Header("PyBase-Version")!);
        var path = $"/api/bases/{sheet.BaseId}/tables/{sheet.Things}";
        foreach (var read in new[] { sheet.PathOf("Things"), $"{sheet.PathOf("Things")}/{record}", $"{path}/rows?start=0" })
        {
            foreach (var (least, expected) in new[] { (seen, HttpStatusCode.OK), ($"tblAAAAAAAAAAAAAA=99, {seen}", HttpStatusCode.OK), ($"{sheet.Things}=99", HttpStatusCode.ServiceUnavailable), ("soon", HttpStatusCode.UnprocessableEntity) })
                Assert.Equal((read, least, expected), (read, least, (await sheet.SendAsync("GET", read, null, ("PyBase-At-Least", least))).Status));
        }
        var behind = await sheet.SendAsync("GET", sheet.PathOf("Things"), null, ("PyBase-At-Least", $"{sheet.Things}=99"));
        Assert.Equal("VERSION_NOT_REACHED", behind.Error);
    }

    [Fact]
    public async Task Whatever_one_process_knows_a_page_is_of_the_definitions_of_now()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var people = Enumerable.Range(0, installation.Apis.Count).Select(n => sheet.Person.At(installation.Apis[n])).ToArray();
        await sheet.AddAsync("Things", """{"Name":"a"}""");
        var name = "Name";
        for (var round = 0; round < 3; round++)
        {
            foreach (var person in people)
                Assert.Equal("a", (string)(await person.GetAsync($"{sheet.PathOf("Things")}?fields[]={name}"))["records"]![0]!["fields"]![name]!);
            await sheet.OkAsync("PATCH", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields/{name}", $$"""{"name":"{{name += "x"}}"}""");
            await sheet.OkAsync("PATCH", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Others}", $$"""{"name":"Others {{round}}"}""");
        }
    }
}

[Collection(OnStandalone.Name)]
public sealed class FreshnessOnStandaloneTests(StandaloneInstallation installation) : FreshnessTests(installation);

[Collection(OnCluster.Name)]
public sealed class FreshnessOnClusterTests(DistributedInstallation installation) : FreshnessTests(installation);
