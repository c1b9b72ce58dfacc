using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Api.OpenApi;
using PyBase.Tests.Permissions;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Bases;

/// <summary>What routes under /api answer is what <c>/openapi/v1.json</c> says, no more and no less: the types of the web application are made of it.</summary>
[Collection(OnStandalone.Name)]
public sealed class OpenApiAnswerOnStandaloneTests(StandaloneInstallation installation)
{
    /// <summary>Operations that answer with a file, or whose answer is a job like others here, or only the installation's owner gets.</summary>
    static readonly string[] Others =
    [
        "GetSnapshot", "DownloadExport", "DownloadTable", "GetOriginal", "GetPicture", "DownloadFile", "CompareFiles", "AddUpPartsLists", "DropFiles", "ImportAirtableBase", "CancelJob", "RetryJob",
        "LoadSampleBase", "DrainQueue", "ListUnsentMails", "RetryMail", "GetOperations", "PlanCapacity", "SetQueueConcurrency",
        "GetSheets", "ListAudit", "exportPerson", "ReceiveAutomationHook",
    ];

    readonly HashSet<string> called = [];
    readonly List<string> wrong = [];
    JsonNode document = null!;

    [Fact]
    public async Task Each_answer_is_as_described()
    {
        var town = await Town.BuildAsync(installation);
        var owner = town.Owner;
        document = await owner.GetAsync("/openapi/v1.json");
        var (api, table, first) = ($"/api/bases/{town.BaseId}", $"/api/bases/{town.BaseId}/tables/{town.Table}", town.Part(1));
        await AskAsync(owner, "POST", $"/v0/meta/bases/{town.BaseId}/tables/{town.Table}/fields", $$"""{"name":"Consists of","type":"multipleRecordLinks","options":{"linkedTableId":"{{town.Table}}"} }""");
        await AskAsync(owner, "PATCH", $"/v0/{town.BaseId}/{town.Table}/{first}", $$"""{"fields":{"Consists of":["{{town.Part(2)}}"]} }""");

        foreach (var path in (string[])[$"{table}/records/{first}/history", $"{table}/records?asOf=9", $"{table}/records/{first}/provenance", $"{table}/release", $"{table}/rules", $"{table}/views", $"{table}/position", $"{table}/rows?start=0", $"{table}/rows?start=2&pageSize=1",
            $"{table}/tree?record={first}&link=Consists%20of&value=Kostprice", $"{api}/search?q=zq", $"{api}/trash", $"{api}/import-mappings", $"/api/jobs?base={town.BaseId}", "/api/templates", "/api/notifications", "/api/notifications/preferences", $"/v0/{town.BaseId}/{town.Table}?recordMetadata[]=commentCount", $"/v0/meta/bases/{town.BaseId}/tables"])
            await AskAsync(owner, "GET", path);
        await AskAsync(owner, "POST", $"{table}/aggregate", """{"groups":[{"field":"Realm"},{"field":"Maker","direction":"desc"}],"aggregates":[{"field":"Kostprice","function":"sum"},{"field":"Name","function":"countUnique"}]}""");
        await AskAsync(owner, "POST", $"{table}/explain", """{"sort":[{"field":"Remarks"}]}""");
        await AskAsync(owner, "POST", "/api/notifications/read", """{"all":true}""");
        await AskAsync(owner, "PATCH", "/api/notifications/preferences", """{"kinds":[{"kind":"mention","mail":"daily"}],"timeZone":"Europe/Berlin","hour":7}""");

        await AskAsync(owner, "PUT", $"{table}/rules", """{"fields":[{"field":"Kostprice","to":"viewer","access":"none"}],"rows":[{"to":"viewer","formula":"{Realm} = 'open'"}]}""");
        await AskAsync(owner, "DELETE", $"{table}/rules");
        await AskAsync(owner, "PUT", $"{table}/fields/Remarks/constraints", """{"required":true,"unique":{"caseSensitive":false},"max":200}""");
        await AskAsync(owner, "PUT", $"{table}/fields/Remarks/constraints", "{}");
        var constraint = await AskAsync(owner, "POST", $"{table}/constraints", """{"fields":["Name","Remarks"]}""");
        await AskAsync(owner, "DELETE", $"{table}/constraints/{(string)constraint!["id"]!}");
        await AskAsync(owner, "POST", $"{table}/fields/Warden/convert", """{"type":"number","options":{"precision":0},"dryRun":true}""");
        await AskAsync(owner, "POST", $"{table}/fields/Warden/convert", """{"type":"singleLineText"}""");

        var view = (string)(await AskAsync(owner, "POST", $"{table}/views", """{"name":"Mine","type":"grid","settings":{"sorts":[{"field":"Name"}],"rowHeight":"tall"}}"""))!["id"]!;
        var form = (string)(await AskAsync(owner, "POST", $"{table}/views", """{"name":"Ask","type":"form"}"""))!["id"]!;
        await AskAsync(owner, "GET", $"{table}/views/{view}");
        await AskAsync(owner, "PATCH", $"{table}/views/{view}", """{"name":"Mine too","locked":false}""");
        await AskAsync(owner, "POST", $"{table}/views/{view}/move", "{}");
        var copy = (string)(await AskAsync(owner, "POST", $"{table}/views/{view}/duplicate", """{"name":"Another"}"""))!["id"]!;
        await AskAsync(owner, "DELETE", $"{table}/views/{copy}");

        using var anybody = new HttpClient { BaseAddress = installation.Apis[0] };
        var link = (await AskAsync(owner, "POST", $"{api}/shares", $$"""{"view":"{{view}}","password":"a long secret"}"""))!;
        var grant = (string)(await AskAsync(anybody, "POST", $"/api/shares/{(string)link["token"]!}/unlock", """{"password":"a long secret"}"""))!["grant"]!;
        foreach (var (method, path, body) in new[] { ("GET", "", null), ("GET", "/records", null), ("POST", "/aggregate", """{"groups":[{"field":"Realm"}]}""") })
            await AskAsync(anybody, method, $"/api/shares/{(string)link["token"]!}{path}", body, ("PyBase-Share-Grant", grant));
        var asked = (string)(await AskAsync(owner, "POST", $"{api}/shares", $$"""{"view":"{{form}}"}"""))!["token"]!;
        var proof = (string)(await AskAsync(anybody, "GET", $"/api/shares/{asked}"))!["proof"]!;
        await AskAsync(anybody, "POST", $"/api/shares/{asked}/submit", $$$"""{"fields":{"{{{town.Field("Name")}}}":"from a stranger"},"proof":"{{{proof}}}"}""");
        await AskAsync(owner, "GET", $"{api}/shares");
        await AskAsync(owner, "PATCH", $"{api}/shares/{(string)link["share"]!["id"]!}", """{"password":null}""");
        var widget = $$"""{"type":"chart","chart":"bar","table":"{{town.Table}}","groups":[{"field":"Realm"}],"aggregates":[{"field":"Kostprice","function":"sum"}]}""";
        var board = (await AskAsync(owner, "POST", $"{api}/dashboards", $$"""{"name":"Costs","widgets":[{{widget}}]}"""))!;
        var dashboard = $"{api}/dashboards/{(string)board["id"]!}";
        await AskAsync(owner, "GET", $"{api}/dashboards");
        await AskAsync(owner, "GET", dashboard);
        await AskAsync(owner, "PATCH", dashboard, """{"description":"By realm"}""");
        await AskAsync(owner, "POST", $"{api}/dashboards/preview", widget);
        await AskAsync(owner, "GET", $"{dashboard}/widgets/{(string)board["widgets"]![0]!["id"]!}/data");
        var open = (string)(await AskAsync(owner, "POST", $"{api}/shares", $$"""{"dashboard":"{{(string)board["id"]!}}"}"""))!["token"]!;
        await AskAsync(anybody, "GET", $"/api/shares/{open}");
        await AskAsync(anybody, "GET", $"/api/shares/{open}/widgets/{(string)board["widgets"]![0]!["id"]!}/data");
        await AskAsync(owner, "DELETE", $"{api}/dashboards/{(string)(await AskAsync(owner, "POST", $"{dashboard}/duplicate", "{}"))!["id"]!}");
        await AskAsync(owner, "GET", $"{api}/audit");
        await AskAsync(owner, "GET", $"/api/workspaces/{owner.WorkspaceId}/audit");
        await owner.EndOfAsync((await AskAsync(owner, "POST", $"{api}/snapshots", "{}"))!);
        await AskAsync(owner, "DELETE", $"{api}/shares/{(string)link["share"]!["id"]!}");

        await AskAsync(owner, "PUT", $"{table}/release", """{"stateField":"Realm","released":["closed"]}""");
        await AskAsync(owner, "POST", $"{table}/records/{town.Part(3)}/revise", "{}");
        await AskAsync(owner, "DELETE", $"{table}/release");
        await AskAsync(owner, "DELETE", $"/v0/{town.BaseId}/{town.Table}/{town.Part(6)}");
        await AskAsync(owner, "POST", $"{api}/undo", "{}");
        await AskAsync(owner, "POST", $"{api}/redo", "{}");
        await AskAsync(owner, "GET", $"{api}/trash?table={town.Table}");
        await AskAsync(owner, "POST", $"{api}/trash/restore", $$"""{"table":"{{town.Table}}","records":["{{town.Part(6)}}"]}""");
        await AskAsync(owner, "DELETE", $"/v0/meta/bases/{town.BaseId}/tables/{town.Table}/fields/Consists%20of");
        await AskAsync(owner, "POST", $"{api}/trash/purge", $$"""{"table":"{{town.Table}}","records":["{{town.Part(7)}}"]}""");

        var exported = await AskAsync(owner, "POST", $"{table}/exports", """{"format":"csv"}""");
        await owner.EndOfAsync(exported!);
        await AskAsync(owner, "GET", $"/api/jobs/{(string)exported!["id"]!}");
        using var file = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes("Name,Count\na,1\nb,two\n")), "file", "rows.csv" }, { new StringContent("""{"import":"preview"}"""), "options" } };
        var import = (await AskAsync(owner.Client, "POST", $"{api}/imports", file))!;
        await owner.JobAsync(import, now => (string)now["state"]! == "waiting");
        var preview = (await AskAsync(owner, "GET", $"/api/jobs/{(string)import["id"]!}/preview"))!;
        await AskAsync(owner, "POST", $"/api/jobs/{(string)import["id"]!}/import", preview["mapping"]!.ToJsonString());
        await owner.EndOfAsync(import);
        await AskAsync(owner, "DELETE", $"{table}/import-mappings/Nothing");

        await AskAsync(owner, "POST", $"{table}/duplicate", """{"name":"Parts again"}""");
        var twin = (string)(await AskAsync(owner, "POST", $"{api}/duplicate", """{"name":"Twin","withRecords":false}"""))!["id"]!;
        await AskAsync(owner, "POST", "/api/templates/drawings", $$"""{"workspaceId":"{{owner.WorkspaceId}}"}""");
        var snapshot = await owner.Client.GetByteArrayAsync($"{api}/snapshot", TestContext.Current.CancellationToken);
        foreach (var path in (string[])[$"{api}/snapshot/restore", $"/api/workspaces/{owner.WorkspaceId}/snapshots?name=Third"])
        {
            using var content = new ByteArrayContent(snapshot) { Headers = { ContentType = new MediaTypeHeaderValue("application/gzip") } };
            await AskAsync(owner.Client, "POST", path, content);
        }
        await AskAsync(owner, "DELETE", $"/v0/meta/bases/{twin}");
        await AskAsync(owner, "GET", $"/api/workspaces/{owner.WorkspaceId}/trash");
        await AskAsync(owner, "POST", $"/api/workspaces/{owner.WorkspaceId}/trash/{twin}/restore", "{}");
        await AskAsync(owner, "DELETE", $"/v0/meta/bases/{twin}");
        await AskAsync(owner, "DELETE", $"/api/workspaces/{owner.WorkspaceId}/trash/{twin}");

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Empty(ApiShapes.All.Keys.Except(called).Except(Others));
    }

    [Fact]
    public async Task A_refusal_is_as_described_too()
    {
        using var anybody = new HttpClient { BaseAddress = installation.Apis[0] };
        document = await (await installation.SignUpAsync()).GetAsync("/openapi/v1.json");
        foreach (var path in (string[])["/api/jobs/jobAAAAAAAAAAAAAA", "/api/shares/nothing", "/api/auth/me"])
        {
            var refused = await Sheet.SendAsync(anybody, "GET", path);
            Assert.Empty(new JsonSchema(document).Faults(JsonNode.Parse("""{"$ref":"#/components/schemas/Problem"}"""), refused.Json));
        }
    }

    Task<JsonNode?> AskAsync(Person person, string method, string path, string? body = null) => AskAsync(person.Client, method, path, body);

    async Task<JsonNode?> AskAsync(HttpClient client, string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var answer = await Sheet.SendAsync(client, method, path, body, headers);
        return Check(method, path, (int)answer.Status, answer.Text, body is null ? null : JsonNode.Parse(body));
    }

    Task<JsonNode?> AskAsync(HttpClient client, string method, string path) => AskAsync(client, method, path, (string?)null);

    async Task<JsonNode?> AskAsync(HttpClient client, string method, string path, HttpContent body)
    {
        using var answer = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path) { Content = body });
        return Check(method, path, (int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), null);
    }

    JsonNode? Check(string method, string path, int status, string text, JsonNode? body)
    {
        var segments = path.Split('?')[0].Split('/');
        var (pattern, operations) = document["paths"]!.AsObject().Where(p => IsOf(p.Key.Split('/'), segments)).MinBy(p => p.Key.Count(c => c == '{'));
        var operation = operations![method.ToLowerInvariant()]!;
        called.Add((string)operation["operationId"]!);
        var schema = new JsonSchema(document);
        if (operation["responses"]![$"{status}"] is not { } described)
            wrong.Add($"{method} {path} answers {status}, which {pattern} does not say: {text}");
        else if (described["content"]?["application/json"]?["schema"] is { } given)
            wrong.AddRange(schema.Faults(given, JsonNode.Parse(text)).Select(fault => $"{method} {path}: {fault}"));
        else if (text.Length > 0)
            wrong.Add($"{method} {path} answers with something: {text}");
        if (body is not null && operation["requestBody"]?["content"]?["application/json"]?["schema"] is { } taken)
            wrong.AddRange(schema.Faults(taken, body).Select(fault => $"{method} {path} takes {body.ToJsonString()}: {fault}"));
        return text.StartsWith('{') ? JsonNode.Parse(text) : null;
    }

    static bool IsOf(string[] pattern, string[] path) => pattern.Length == path.Length && pattern.Zip(path).All(part => part.First.StartsWith('{') || part.First == part.Second);
}
