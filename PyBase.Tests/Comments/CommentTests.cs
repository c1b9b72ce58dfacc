using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Core.Comments;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Comments;

/// <summary>What people say about records: who may, who is named, and where it ends.</summary>
[Collection(OnStandalone.Name)]
public sealed class CommentOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_comment_comes_back_in_Airtables_form()
    {
        var (sheet, path) = await SetAsync();
        var me = (await sheet.Person.GetAsync("/api/auth/me"))["user"]!;
        var (id, email) = ((string)me["id"]!, (string)me["email"]!);
        var made = await sheet.OkAsync("POST", path, $$"""{"text":"Hello, @[{{id}}] and @[usrAAAAAAAAAAAAAA]!"}""");
        var (comment, time) = ((string)made["id"]!, (string)made["createdTime"]!);
        Assert.StartsWith("com", comment, StringComparison.Ordinal);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", time);
        Sheet.Same($$$"""
            {"id":"{{{comment}}}","author":{"id":"{{{id}}}","email":"{{{email}}}","name":"Test Person"},"text":"Hello, @[{{{id}}}] and @[usrAAAAAAAAAAAAAA]!","createdTime":"{{{time}}}",
             "lastUpdatedTime":null,"mentioned":{"{{{id}}}":{"id":"{{{id}}}","type":"user","displayName":"Test Person","email":"{{{email}}}"}},"reactions":[]}
            """, made);
        Sheet.Same($$"""{"comments":[{{made.ToJsonString()}}],"offset":null}""", await sheet.OkAsync("GET", path));
    }

    [Fact]
    public async Task Editing_a_mention_out_drops_it()
    {
        var (sheet, path) = await SetAsync();
        var me = (string)(await sheet.Person.GetAsync("/api/auth/me"))["user"]!["id"]!;
        var id = (string)(await sheet.OkAsync("POST", path, $$"""{"text":"for @[{{me}}]"}"""))["id"]!;
        var changed = await sheet.OkAsync("PATCH", $"{path}/{id}", """{"text":"for nobody"}""");
        Assert.Equal(("for nobody", null), ((string)changed["text"]!, changed["mentioned"]));
        Assert.NotNull((string?)changed["lastUpdatedTime"]);
        Sheet.Same(changed.ToJsonString(), Assert.Single((await sheet.OkAsync("GET", path))["comments"]!.AsArray()));
    }

    [Fact]
    public async Task Pages_come_newest_first_and_miss_nothing_that_is_deleted_between_them()
    {
        var (sheet, path) = await SetAsync();
        for (var n = 1; n <= 7; n++)
            await sheet.OkAsync("POST", path, $$"""{"text":"{{n}}"}""");
        var first = await sheet.OkAsync("GET", $"{path}?pageSize=3");
        Assert.Equal(["7", "6", "5"], Texts(first));
        // The last one shown is where the next page goes on, whether it is still there or not.
        await sheet.OkAsync("DELETE", $"{path}/{(string)first["comments"]![2]!["id"]!}");
        var second = await sheet.OkAsync("GET", $"{path}?pageSize=3&offset={Uri.EscapeDataString((string)first["offset"]!)}");
        Assert.Equal(["4", "3", "2"], Texts(second));
        var last = await sheet.OkAsync("GET", $"{path}?pageSize=3&offset={Uri.EscapeDataString((string)second["offset"]!)}");
        Assert.Equal(["1"], Texts(last));
        Assert.True(last.AsObject().ContainsKey("offset") && last["offset"] is null);
    }

    [Fact]
    public async Task Answers_stand_in_the_thread_and_go_with_it()
    {
        var (sheet, path) = await SetAsync();
        var first = (string)(await sheet.OkAsync("POST", path, """{"text":"why?"}"""))["id"]!;
        var answer = await sheet.OkAsync("POST", path, $$"""{"text":"because","parentCommentId":"{{first}}"}""");
        Assert.Equal(first, (string)answer["parentCommentId"]!);
        var further = await sheet.OkAsync("POST", path, $$"""{"text":"really?","parentCommentId":"{{(string)answer["id"]!}}"}""");
        Assert.Equal(first, (string)further["parentCommentId"]!);
        var other = $"{sheet.PathOf("Things")}/{await sheet.AddAsync("Things", "{}")}/comments";
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_PARENT_COMMENT"), Said(await sheet.SendAsync("POST", other, $$"""{"text":"lost","parentCommentId":"{{first}}"}""")));
        Sheet.Same($$"""{"id":"{{first}}","deleted":true}""", await sheet.OkAsync("DELETE", $"{path}/{first}"));
        Assert.Empty((await sheet.OkAsync("GET", path))["comments"]!.AsArray());
    }

    [Fact]
    public async Task Only_the_author_changes_a_comment_and_author_or_admin_delete_it()
    {
        var (sheet, path) = await SetAsync();
        var people = new Dictionary<string, Person>();
        foreach (var role in (string[])["admin", "commenter", "editor", "viewer"])
            await sheet.Person.AddMemberAsync(people[role] = await installation.SignUpAsync(), role);
        using var stranger = await installation.SignUpAsync();

        var id = (string)(await people["commenter"].PostAsync(path, new { text = "mine" }))["id"]!;
        foreach (var other in (Person[])[sheet.Person, people["admin"], people["editor"]])
            Assert.Equal((HttpStatusCode.Forbidden, "INVALID_PERMISSIONS"), Said(await Sheet.SendAsync(other.Client, "PATCH", $"{path}/{id}", """{"text":"theirs"}""")));
        Assert.Equal((HttpStatusCode.Forbidden, "INVALID_PERMISSIONS"), Said(await Sheet.SendAsync(people["editor"].Client, "DELETE", $"{path}/{id}")));
        Assert.Equal((HttpStatusCode.Forbidden, "INVALID_PERMISSIONS"), Said(await Sheet.SendAsync(people["viewer"].Client, "POST", path, """{"text":"no"}""")));
        Assert.Equal("mine", (string)(await people["viewer"].GetAsync(path))["comments"]![0]!["text"]!);
        foreach (var (method, place) in new[] { ("GET", path), ("POST", path), ("PATCH", $"{path}/{id}"), ("DELETE", $"{path}/{id}") })
            Assert.Equal((HttpStatusCode.Forbidden, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"), Said(await Sheet.SendAsync(stranger.Client, method, place, method is "GET" or "DELETE" ? null : """{"text":"x"}""")));
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(people["admin"].Client, "DELETE", $"{path}/{id}")).Status);
        var own = (string)(await people["commenter"].PostAsync(path, new { text = "mine again" }))["id"]!;
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(people["commenter"].Client, "DELETE", $"{path}/{own}")).Status);
    }

    [Fact]
    public async Task Comments_are_gone_with_their_record()
    {
        var (sheet, path) = await SetAsync();
        var id = (string)(await sheet.OkAsync("POST", path, """{"text":"x"}"""))["id"]!;
        await sheet.OkAsync("DELETE", path[..path.LastIndexOf('/')]);
        foreach (var (method, place, body) in new[] { ("GET", path, null), ("POST", path, """{"text":"y"}"""), ("PATCH", $"{path}/{id}", """{"text":"y"}"""), ("DELETE", $"{path}/{id}", null) })
            Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), Said(await sheet.SendAsync(method, place, body)));
    }

    [Theory]
    [InlineData("POST", "", "{}", "INVALID_REQUEST_MISSING_FIELDS")]
    [InlineData("POST", "", """{"text":"  "}""", "INVALID_REQUEST_MISSING_FIELDS")]
    [InlineData("POST", "", """{"text":5}""", "INVALID_REQUEST_MISSING_FIELDS")]
    [InlineData("POST", "", """{"text":"x","parentCommentId":"comAAAAAAAAAAAAAA"}""", "INVALID_PARENT_COMMENT")]
    [InlineData("POST", "", """{"text":"x","parentCommentId":7}""", "INVALID_PARENT_COMMENT")]
    [InlineData("POST", "", "[", "INVALID_REQUEST_BODY")]
    [InlineData("GET", "?pageSize=0", null, "INVALID_REQUEST_UNKNOWN")]
    [InlineData("GET", "?pageSize=101", null, "INVALID_REQUEST_UNKNOWN")]
    [InlineData("GET", "?offset=itr99999999999999999999/comAAAAAAAAAAAAAA", null, "INVALID_OFFSET_VALUE")]
    [InlineData("GET", "?offset=nonsense", null, "INVALID_OFFSET_VALUE")]
    [InlineData("PATCH", "/comAAAAAAAAAAAAAA", """{"text":"x"}""", "NOT_FOUND")]
    [InlineData("DELETE", "/' or true --", null, "NOT_FOUND")]
    public async Task What_makes_no_sense_is_refused(string method, string rest, string? body, string error)
    {
        var (sheet, path) = await SetAsync();
        Assert.Equal(error, (await sheet.SendAsync(method, path + rest, body)).Error);
        Assert.Equal("INVALID_REQUEST_MISSING_FIELDS", (await sheet.SendAsync("POST", path, JsonSerializer.Serialize(new { text = new string('x', CommentErrors.MaxText + 1) }))).Error);
        Assert.Empty((await sheet.OkAsync("GET", path))["comments"]!.AsArray());
    }

    [Fact]
    public async Task Whoever_shows_the_table_hears_of_it()
    {
        var (sheet, path) = await SetAsync();
        await using var connection = await sheet.Person.ConnectAsync(installation.Hubs[0]);
        var log = new HubLog(connection);
        await connection.InvokeAsync<JsonNode>("Subscribe", sheet.Things, (long?)null, TestContext.Current.CancellationToken);
        var made = await sheet.OkAsync("POST", path, """{"text":"look"}""");
        await sheet.OkAsync("PATCH", $"{path}/{(string)made["id"]!}", """{"text":"look again"}""");
        await sheet.OkAsync("DELETE", $"{path}/{(string)made["id"]!}");
        await log.WaitAsync("Changes", _ => log.Changes(sheet.Things, "commentRemoved").Count > 0);
        Assert.Equal((string)made["id"]!, (string)Assert.Single(log.Changes(sheet.Things, "commentRemoved"))["id"]!);
        Assert.Single(log.Changes(sheet.Things, "commentAdded"));
        Assert.Single(log.Changes(sheet.Things, "commentChanged"));
    }

    [Theory]
    [InlineData("@[usrAAAAAAAAAAAAAA]", 1)]
    [InlineData("@[usrAAAAAAAAAAAAAA] @[usrBBBBBBBBBBBBBB]@[usrAAAAAAAAAAAAAA]", 2)]
    [InlineData("@[usrAAAAAAAAAAAAAA", 0)]
    [InlineData("@[usrAAAAAAAAAAAAA]", 0)]
    [InlineData("@[comAAAAAAAAAAAAAA] @[@[usrAAAAAAAAAAAAAA]", 1)]
    [InlineData("@[", 0)]
    public void Mentions_are_whole_ids(string text, int count) => Assert.Equal(count, Mentions.In(text).Count);

    async Task<(Sheet Sheet, string Path)> SetAsync()
    {
        var sheet = await Sheet.SharedAsync(installation);
        return (sheet, $"{sheet.PathOf("Things")}/{await sheet.AddAsync("Things", """{"Name":"talked about"}""")}/comments");
    }

    static (HttpStatusCode, string?) Said(Answer answer) => (answer.Status, answer.Error);

    static IEnumerable<string> Texts(JsonNode page) => page["comments"]!.AsArray().Select(c => (string)c!["text"]!);
}
