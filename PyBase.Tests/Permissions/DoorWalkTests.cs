using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Permissions;

/// <summary>
/// Seven people read and write the same base over every door of the running application. What comes out is searched for all that they must not know: cells, records,
/// fields, names. A door that stands in no line of the table fails the run, as does a line without a door.
/// </summary>
[Collection(OnStandalone.Name)]
public sealed class DoorWalkOnStandaloneTests(StandaloneInstallation installation)
{
    const string Writes = "writes", Whole = "whole", Part = "part";

    /// <summary>
    /// Endpoint → what it shows and how it is asked: <c>whole</c> records, a <c>part</c> of what there is, or <c>writes</c> to what is out of
    /// reach. RECORD stands for each record in turn, HIDDEN for each that the one who asks does not see; a body follows a blank.
    /// </summary>
    static readonly Dictionary<string, (string Kind, string[] Asked)> Doors = new()
    {
        ["GET /v0/{baseId}/{table}"] = (Whole, ["", "?cellFormat=string&timeZone=UTC&userLocale=en", "?returnFieldsByFieldId=true", "?recordMetadata[]=commentCount", "?view=Grid%20view", "?sort[0][field]=Maker", "?search=zq"]),
        ["POST /v0/{baseId}/{table}/listRecords"] = (Whole, [" {}", """ {"search":"nm"}""", """ {"filter":{"conjunction":"and","filterSet":[{"field":"Name","operator":"contains","value":"zq"}]}}"""]),
        ["GET /v0/{baseId}/{table}/{id}"] = (Part, ["", "?cellFormat=string&timeZone=UTC&userLocale=en"]),
        ["GET /v0/{baseId}/{table}/{id}/comments"] = (Part, [""]),
        ["GET /v0/meta/bases/{baseId}"] = (Part, [""]),
        ["GET /v0/meta/bases/{baseId}/tables"] = (Part, ["", "?include[]=visibleFieldIds"]),
        ["GET /v0/meta/bases/{baseId}/views"] = (Part, [""]),
        ["GET /v0/meta/bases/{baseId}/views/{view}"] = (Part, [""]),
        ["GET /api/bases/{baseId}/tables/{table}/records"] = (Part, ["?asOf=VERSION", "?asOf=9"]),
        ["GET /api/bases/{baseId}/tables/{table}/records/{id}/history"] = (Part, [""]),
        ["GET /api/bases/{baseId}/tables/{table}/records/{id}/provenance"] = (Part, [""]),
        ["GET /api/bases/{baseId}/tables/{table}/release"] = (Part, [""]),
        ["GET /api/bases/{baseId}/tables/{table}/views"] = (Part, [""]),
        ["GET /api/bases/{baseId}/tables/{table}/views/{view}"] = (Part, [""]),
        ["POST /api/bases/{baseId}/tables/{table}/aggregate"] = (Part, [" {}", """ {"groups":[{"field":"Name"}]}""", """ {"groups":[{"field":"Maker"}],"aggregates":[{"field":"Name","function":"countUnique"}]}"""]),
        ["GET /api/bases/{baseId}/tables/{table}/position"] = (Part, ["", "?search=zq"]),
        ["GET /api/bases/{baseId}/tables/{table}/rows"] = (Whole, ["?start=0"]),
        ["POST /api/bases/{baseId}/tables/{table}/explain"] = (Part, [" {}"]),
        ["GET /api/bases/{baseId}/tables/{table}/tree"] = (Part, ["?record=RECORD&link=Maker"]),
        ["GET /api/bases/{baseId}/dashboards"] = (Part, [""]),
        ["GET /api/bases/{baseId}/dashboards/{dashboard}"] = (Part, [""]),
        ["GET /api/bases/{baseId}/dashboards/{dashboard}/widgets/{widget}/data"] = (Part, [""]),
        ["POST /api/bases/{baseId}/dashboards/preview"] = (Part, [""" {"type":"chart","chart":"bar","table":"TABLE","groups":[{"field":"Kostprice"}]}""", """ {"type":"pivot","table":"TABLE","groups":[{"field":"Maker"},{"field":"Name"}],"aggregates":[{"field":"Doubleprice","function":"max"}]}""",
            """ {"type":"number","table":"TABLE","filter":{"field":"Remarks","operator":"contains","value":"zq"},"aggregates":[{"field":"Kostprice","function":"min"}]}""", """ {"type":"list","table":"TABLE","fields":["Name","Remarks","Maker"],"sorts":[{"field":"Kostprice"}]}""",
            """ {"type":"chart","chart":"scatter","table":"TABLE","x":"Kostprice","y":"Doubleprice"}""", """ {"type":"pivot","table":"TABLE","view":"VIEW","groups":[{"field":"Maker"},{"field":"Remarks"}]}"""]),
        ["GET /api/bases/{baseId}/search"] = (Part, ["?q=zq", "?q=rk", "?q=739000", "?q=mk2"]),
        ["GET /api/bases/{baseId}/tables/{table}/export"] = (Whole, ["?format=csv", "?format=json", "?format=ndjson"]),
        ["GET /api/bases/{baseId}/trash"] = (Part, ["", "?table=TABLE"]),
        ["GET /api/bases/{baseId}/import-mappings"] = (Part, [""]),
        ["GET /api/bases/{baseId}/files/{file}/original"] = (Part, [""]),
        ["GET /api/bases/{baseId}/files/{file}/picture"] = (Part, [""]),
        ["GET /api/jobs"] = (Part, ["?base=BASE"]),
        // A job of the owner, who exported the table.
        ["GET /api/jobs/{id}"] = (Part, [""]),
        ["GET /api/jobs/{id}/file"] = (Part, [""]),
        ["GET /api/jobs/{id}/preview"] = (Part, [""]),
        ["POST /api/jobs/{id}/import"] = (Writes, [" {}"]),
        ["POST /api/jobs/{id}/cancel"] = (Writes, [" {}"]),
        ["POST /api/jobs/{id}/retry"] = (Writes, [" {}"]),
        ["POST /api/bases/{baseId}/tables/{table}/exports"] = (Part, [""" {"format":"csv","filterByFormula":"{Kostprice} > 0 AND {Doubleprice} > 0"}"""]),
        ["POST /v0/{baseId}/{table}"] = (Writes, [""" {"fields":{"Name":"taken","Doubleprice":1}}""", """ {"fields":{"Name":"taken","Kostprice":1}}""", """ {"fields":{"Name":"taken","Remarks":"x"}}""", """ {"fields":{"Name":"taken","Warden":"nobody@example.org"}}"""]),
        ["PATCH /v0/{baseId}/{table}"] = (Writes, [""" {"records":[{"id":"HIDDEN","fields":{"Name":"taken"}}]}""", """ {"performUpsert":{"fieldsToMergeOn":["Remarks"]},"records":[{"fields":{"Name":"taken","Remarks":"rk5zq again"}}]}"""]),
        ["PUT /v0/{baseId}/{table}"] = (Writes, [""" {"records":[{"id":"HIDDEN","fields":{"Name":"taken"}}]}"""]),
        ["DELETE /v0/{baseId}/{table}"] = (Writes, ["?records[]=HIDDEN"]),
        ["PATCH /v0/{baseId}/{table}/{id}"] = (Writes, [""" {"fields":{"Remarks":"taken"}}""", """ {"fields":{"Doubleprice":1}}""", """ {"fields":{"Kostprice":1}}""", """ {"fields":{"Warden":"nobody@example.org","Kostprice":5}}"""]),
        ["PUT /v0/{baseId}/{table}/{id}"] = (Writes, [""" {"fields":{"Kostprice":1}}"""]),
        ["DELETE /v0/{baseId}/{table}/{id}"] = (Writes, ["HIDDEN"]),
        ["POST /v0/{baseId}/{id}/{field}/uploadAttachment"] = (Writes, ["""HIDDEN {"contentType":"text/plain","filename":"a.txt","file":"YQ=="}"""]),
        ["POST /v0/{baseId}/{table}/sync/{sync}"] = (Writes, [" Name\ntaken"]),
        ["POST /v0/{baseId}/{table}/{id}/comments"] = (Writes, ["""HIDDEN {"text":"taken"}"""]),
        ["PATCH /v0/{baseId}/{table}/{id}/comments/{comment}"] = (Writes, ["""HIDDEN {"text":"taken"}"""]),
        ["DELETE /v0/{baseId}/{table}/{id}/comments/{comment}"] = (Writes, ["HIDDEN"]),
        ["POST /api/bases/{baseId}/tables/{table}/records/{id}/revise"] = (Writes, ["HIDDEN {}"]),
        ["POST /api/bases/{baseId}/trash/restore"] = (Writes, [""" {"table":"TABLE","records":["GONE"]}"""]),
        ["POST /api/bases/{baseId}/undo"] = (Writes, [" {}"]),
        ["POST /api/bases/{baseId}/redo"] = (Writes, [" {}"]),
        ["POST /api/bases/{baseId}/imports"] = (Writes, [" {}"]),
        ["POST /api/bases/{baseId}/extractions"] = (Writes, [" {}"]),
        ["POST /api/bases/{baseId}/comparisons"] = (Writes, [" {}"]),
        ["POST /api/bases/{baseId}/parts-lists"] = (Writes, [" {}"]),
        ["DELETE /api/bases/{baseId}/tables/{table}/import-mappings/{column}"] = (Part, [""]),
    };

