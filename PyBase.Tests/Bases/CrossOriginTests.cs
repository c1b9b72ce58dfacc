using System.Net;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Bases;

/// <summary>airtable.js in a page of another site: a token opens /v0, a session cookie does not.</summary>
[Collection(OnStandalone.Name)]
public sealed class CrossOriginOnStandaloneTests(StandaloneInstallation installation)
{
    static readonly (string, string) Origin = ("Origin", "https://elsewhere.example");

    [Theory]
    [InlineData("/v0/appAAAAAAAAAAAAAA/Things")]
    [InlineData("/v0/appAAAAAAAAAAAAAA/Things/?")]
    [InlineData("/v0/meta/bases")]
    [InlineData("/v0/nowhere")]
    public async Task A_preflight_needs_no_token(string path)
    {
        using var anybody = new HttpClient { BaseAddress = installation.Apis[0] };
        foreach (var method in (string[])["GET", "POST", "PATCH", "PUT", "DELETE"])
        {
            var answer = await Sheet.SendAsync(anybody, "OPTIONS", path, null, Origin, ("Access-Control-Request-Method", method),
                ("Access-Control-Request-Headers", "authorization,content-type,x-airtable-application-id,x-airtable-user-agent,x-api-version"));
            Assert.Equal((HttpStatusCode.NoContent, "*"), (answer.Status, answer.Header("Access-Control-Allow-Origin")));
            Assert.Contains(method, answer.Header("Access-Control-Allow-Methods")!.Split(", "));
            Assert.Empty(((string[])["authorization", "content-type", "x-api-version", "x-airtable-application-id", "x-airtable-user-agent"]).Except(answer.Header("Access-Control-Allow-Headers")!.Split(", ")));
        }
    }

    [Fact]
    public async Task Every_answer_is_readable_elsewhere_also_a_refusal()
    {
        var sheet = await Sheet.SharedAsync(installation);
        using var anybody = new HttpClient { BaseAddress = installation.Apis[0] };
        foreach (var (client, path, status) in new[]
        {
            (sheet.Person.Client, "/v0/meta/whoami", HttpStatusCode.OK), (anybody, "/v0/meta/whoami", HttpStatusCode.Unauthorized),
            (sheet.Person.Client, "/v0/appAAAAAAAAAAAAAA/Things", HttpStatusCode.Forbidden), (sheet.Person.Client, "/v0/nowhere", HttpStatusCode.NotFound),
        })
        {
            var answer = await Sheet.SendAsync(client, "GET", path, null, Origin);
            Assert.Equal((status, "*"), (answer.Status, answer.Header("Access-Control-Allow-Origin")));
        }
        var malformed = await sheet.SendAsync("POST", sheet.PathOf("Things"), "{", Origin);
        Assert.Equal((HttpStatusCode.BadRequest, "*"), (malformed.Status, malformed.Header("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task A_session_cookie_opens_nothing_to_another_site()
    {
        var sheet = await Sheet.SharedAsync(installation);
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = installation.Apis[0] };
        var cookie = ("Cookie", sheet.Person.Cookie);

        // A browser shows no answer to a request with credentials that names no origin and does not allow them.
        var read = await Sheet.SendAsync(browser, "GET", sheet.PathOf("Things"), null, Origin, cookie);
        Assert.Equal(("*", null), (read.Header("Access-Control-Allow-Origin"), read.Header("Access-Control-Allow-Credentials")));
        var preflight = await Sheet.SendAsync(browser, "OPTIONS", sheet.PathOf("Things"), null, Origin, ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "pybase-client"));
        Assert.Null(preflight.Header("Access-Control-Allow-Credentials"));
        Assert.DoesNotContain("pybase-client", preflight.Header("Access-Control-Allow-Headers"), StringComparison.OrdinalIgnoreCase);
        // And without that header a cookie writes nothing.
        var write = await Sheet.SendAsync(browser, "POST", sheet.PathOf("Things"), """{"fields":{"Name":"theirs"}}""", Origin, cookie);
        Assert.Equal(HttpStatusCode.Forbidden, write.Status);
        // Nothing outside /v0 is for other sites at all.
        foreach (var path in (string[])["/api/auth/me", "/openapi/v1.json", "/"])
            Assert.Null((await Sheet.SendAsync(sheet.Person.Client, "GET", path, null, Origin)).Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_slash_or_question_mark_at_the_end_changes_nothing()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var things = sheet.PathOf("Things");
        foreach (var end in (string[])["", "/", "?", "/?"])
        {
            var id = (string)(await sheet.OkAsync("POST", things + end, """{"fields":{"Name":"x"}}"""))["id"]!;
            Assert.Equal("x", (string)(await sheet.OkAsync("GET", $"{things}/{id}{end}"))["fields"]!["Name"]!);
            Assert.Equal("y", (string)(await sheet.OkAsync("PATCH", $"{things}/{id}{end}", """{"fields":{"Name":"y"}}"""))["fields"]!["Name"]!);
            Assert.Single((await sheet.OkAsync("GET", things + end))["records"]!.AsArray());
            Assert.Single((await sheet.OkAsync("POST", $"{things}/listRecords{end}", "{}"))["records"]!.AsArray());
            Assert.True((bool)(await sheet.OkAsync("DELETE", $"{things}/{id}{end}"))["deleted"]!);
            Assert.NotNull((await sheet.OkAsync("GET", $"/v0/meta/whoami{end}"))["id"]);
            Assert.NotEmpty((await sheet.OkAsync("GET", $"/v0/meta/bases{end}"))["bases"]!.AsArray());
            Assert.Equal(2, (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables{end}"))["tables"]!.AsArray().Count);
        }
    }
}
