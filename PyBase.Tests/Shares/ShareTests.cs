using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Shares;

/// <summary>Links to views: what a stranger sees at the end of one, what not, and when they end.</summary>
[Collection(OnStandalone.Name)]
public sealed class ShareTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_stranger_sees_the_visible_fields_and_rows_in_the_order_of_the_view_and_nothing_else()
    {
        var (sheet, token, _) = await SharedAsync();
        using var visitor = new Visitor(installation.Apis[0]);
        var opened = await visitor.AskAsync("GET", token);
        Assert.True(opened.Status == HttpStatusCode.OK, opened.Text);
        Assert.Equal(["Name", "State", "Done"], opened.Json["fields"]!.AsArray().Select(f => (string)f!["name"]!));
        var names = new List<string>();
        for (var offset = (string?)""; offset is not null;)
        {
            var page = await visitor.AskAsync("GET", token, $"/records?pageSize=2{(offset.Length == 0 ? "" : $"&offset={Uri.EscapeDataString(offset)}")}");
            Assert.True(page.Status == HttpStatusCode.OK, page.Text);
            names.AddRange(page.Json["records"]!.AsArray().Select(r => (string)r!["fields"]!["Name"]!));
            Assert.All(page.Json["records"]!.AsArray(), r => Assert.Equal(["id", "fields"], r!.AsObject().Select(p => p.Key)));
            offset = (string?)page.Json["offset"];
        }
        Assert.Equal(["n5", "n4", "n3", "n2", "n1"], names);
        // Neither names nor ids nor cells of what is hidden: the secret is in Notes, the order and the filter go by Count.
        var everything = opened.Text + (await visitor.AskAsync("GET", token, "/records")).Text + (await visitor.AskAsync("GET", token, "/records?cellFormat=string&timeZone=utc&userLocale=en")).Text;
        var fields = (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == sheet.Things)!["fields"]!.AsArray();
        foreach (var hidden in fields.Where(f => (string)f!["name"]! is not ("Name" or "State" or "Done")))
            Assert.DoesNotContain((string)hidden!["id"]!, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("createdTime", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("Notes", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("Count", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(sheet.BaseId, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hidden_fields_cannot_be_asked_about_in_any_way()
    {
        var (sheet, token, _) = await SharedAsync();
        using var visitor = new Visitor(installation.Apis[0]);
        var notes = (string)(await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == sheet.Things)!["fields"]![1]!["id"]!;
        static string filter(string field, string op, string value) => $"/records?filter={Uri.EscapeDataString($$"""{"fieldId":"{{field}}","operator":"{{op}}","value":"{{value}}"}""")}";
        // A field that is hidden is answered as one that never was.
        foreach (var (hidden, invented) in new[]
        {
            (filter(notes, "contains", "secret"), filter("fldAAAAAAAAAAAAAA", "contains", "secret")), (filter("Notes", "contains", "secret"), filter("Nobody", "contains", "secret")),
            ("/records?sort[0][field]=Notes", "/records?sort[0][field]=Nobody"), ("/records?fields[]=Notes", "/records?fields[]=Nobody"),
        })
        {
            var (asked, never) = (await visitor.AskAsync("GET", token, hidden), await visitor.AskAsync("GET", token, invented));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.Status);
            Assert.Equal((never.Status, (string)never.Json["code"]!), (asked.Status, (string)asked.Json["code"]!));
        }
        foreach (var path in new[] { "/records?search=secret", "/records?filterByFormula=1", "/records?view=Grid+view", "/records?recordMetadata[]=commentCount" })
            Assert.Equal("share-not-offered", (string)(await visitor.AskAsync("GET", token, path)).Json["code"]!);
        foreach (var body in new[] { """{"groups":[{"field":"Notes"}]}""", """{"aggregates":[{"field":"Count","function":"sum"}]}""", """{"filter":{"field":"Count","operator":">","value":1}}""", """{"search":"secret"}""", """{"view":"Grid view"}""" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.AskAsync("POST", token, "/aggregate", body)).Status);
        // And no other door takes the link.
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.AskAsync("GET", $"../../v0/{sheet.BaseId}/{sheet.Things}", "", null, ("Authorization", $"Bearer {token}"))).Status);
    }

    [Fact]
    public async Task Visible_fields_can_be_filtered_sorted_and_grouped()
    {
        var (_, token, _) = await SharedAsync();
        using var visitor = new Visitor(installation.Apis[0]);
        async Task<string[]> names(string query) => [.. (await visitor.AskAsync("GET", token, $"/records?{query}")).Json["records"]!.AsArray().Select(r => (string)r!["fields"]!["Name"]!)];
        Assert.Equal(["n1", "n2", "n3", "n4", "n5"], await names("sort[0][field]=Name"));
        Assert.Equal(["n4", "n2"], await names($"filter={Uri.EscapeDataString("""{"field":"State","operator":"is","value":"Open"}""")}"));
        var groups = (await visitor.AskAsync("POST", token, "/aggregate", """{"groups":[{"field":"State"}],"aggregates":[{"field":"Name","function":"countUnique"}]}""")).Json;
        Sheet.Same("""[{"value":"Open","count":2,"values":[2]},{"value":"Closed","count":3,"values":[3]}]""", groups["groups"]);
        Assert.Equal(5, (int)groups["count"]!);
    }

    [Fact]
    public async Task Links_that_do_not_work_all_answer_the_same()
    {
        var (sheet, revoked, id) = await SharedAsync();
        using var visitor = new Visitor(installation.Apis[0]);
        await sheet.OkAsync("DELETE", $"/api/bases/{sheet.BaseId}/shares/{id}");
        var view = await ViewIdAsync(sheet, "Shared");
        var soon = TimeProvider.System.GetUtcNow().AddSeconds(1);
        var expired = (string)(await MakeAsync(sheet, $$"""{"view":"{{view}}","expires":"{{soon:O}}"}"""))["token"]!;
        var lost = (string)(await MakeAsync(sheet, $$"""{"view":"{{view}}"}"""))["token"]!;
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("GET", lost)).Status);
        await sheet.OkAsync("DELETE", $"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/views/{view}");
        using var waiter = new Visitor(installation.Apis[0]);
        await Wait.UntilAsync(async () => (await waiter.AskAsync("GET", expired)).Status, status => status is not HttpStatusCode.OK);
        var guessed = new string('a', 40);
        foreach (var (method, path, body) in new[] { ("GET", "", (string?)null), ("GET", "/records", null), ("POST", "/aggregate", "{}"), ("POST", "/submit", "{}") })
        {
            var answers = new List<string>();
            foreach (var token in new[] { guessed, "short", revoked, expired, lost })
            {
                var answer = await visitor.AskAsync(method, token, path, body);
                Assert.Equal(HttpStatusCode.NotFound, answer.Status);
                var json = answer.Json.AsObject();
                json.Remove("traceId");
                answers.Add(json.ToJsonString());
            }
            Assert.Single(answers.Distinct());
            Assert.Contains("share-not-found", answers[0], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_password_opens_a_link_for_who_knows_it_and_guessing_is_slowed()
    {
        var sheet = await FilledAsync();
        var view = await ViewIdAsync(sheet, "Shared");
        var made = await MakeAsync(sheet, $$"""{"view":"{{view}}","password":"correct horse"}""");
        var token = (string)made["token"]!;
        Assert.DoesNotContain("correct horse", (await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/shares")).ToJsonString(), StringComparison.Ordinal);
        using var visitor = new Visitor(installation.Apis[0]);
        foreach (var path in new[] { "", "/records" })
            Assert.Equal((HttpStatusCode.Unauthorized, "share-password-needed"), await CodeAsync(visitor.AskAsync("GET", token, path)));
        Assert.Equal((HttpStatusCode.Unauthorized, "share-password-needed"), await CodeAsync(visitor.AskAsync("GET", token, "/records", null, ("PyBase-Share-Grant", "made up"))));
        var grant = (string)(await visitor.AskAsync("POST", token, "/unlock", """{"password":"correct horse"}""")).Json["grant"]!;
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("GET", token, "/records", null, ("PyBase-Share-Grant", grant))).Status);
        // A grant of one link opens no other.
        var other = (string)(await MakeAsync(sheet, $$"""{"view":"{{view}}","password":"correct horse"}"""))["token"]!;
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.AskAsync("GET", other, "/records", null, ("PyBase-Share-Grant", grant))).Status);

        using var guesser = new Visitor(installation.Apis[0]);
        for (var n = 0; n < 10; n++)
            Assert.Equal((HttpStatusCode.Unauthorized, "share-password-wrong"), await CodeAsync(guesser.AskAsync("POST", token, "/unlock", $$"""{"password":"guess {{n}}"}""")));
        var refused = await guesser.AskAsync("POST", token, "/unlock", """{"password":"correct horse"}""");
        Assert.Equal((HttpStatusCode.TooManyRequests, "share-rate-limit-reached"), (refused.Status, (string)refused.Json["code"]!));
        Assert.NotNull(refused.Header("Retry-After"));
        Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("POST", token, "/unlock", """{"password":"correct horse"}""")).Status);
    }

    [Fact]
    public async Task Who_tries_many_links_is_stopped()
    {
        using var visitor = new Visitor(installation.Apis[0]);
        var seen = new HashSet<HttpStatusCode>();
        for (var n = 0; n < 150 && !seen.Contains(HttpStatusCode.TooManyRequests); n++)
            seen.Add((await visitor.AskAsync("GET", $"{n:x40}")).Status);
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.TooManyRequests], seen);
    }

    [Fact]
    public async Task Links_are_listed_without_their_secret_and_made_by_those_who_shape_the_base()
    {
        var (sheet, token, id) = await SharedAsync();
        var list = await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/shares");
        Assert.Equal(id, (string)list["shares"]!.AsArray().Single()!["id"]!);
        Assert.DoesNotContain(token, list.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(id, (string)(await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/shares"))["shares"]![0]!["shareId"]!);
        var view = await ViewIdAsync(sheet, "Shared");
        foreach (var (body, code) in new[]
        {
            ("{}", "invalid-share"), ("""{"view":"viwAAAAAAAAAAAAAA"}""", "view-not-found"), ($$"""{"view":"{{view}}","password":"abc"}""", "invalid-share"),
            ($$"""{"view":"{{view}}","expires":"2020-01-01T00:00:00Z"}""", "invalid-share"), ($$"""{"view":"{{view}}","expires":"soon"}""", "invalid-share"),
        })
            Assert.Equal(code, (string)(await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/shares", body)).Json["code"]!);
        using var editor = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(editor, "editor");
        foreach (var (method, path) in new[] { ("GET", ""), ("POST", ""), ("DELETE", $"/{id}") })
            Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(editor.Client, method, $"/api/bases/{sheet.BaseId}/shares{path}", method == "POST" ? "{}" : null)).Status);
    }

    static async Task<(HttpStatusCode, string)> CodeAsync(Task<Answer> asked) => (await asked) is var answer ? (answer.Status, (string)answer.Json["code"]!) : default;

    static async Task<string> ViewIdAsync(Sheet sheet, string name) => (string)(await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/views/{name}"))["id"]!;

    static async Task<JsonNode> MakeAsync(Sheet sheet, string body)
    {
        var made = await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/shares", body);
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        Assert.EndsWith($"/share/{(string)made.Json["token"]!}", (string)made.Json["url"]!, StringComparison.Ordinal);
        return made.Json;
    }

    /// <summary>Six things, five of which a view shows: by a hidden number, in the order of that number.</summary>
    async Task<Sheet> FilledAsync()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', Enumerable.Range(0, 6).Select(n => $$$"""{"fields":{"Name":"n{{{n}}}","Notes":"secret {{{n}}}","Count":{{{n}}},"State":"{{{(n % 2 == 0 ? "Open" : "Closed")}}}"}}"""))}}]}""");
        var hidden = (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == sheet.Things)!["fields"]!.AsArray()
            .Where(f => (string)f!["name"]! is not ("Name" or "State" or "Done")).Select(f => $$"""{"field":"{{f!["id"]}}","hidden":true}""");
        var made = await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/views", $$"""
            {"name":"Shared","settings":{"filter":{"field":"Count","operator":">","value":0},"sorts":[{"field":"Count","direction":"desc"}],"colors":[{"color":"redBright","filter":{"field":"Notes","operator":"isNotEmpty"} }],
            "fields":[{"field":"Name"},{"field":"State"},{{string.Join(',', hidden)}}] } }
            """);
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        return sheet;
    }

    async Task<(Sheet Sheet, string Token, string Id)> SharedAsync()
    {
        var sheet = await FilledAsync();
        var made = await MakeAsync(sheet, $$"""{"view":"{{await ViewIdAsync(sheet, "Shared")}}"}""");
        return (sheet, (string)made["token"]!, (string)made["share"]!["id"]!);
    }
}
