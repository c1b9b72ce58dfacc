using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Mcp;

/// <summary>Tools of <c>/mcp</c> as the protocol's own client calls them: they say what the API says, write what it writes, and refuse as it refuses.</summary>
[Collection(OnStandalone.Name)]
public sealed class ToolTests(StandaloneInstallation installation)
{
    static readonly string[] Writing = ["create_records", "update_records", "delete_records", "add_comment"];

    [Fact]
    public async Task Each_tool_says_what_it_does_what_it_takes_and_how_careful_one_should_be()
    {
        var person = await installation.SignUpAsync();
        await using var client = await ToolClient.ConnectAsync(installation.Apis[0], person.Token);
        Assert.Equal(("pybase", true), (client.Client.ServerInfo!.Name, client.Client.ServerInstructions!.Contains("list_bases", StringComparison.Ordinal)));
        var tools = await client.ToolsAsync();
        foreach (var tool in tools)
        {
            Assert.True(tool.Title is { Length: > 5 } && tool.Description.Length > 20, tool.Name);
            var hints = tool.ProtocolTool.Annotations!;
            Assert.Equal((!Writing.Contains(tool.Name), false), (hints.ReadOnlyHint, hints.OpenWorldHint));
            foreach (var argument in JsonNode.Parse(tool.JsonSchema.GetRawText())!["properties"]!.AsObject())
                Assert.True(argument.Value!["description"] is not null, $"{tool.Name} does not say what {argument.Key} is");
        }
        Assert.Equal(["delete_records", "update_records"], tools.Where(t => t.ProtocolTool.Annotations is { ReadOnlyHint: false, DestructiveHint: true }).Select(t => t.Name).Order());
    }

    [Fact]
    public async Task What_a_tool_reads_is_what_the_API_reads()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (person, records) = (sheet.Person, new List<string>());
        for (var n = 1; n <= 5; n++)
            records.Add(await sheet.AddAsync("Things", $$"""{"Name":"thing {{n}}","Count":{{n}},"Notes":"odd word{{n}}","State":"{{(n % 2 == 0 ? "Open" : "Closed")}}"}"""));
        await person.PatchAsync($"/v0/{sheet.BaseId}/Things/{records[0]}", new { fields = new Dictionary<string, int> { ["Count"] = 7 } });
        await using var client = await ToolClient.ConnectAsync(installation.Apis[0], person.Token);
        var place = $"\"baseId\":\"{sheet.BaseId}\",\"table\":\"Things\"";