    /// <summary>What only owners and admins may at all (EndpointRoleTests), whom no rule binds.</summary>
    static readonly string[] ForAdmins =
    [
        "PATCH /v0/meta/bases/{baseId}", "DELETE /v0/meta/bases/{baseId}", "GET /v0/meta/bases/{baseId}/shares", "POST /v0/meta/bases/{baseId}/tables", "PATCH /v0/meta/bases/{baseId}/tables/{table}",
        "DELETE /v0/meta/bases/{baseId}/tables/{table}", "POST /v0/meta/bases/{baseId}/tables/{table}/fields", "PATCH /v0/meta/bases/{baseId}/tables/{table}/fields/{field}",
        "DELETE /v0/meta/bases/{baseId}/tables/{table}/fields/{field}", "DELETE /v0/meta/bases/{baseId}/views/{view}", "GET /v0/bases/{baseId}/webhooks", "POST /v0/bases/{baseId}/webhooks",
        "DELETE /v0/bases/{baseId}/webhooks/{webhook}", "POST /v0/bases/{baseId}/webhooks/{webhook}/enableNotifications", "POST /v0/bases/{baseId}/webhooks/{webhook}/refresh",
        "GET /v0/bases/{baseId}/webhooks/{webhook}/payloads", "PUT /api/bases/{baseId}/tables/{table}/fields/{field}/constraints", "POST /api/bases/{baseId}/tables/{table}/constraints",
        "DELETE /api/bases/{baseId}/tables/{table}/constraints/{id}", "PUT /api/bases/{baseId}/tables/{table}/release", "DELETE /api/bases/{baseId}/tables/{table}/release",
        "GET /api/bases/{baseId}/tables/{table}/rules", "PUT /api/bases/{baseId}/tables/{table}/rules", "DELETE /api/bases/{baseId}/tables/{table}/rules", "POST /api/bases/{baseId}/trash/purge",
        "POST /api/workspaces/{workspace}/trash/{baseId}/restore", "DELETE /api/workspaces/{workspace}/trash/{baseId}", "GET /api/bases/{baseId}/snapshot", "POST /api/bases/{baseId}/snapshot/restore",
        "POST /api/bases/{baseId}/duplicate", "POST /api/bases/{baseId}/tables/{table}/duplicate", "POST /api/bases/{baseId}/tables/{table}/fields/{field}/convert",
        "POST /api/bases/{baseId}/tables/{table}/views", "PATCH /api/bases/{baseId}/tables/{table}/views/{view}", "DELETE /api/bases/{baseId}/tables/{table}/views/{view}",
        "POST /api/bases/{baseId}/tables/{table}/views/{view}/duplicate", "POST /api/bases/{baseId}/tables/{table}/views/{view}/move", "POST /api/bases/{baseId}/airtable-imports",
        "GET /api/bases/{baseId}/shares", "POST /api/bases/{baseId}/shares", "DELETE /api/bases/{baseId}/shares/{share}", "PATCH /api/bases/{baseId}/shares/{share}",
        "POST /api/bases/{baseId}/dashboards", "PATCH /api/bases/{baseId}/dashboards/{dashboard}", "DELETE /api/bases/{baseId}/dashboards/{dashboard}", "POST /api/bases/{baseId}/dashboards/{dashboard}/duplicate",
    ];

