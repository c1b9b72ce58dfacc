using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Core.Webhooks;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Webhooks;

/// <summary>Webhooks are asked for and read as Airtable's clients do it: one payload for each transaction that matches, in order, the same whenever it is read.</summary>
[Collection(OnStandalone.Name)]
public sealed class WebhookOnStandaloneTests(StandaloneInstallation installation)
{
    const string Everything = """{"options":{"filters":{"dataTypes":["tableData","tableFields","tableMetadata"]}}}""";
    const string Cells = """{"options":{"filters":{"dataTypes":["tableData"]},"includes":{"includePreviousCellValues":true}}}""";

    [Fact]
    public async Task Twenty_changes_are_exactly_twenty_payloads_and_stay_so()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var record = await sheet.AddAsync("Things", """{"Count":0,"Name":"before"}""");
        var (hook, _) = await AddAsync(sheet, Cells);
        for (var n = 1; n <= 20; n++)
            await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{record}", $$$"""{"fields":{"Count":{{{n}}}}}""");
        var count = await FieldAsync(sheet, "Count");

        var read = await sheet.OkAsync("GET", $"{hook}/payloads");
        Assert.Equal((21, false, "v0"), ((int)read["cursor"]!, (bool)read["mightHaveMore"]!, (string)read["payloadFormat"]!));
        Assert.Equal(Enumerable.Range(1, 20), read["payloads"]!.AsArray().Select(p => (int)Changed(p!, sheet.Things, record)["current"]!["cellValuesByFieldId"]![count]!));
        Assert.Equal(Enumerable.Range(0, 20), read["payloads"]!.AsArray().Select(p => (int)Changed(p!, sheet.Things, record)["previous"]!["cellValuesByFieldId"]![count]!));
        var numbers = read["payloads"]!.AsArray().Select(p => (long)p!["baseTransactionNumber"]!).ToArray();
        Assert.Equal(Enumerable.Range(0, 20).Select(n => numbers[0] + n), numbers);

        // Later changes and a deletion do not change what was.
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{record}", """{"fields":{"Count":99,"Name":"after"}}""");
        await sheet.OkAsync("DELETE", $"{sheet.PathOf("Things")}/{record}");
        var again = await sheet.OkAsync("GET", $"{hook}/payloads?cursor=1&limit=20");
        Sheet.Same(read["payloads"]!.ToJsonString(), again["payloads"]);
        Assert.Equal((21, true), ((int)again["cursor"]!, (bool)again["mightHaveMore"]!));
        var rest = await sheet.OkAsync("GET", $"{hook}/payloads?cursor=21");
        Assert.Equal((2, 23), (rest["payloads"]!.AsArray().Count, (int)rest["cursor"]!));
        Assert.Equal(record, (string)rest["payloads"]![1]!["changedTablesById"]![sheet.Things]!["destroyedRecordIds"]![0]!);
        var piece = await sheet.OkAsync("GET", $"{hook}/payloads?cursor=5&limit=3");
        Assert.Equal([5, 6, 7], piece["payloads"]!.AsArray().Select(p => (int)Changed(p!, sheet.Things, record)["current"]!["cellValuesByFieldId"]![count]!));
        Assert.Equal((8, true), ((int)piece["cursor"]!, (bool)piece["mightHaveMore"]!));
        Assert.Equal(23, (int)(await sheet.OkAsync("GET", Hooks(sheet)))["webhooks"]![0]!["cursorForNextPayload"]!);
    }

    [Fact]
    public async Task A_payload_has_the_form_that_Airtable_gives_it()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var me = (await sheet.Person.GetAsync("/api/auth/me"))["user"]!;
        var shelf = await sheet.AddAsync("Others", """{"Name":"shelf"}""");
        var (hook, _) = await AddAsync(sheet, """{"options":{"filters":{"dataTypes":["tableData"],"recordChangeScope":"TABLE"},"includes":{"includeCellValuesInFieldIds":"all"}}}""".Replace("TABLE", sheet.Things, StringComparison.Ordinal));
        var made = await sheet.OkAsync("POST", sheet.PathOf("Things"), $$$"""{"fields":{"Name":"bolt","State":"Open","Tags":["red"],"Links":["{{{shelf}}}"],"Done":true,"Day":"2026-01-02","When":"2026-01-02T03:04:05Z","Count":1.5}}""");
        var record = (string)made["id"]!;
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{record}", """{"fields":{"State":null,"Name":"nut"}}""");

        var fields = (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == sheet.Things)!["fields"]!.AsArray();
        string Id(string name) => (string)fields.Single(f => (string)f!["name"]! == name)!["id"]!;
        JsonNode Choice(string field, string name) => fields.Single(f => (string)f!["name"]! == field)!["options"]!["choices"]!.AsArray().Single(c => (string)c!["name"]! == name)!;
        var payloads = (await sheet.OkAsync("GET", $"{hook}/payloads"))["payloads"]!.AsArray();
        Assert.Equal(2, payloads.Count);
        var (first, second) = (payloads[0]!, payloads[1]!);
        Sheet.Same($$$"""
            {"timestamp":"{{{(string)first["timestamp"]!}}}","baseTransactionNumber":{{{(int)first["baseTransactionNumber"]!}}},"payloadFormat":"v0",
             "actionMetadata":{"source":"publicApi","sourceMetadata":{"user":{"id":"{{{(string)me["id"]!}}}","email":"{{{(string)me["email"]!}}}","name":"Test Person","permissionLevel":"create"} } },
             "changedTablesById":{"{{{sheet.Things}}}":{"createdRecordsById":{"{{{record}}}":{"createdTime":"{{{(string)made["createdTime"]!}}}","cellValuesByFieldId":{
                "{{{Id("Name")}}}":"bolt","{{{Id("Count")}}}":1.5,"{{{Id("Done")}}}":true,"{{{Id("State")}}}":{{{Choice("State", "Open").ToJsonString()}}},"{{{Id("Day")}}}":"2026-01-02",
                "{{{Id("Links")}}}":[{"id":"{{{shelf}}}","name":"shelf"}],"{{{Id("Tags")}}}":[{{{Choice("Tags", "red").ToJsonString()}}}],"{{{Id("When")}}}":"2026-01-02T03:04:05.000Z"
             } } } } },"createdTablesById":{},"destroyedTableIds":[]}
            """, first);
        var changed = Changed(second, sheet.Things, record);
        Sheet.Same($$$"""{"cellValuesByFieldId":{"{{{Id("Name")}}}":"nut","{{{Id("State")}}}":null}}""", changed["current"]);
        Assert.Null(changed["previous"]);
        var unchanged = changed["unchanged"]!["cellValuesByFieldId"]!.AsObject().Select(c => c.Key).Order();
        Assert.Equal(((string[])["Count", "Done", "Day", "Links", "Tags", "When"]).Select(Id).Order(), unchanged);
    }

    [Fact]
    public async Task A_batch_names_for_each_record_what_it_changed()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (a, b) = (await sheet.AddAsync("Things", """{"Name":"a","Count":1}"""), await sheet.AddAsync("Things", """{"Name":"b","Count":2}"""));
        var (hook, _) = await AddAsync(sheet, Cells);
        await sheet.OkAsync("PATCH", sheet.PathOf("Things"), $$$"""{"records":[{"id":"{{{a}}}","fields":{"Name":"A"}},{"id":"{{{b}}}","fields":{"Count":3}}]}""");
        var payload = Assert.Single((await sheet.OkAsync("GET", $"{hook}/payloads"))["payloads"]!.AsArray())!;
        Sheet.Same($$$"""{"{{{await FieldAsync(sheet, "Name")}}}":"A"}""", Changed(payload, sheet.Things, a)["current"]!["cellValuesByFieldId"]);
        Sheet.Same($$$"""{"{{{await FieldAsync(sheet, "Count")}}}":3}""", Changed(payload, sheet.Things, b)["current"]!["cellValuesByFieldId"]);
        Sheet.Same($$$"""{"{{{await FieldAsync(sheet, "Count")}}}":2}""", Changed(payload, sheet.Things, b)["previous"]!["cellValuesByFieldId"]);
    }

    [Fact]
    public async Task A_specification_leaves_out_what_it_does_not_name()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (name, count) = (await FieldAsync(sheet, "Name"), await FieldAsync(sheet, "Count"));
        var wanted = new (string Filters, int[] Payloads)[]
        {
            ("""{"dataTypes":["tableData"]}""", [1, 2, 3, 4, 7]),
            ("""{"dataTypes":["tableData"],"changeTypes":["add"]}""", [1, 4]),
            ("""{"dataTypes":["tableData"],"changeTypes":["remove","update"]}""", [2, 3, 7]),
            ($$"""{"dataTypes":["tableData"],"recordChangeScope":"{{sheet.Others}}"}""", [4]),
            ($$"""{"dataTypes":["tableData"],"watchDataInFieldIds":["{{count}}"],"changeTypes":["update"]}""", [3]),
            ("""{"dataTypes":["tableFields"]}""", [5]),
            ("""{"dataTypes":["tableMetadata"]}""", [6]),
            ("""{"dataTypes":["tableData"],"fromSources":["client"]}""", []),
            ("""{"dataTypes":["tableData"],"fromSources":["publicApi","system"]}""", [1, 2, 3, 4, 7]),
        };
        var hooks = new List<string>();
        foreach (var (filters, _) in wanted)
            hooks.Add((await AddAsync(sheet, $$"""{"options":{"filters":{{filters}} } }""")).Path);
        var things = sheet.PathOf("Things");
        var record = await sheet.AddAsync("Things", """{"Name":"1"}""");
        await sheet.OkAsync("PATCH", $"{things}/{record}", """{"fields":{"Name":"2"}}""");
        await sheet.OkAsync("PATCH", $"{things}/{record}", """{"fields":{"Count":3}}""");
        await sheet.AddAsync("Others", "{}");
        await sheet.OkAsync("PATCH", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Things}/fields/{name}", """{"description":"5"}""");
        await sheet.OkAsync("PATCH", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Things}", """{"name":"Six"}""");
        await sheet.OkAsync("DELETE", $"/v0/{sheet.BaseId}/{sheet.Things}/{record}");
        long? first = null;
        foreach (var (hook, (filters, expected)) in hooks.Zip(wanted))
        {
            var payloads = (await sheet.OkAsync("GET", $"{hook}/payloads"))["payloads"]!.AsArray();
            first ??= (long)payloads[0]!["baseTransactionNumber"]! - 1;
            Assert.True(expected.SequenceEqual(payloads.Select(p => (int)((long)p!["baseTransactionNumber"]! - first.Value))), $"{filters}: {payloads.ToJsonString()}");
        }
        Sheet.Same($$$"""{"{{{name}}}":{"current":{"name":"Name","type":"singleLineText"} } }""", (await sheet.OkAsync("GET", $"{hooks[5]}/payloads"))["payloads"]![0]!["changedTablesById"]![sheet.Things]!["changedFieldsById"]);
        Sheet.Same("""{"current":{"name":"Six"}}""", (await sheet.OkAsync("GET", $"{hooks[6]}/payloads"))["payloads"]![0]!["changedTablesById"]![sheet.Things]!["changedMetadata"]);
    }

    [Fact]
    public async Task What_a_person_does_at_the_application_comes_from_the_client()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (hook, _) = await AddAsync(sheet, """{"options":{"filters":{"dataTypes":["tableData"],"fromSources":["client"]}}}""");
        using var browser = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = installation.Apis[0] };
        await sheet.AddAsync("Things", """{"Name":"by script"}""");
        var made = await Sheet.SendAsync(browser, "POST", sheet.PathOf("Things"), """{"fields":{"Name":"by hand"}}""", ("Cookie", sheet.Person.Cookie), ("PyBase-Client", "web"));
        Assert.Equal(HttpStatusCode.OK, made.Status);
        var payload = Assert.Single((await sheet.OkAsync("GET", $"{hook}/payloads"))["payloads"]!.AsArray())!;
        Assert.Equal("client", (string)payload["actionMetadata"]!["source"]!);
    }

    [Fact]
    public async Task A_new_table_and_field_are_told_and_a_lost_table_breaks_no_cursor()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (hook, _) = await AddAsync(sheet, Everything);
        var table = (string)(await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables", """{"name":"More","fields":[{"name":"Name","type":"singleLineText"}]}"""))["id"]!;
        await sheet.AddAsync("More", """{"Name":"x"}""");
        var field = (string)(await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/More/fields", """{"name":"Size","type":"number","options":{"precision":0}}"""))["id"]!;
        var read = (await sheet.OkAsync("GET", $"{hook}/payloads"))["payloads"]!.AsArray();
        Assert.Equal(3, read.Count);
        Assert.Equal("More", (string)read[0]!["createdTablesById"]![table]!["metadata"]!["name"]!);
        Assert.Equal("Name", (string)Assert.Single(read[0]!["createdTablesById"]![table]!["fieldsById"]!.AsObject(), f => f.Key != field).Value!["name"]!);
        Sheet.Same($$$"""{"{{{field}}}":{"name":"Size","type":"number"}}""", read[2]!["changedTablesById"]![table]!["createdFieldsById"]);
    }

    [Fact]
    public async Task A_webhook_is_listed_switched_refreshed_and_deleted()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var made = await sheet.OkAsync("POST", Hooks(sheet), $$"""{"notificationUrl":"https://example.org/hook","specification":{{Cells}} }""");
        Assert.Equal(["expirationTime", "id", "macSecretBase64"], made.AsObject().Select(p => p.Key).Order());
        Assert.StartsWith("ach", (string)made["id"]!, StringComparison.Ordinal);
        Assert.True(Convert.FromBase64String((string)made["macSecretBase64"]!).Length >= 32);
        var listed = await sheet.SendAsync("GET", Hooks(sheet));
        Assert.DoesNotContain((string)made["macSecretBase64"]!, listed.Text, StringComparison.Ordinal);
        Sheet.Same($$"""
            {"webhooks":[{"id":"{{(string)made["id"]!}}","areNotificationsEnabled":true,"cursorForNextPayload":1,"isHookEnabled":true,"lastSuccessfulNotificationTime":null,
             "notificationUrl":"https://example.org/hook","expirationTime":"{{(string)made["expirationTime"]!}}","lastNotificationResult":null,"specification":{{Cells}} }]}
            """, listed.Json);
        var hook = $"{Hooks(sheet)}/{(string)made["id"]!}";
        await sheet.OkAsync("POST", $"{hook}/enableNotifications", """{"enable":false}""");
        Assert.False((bool)(await sheet.OkAsync("GET", Hooks(sheet)))["webhooks"]![0]!["areNotificationsEnabled"]!);
        Assert.Equal("INVALID_REQUEST_UNKNOWN", (await sheet.SendAsync("POST", $"{hook}/enableNotifications", """{"enable":"yes"}""")).Error);
        var refreshed = (DateTimeOffset)(await sheet.OkAsync("POST", $"{hook}/refresh"))["expirationTime"]!;
        Assert.True(refreshed > (DateTimeOffset)made["expirationTime"]! && refreshed > DateTimeOffset.Parse((string)made["expirationTime"]!, null));
        await sheet.OkAsync("DELETE", hook);
        foreach (var (method, rest, body) in new[] { ("DELETE", "", null), ("GET", "/payloads", null), ("POST", "/refresh", null), ("POST", "/enableNotifications", """{"enable":true}""") })
            Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), Said(await sheet.SendAsync(method, hook + rest, body)));
    }

    [Fact]
    public async Task A_base_has_ten_webhooks_however_many_ask_at_once()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var answers = await Task.WhenAll(Enumerable.Range(0, 14).Select(_ => sheet.SendAsync("POST", Hooks(sheet), $$"""{"specification":{{Cells}} }""")));
        Assert.Equal((10, 4), (answers.Count(a => a.Status is HttpStatusCode.OK), answers.Count(a => a.Error is "TOO_MANY_WEBHOOKS_IN_BASE")));
        Assert.Equal(WebhookErrors.MaxPerBase, (await sheet.OkAsync("GET", Hooks(sheet)))["webhooks"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("{}", "INVALID_WEBHOOK_SPECIFICATION")]
    [InlineData("""{"specification":{"options":{"filters":{}}}}""", "INVALID_WEBHOOK_SPECIFICATION")]
    [InlineData("""{"specification":{"options":{"filters":{"dataTypes":[]}}}}""", "INVALID_WEBHOOK_SPECIFICATION")]
    [InlineData("""{"specification":{"options":{"filters":{"dataTypes":["rows"]}}}}""", "INVALID_WEBHOOK_SPECIFICATION")]
    [InlineData("""{"specification":{"options":{"filters":{"dataTypes":["tableData"],"changeTypes":"add"}}}}""", "INVALID_WEBHOOK_SPECIFICATION")]
    [InlineData("""{"specification":{"options":{"filters":{"dataTypes":["tableData"],"fromSources":["moon"]}}}}""", "INVALID_WEBHOOK_SPECIFICATION")]
    [InlineData("""{"specification":{"options":{"filters":{"dataTypes":["tableData"],"recordChangeScope":"tblAAAAAAAAAAAAAA"}}}}""", "INVALID_WEBHOOK_SPECIFICATION")]
    [InlineData("""{"notificationUrl":"file:///etc/passwd","specification":{"options":{"filters":{"dataTypes":["tableData"]}}}}""", "INVALID_NOTIFICATION_URL")]
    [InlineData("""{"notificationUrl":7,"specification":{"options":{"filters":{"dataTypes":["tableData"]}}}}""", "INVALID_NOTIFICATION_URL")]
    [InlineData("[]", "INVALID_REQUEST_BODY")]
    public async Task A_webhook_that_makes_no_sense_is_refused(string body, string error)
    {
        var sheet = await Sheet.SharedAsync(installation);
        Assert.Equal(error, (await sheet.SendAsync("POST", Hooks(sheet), body)).Error);
        Assert.Empty((await sheet.OkAsync("GET", Hooks(sheet)))["webhooks"]!.AsArray());
    }

    [Fact]
    public async Task Readers_and_writers_at_once_miss_nothing_and_repeat_nothing()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (hook, _) = await AddAsync(sheet, Cells);
        var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
        {
            for (var n = 0; n < 25; n++)
                await sheet.AddAsync(n % 2 == 0 ? "Things" : "Others", $$"""{"Name":"{{writer}}.{{n}}"}""");
        }));
        var readers = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            var (seen, cursor) = (new List<long>(), 1L);
            for (var isLast = false; !isLast;)
            {
                isLast = writing.IsCompleted;
                var page = await sheet.OkAsync("GET", $"{hook}/payloads?cursor={cursor}&limit=7");
                seen.AddRange(page["payloads"]!.AsArray().Select(p => (long)p!["baseTransactionNumber"]!));
                cursor = (long)page["cursor"]!;
                isLast &= !(bool)page["mightHaveMore"]!;
            }
            return seen;
        }));
        await writing;
        foreach (var seen in readers)
            Assert.Equal(Enumerable.Range(0, 100).Select(n => seen[0] + n), seen);
    }

    [Fact]
    public async Task A_cursor_is_a_number_from_one()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (hook, _) = await AddAsync(sheet, Cells);
        foreach (var query in (string[])["cursor=0", "cursor=-1", "cursor=x", "cursor=99999999999999999999", "limit=0", "limit=51"])
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_CURSOR"), Said(await sheet.SendAsync("GET", $"{hook}/payloads?{query}")));
        Sheet.Same("""{"payloads":[],"cursor":77,"mightHaveMore":false,"payloadFormat":"v0"}""", await sheet.OkAsync("GET", $"{hook}/payloads?cursor=77"));
    }

    [Fact]
    public async Task Only_admins_and_tokens_with_the_scope_manage_webhooks()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (hook, _) = await AddAsync(sheet, Cells);
        using var editor = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(editor, "editor");
        var narrow = (string)(await sheet.Person.PostAsync("/api/tokens", new { name = "narrow", scopes = new[] { "data.records:read", "schema.bases:write" } }, HttpStatusCode.Created))["token"]!;
        using var script = new HttpClient { BaseAddress = installation.Apis[0], DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", narrow) } };
        foreach (var client in (HttpClient[])[editor.Client, script])
            foreach (var (method, path, body) in new[] { ("GET", Hooks(sheet), null), ("POST", Hooks(sheet), $$"""{"specification":{{Cells}} }"""), ("GET", $"{hook}/payloads", null), ("DELETE", hook, null), ("POST", $"{hook}/refresh", null) })
                Assert.Equal((HttpStatusCode.Forbidden, "INVALID_PERMISSIONS"), Said(await Sheet.SendAsync(client, method, path, body)));
        var wide = (string)(await sheet.Person.PostAsync("/api/tokens", new { name = "hooks", scopes = new[] { "webhook:manage" } }, HttpStatusCode.Created))["token"]!;
        using var manager = new HttpClient { BaseAddress = installation.Apis[0], DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", wide) } };
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(manager, "GET", $"{hook}/payloads")).Status);
    }

    static string Hooks(Sheet sheet) => $"/v0/bases/{sheet.BaseId}/webhooks";

    static async Task<(string Path, string Id)> AddAsync(Sheet sheet, string specification)
    {
        var id = (string)(await sheet.OkAsync("POST", Hooks(sheet), $$"""{"specification":{{specification}} }"""))["id"]!;
        return ($"{Hooks(sheet)}/{id}", id);
    }

    static JsonNode Changed(JsonNode payload, string table, string record) => payload["changedTablesById"]![table]!["changedRecordsById"]![record]!;

    static async Task<string> FieldAsync(Sheet sheet, string name) => (string)(await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]!.AsArray()
        .Single(t => (string)t!["id"]! == sheet.Things)!["fields"]!.AsArray().Single(f => (string)f!["name"]! == name)!["id"]!;

    static (HttpStatusCode, string?) Said(Answer answer) => (answer.Status, answer.Error);
}
