using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Bases;

/// <summary>
/// Every endpoint of the running application, asked by everybody: who may is not refused, who may not is. An endpoint that stands in no line of the table fails
/// the run, as does a line without an endpoint.
/// </summary>
[Collection(OnStandalone.Name)]
public sealed class EndpointRoleOnStandaloneTests(StandaloneInstallation installation)
{
    /// <summary>From the most to the least; each may what the ones after it may.</summary>
    static readonly string[] Everybody = ["owner", "admin", "editor", "commenter", "viewer", "stranger", "anonymous"];

    /// <summary>Endpoint → the least of <see cref="Everybody"/> who may, and what has to be sent so that the permission is what is asked for.</summary>
    static readonly Dictionary<string, (string Least, string? Send)> Table = new()
    {
        ["GET /v0/meta/whoami"] = ("stranger", null),
        ["GET /v0/meta/bases"] = ("stranger", null),
        ["POST /v0/meta/bases"] = ("admin", """{"name":"Made","workspaceId":"WORKSPACE","tables":[]}"""),
        ["GET /v0/meta/bases/{baseId}"] = ("viewer", null),
        ["PATCH /v0/meta/bases/{baseId}"] = ("admin", null),
        ["DELETE /v0/meta/bases/{baseId}"] = ("admin", null),
        ["GET /v0/meta/bases/{baseId}/shares"] = ("admin", null),
        ["GET /v0/meta/bases/{baseId}/tables"] = ("viewer", null),
        ["POST /v0/meta/bases/{baseId}/tables"] = ("admin", null),
        ["PATCH /v0/meta/bases/{baseId}/tables/{table}"] = ("admin", null),
        ["DELETE /v0/meta/bases/{baseId}/tables/{table}"] = ("admin", null),
        ["POST /v0/meta/bases/{baseId}/tables/{table}/fields"] = ("admin", null),
        ["PATCH /v0/meta/bases/{baseId}/tables/{table}/fields/{field}"] = ("admin", null),
        ["DELETE /v0/meta/bases/{baseId}/tables/{table}/fields/{field}"] = ("admin", null),
        ["GET /v0/meta/bases/{baseId}/views"] = ("viewer", null),
        ["GET /v0/meta/bases/{baseId}/views/{view}"] = ("viewer", null),
        ["DELETE /v0/meta/bases/{baseId}/views/{view}"] = ("admin", null),
        ["GET /v0/meta/workspaces/{workspace}"] = ("viewer", null),
        ["GET /v0/bases/{baseId}/webhooks"] = ("admin", null),
        ["POST /v0/bases/{baseId}/webhooks"] = ("admin", null),
        ["DELETE /v0/bases/{baseId}/webhooks/{webhook}"] = ("admin", null),
        ["POST /v0/bases/{baseId}/webhooks/{webhook}/enableNotifications"] = ("admin", null),
        ["POST /v0/bases/{baseId}/webhooks/{webhook}/refresh"] = ("admin", null),
        ["GET /v0/bases/{baseId}/webhooks/{webhook}/payloads"] = ("admin", null),
        ["GET /v0/{baseId}/{table}"] = ("viewer", null),
        ["POST /v0/{baseId}/{table}"] = ("editor", null),
        ["PATCH /v0/{baseId}/{table}"] = ("editor", null),
        ["PUT /v0/{baseId}/{table}"] = ("editor", null),
        ["DELETE /v0/{baseId}/{table}"] = ("editor", "?records[]=recAAAAAAAAAAAAAA"),
        ["POST /v0/{baseId}/{table}/listRecords"] = ("viewer", null),
        ["GET /v0/{baseId}/{table}/{id}"] = ("viewer", null),
        ["PATCH /v0/{baseId}/{table}/{id}"] = ("editor", null),
        ["PUT /v0/{baseId}/{table}/{id}"] = ("editor", null),
        ["DELETE /v0/{baseId}/{table}/{id}"] = ("editor", null),
        ["POST /v0/{baseId}/{id}/{field}/uploadAttachment"] = ("editor", null),
        ["POST /v0/{baseId}/{table}/sync/{sync}"] = ("editor", null),
        ["GET /v0/{baseId}/{table}/{id}/comments"] = ("viewer", null),
        ["POST /v0/{baseId}/{table}/{id}/comments"] = ("commenter", null),
        ["PATCH /v0/{baseId}/{table}/{id}/comments/{comment}"] = ("commenter", null),
        ["DELETE /v0/{baseId}/{table}/{id}/comments/{comment}"] = ("commenter", null),
        ["GET /api/auth/me"] = ("stranger", null),
        ["GET /api/auth/confirmation"] = ("stranger", null),
        ["POST /api/auth/confirmation"] = ("stranger", null),
        ["GET /api/notifications"] = ("stranger", null),
        ["POST /api/notifications/read"] = ("stranger", """{"all":true}"""),
        ["GET /api/notifications/preferences"] = ("stranger", null),
        ["PATCH /api/notifications/preferences"] = ("stranger", """{"hour":8}"""),
        ["GET /api/unsubscribe/{token}"] = ("anonymous", null),
        ["POST /api/unsubscribe/{token}"] = ("anonymous", null),
        ["GET /api/tokens"] = ("stranger", null),
        ["POST /api/tokens"] = ("stranger", null),
        ["DELETE /api/tokens/{id}"] = ("stranger", null),
        ["GET /api/auth/second-factor"] = ("stranger", null),
        ["POST /api/auth/second-factor"] = ("stranger", null),
        ["POST /api/auth/second-factor/confirm"] = ("stranger", null),
        ["POST /api/auth/second-factor/recovery-codes"] = ("stranger", null),
        ["POST /api/auth/second-factor/disable"] = ("stranger", null),
        ["GET /api/sessions"] = ("stranger", null),
        ["DELETE /api/sessions"] = ("stranger", null),
        ["DELETE /api/sessions/{id}"] = ("stranger", null),
        ["GET /api/workspaces/{workspace}/service-tokens"] = ("admin", null),
        ["POST /api/workspaces/{workspace}/service-tokens"] = ("admin", """{"name":"robot","role":"viewer"}"""),
        ["DELETE /api/workspaces/{workspace}/service-tokens/{id}"] = ("admin", null),
        ["GET /api/workspaces"] = ("stranger", null),
        ["POST /api/workspaces"] = ("stranger", null),
        ["POST /api/workspaces/join"] = ("stranger", null),
        ["GET /api/workspaces/{workspace}/members"] = ("viewer", null),
        ["POST /api/workspaces/{workspace}/members"] = ("admin", """{"email":"new@example.org","role":"viewer"}"""),
        ["PATCH /api/workspaces/{workspace}/members/{id}"] = ("admin", """{"role":"viewer"}"""),
        ["DELETE /api/workspaces/{workspace}/members/{id}"] = ("admin", null),
        ["POST /api/bases/{baseId}/extractions"] = ("editor", null),
        ["PUT /api/bases/{baseId}/tables/{table}/fields/{field}/constraints"] = ("admin", null),
        ["POST /api/bases/{baseId}/tables/{table}/constraints"] = ("admin", null),
        ["DELETE /api/bases/{baseId}/tables/{table}/constraints/{id}"] = ("admin", null),
        ["GET /api/bases/{baseId}/tables/{table}/records/{id}/history"] = ("viewer", null),
        ["GET /api/bases/{baseId}/tables/{table}/records"] = ("viewer", "?asOf=1"),
        ["POST /api/bases/{baseId}/tables/{table}/records/{id}/revise"] = ("editor", null),
        ["GET /api/bases/{baseId}/tables/{table}/release"] = ("viewer", null),
        ["PUT /api/bases/{baseId}/tables/{table}/release"] = ("admin", null),
        ["DELETE /api/bases/{baseId}/tables/{table}/release"] = ("admin", null),
        ["GET /api/bases/{baseId}/tables/{table}/rules"] = ("admin", null),
        ["PUT /api/bases/{baseId}/tables/{table}/rules"] = ("admin", null),
        ["DELETE /api/bases/{baseId}/tables/{table}/rules"] = ("admin", null),
        ["GET /api/bases/{baseId}/trash"] = ("editor", null),
        ["POST /api/bases/{baseId}/trash/restore"] = ("editor", """{"table":"Things","records":["recAAAAAAAAAAAAAA"]}"""),
        ["POST /api/bases/{baseId}/trash/purge"] = ("admin", null),
        ["GET /api/workspaces/{workspace}/trash"] = ("admin", null),
        ["POST /api/workspaces/{workspace}/trash/{baseId}/restore"] = ("admin", null),
        ["DELETE /api/workspaces/{workspace}/trash/{baseId}"] = ("admin", null),
        ["GET /api/bases/{baseId}/snapshot"] = ("admin", null),
        ["POST /api/bases/{baseId}/snapshots"] = ("admin", null),
        ["POST /api/bases/{baseId}/snapshot/restore"] = ("admin", null),
        ["POST /api/bases/{baseId}/duplicate"] = ("admin", null),
        ["POST /api/bases/{baseId}/tables/{table}/duplicate"] = ("admin", """{"name":""}"""),
        ["POST /api/workspaces/{workspace}/snapshots"] = ("admin", null),
        ["POST /api/bases/{baseId}/undo"] = ("editor", null),
        ["POST /api/bases/{baseId}/redo"] = ("editor", null),
        ["POST /api/bases/{baseId}/tables/{table}/fields/{field}/convert"] = ("admin", null),
        ["GET /api/bases/{baseId}/tables/{table}/views"] = ("viewer", null),
        ["POST /api/bases/{baseId}/tables/{table}/views"] = ("admin", null),
        ["GET /api/bases/{baseId}/tables/{table}/views/{view}"] = ("viewer", null),
        ["PATCH /api/bases/{baseId}/tables/{table}/views/{view}"] = ("admin", null),
        ["DELETE /api/bases/{baseId}/tables/{table}/views/{view}"] = ("admin", null),
        ["POST /api/bases/{baseId}/tables/{table}/views/{view}/duplicate"] = ("admin", null),
        ["POST /api/bases/{baseId}/tables/{table}/views/{view}/move"] = ("admin", null),
        ["GET /api/templates"] = ("stranger", null),
        ["POST /api/templates/{template}"] = ("admin", """{"workspaceId":"WORKSPACE"}"""),
        ["GET /api/bases/{baseId}/shares"] = ("admin", null),
        ["POST /api/bases/{baseId}/shares"] = ("admin", null),
        ["DELETE /api/bases/{baseId}/shares/{share}"] = ("admin", null),
        ["GET /api/bases/{baseId}/automations"] = ("admin", null),
        ["POST /api/bases/{baseId}/automations"] = ("admin", null),
        ["GET /api/bases/{baseId}/automations/{automation}"] = ("admin", null),
        ["PATCH /api/bases/{baseId}/automations/{automation}"] = ("admin", null),
        ["DELETE /api/bases/{baseId}/automations/{automation}"] = ("admin", null),
        ["POST /api/bases/{baseId}/automations/{automation}/hook"] = ("admin", null),
        ["GET /api/bases/{baseId}/automations/{automation}/runs"] = ("admin", null),
        ["POST /api/bases/{baseId}/automations/{automation}/runs"] = ("admin", null),
        ["GET /api/bases/{baseId}/automations/{automation}/runs/{run}"] = ("admin", null),
        ["POST /api/bases/{baseId}/automations/{automation}/runs/{run}/retry"] = ("admin", null),
        ["POST /api/bases/{baseId}/tables/{table}/records/{id}/press/{field}"] = ("editor", null),
        ["GET /api/bases/{baseId}/webhooks/{webhook}/deliveries"] = ("admin", null),
        ["POST /api/bases/{baseId}/webhooks/{webhook}/redeliver"] = ("admin", null),
        ["POST /api/automation-hooks/{token}"] = ("anonymous", null),
        ["PATCH /api/bases/{baseId}/shares/{share}"] = ("admin", null),
        ["GET /api/bases/{baseId}/dashboards"] = ("viewer", null),
        ["POST /api/bases/{baseId}/dashboards"] = ("admin", null),
        ["POST /api/bases/{baseId}/dashboards/preview"] = ("viewer", null),
        ["GET /api/bases/{baseId}/dashboards/{dashboard}"] = ("viewer", null),
        ["PATCH /api/bases/{baseId}/dashboards/{dashboard}"] = ("admin", null),
        ["DELETE /api/bases/{baseId}/dashboards/{dashboard}"] = ("admin", null),
        ["POST /api/bases/{baseId}/dashboards/{dashboard}/duplicate"] = ("admin", null),
        ["GET /api/bases/{baseId}/dashboards/{dashboard}/widgets/{widget}/data"] = ("viewer", null),
        ["GET /api/shares/{token}/widgets/{widget}/data"] = ("anonymous", null),
        ["GET /api/shares/{token}"] = ("anonymous", null),
        ["POST /api/shares/{token}/unlock"] = ("anonymous", null),
        ["GET /api/shares/{token}/records"] = ("anonymous", null),
        ["POST /api/shares/{token}/aggregate"] = ("anonymous", null),
        ["POST /api/shares/{token}/submit"] = ("anonymous", null),
        ["POST /api/bases/{baseId}/tables/{table}/aggregate"] = ("viewer", null),
        ["GET /api/bases/{baseId}/tables/{table}/position"] = ("viewer", null),
        ["GET /api/bases/{baseId}/tables/{table}/rows"] = ("viewer", null),
        ["POST /api/bases/{baseId}/tables/{table}/explain"] = ("viewer", null),
        ["GET /api/bases/{baseId}/tables/{table}/tree"] = ("viewer", null),
        ["GET /api/bases/{baseId}/search"] = ("viewer", null),
        ["POST /api/bases/{baseId}/imports"] = ("editor", null),
        ["GET /api/bases/{baseId}/tables/{table}/records/{id}/provenance"] = ("viewer", null),
        ["POST /api/bases/{baseId}/comparisons"] = ("editor", null),
        ["POST /api/bases/{baseId}/parts-lists"] = ("editor", null),
        ["GET /api/bases/{baseId}/import-mappings"] = ("viewer", null),
        ["DELETE /api/bases/{baseId}/tables/{table}/import-mappings/{column}"] = ("editor", null),
        ["POST /api/bases/{baseId}/airtable-imports"] = ("admin", null),
        ["GET /api/bases/{baseId}/tables/{table}/export"] = ("viewer", "?format=csv"),
        ["POST /api/bases/{baseId}/tables/{table}/exports"] = ("viewer", null),
        ["GET /api/jobs/{id}/file"] = ("viewer", null),
        ["GET /api/jobs/{id}/preview"] = ("viewer", null),
        ["POST /api/jobs/{id}/import"] = ("editor", null),
        ["GET /api/jobs"] = ("viewer", "?base=BASE"),
        ["GET /api/jobs/{id}"] = ("viewer", null),
        ["POST /api/jobs/{id}/cancel"] = ("editor", null),
        ["POST /api/jobs/{id}/retry"] = ("editor", null),
        ["GET /api/bases/{baseId}/files/{file}/original"] = ("viewer", null),
        ["GET /api/bases/{baseId}/files/{file}/picture"] = ("viewer", null),
        ["GET /api/bases/{baseId}/files/{file}/sheets"] = ("viewer", null),
        ["GET /files/{token}"] = ("anonymous", null),
        ["GET /api/workspaces/{workspace}/audit"] = ("admin", null),
        ["GET /api/bases/{baseId}/audit"] = ("admin", null),
        // Nobody of a workspace as such: the owner of the installation.
        ["GET /api/people"] = ("installation", null),
        ["GET /api/people/{person}/data"] = ("installation", null),
        ["DELETE /api/people/{person}"] = ("installation", null),
        ["GET /api/audit"] = ("installation", null),
        ["POST /api/directory/token"] = ("installation", null),
        ["DELETE /api/directory/token"] = ("installation", null),
        ["GET /api/directory/groups"] = ("installation", null),
        ["PUT /api/directory/groups/{group}/roles"] = ("installation", null),
        ["GET /api/operations"] = ("installation", null),
        ["POST /api/operations/plan"] = ("installation", null),
        ["PUT /api/operations/queues/{queue}/concurrency"] = ("installation", null),
        ["POST /api/operations/sample-base"] = ("installation", null),
        ["POST /api/operations/queues/{queue}/drain"] = ("installation", null),
        ["GET /api/operations/mails"] = ("installation", null),
        ["POST /api/operations/mails/{id}/retry"] = ("installation", null),
    };