    [Fact]
    public async Task Everybody_finds_over_every_door_exactly_what_the_rules_leave()
    {
        var town = await Town.BuildAsync(installation);
        var endpoints = (await town.Owner.GetAsync("/openapi/v1.json"))["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Where(o => o.Key is "get" or "post" or "put" or "patch" or "delete").Select(o => $"{o.Key.ToUpperInvariant()} {path.Key}"))
            .Where(e => e.Contains("{baseId}", StringComparison.Ordinal) || e.Contains("/api/jobs", StringComparison.Ordinal)).ToArray();
        Assert.Empty(endpoints.Except(Doors.Keys).Except(ForAdmins));
        Assert.Empty(Doors.Keys.Concat(ForAdmins).Except(endpoints));
        var job = await town.Owner.EndOfAsync(await town.Owner.PostAsync($"/api/bases/{town.BaseId}/tables/{town.Table}/exports", new { format = "csv" }, HttpStatusCode.Accepted));
        var view = (string)(await town.Owner.GetAsync($"/api/bases/{town.BaseId}/tables/{town.Table}/views"))["views"]![0]!["id"]!;
        var version = (await Sheet.SendAsync(town.Owner.Client, "GET", $"/v0/{town.BaseId}/{town.Table}")).Header("PyBase-Version")!.Split('=')[1];
        var before = (await town.Owner.GetAsync($"/v0/{town.BaseId}/{town.Table}")).ToJsonString();
        var wrong = new List<string>();
        foreach (var (endpoint, (kind, asked)) in Doors)
            foreach (var who in town.People)
                foreach (var request in asked)
                    foreach (var (method, path, body) in Requests(endpoint, request, who, town, (string)job["id"]!, view, version))
                    {
                        if (kind is Writes && who.IsFree)
                            continue;
                        var answer = await Sheet.SendAsync(who.Person.Client, method, path, body);
                        var said = $"{answer.Text}\n{answer.Response.Headers}\n{answer.Response.Content.Headers}";
                        // What somebody says himself he may hear again.
                        wrong.AddRange(town.Forbidden(who).Where(f => said.Contains(f, StringComparison.Ordinal) && !$"{path} {body}".Contains(f, StringComparison.Ordinal)).Select(f => $"{method} {path} {body} as {who.Name} tells {f}: {answer.Text[..Math.Min(300, answer.Text.Length)]}"));
                        if ((int)answer.Status >= 500 || (kind is Writes && (int)answer.Status < 300))
                            wrong.Add($"{method} {path} {body} as {who.Name}: {(int)answer.Status} {answer.Text[..Math.Min(300, answer.Text.Length)]}");
                        if (kind is Whole && answer.Status is HttpStatusCode.OK)
                            wrong.AddRange(Town.Permitted(who).Where(p => !answer.Text.Contains(p, StringComparison.Ordinal)).Select(p => $"{method} {path} {body} as {who.Name} lacks {p}: {answer.Text[..Math.Min(300, answer.Text.Length)]}"));
                        if (kind is Whole && (answer.Status is HttpStatusCode.OK) == (who.Name == "stranger"))
                            wrong.Add($"{method} {path} {body} as {who.Name}: {(int)answer.Status} {answer.Text[..Math.Min(300, answer.Text.Length)]}");
                    }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
        Assert.Equal(before, (await town.Owner.GetAsync($"/v0/{town.BaseId}/{town.Table}")).ToJsonString());
        foreach (var n in town.Parts.Where(n => n < 7))
            Assert.Single((await town.Owner.GetAsync($"/v0/{town.BaseId}/{town.Table}/{town.Part(n)}/comments"))["comments"]!.AsArray());
    }

    /// <summary>A line of the table as requests: one for each record, where it speaks of records.</summary>
    static IEnumerable<(string Method, string Path, string? Body)> Requests(string endpoint, string asked, Citizen who, Town town, string job, string view, string version)
    {
        var (method, pattern) = (endpoint[..endpoint.IndexOf(' ', StringComparison.Ordinal)], endpoint[(endpoint.IndexOf(' ', StringComparison.Ordinal) + 1)..]);
        var isHidden = asked.Contains("HIDDEN", StringComparison.Ordinal);
        var ofRecord = isHidden || asked.Contains("RECORD", StringComparison.Ordinal) || (pattern.Contains("{id}", StringComparison.Ordinal) && !pattern.Contains("/jobs/", StringComparison.Ordinal));
        foreach (var widget in pattern.Contains("{widget}", StringComparison.Ordinal) ? Town.Widgets : [""])
        foreach (var n in ofRecord ? town.Parts.Where(n => !isHidden || !who.Rows.Contains(n)) : [0])
        {
            var id = n == 0 ? "" : town.Part(n);
            var text = asked.Replace("RECORD", id, StringComparison.Ordinal).Replace("TABLE", town.Table, StringComparison.Ordinal).Replace("BASE", town.BaseId, StringComparison.Ordinal).Replace("VERSION", version, StringComparison.Ordinal).Replace("VIEW", view, StringComparison.Ordinal).Replace("GONE", town.Part(7), StringComparison.Ordinal);
            var space = text.IndexOf(' ', StringComparison.Ordinal);
            var (query, body) = space < 0 ? (text, null) : (text[..space], text[(space + 1)..]);
            // A mark before the body only says which records the line is about.
            (query, body) = (query == "HIDDEN" ? "" : query.Replace("HIDDEN", id, StringComparison.Ordinal), body?.Replace("HIDDEN", id, StringComparison.Ordinal));
            yield return (method, pattern.Replace("{baseId}", town.BaseId, StringComparison.Ordinal).Replace("{table}", town.Table, StringComparison.Ordinal).Replace("{view}", view, StringComparison.Ordinal).Replace("{dashboard}", town.Dashboard, StringComparison.Ordinal).Replace("{widget}", widget, StringComparison.Ordinal)
                .Replace("{id}", pattern.Contains("/jobs/", StringComparison.Ordinal) ? job : id, StringComparison.Ordinal).Replace("{field}", "Deposit", StringComparison.Ordinal).Replace("{sync}", "parts", StringComparison.Ordinal)
                .Replace("{comment}", "comAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{file}", "filAAAAAAAAAAAAAA", StringComparison.Ordinal).Replace("{column}", "Remarks", StringComparison.Ordinal) + query, body);
        }
    }
}
