using System.Net;
using System.Net.Http.Headers;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>What does not exist, what is not allowed and what cannot be read, in the words of Airtable's API.</summary>
public abstract class RefusalTests(Installation installation)
{
    const string ModelNotFound = """{"error":{"type":"INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND","message":"Invalid permissions, or the requested model was not found. Check that both your user and your token have the required permissions, and that the model names and/or ids are correct."}}""";
    const string NotFound = """{"error":"NOT_FOUND"}""";
    const string NotPermitted = """{"error":{"type":"INVALID_PERMISSIONS","message":"You are not permitted to perform this operation"}}""";

    [Theory]
    [InlineData("GET", "{base}/Nothing", null, 403, ModelNotFound)]
    [InlineData("GET", "{base}/tblAAAAAAAAAAAAAA", null, 403, ModelNotFound)]
    [InlineData("GET", "appAAAAAAAAAAAAAA/Things", null, 403, ModelNotFound)]
    [InlineData("GET", "no%20base%22%27/Things", null, 403, ModelNotFound)]
    [InlineData("POST", "{base}/Nothing", """{"fields":{}}""", 403, ModelNotFound)]
    [InlineData("DELETE", "{base}/Nothing/recAAAAAAAAAAAAAA", null, 403, ModelNotFound)]
    [InlineData("GET", "{base}/Things/recAAAAAAAAAAAAAA", null, 404, NotFound)]
    [InlineData("GET", "{base}/Things/nonsense", null, 404, NotFound)]
    [InlineData("PATCH", "{base}/Things/recAAAAAAAAAAAAAA", """{"fields":{"Name":"x"}}""", 404, NotFound)]
    [InlineData("PATCH", "{base}/Things/recAAAAAAAAAAAAAA", """{"fields":{}}""", 404, NotFound)]
    [InlineData("DELETE", "{base}/Things/recAAAAAAAAAAAAAA", null, 404, NotFound)]
    [InlineData("GET", "{base}", null, 404, NotFound)]
    [InlineData("GET", "{base}/Things/recAAAAAAAAAAAAAA/nothing/here", null, 404, NotFound)]
    [InlineData("POST", "{base}/Things/recAAAAAAAAAAAAAA", "{}", 404, NotFound)]
    [InlineData("POST", "{base}/Things", """{"fields":{"Size":1}}""", 422, """{"error":{"type":"UNKNOWN_FIELD_NAME","message":"Unknown field name: \"Size\""}}""")]
    [InlineData("POST", "{base}/Things", """{"fields":{"name":1}}""", 422, """{"error":{"type":"UNKNOWN_FIELD_NAME","message":"Unknown field name: \"name\""}}""")]
    [InlineData("POST", "{base}/Things", "{}", 422, """{"error":{"type":"INVALID_REQUEST_MISSING_FIELDS","message":"Could not find field \"fields\" in the request body"}}""")]
    [InlineData("PATCH", "{base}/Things/recAAAAAAAAAAAAAA", """{"fields":[]}""", 422, """{"error":{"type":"INVALID_REQUEST_MISSING_FIELDS","message":"Could not find field \"fields\" in the request body"}}""")]
    [InlineData("POST", "{base}/Things", """{"fields":""", 400, """{"error":{"type":"INVALID_REQUEST_BODY","message":"Could not parse request body"}}""")]
    [InlineData("POST", "{base}/Things", "[]", 400, """{"error":{"type":"INVALID_REQUEST_BODY","message":"Could not parse request body"}}""")]
    [InlineData("POST", "{base}/Things", "", 400, """{"error":{"type":"INVALID_REQUEST_BODY","message":"Could not parse request body"}}""")]
    public async Task Each_refusal_has_its_body(string method, string path, string? body, int status, string expected)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync(method, "/v0/" + path.Replace("{base}", sheet.BaseId, StringComparison.Ordinal), body);
        Assert.Equal((status, "application/json; charset=utf-8"), ((int)answer.Status, answer.Header("Content-Type")));
        Sheet.Same(expected, answer.Json);
    }

    [Theory]
    [InlineData("POST", """{"records":[]}""")]
    [InlineData("POST", """{"records":{}}""")]
    [InlineData("POST", """{"records":[1]}""")]
    [InlineData("POST", """{"records":[{"fields":null}]}""")]
    [InlineData("PATCH", """{"records":[{"fields":{}}]}""")]
    [InlineData("PATCH", """{"records":[{"id":"no id","fields":{}}]}""")]
    [InlineData("PATCH", """{"fields":{}}""")]
    public async Task A_list_of_anything_else_is_no_list_of_records(string method, string body)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync(method, sheet.PathOf("Things"), body);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_RECORDS"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task Nobody_and_a_wrong_token_are_asked_who_they_are()
    {
        var sheet = await Sheet.SharedAsync(installation);
        using var stranger = new HttpClient { BaseAddress = sheet.Person.Client.BaseAddress };
        foreach (var token in (string?[])[null, "patWrong.0000", sheet.Person.Token + "x"])
        {
            stranger.DefaultRequestHeaders.Authorization = token is null ? null : new("Bearer", token);
            foreach (var (method, path) in ((string, string)[])[("GET", sheet.PathOf("Things")), ("POST", sheet.PathOf("Things")), ("GET", "/v0/meta/bases"), ("GET", "/v0/anything/at/all/here")])
            {
                var answer = await Sheet.SendAsync(stranger, method, path);
                Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
                Sheet.Same("""{"error":{"type":"AUTHENTICATION_REQUIRED","message":"Authentication required"}}""", answer.Json);
            }
        }
    }

    [Fact]
    public async Task A_stranger_does_not_learn_that_the_base_exists()
    {
        var sheet = await Sheet.SharedAsync(installation);
        using var other = await installation.SignUpAsync(1);
        foreach (var (method, path) in ((string, string)[])[("GET", sheet.PathOf("Things")), ("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"), ("POST", sheet.PathOf("Things")), ("POST", $"{sheet.PathOf("Things")}/listRecords"), ("DELETE", $"{sheet.PathOf("Things")}/recAAAAAAAAAAAAAA")])
        {
            var answer = await Sheet.SendAsync(other.Client, method, path, method is "POST" ? """{"fields":{}}""" : null);
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
            Sheet.Same(ModelNotFound, answer.Json);
        }
    }

    [Theory]
    [InlineData("viewer", false, false)]
    [InlineData("commenter", false, false)]
    [InlineData("editor", true, false)]
    [InlineData("admin", true, true)]
    public async Task A_role_may_what_it_says(string role, bool records, bool schema)
    {
        var sheet = await Sheet.SharedAsync(installation);
        using var member = await installation.SignUpAsync(1);
        await sheet.Person.PostAsync($"/api/workspaces/{sheet.Person.WorkspaceId}/members", new { email = (string)(await member.GetAsync("/api/auth/me"))["user"]!["email"]!, role }, HttpStatusCode.Created);
        await CheckAsync(sheet, member.Client, read: true, records, schema);
    }

    [Theory]
    [InlineData("data.records:read", true, false, false)]
    [InlineData("data.records:write", false, true, false)]
    [InlineData("schema.bases:write", false, false, true)]
    [InlineData("schema.bases:read", false, false, false)]
    public async Task A_token_may_what_its_scopes_say(string scope, bool read, bool records, bool schema)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var token = (string)(await sheet.Person.PostAsync("/api/tokens", new { name = scope, scopes = new[] { scope } }, HttpStatusCode.Created))["token"]!;
        using var client = new HttpClient { BaseAddress = sheet.Person.Client.BaseAddress };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        await CheckAsync(sheet, client, read, records, schema);
    }

    static async Task CheckAsync(Sheet sheet, HttpClient client, bool read, bool records, bool schema)
    {
        var id = await sheet.AddAsync(sheet.Things, """{"Name":"seen"}""");
        (bool May, string Method, string Path, string? Body)[] requests =
        [
            (read, "GET", sheet.PathOf("Things"), null), (read, "GET", $"{sheet.PathOf("Things")}/{id}", null), (read, "POST", $"{sheet.PathOf("Things")}/listRecords", "{}"),
            (records, "POST", sheet.PathOf("Things"), """{"fields":{}}"""), (records, "PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Name":"x"}}"""), (records, "DELETE", $"{sheet.PathOf("Things")}/{id}", null),
            (schema, "POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Others/fields", $$$"""{"name":"{{{Guid.NewGuid()}}}","type":"checkbox","options":{"icon":"check","color":"greenBright"}}"""),
            (schema, "PATCH", $"/v0/meta/bases/{sheet.BaseId}/tables/Others", """{"description":"seen"}"""),
        ];
        foreach (var (may, method, path, body) in requests)
        {
            var answer = await Sheet.SendAsync(client, method, path, body);
            Assert.True(answer.Status == (may ? HttpStatusCode.OK : HttpStatusCode.Forbidden), $"{method} {path}: {answer.Status} {answer.Text}");
            if (!may)
                Sheet.Same(NotPermitted, answer.Json);
        }
    }
}

[Collection(OnStandalone.Name)]
public sealed class RefusalOnStandaloneTests(StandaloneInstallation installation) : RefusalTests(installation);

[Collection(OnCluster.Name)]
public sealed class RefusalOnClusterTests(DistributedInstallation installation) : RefusalTests(installation);