    /// <summary>They decide themselves whom they let in, by password, invitation, cookie, mailed link, provider or the directory's token: SignUpTests, SignInTests, AccountMailTests, OpenIdTests and DirectoryTests.</summary>
    static readonly string[] Doors =
    [
        "POST /api/auth/sign-up", "POST /api/auth/sign-in", "POST /api/auth/sign-out",
        "POST /api/auth/password/forgotten", "POST /api/auth/password", "POST /api/auth/confirm",
        "POST /api/auth/sign-in/second-factor", "GET /api/auth/providers", "GET /api/auth/oidc/{provider}",
        "GET /scim/v2/ServiceProviderConfig", "GET /scim/v2/ResourceTypes", "GET /scim/v2/Users", "POST /scim/v2/Users", "GET /scim/v2/Users/{user}", "PUT /scim/v2/Users/{user}",
        "PATCH /scim/v2/Users/{user}", "DELETE /scim/v2/Users/{user}", "GET /scim/v2/Groups", "POST /scim/v2/Groups", "GET /scim/v2/Groups/{group}", "PUT /scim/v2/Groups/{group}",
        "PATCH /scim/v2/Groups/{group}", "DELETE /scim/v2/Groups/{group}",
    ];

    [Fact]
    public async Task Every_endpoint_refuses_whom_it_is_not_for_and_nobody_else()
    {
        // The first account of an installation owns it; it is none of those who ask here.
        using var first = await installation.SignUpAsync();
        var sheet = await Sheet.CreateAsync(installation);
        var people = new Dictionary<string, HttpClient> { ["owner"] = sheet.Person.Client, ["anonymous"] = new() { BaseAddress = installation.Apis[0] } };
        foreach (var role in (string[])["admin", "editor", "commenter", "viewer", "stranger"])
        {
            var person = await installation.SignUpAsync();
            people[role] = person.Client;
            if (role != "stranger")
                await sheet.Person.AddMemberAsync(person, role);
        }
        var job = await sheet.Person.DropAsync(sheet.BaseId, "no.stp", "nothing"u8.ToArray());
        await sheet.Person.EndOfAsync(job);
        var record = await sheet.AddAsync("Things", """{"Name":"x"}""");

        var endpoints = await EndpointsAsync(sheet);
        Assert.Empty(endpoints.Except(Table.Keys).Except(Doors));
        Assert.Empty(Table.Keys.Concat(Doors).Except(endpoints));
        var wrong = new List<string>();
        foreach (var (endpoint, (least, send)) in Table)
            foreach (var role in Everybody)
            {
                var may = least != "installation" && Array.IndexOf(Everybody, role) <= Array.IndexOf(Everybody, least);
                var answer = await AskAsync(people[role], endpoint, send, role, sheet, (string)job["id"]!, record);
                // Whose base it is not does not even hear that there is such a job or workspace.
                var refused = answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    || !may && role is "stranger" && answer.Status is HttpStatusCode.NotFound && answer.Text.Contains("not-found", StringComparison.Ordinal);
                if (may == refused || (int)answer.Status >= 500 || (role is "anonymous" && !may && least != "installation" && answer.Status is not HttpStatusCode.Unauthorized))
                    wrong.Add($"{endpoint} as {role}: {(int)answer.Status} {answer.Text[..Math.Min(answer.Text.Length, 120)]}");
            }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    /// <summary>Tool of <c>/mcp</c> → the least who may, and its arguments beside base, table and record.</summary>
    static readonly Dictionary<string, (string Least, string Arguments)> Tools = new()
    {
        ["list_bases"] = ("stranger", "{}"), ["list_tables"] = ("viewer", "{}"), ["describe_table"] = ("viewer", "{}"), ["list_records"] = ("viewer", "{}"), ["get_record"] = ("viewer", "{}"),
        ["search_base"] = ("viewer", """{"query":"x"}"""), ["summarize_records"] = ("viewer", "{}"), ["list_comments"] = ("viewer", "{}"), ["explode_bom"] = ("viewer", """{"link":"Links"}"""),
        ["where_used"] = ("viewer", """{"link":"Links"}"""), ["list_files_read"] = ("viewer", "{}"), ["get_findings"] = ("viewer", "{}"), ["get_provenance"] = ("viewer", "{}"),
        ["get_record_history"] = ("viewer", "{}"), ["list_records_as_of"] = ("viewer", """{"asOf":"1"}"""), ["add_comment"] = ("commenter", """{"text":"x"}"""),
        ["create_records"] = ("editor", """{"records":[{"fields":{}}]}"""), ["update_records"] = ("editor", """{"records":[{"id":"recAAAAAAAAAAAAAA","fields":{}}]}"""),
        ["delete_records"] = ("editor", """{"records":["recAAAAAAAAAAAAAA"]}"""),
    };

    [Fact]
    public async Task Every_tool_refuses_whom_it_is_not_for_and_nobody_else()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var job = await sheet.Person.EndOfAsync(await sheet.Person.DropAsync(sheet.BaseId, "no.stp", "nothing"u8.ToArray()));
        var record = await sheet.AddAsync("Things", """{"Name":"x"}""");
        var wrong = new List<string>();
        foreach (var role in Everybody.Where(r => r is not "anonymous"))
        {
            var person = role == "owner" ? sheet.Person : await installation.SignUpAsync();
            if (role is not ("owner" or "stranger"))
                await sheet.Person.AddMemberAsync(person, role);
            await using var client = await ToolClient.ConnectAsync(installation.Apis[0], person.Token);
            Assert.Equal(Tools.Keys.Order(), (await client.ToolsAsync()).Select(tool => tool.Name).Order());
            foreach (var (tool, (least, given)) in Tools)
            {
                var arguments = JsonNode.Parse(given)!.AsObject();
                (arguments["baseId"], arguments["table"], arguments["record"], arguments["job"]) = (sheet.BaseId, "Things", record, (string)job["id"]!);
                var answer = await client.CallAsync(tool, arguments.ToJsonString());
                var refused = answer.Code is "invalid-permissions" or "invalid-permissions-or-model-not-found" or "job-not-found";
                if (refused == (Array.IndexOf(Everybody, role) <= Array.IndexOf(Everybody, least)) || answer.Code is "invalid-arguments" or "unknown-tool" or "failed")
                    wrong.Add($"{tool} as {role}: {answer.Text}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    static async Task<HashSet<string>> EndpointsAsync(Sheet sheet)
    {
        var paths = (await sheet.OkAsync("GET", "/openapi/v1.json"))["paths"]!.AsObject();
        return [.. paths.SelectMany(path => path.Value!.AsObject().Where(o => o.Key is "get" or "post" or "put" or "patch" or "delete" or "head" or "options").Select(o => $"{o.Key.ToUpperInvariant()} {path.Key}"))];
    }

    static async Task<Answer> AskAsync(HttpClient client, string endpoint, string? send, string role, Sheet sheet, string job, string record)
    {
        var (method, path) = (endpoint[..endpoint.IndexOf(' ', StringComparison.Ordinal)], endpoint[(endpoint.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        // What a permitted deletion takes away is a thing of its own.
        var (baseId, table) = (sheet.BaseId, sheet.Things);
        if (method == "DELETE" && path is "/v0/meta/bases/{baseId}" or "/v0/meta/bases/{baseId}/tables/{table}" && role is not "stranger" and not "anonymous")
        {
            baseId = await sheet.Person.CreateBaseAsync(new { name = "Short-lived", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
            table = "Short-lived";
        }
        var address = path.Replace("{baseId}", baseId, StringComparison.Ordinal).Replace("{table}", table, StringComparison.Ordinal)
            .Replace("{workspace}", sheet.Person.WorkspaceId, StringComparison.Ordinal)// The primary field is not deleted, whoever asks.
            .Replace("{field}", method == "DELETE" ? "Name" : "Files", StringComparison.Ordinal)
            .Replace("{view}", "viwAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{webhook}", "achAAAAAAAAAAAAAA", StringComparison.Ordinal)
            .Replace("{automation}", "autAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{run}", "runAAAAAAAAAAAAAA", StringComparison.Ordinal)
            .Replace("{group}", "grpAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{comment}", "comAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{queue}", "exports", StringComparison.Ordinal).Replace("{token}", "none", StringComparison.Ordinal).Replace("{template}", "drawings", StringComparison.Ordinal).Replace("{person}", "usrAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{dashboard}", "dshAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{widget}", "wdgAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{share}", "shrAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{sync}", "parts", StringComparison.Ordinal).Replace("{file}", "filAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{column}", "Name", StringComparison.Ordinal)
            .Replace("{id}", path.StartsWith("/api/jobs", StringComparison.Ordinal) ? job : path.StartsWith("/api/workspaces", StringComparison.Ordinal) ? "usrAAAAAAAAAAAAAA"
                : method == "DELETE" && path == "/v0/{baseId}/{table}/{id}" ? "recAAAAAAAAAAAAAA" : record, StringComparison.Ordinal);
        Assert.DoesNotContain('{', address);
        var query = send?.StartsWith('?') is true ? send.Replace("BASE", baseId, StringComparison.Ordinal) : "";
        var body = method is "GET" or "DELETE" ? null : send?.StartsWith('{') is true ? send.Replace("WORKSPACE", sheet.Person.WorkspaceId, StringComparison.Ordinal) : "{}";
        return await Sheet.SendAsync(client, method, address + query, body);
    }
}
