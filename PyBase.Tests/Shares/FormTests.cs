using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Shares;

/// <summary>Forms that strangers fill in.</summary>
[Collection(OnStandalone.Name)]
public sealed class FormTests(StandaloneInstallation installation)
{
    const string Fields = """[{"field":"Name","label":"Your part","required":true},{"field":"State"},{"field":"Notes","help":"Why?","required":true,"when":[{"field":"State","operator":"is","value":"Closed"}]},{"field":"Count"},{"field":"Files"}]""";

    [Fact]
    public async Task What_a_stranger_sends_becomes_a_record_of_nobody()
    {
        var (sheet, token) = await SharedAsync();
        using var visitor = new Visitor(installation.Apis[0]);
        var opened = (await visitor.AskAsync("GET", token)).Json;
        Assert.Equal(("form", true, "Report"), ((string)opened["kind"]!, (bool)opened["form"]!["open"]!, (string)opened["form"]!["title"]!));
        Assert.Equal(["Your part", "State", "Notes", "Count", "Files"], opened["form"]!["questions"]!.AsArray().Select(q => (string)q!["label"]!));
        Assert.DoesNotContain("Links", opened.ToJsonString(), StringComparison.Ordinal);
        var sent = await SendAsync(visitor, token, """{"Name":"Gear","State":"Open","Count":2}""", """{"Files":[{"filename":"a.txt","contentType":"text/plain","file":"aGVsbG8="}]}""");
        Assert.True(sent.Status == HttpStatusCode.OK, sent.Text);
        Sheet.Same("""{"submitted":true,"message":"Thanks","redirectUrl":null}""", sent.Json);
        var record = (await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray().Single()!;
        Assert.Equal(("Gear", "Open", 2), ((string)record["fields"]!["Name"]!, (string)record["fields"]!["State"]!, (int)record["fields"]!["Count"]!));
        var file = record["fields"]!["Files"]![0]!;
        Assert.Equal(("a.txt", 5), ((string)file["filename"]!, (int)file["size"]!));
        Assert.Equal("hello", await sheet.Person.Client.GetStringAsync(new Uri((string)file["url"]!).PathAndQuery, TestContext.Current.CancellationToken));
        // It leads to the form alone: what was sent cannot be read.
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("GET", token, "/records")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.AskAsync("POST", token, "/aggregate", "{}")).Status);
    }

    [Fact]
    public async Task Conditions_decide_what_is_asked_and_what_must_be_answered()
    {
        var (sheet, token) = await SharedAsync();
        using var visitor = new Visitor(installation.Apis[0]);
        var missing = await SendAsync(visitor, token, """{"Name":"a","State":"Closed"}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "form-answers-invalid"), (missing.Status, (string)missing.Json["code"]!));
        Assert.StartsWith("fld", (string)missing.Json["errors"]![0]!["field"]!, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(visitor, token, """{"Name":"b","State":"Closed","Notes":"Worn"}""")).Status);
        // What is not asked is not taken.
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(visitor, token, """{"Name":"c","State":"Open","Notes":"Slipped in"}""")).Status);
        var notes = (await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray().ToDictionary(r => (string)r!["fields"]!["Name"]!, r => (string?)r!["fields"]!["Notes"]);
        Assert.Equal([("b", "Worn"), ("c", null)], notes.Select(n => (n.Key, n.Value)));
    }

    [Theory]
    [InlineData("""{}""", null, "form-answers-invalid")]
    [InlineData("""{"Name":"   "}""", null, "form-answers-invalid")]
    [InlineData("""{"Name":"a","Mail":"x@example.org"}""", null, "form-answers-invalid")]
    [InlineData("""{"Name":"a","Count":"many"}""", null, "invalid-value-for-column")]
    [InlineData("""{"Name":"a","State":"Invented"}""", null, "invalid-multiple-choice-options")]
    [InlineData("""{"Name":"a","Files":[{"url":"http://127.0.0.1/secret"}]}""", null, "form-files-refused")]
    [InlineData("""{"Name":"a"}""", """{"Notes":[{"filename":"a","file":"aGVsbG8="}]}""", "form-files-refused")]
    [InlineData("""{"Name":"a"}""", """{"Files":[{"filename":"a","file":"no base64!"}]}""", "form-files-refused")]
    public async Task Answers_that_do_not_fit_leave_nothing(string answers, string? files, string code)
    {
        var (sheet, token) = await SharedAsync();
        using var visitor = new Visitor(installation.Apis[0]);
        var refused = await SendAsync(visitor, token, answers, files);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (refused.Status, (string)refused.Json["code"]!));
        Assert.Empty((await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray());
    }

    [Fact]
    public async Task Programs_are_kept_out_and_a_form_sent_twice_counts_once()
    {
        var (sheet, token) = await SharedAsync();
        using var visitor = new Visitor(installation.Apis[0]);
        var proof = (string)(await visitor.AskAsync("GET", token)).Json["proof"]!;
        foreach (var body in new[] { """{"fields":{"Name":"x"}}""", """{"fields":{"Name":"x"},"proof":"made up"}""", $$"""{"fields":{"Name":"x"},"proof":"{{proof}}","website":"spam.example"}""" })
            Assert.Equal("form-proof-missing", (string)(await visitor.AskAsync("POST", token, "/submit", body)).Json["code"]!);
        var (same, other) = ($$"""{"fields":{"Name":"once"},"proof":"{{proof}}"}""", $$"""{"fields":{"Name":"twice"},"proof":"{{proof}}"}""");
        for (var n = 0; n < 2; n++)
            Assert.Equal(HttpStatusCode.OK, (await visitor.AskAsync("POST", token, "/submit", same, ("Idempotency-Key", "k1"))).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await visitor.AskAsync("POST", token, "/submit", other, ("Idempotency-Key", "k1"))).Status);
        Assert.Single((await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray());
        // Twenty at once are more than a person sends.
        var seen = new HashSet<HttpStatusCode>();
        for (var n = 0; n < 60 && !seen.Contains(HttpStatusCode.TooManyRequests); n++)
            seen.Add((await visitor.AskAsync("POST", token, "/submit", "{}")).Status);
        Assert.Contains(HttpStatusCode.TooManyRequests, seen);
    }

    [Theory]
    [InlineData("""{"closed":true,"closedText":"Over"}""")]
    [InlineData("""{"openUntil":"2020-01-01T00:00:00Z","closedText":"Over"}""")]
    public async Task A_closed_form_says_so_and_takes_nothing(string options)
    {
        var (sheet, token) = await SharedAsync(options);
        using var visitor = new Visitor(installation.Apis[0]);
        var form = (await visitor.AskAsync("GET", token)).Json["form"]!;
        Assert.Equal((false, "Over", 0), ((bool)form["open"]!, (string)form["closedText"]!, form["questions"]!.AsArray().Count));
        Assert.Equal("form-closed", (string)(await SendAsync(visitor, token, """{"Name":"late"}""")).Json["code"]!);
        Assert.Empty((await sheet.OkAsync("GET", sheet.PathOf("Things")))["records"]!.AsArray());
    }

    static async Task<Answer> SendAsync(Visitor visitor, string token, string answers, string? files = null)
    {
        var proof = (string)(await visitor.AskAsync("GET", token)).Json["proof"]!;
        return await visitor.AskAsync("POST", token, "/submit", $$"""{"fields":{{answers}},"files":{{files ?? "{}"}},"proof":"{{proof}}","website":""}""");
    }

    async Task<(Sheet Sheet, string Token)> SharedAsync(string? options = null)
    {
        var sheet = await Sheet.CreateAsync(installation);
        options ??= $$"""{"title":"Report","successMessage":"Thanks","fields":{{Fields}} }""";
        var view = await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/views", $$"""{"name":"Form","type":"form","settings":{"options":{{options}} } }""");
        Assert.True(view.Status == HttpStatusCode.Created, view.Text);
        var made = await sheet.SendAsync("POST", $"/api/bases/{sheet.BaseId}/shares", $$"""{"view":"{{view.Json["id"]}}"}""");
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        return (sheet, (string)made.Json["token"]!);
    }
}