        Assert.Equal(sheet.BaseId, (string)Assert.Single((await client.OkAsync("list_bases"))["bases"]!.AsArray(), b => (string)b!["name"]! == "Test base")!["id"]!);
        var tables = (await client.OkAsync("list_tables", $$"""{"baseId":"{{sheet.BaseId}}"}"""))["tables"]!.AsArray();
        Assert.Equal(["Others", "Things"], tables.Select(t => (string)t!["name"]!));
        Assert.Contains("Count", tables[1]!["fields"]!.AsArray().Select(f => (string)f!));
        Same((await person.GetAsync($"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]![1]!, await client.OkAsync("describe_table", $"{{{place}}}"));

        Same(await person.GetAsync($"/v0/{sheet.BaseId}/Things?pageSize=20"), await client.OkAsync("list_records", $"{{{place}}}"));
        Assert.Equal(["thing 1", "thing 5"], Names(await client.OkAsync("list_records", $$"""{{{place}},"filterByFormula":"{Count} > 4","fields":["Name"],"sort":[{"field":"Name","direction":"asc"}]}""")));
        Assert.Equal(["thing 4", "thing 2"], Names(await client.OkAsync("list_records", $$"""{{{place}},"conditions":[{"field":"State","operator":"is","value":"Open"},{"field":"Count","operator":">","value":1}],"sort":[{"field":"Count","direction":"desc"}]}""")));
        Assert.Equal(["thing 3"], Names(await client.OkAsync("list_records", $$"""{{{place}},"search":"word3","view":"Grid view"}""")));
        var first = await client.OkAsync("list_records", $$"""{{{place}},"pageSize":3}""");
        var second = await client.OkAsync("list_records", $$"""{{{place}},"pageSize":3,"offset":"{{(string)first["offset"]!}}"}""");
        Assert.Equal((3, 2, null), (Names(first).Length, Names(second).Length, second["offset"]));
        Same(await person.GetAsync($"/v0/{sheet.BaseId}/Things/{records[2]}"), await client.OkAsync("get_record", $$"""{{{place}},"record":"{{records[2]}}"}"""));
        Same(await person.GetAsync($"/api/bases/{sheet.BaseId}/search?q=word4&limit=20"), await client.OkAsync("search_base", $$"""{"baseId":"{{sheet.BaseId}}","query":"word4"}"""));
        var summary = await client.OkAsync("summarize_records", $$"""{{{place}},"groups":[{"field":"State"}],"aggregates":[{"field":"Count","function":"sum"}]}""");
        Assert.Equal((5, 21.0, 2), ((int)summary["count"]!, (double)summary["values"]![0]!, summary["groups"]!.AsArray().Count));
        var history = await client.OkAsync("get_record_history", $$"""{{{place}},"record":"{{records[0]}}","field":"Count"}""");
        Assert.Equal((7, 1), ((int)history["entries"]![0]!["changes"]![0]!["to"]!, (int)history["entries"]![0]!["changes"]![0]!["from"]!));
        var past = await client.OkAsync("list_records_as_of", $$"""{{{place}},"asOf":"{{(long)history["entries"]![0]!["version"]! - 1}}"}""");
        Assert.Equal(1, (int)past["records"]!.AsArray().Single(r => (string)r!["id"]! == records[0])!["fields"]!["Count"]!);
    }

    [Fact]
    public async Task A_bill_of_material_is_exploded_and_cut_where_it_gets_long()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new { name = "Bom", fields = new object[] { new { name = "Name", type = "singleLineText" }, new { name = "Quantity", type = "number", options = new { precision = 0 } }, new { name = "Mass", type = "number", options = new { precision = 2 } } } });
        var table = (string)(await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!["id"]!;
        await person.PostAsync($"/v0/meta/bases/{baseId}/tables/{table}/fields", new { name = "Parts", type = "multipleRecordLinks", options = new { linkedTableId = table } });
        await using var client = await ToolClient.ConnectAsync(installation.Apis[0], person.Token);
        var made = await client.OkAsync("create_records", $$"""{"baseId":"{{baseId}}","table":"Bom","records":[{"fields":{"Name":"screw","Quantity":4,"Mass":0.5} },{"fields":{"Name":"nut","Quantity":4,"Mass":0.25} }]}""");
        var (screw, nut) = ((string)made["records"]![0]!["id"]!, (string)made["records"]![1]!["id"]!);
        var lid = (string)(await client.OkAsync("create_records", $$"""{"baseId":"{{baseId}}","table":"Bom","records":[{"fields":{"Name":"lid","Quantity":1,"Mass":2,"Parts":["{{screw}}","{{nut}}"]} }]}"""))["records"]![0]!["id"]!;

        var down = await client.OkAsync("explode_bom", $$"""{"baseId":"{{baseId}}","table":"Bom","record":"{{lid}}","link":"Parts","quantity":"Quantity","value":"Mass"}""");
        Assert.Equal((2, 3.0, false), (down["lines"]!.AsArray().Count, (double)down["value"]! - 2, (bool)down["isCut"]!));
        var cut = await client.OkAsync("explode_bom", $$"""{"baseId":"{{baseId}}","table":"Bom","record":"{{lid}}","link":"Parts","limit":1}""");
        Assert.Equal((1, true), (cut["lines"]!.AsArray().Count, (bool)cut["isCut"]!));
        var up = await client.OkAsync("where_used", $$"""{"baseId":"{{baseId}}","table":"Bom","record":"{{nut}}","link":"Parts","quantity":"Quantity"}""");
        Assert.Equal(lid, (string)Assert.Single(up["lines"]!.AsArray())!["record"]!);
    }

    [Fact]
    public async Task What_was_found_in_a_drawing_and_where_a_cell_comes_from()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new { name = "Stock", fields = new object[] { new { name = "Number", type = "singleLineText" } } });
        var stock = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!;
        var job = await person.ImportAsync(baseId, "gearbox.stp", Samples.Read("gearbox.stp"), """{"import":"preview"}""");
        await person.JobAsync(job, now => (string)now["state"]! == "waiting");
        await person.PostAsync($"/api/jobs/{(string)job["id"]!}/import", JsonNode.Parse($$$"""
            {"table":"{{{(string)stock["id"]!}}}","merge":{"on":["{{{(string)stock["fields"]![0]!["id"]!}}}"]},"columns":[{"column":"Part number","field":"{{{(string)stock["fields"]![0]!["id"]!}}}"}]}
            """)!);
        await person.EndOfAsync(job);
        await using var client = await ToolClient.ConnectAsync(installation.Apis[0], person.Token);
        var id = (string)job["id"]!;
        Assert.Equal(id, (string)Assert.Single((await client.OkAsync("list_files_read", $$"""{"baseId":"{{baseId}}"}"""))["jobs"]!.AsArray())!["id"]!);
        var found = await client.OkAsync("get_findings", $$"""{"job":"{{id}}"}""");
        var table = (string)found["result"]!["tables"]![0]!["id"]!;
        var record = (string)(await client.OkAsync("list_records", $$"""{"baseId":"{{baseId}}","table":"{{table}}","pageSize":1}"""))["records"]![0]!["id"]!;
        var cells = (await client.OkAsync("get_provenance", $$"""{"baseId":"{{baseId}}","table":"{{table}}","record":"{{record}}"}"""))["cells"]!;
        Same((await person.GetAsync($"/api/bases/{baseId}/tables/{table}/records/{record}/provenance"))["cells"]!, cells);
        Assert.NotEmpty(cells.AsArray());
    }

    [Fact]
    public async Task Records_are_written_as_everywhere_all_or_none()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await using var client = await ToolClient.ConnectAsync(installation.Apis[0], sheet.Person.Token);
        var place = $"\"baseId\":\"{sheet.BaseId}\",\"table\":\"Things\"";

        await client.OkAsync("create_records", $$"""{{{place}},"records":[{"fields":{"Name":"never"} }],"dryRun":true}""");
        Assert.Empty(Names(await client.OkAsync("list_records", $"{{{place}}}")));
        var made = await client.OkAsync("create_records", $$"""{{{place}},"records":[{"fields":{"Name":"a","Count":1} },{"fields":{"Name":"b","Count":"2","State":"New choice"} }],"typecast":true}""");
        var ids = made["records"]!.AsArray().Select(r => (string)r!["id"]!).ToArray();
        Assert.Equal("New choice", (string)(await sheet.FieldsAsync("Things", ids[1]))["State"]!);
        await client.OkAsync("update_records", $$"""{{{place}},"records":[{"id":"{{ids[0]}}","fields":{"Count":null,"Notes":"kept"} }]}""");
        Assert.Equal(["Name", "Notes"], (await sheet.FieldsAsync("Things", ids[0])).AsObject().Select(f => f.Key).Order());
        var merged = await client.OkAsync("update_records", $$"""{{{place}},"records":[{"fields":{"Name":"b","Count":9} },{"fields":{"Name":"c"} }],"mergeOn":["Name"]}""");
        Assert.Equal((1, ids[1]), (merged["createdRecords"]!.AsArray().Count, (string)merged["updatedRecords"]![0]!));
        // One is refused, so none is written.
        Assert.Equal("invalid-value-for-column", (await client.CallAsync("update_records", $$"""{{{place}},"records":[{"id":"{{ids[0]}}","fields":{"Name":"no"} },{"id":"{{ids[1]}}","fields":{"Count":"many"} }]}""")).Code);
        Assert.Equal("a", (string)(await sheet.FieldsAsync("Things", ids[0]))["Name"]!);
        await client.OkAsync("add_comment", $$"""{{{place}},"record":"{{ids[0]}}","text":"checked"}""");
        Assert.Equal("checked", (string)Assert.Single((await client.OkAsync("list_comments", $$"""{{{place}},"record":"{{ids[0]}}"}"""))["comments"]!.AsArray())!["text"]!);
        await client.OkAsync("delete_records", $$"""{{{place}},"records":["{{ids[0]}}","{{ids[1]}}"]}""");
        Assert.Equal(["c"], Names(await client.OkAsync("list_records", $"{{{place}}}")));
        // In the trash, and undone like any other work.
        await sheet.Person.PostAsync($"/api/bases/{sheet.BaseId}/undo", new { });
        Assert.Equal(3, Names(await client.OkAsync("list_records", $"{{{place}}}")).Length);
    }

    [Fact]
    public async Task Wrong_calls_are_refused_with_a_code_and_a_hint_and_long_answers_too()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await using var client = await ToolClient.ConnectAsync(installation.Apis[0], sheet.Person.Token);
        var place = $"\"baseId\":\"{sheet.BaseId}\",\"table\":\"Things\"";
        foreach (var (code, tool, arguments) in new[]
        {
            ("unknown-field-name", "list_records", $$"""{{{place}},"fields":["Nowhere"]}"""), ("invalid-filter-by-formula", "list_records", $$"""{{{place}},"filterByFormula":"{Count"}"""),
            ("invalid-offset-value", "list_records", $$"""{{{place}},"offset":"itrX"}"""), ("not-found", "get_record", $$"""{{{place}},"record":"recAAAAAAAAAAAAAA"}"""),
            ("invalid-permissions-or-model-not-found", "list_records", """{"baseId":"appAAAAAAAAAAAAAA","table":"Things"}"""), ("invalid-permissions-or-model-not-found", "describe_table", $$"""{"baseId":"{{sheet.BaseId}}","table":"../Others"}"""),
            ("invalid-arguments", "list_records", "{}"), ("invalid-arguments", "list_records", $$"""{{{place}},"pageSize":"many"}"""), ("invalid-arguments", "create_records", $$"""{{{place}},"records":[1]}"""),
            ("invalid-arguments", "delete_records", $$"""{{{place}},"records":[{{string.Join(',', Enumerable.Repeat("\"recAAAAAAAAAAAAAA\"", 101))}}]}"""), ("unknown-tool", "drop_everything", "{}"),
        })
        {
            var answer = await client.CallAsync(tool, arguments);
            Assert.True(answer.Code == code, $"{tool} {arguments}: {answer.Text}");
        }
        Assert.NotNull((await client.CallAsync("list_records", "{}")).Json["error"]!["hint"]);
        // Three long texts are more than a model wants to read; one of them is not.
        for (var n = 0; n < 3; n++)
            await sheet.AddAsync("Things", $$"""{"Name":"long {{n}}","Notes":"{{new string('x', 99_000)}}"}""");
        Assert.Equal("answer-too-large", (await client.CallAsync("list_records", $"{{{place}}}")).Code);
        Assert.Equal(3, Names(await client.OkAsync("list_records", $$"""{{{place}},"fields":["Name"]}""")).Length);
        Assert.Single(Names(await client.OkAsync("list_records", $$"""{{{place}},"pageSize":1}""")));
    }

    [Fact]
    public async Task A_token_does_here_what_its_scopes_and_limits_allow()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var other = await sheet.Person.CreateBaseAsync(new { name = "Things", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        var token = (string)(await sheet.Person.PostAsync("/api/tokens", new { name = "reader", scopes = new[] { "data.records:read" }, limitedTo = new[] { sheet.BaseId } }, HttpStatusCode.Created))["token"]!;
        await using var client = await ToolClient.ConnectAsync(installation.Apis[0], token);
        var place = $"\"baseId\":\"{sheet.BaseId}\",\"table\":\"Things\"";
        await client.OkAsync("list_records", $"{{{place}}}");
        Assert.Equal("invalid-permissions-or-model-not-found", (await client.CallAsync("list_records", $$"""{"baseId":"{{other}}","table":"Things"}""")).Code);
        const string refused = "invalid-permissions";
        Assert.Equal(refused, (await client.CallAsync("create_records", $$"""{{{place}},"records":[{"fields":{"Name":"x"} }]}""")).Code);
        Assert.Equal(refused, (await client.CallAsync("list_tables", $$"""{"baseId":"{{sheet.BaseId}}"}""")).Code);
    }

    [Fact]
    public async Task Who_is_nobody_and_whose_browser_shows_another_site_does_not_get_in()
    {
        var person = await installation.SignUpAsync();
        using var anybody = new HttpClient { BaseAddress = installation.Apis[0] };
        const string call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_bases","arguments":{}}}""";
        (string, string)[] accept = [("Accept", "application/json, text/event-stream")], cookie = [.. accept, ("Cookie", person.Cookie)];
        var none = await Sheet.SendAsync(anybody, "POST", "/mcp", call, accept);
        Assert.Equal((HttpStatusCode.Unauthorized, "Bearer", "not-signed-in"), (none.Status, none.Header("WWW-Authenticate"), (string)none.Json["code"]!));
        Assert.Equal("client-header-missing", (string)(await Sheet.SendAsync(anybody, "POST", "/mcp", call, cookie)).Json["code"]!);
        Assert.Contains("\\\"bases\\\"", (await Sheet.SendAsync(anybody, "POST", "/mcp", call, [.. cookie, ("PyBase-Client", "test")])).Text.Replace("\\u0022", "\\\"", StringComparison.Ordinal), StringComparison.Ordinal);
        var elsewhere = await Sheet.SendAsync(person.Client, "POST", "/mcp", call, [.. accept, ("Origin", "https://elsewhere.example")]);
        Assert.Equal((HttpStatusCode.Forbidden, "other-origin"), (elsewhere.Status, (string)elsewhere.Json["code"]!));
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(person.Client, "POST", "/mcp", call, [.. accept, ("Origin", installation.Apis[0].GetLeftPart(UriPartial.Authority))])).Status);
    }

    static string[] Names(JsonNode page) => [.. page["records"]!.AsArray().Select(r => (string)r!["fields"]!["Name"]!)];

    static void Same(JsonNode expected, JsonNode actual) => Assert.True(JsonNode.DeepEquals(expected, actual), $"expected {expected.ToJsonString()}\nbut was  {actual.ToJsonString()}");
}

/// <summary>There are no sessions: a call may go to any process.</summary>
[Collection(OnCluster.Name)]
public sealed class ToolOnClusterTests(DistributedInstallation installation)
{
    [Fact]
    public async Task What_one_process_writes_another_reads()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new { name = "Things", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        using var turns = new HttpClient(new TakingTurns(installation.Apis));
        await using var client = await ToolClient.ConnectAsync(installation.Apis[0], person.Token, turns);
        for (var n = 1; n <= 4; n++)
        {
            await client.OkAsync("create_records", $$"""{"baseId":"{{baseId}}","table":"Things","records":[{"fields":{"Name":"{{n}}"} }]}""");
            Assert.Equal(n, (await client.OkAsync("list_records", $$"""{"baseId":"{{baseId}}","table":"Things"}"""))["records"]!.AsArray().Count);
        }
    }

    sealed class TakingTurns(IReadOnlyList<Uri> apis) : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null })
    {
        int turn;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(apis[Interlocked.Increment(ref turn) % apis.Count], request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
