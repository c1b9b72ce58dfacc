using System.Net;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Permissions;

/// <summary>Who cannot read something asks for it in other ways: by order, filter, group, count, error, tag, time.</summary>
[Collection(OnStandalone.Name)]
public sealed class InferenceOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_field_that_may_not_be_read_answers_as_one_that_is_not_there()
    {
        var town = await Town.BuildAsync(installation);
        var (records, api) = ($"/v0/{town.BaseId}/{town.Table}", $"/api/bases/{town.BaseId}/tables/{town.Table}");
        (string Method, string Path, string? Body)[] ways =
        [
            ("GET", $"{records}?fields[]=FIELD", null), ("GET", $"{records}?sort[0][field]=FIELD", null), ("GET", $"{records}?filterByFormula=%7BFIELD%7D%3E1", null),
            ("GET", $"{records}?filterByFormula=LAST_MODIFIED_TIME(%7BFIELD%7D)", null),
            ("POST", $"{records}/listRecords", """{"filter":{"conjunction":"and","filterSet":[{"field":"FIELD","operator":">","value":1}]}}"""),
            ("POST", $"{api}/aggregate", """{"groups":[{"field":"FIELD"}]}"""), ("POST", $"{api}/aggregate", """{"aggregates":[{"field":"FIELD","function":"count"}]}"""),
            ("GET", $"{api}/position?filterByFormula=%7BFIELD%7D%3E1", null), ("GET", $"{api}/rows?start=0&sort[0][field]=FIELD", null),
            ("GET", $"{api}/export?format=csv&fields=FIELD", null), ("POST", $"{api}/exports", """{"format":"csv","fields":["FIELD"]}"""),
            ("GET", $"{api}/records/{town.Part(1)}/history?field=FIELD", null), ("PATCH", $"{records}/{town.Part(1)}", """{"fields":{"FIELD":1}}"""), ("POST", records, """{"fields":{"FIELD":1}}"""),
            ("PATCH", records, """{"performUpsert":{"fieldsToMergeOn":["FIELD"]},"records":[{"fields":{"Name":"x"}}]}"""),
        ];
        foreach (var who in town.People.Where(p => !p.IsFree && p.Name != "stranger" && p.Rows.Contains(1)))
            foreach (var (method, path, body) in ways)
                foreach (var field in who.Hidden)
                {
                    var (hidden, absent) = (await AskAsync(field), await AskAsync("Nosuchfield"));
                    Assert.True(hidden.Status == absent.Status && Plain(hidden, field) == Plain(absent, "Nosuchfield"),
                        $"{method} {path} {body} as {who.Name}: {hidden.Text} / {absent.Text}");
                    Assert.True((int)hidden.Status >= 400, $"{method} {path} as {who.Name}: {hidden.Text}");

                    Task<Answer> AskAsync(string name) => Sheet.SendAsync(who.Person.Client, method, path.Replace("FIELD", name, StringComparison.Ordinal), body?.Replace("FIELD", name, StringComparison.Ordinal));
                }
    }

    [Fact]
    public async Task A_tool_says_of_it_what_it_says_of_one_that_is_not_there()
    {
        var town = await Town.BuildAsync(installation);
        var place = $"\"baseId\":\"{town.BaseId}\",\"table\":\"{town.Table}\"";
        (string Tool, string Arguments)[] ways =
        [
            ("list_records", """ "fields":["FIELD"]"""), ("list_records", """ "sort":[{"field":"FIELD"}]"""), ("list_records", """ "filterByFormula":"{FIELD}>1" """),
            ("list_records", """ "conditions":[{"field":"FIELD","operator":">","value":1}]"""), ("summarize_records", """ "groups":[{"field":"FIELD"}]"""),
            ("summarize_records", """ "aggregates":[{"field":"FIELD","function":"count"}]"""), ("get_record_history", $""" "record":"{town.Part(1)}","field":"FIELD" """),
            ("update_records", $$""" "records":[{"id":"{{town.Part(1)}}","fields":{"FIELD":1} }]"""), ("create_records", """ "records":[{"fields":{"FIELD":1}}]"""),
            ("update_records", """ "records":[{"fields":{"Name":"x"}}],"mergeOn":["FIELD"]"""), ("explode_bom", $""" "record":"{town.Part(1)}","link":"FIELD" """),
        ];
        foreach (var who in town.People.Where(p => !p.IsFree && p.Name != "stranger" && p.Rows.Contains(1)))
        {
            await using var client = await ToolClient.ConnectAsync(installation.Apis[0], who.Person.Token);
            foreach (var (tool, arguments) in ways)
                foreach (var field in who.Hidden)
                {
                    var (hidden, absent) = (await AskAsync(field), await AskAsync("Nosuchfield"));
                    Assert.True(hidden.IsError && hidden.Text.Replace(field, "?", StringComparison.Ordinal) == absent.Text.Replace("Nosuchfield", "?", StringComparison.Ordinal), $"{tool} {arguments} as {who.Name}: {hidden.Text} / {absent.Text}");

                    Task<ToolAnswer> AskAsync(string name) => client.CallAsync(tool, $"{{{place},{arguments.Replace("FIELD", name, StringComparison.Ordinal)}}}");
                }
            Assert.Equal(who.Rows.Length, (int)(await client.OkAsync("summarize_records", $"{{{place}}}"))["count"]!);
        }
    }

    /// <summary>What an error says, without the name that was asked for.</summary>
    static string Plain(Answer answer, string name)
    {
        var json = answer.Json.AsObject();
        json.Remove("traceId");
        return json.ToJsonString().Replace(name, "?", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_searches_pages_and_cursors_are_those_of_what_is_seen()
    {
        var town = await Town.BuildAsync(installation);
        var (records, api) = ($"/v0/{town.BaseId}/{town.Table}", $"/api/bases/{town.BaseId}/tables/{town.Table}");
        foreach (var who in town.People.Where(p => p.Name != "stranger"))
        {
            Assert.Equal(who.Rows.Length, (int)(await who.Person.PostAsync($"{api}/aggregate", new { }))["count"]!);
            Assert.Equal(who.Rows.Length, await TotalAsync(who.Person, api, who.Rows.Length));
            Assert.Equal(who.Rows.Length, (await who.Person.ListAsync(town.BaseId, town.Table, "&pageSize=1")).Count);
            foreach (var n in town.Parts)
                foreach (var (word, field) in new[] { ($"nm{n}zq", "Name"), ($"rk{n}zq", "Remarks") })
                {
                    var expected = who.Rows.Contains(n) && !who.Hidden.Contains(field) ? 1 : 0;
                    Assert.Equal(expected, (await who.Person.GetAsync($"{records}?search={word}"))["records"]!.AsArray().Count);
                    Assert.Equal(expected, (await who.Person.GetAsync($"/api/bases/{town.BaseId}/search?q={word}"))["results"]!.AsArray().Count);
                }
            // By the name of a maker, of whom the viewer sees one.
            for (var maker = 1; maker <= 2; maker++)
            {
                var expected = who.Makers.Contains(maker) ? who.Rows.Count(n => n % 2 == maker % 2) : 0;
                Assert.Equal(expected, (await who.Person.GetAsync($"{records}?search=mk{maker}zq"))["records"]!.AsArray().Count);
                Assert.Equal(expected, (await who.Person.GetAsync($"{records}?filterByFormula=FIND('mk{maker}zq',ARRAYJOIN(%7BMaker%7D))"))["records"]!.AsArray().Count);
                Assert.Equal(expected, (await who.Person.PostAsync($"{records}/listRecords", new { filter = new { conjunction = "and", filterSet = new[] { new { field = "Maker", @operator = "hasAnyOf", value = new[] { town.Maker(maker) } } } } }))["records"]!.AsArray().Count);
            }
        }
        // A cursor of somebody who sees more is of another list.
        var offset = (string)(await town.Owner.GetAsync($"{records}?pageSize=1"))["offset"]!;
        foreach (var who in town.People.Where(p => !p.IsFree && p.Name != "stranger"))
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sheet.SendAsync(who.Person.Client, "GET", $"{records}?pageSize=1&offset={Uri.EscapeDataString(offset)}")).Status);
    }

    /// <summary>A count may be an estimate until it was counted; of what is hidden it is never one.</summary>
    static async Task<int> TotalAsync(Person who, string api, int most)
    {
        var exact = await Wait.UntilAsync(async () =>
        {
            var position = await who.GetAsync($"{api}/position");
            Assert.True(position["total"] is null || (int)position["total"]! <= Math.Max(most, 6));
            return position;
        }, position => (bool)position["isExact"]!);
        return (int)exact["total"]!;
    }

    [Fact]
    public async Task A_tag_is_good_for_those_who_see_the_same_and_as_long_as_they_do()
    {
        var town = await Town.BuildAsync(installation);
        var path = $"/v0/{town.BaseId}/{town.Table}?fields[]=Name";
        var tag = (await Sheet.SendAsync(town.Owner.Client, "GET", path)).Header("ETag")!;
        foreach (var who in town.People.Where(p => p.Name != "stranger"))
            Assert.Equal(who.IsFree ? HttpStatusCode.NotModified : HttpStatusCode.OK, (await Sheet.SendAsync(who.Person.Client, "GET", path, null, ("If-None-Match", tag))).Status);
        var editor = town.People.First(p => p.Name == "editor").Person;
        var own = (await Sheet.SendAsync(editor.Client, "GET", path)).Header("ETag")!;
        Assert.Equal(HttpStatusCode.NotModified, (await Sheet.SendAsync(editor.Client, "GET", path, null, ("If-None-Match", own))).Status);
        // Other rules, or another role, and it is another answer.
        await Sheet.SendAsync(town.Owner.Client, "PUT", $"/api/bases/{town.BaseId}/tables/{town.Table}/rules", """{"rows":[{"to":"editor","formula":"FALSE()"}]}""");
        var after = await Sheet.SendAsync(editor.Client, "GET", path, null, ("If-None-Match", own));
        Assert.Equal((HttpStatusCode.OK, 0), (after.Status, after.Json["records"]!.AsArray().Count));
        await town.Owner.PatchAsync($"/api/workspaces/{town.Owner.WorkspaceId}/members/{await Town.IdAsync(editor)}", new { role = "admin" });
        var seen = (await editor.GetAsync(path))["records"]!.AsArray().Count;
        await town.Owner.PatchAsync($"/api/workspaces/{town.Owner.WorkspaceId}/members/{await Town.IdAsync(editor)}", new { role = "editor" });
        Assert.Equal(6, seen);
    }

    [Fact]
    public async Task Owners_and_admins_see_with_the_eyes_of_others_and_do_nothing_with_their_hands()
    {
        var town = await Town.BuildAsync(installation);
        var records = $"/v0/{town.BaseId}/{town.Table}";
        foreach (var who in town.People.Where(p => p.Name != "stranger"))
        {
            var asThey = $"viewAs={await Town.IdAsync(who.Person)}";
            foreach (var path in (string[])[$"{records}?{{0}}", $"/v0/meta/bases/{town.BaseId}/tables?{{0}}", $"/api/bases/{town.BaseId}/search?q=zq&{{0}}", $"/api/bases/{town.BaseId}/tables/{town.Table}/export?format=ndjson&{{0}}", $"/api/bases/{town.BaseId}/tables/{town.Table}/views?{{0}}"])
            {
                var theirs = await Sheet.SendAsync(who.Person.Client, "GET", string.Format(System.Globalization.CultureInfo.InvariantCulture, path, "x=1"));
                var shown = await Sheet.SendAsync(town.Owner.Client, "GET", string.Format(System.Globalization.CultureInfo.InvariantCulture, path, asThey));
                Assert.True(theirs.Text == shown.Text, $"{path} as {who.Name}: {shown.Text}");
            }
            foreach (var other in town.People.Where(p => !p.IsFree))
                Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(other.Person.Client, "GET", $"{records}?{asThey}")).Status);
            foreach (var (method, path, body) in new[] { ("POST", $"{records}?{asThey}", """{"fields":{"Name":"x"}}"""), ("DELETE", $"{records}/{town.Part(1)}?{asThey}", null), ("POST", $"/api/bases/{town.BaseId}/undo?{asThey}", "{}"), ("POST", $"/api/bases/{town.BaseId}/tables/{town.Table}/exports?{asThey}", """{"format":"csv"}""") })
                Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(town.Owner.Client, method, path, body)).Status);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await Sheet.SendAsync(town.Owner.Client, "GET", $"{records}?viewAs=usrAAAAAAAAAAAAAA")).Status);
    }
}
