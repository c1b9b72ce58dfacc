using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Permissions;

/// <summary>What rules are, and what they do to writes and to the feed.</summary>
[Collection(OnStandalone.Name)]
public sealed class RuleOnStandaloneTests(StandaloneInstallation installation)
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Rules_that_cannot_be_or_that_lock_their_writer_out_are_refused()
    {
        var town = await Town.BuildAsync(installation);
        var (path, me) = ($"/api/bases/{town.BaseId}/tables/{town.Table}/rules", await Town.IdAsync(town.Owner));
        var before = (await Sheet.SendAsync(town.Owner.Client, "GET", path)).Text;
        foreach (var (rules, code) in new[]
        {
            ("""{"fields":[{"field":"Kostprice","to":"owner","access":"none"}]}""", "rule-locks-out"), ("""{"rows":[{"to":"admin","formula":"FALSE()"}]}""", "rule-locks-out"),
            ($$"""{"rows":[{"to":"{{me}}","formula":"FALSE()"}]}""", "rule-locks-out"), ("""{"fields":[{"field":"Name","to":"viewer","access":"none"}]}""", "primary-field-is-read"),
            ("""{"fields":[{"field":"Nothing","to":"viewer","access":"none"}]}""", "invalid-rules"), ("""{"fields":[{"field":"Kostprice","to":"viewer","access":"all"}]}""", "invalid-rules"),
            ("""{"fields":[{"field":"Kostprice","to":"nobody","access":"none"}]}""", "invalid-rules"), ("""{"rows":[{"to":"viewer","formula":"{Nothing} = 1"}]}""", "invalid-rules"),
            ("""{"rows":[{"to":"viewer","formula":"1"},{"to":"viewer","formula":"0"}]}""", "invalid-rules"),
        })
        {
            var answer = await Sheet.SendAsync(town.Owner.Client, "PUT", path, rules);
            Assert.True((int)answer.Status >= 400 && (string?)answer.Json["code"] == code, $"{rules}: {answer.Text}");
        }
        Assert.Equal(before, (await Sheet.SendAsync(town.Owner.Client, "GET", path)).Text);
        Assert.Contains("{Warden} = CURRENT_USER_EMAIL()", before.Replace("\\u007B", "{", StringComparison.Ordinal), StringComparison.Ordinal);
        // Who asks is for rules alone.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Sheet.SendAsync(town.Owner.Client, "GET", $"/v0/{town.BaseId}/{town.Table}?filterByFormula=CURRENT_USER()")).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await Sheet.SendAsync(town.Owner.Client, "DELETE", path)).Status);
        Assert.Equal(6, (await town.People.First(p => p.Name == "viewer").Person.ListAsync(town.BaseId, town.Table)).Count);
    }

    [Theory, InlineData("imports"), InlineData("comparisons")]
    public async Task What_works_on_whole_tables_is_refused_where_somebody_sees_a_part(string route)
    {
        var town = await Town.BuildAsync(installation);
        var editor = town.People.First(p => p.Name == "editor").Person;
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Name,Kostprice\nP1,7\n"), "file", "prices.csv" },
            { new StringContent(new JsonObject { ["target"] = new JsonObject { ["table"] = town.Table } }.ToJsonString()), "options" },
        };
        using var answer = await editor.Client.PostAsync($"/api/bases/{town.BaseId}/{route}", form, Cancellation);
        Assert.Equal("table-not-whole", (string)(await Person.ReadAsync(answer, HttpStatusCode.Forbidden))["code"]!);
    }

    [Fact]
    public async Task What_a_rule_asks_is_gone_and_so_are_the_rows()
    {
        var town = await Town.BuildAsync(installation);
        await town.Owner.Client.DeleteAsync($"/v0/meta/bases/{town.BaseId}/tables/{town.Table}/fields/{town.Field("Warden")}", Cancellation);
        Assert.Empty(await town.People.First(p => p.Name == "editor").Person.ListAsync(town.BaseId, town.Table));
        Assert.Equal(2, (await town.People.First(p => p.Name == "viewer").Person.ListAsync(town.BaseId, town.Table)).Count);
    }

    [Fact]
    public async Task Nobody_writes_a_row_out_of_his_own_sight_nor_links_that_he_does_not_see()
    {
        var town = await Town.BuildAsync(installation);
        var (editor, records) = (town.People.First(p => p.Name == "editor").Person, $"/v0/{town.BaseId}/{town.Table}");
        var mail = (string)(await editor.GetAsync("/api/auth/me"))["user"]!["email"]!;
        var away = await Sheet.SendAsync(editor.Client, "PATCH", $"{records}/{town.Part(1)}", """{"fields":{"Warden":"other@example.org"}}""");
        Assert.Equal((HttpStatusCode.Forbidden, "RECORD_OUTSIDE_ROWS"), (away.Status, away.Error));
        Assert.Equal("RECORD_OUTSIDE_ROWS", (await Sheet.SendAsync(editor.Client, "POST", records, """{"fields":{"Name":"nobody's"}}""")).Error);
        Assert.Equal("FIELD_NOT_WRITABLE", (await Sheet.SendAsync(editor.Client, "PATCH", $"{records}/{town.Part(1)}", """{"fields":{"Remarks":"x"}}""")).Error);
        var made = await editor.PostAsync(records, new { fields = new Dictionary<string, string> { ["Name"] = "mine", ["Warden"] = mail } });
        Assert.DoesNotContain("Kostprice", made.ToJsonString(), StringComparison.Ordinal);
        // PUT empties what he may write, and nothing else.
        var put = await Sheet.SendAsync(editor.Client, "PUT", $"{records}/{town.Part(2)}", $$$"""{"fields":{"Name":"put","Warden":"{{{mail}}}"}}""");
        Assert.True(put.Status is HttpStatusCode.OK, put.Text);
        var whole = (await town.Owner.GetAsync($"{records}/{town.Part(2)}"))["fields"]!;
        Assert.Equal((7390002, "rk2zq again", null), ((int)whole["Kostprice"]!, (string)whole["Remarks"]!, (string?)whole["Realm"]));

        // A link to a maker whom he does not see stays, whatever he puts in the cell, and he makes none.
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(town.Owner.Client, "PUT", $"/api/bases/{town.BaseId}/tables/Makers/rules", """{"rows":[{"to":"editor","formula":"{Open}"}]}""")).Status);
        await town.Owner.PatchAsync($"{records}/{town.Part(1)}", new { fields = new Dictionary<string, string[]> { ["Maker"] = [town.Maker(2), town.Maker(1)] } });
        Assert.Equal($"[\"{town.Maker(1)}\"]", (await editor.GetAsync($"{records}/{town.Part(1)}"))["fields"]!["Maker"]!.ToJsonString());
        await editor.PatchAsync($"{records}/{town.Part(1)}", new { fields = new Dictionary<string, string[]> { ["Maker"] = [] } });
        Assert.Equal($"[\"{town.Maker(2)}\"]", (await town.Owner.GetAsync($"{records}/{town.Part(1)}"))["fields"]!["Maker"]!.ToJsonString());
        var linked = await Sheet.SendAsync(editor.Client, "PATCH", $"{records}/{town.Part(2)}", $$$"""{"fields":{"Maker":["{{{town.Maker(2)}}}"]}}""");
        var absent = await Sheet.SendAsync(editor.Client, "PATCH", $"{records}/{town.Part(2)}", """{"fields":{"Maker":["recAAAAAAAAAAAAAA"]}}""");
        Assert.Equal(absent.Text.Replace("recAAAAAAAAAAAAAA", "?", StringComparison.Ordinal), linked.Text.Replace(town.Maker(2), "?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_copy_hides_what_the_table_hides()
    {
        var town = await Town.BuildAsync(installation);
        var viewer = town.People.First(p => p.Name == "viewer");
        var table = (string)(await town.Owner.PostAsync($"/api/bases/{town.BaseId}/tables/{town.Table}/duplicate", new { name = "Twin" }, HttpStatusCode.Created))["id"]!;
        var other = (string)(await town.Owner.PostAsync($"/api/bases/{town.BaseId}/duplicate", new { name = "Twins" }, HttpStatusCode.Created))["id"]!;
        foreach (var place in (string[])[$"{town.BaseId}/{table}", $"{other}/Parts"])
        {
            Assert.Contains("Kostprice", (await town.Owner.GetAsync($"/v0/{place}")).ToJsonString(), StringComparison.Ordinal);
            var seen = (await viewer.Person.GetAsync($"/v0/{place}"))["records"]!.AsArray();
            Assert.Equal(["nm1zq", "nm4zq"], seen.Select(r => (string)r!["fields"]!["Name"]!));
            Assert.DoesNotContain("Kostprice", seen.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_action_that_the_rules_forbid_by_now_is_not_undone()
    {
        var town = await Town.BuildAsync(installation);
        var (pilot, records, rules) = (town.People.First(p => p.Name == "pilot").Person, $"/v0/{town.BaseId}/{town.Table}", $"/api/bases/{town.BaseId}/tables/{town.Table}/rules");
        await pilot.PatchAsync($"{records}/{town.Part(5)}", new { fields = new Dictionary<string, string> { ["Name"] = "renamed", ["Realm"] = "open" } });
        foreach (var rule in (string[])["""{"fields":[{"field":"Realm","to":"editor","access":"read"}]}""", """{"fields":[{"field":"Realm","to":"editor","access":"none"}]}""", """{"rows":[{"to":"editor","formula":"{Name} = 'nm1zq'"}]}"""])
        {
            Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(town.Owner.Client, "PUT", rules, rule)).Status);
            var undone = await Sheet.SendAsync(pilot.Client, "POST", $"/api/bases/{town.BaseId}/undo", "{}");
            Assert.True((int)undone.Status >= 400, $"{rule}: {undone.Text}");
            Assert.Equal("renamed", (string)(await town.Owner.GetAsync($"{records}/{town.Part(5)}"))["fields"]!["Name"]!);
        }
        Assert.Equal(HttpStatusCode.NoContent, (await Sheet.SendAsync(town.Owner.Client, "DELETE", rules)).Status);
        Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(pilot.Client, "POST", $"/api/bases/{town.BaseId}/undo", "{}")).Status);
        Assert.Equal("nm5zq", (string)(await town.Owner.GetAsync($"{records}/{town.Part(5)}"))["fields"]!["Name"]!);
    }

    [Fact]
    public async Task The_feed_tells_each_what_the_rules_leave()
    {
        var town = await Town.BuildAsync(installation);
        var (records, heard) = ($"/v0/{town.BaseId}/{town.Table}", new List<(Citizen Who, HubLog Log)>());
        var connections = new List<HubConnection>();
        try
        {
            foreach (var who in town.People.Where(p => p.Name != "stranger"))
            {
                var connection = await who.Person.ConnectAsync(installation.Hubs[0]);
                connections.Add(connection);
                heard.Add((who, new HubLog(connection)));
                await connection.InvokeAsync<JsonNode>("Subscribe", town.Table, (long?)null, Cancellation);
                await connection.InvokeAsync<JsonNode>("Subscribe", town.BaseId, (long?)null, Cancellation);
            }
            // Cells that some do not see, rows that some do not see, what some said of them, and jobs of others.
            for (var n = 1; n <= 6; n++)
            {
                await town.Owner.PatchAsync($"{records}/{town.Part(n)}", new { fields = new Dictionary<string, object> { ["Remarks"] = $"rk{n}zq told", ["Kostprice"] = 7390000 + n } });
                await town.Owner.PostAsync($"{records}/{town.Part(n)}/comments", new { text = $"cm{n}zq" });
            }
            await town.Owner.PatchAsync($"/v0/meta/bases/{town.BaseId}/tables/{town.Table}/fields/{town.Field("Kostprice")}", new { description = "Kostprice, again" });
            var job = await town.Owner.EndOfAsync(await town.Owner.PostAsync($"/api/bases/{town.BaseId}/tables/{town.Table}/exports", new { format = "csv" }, HttpStatusCode.Accepted));
            // A row that comes into sight, one that goes out of it, and the last word, which all hear.
            await town.Owner.PatchAsync($"{records}/{town.Part(2)}", new { fields = new Dictionary<string, object> { ["Realm"] = "open" } });
            var last = (await Sheet.SendAsync(town.Owner.Client, "PATCH", $"{records}/{town.Part(1)}", """{"fields":{"Realm":"closed"}}""")).Header("PyBase-Version")!;
            var version = long.Parse(last.Split(',', StringSplitOptions.TrimEntries).First(v => v.StartsWith(town.Table, StringComparison.Ordinal)).Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
            foreach (var (who, log) in heard)
            {
                await log.WaitAsync("Changes", m => (string)m["id"]! == town.Table && (long)m["version"]! >= version);
                var all = string.Join('\n', ((string[])["Changes", "Presence", "Reload", "JobChanged"]).SelectMany(log.Of).Select(m => m.ToJsonString()));
                Assert.All(town.Forbidden(who), f => Assert.False(all.Contains(f, StringComparison.Ordinal), $"{who.Name} hears {f}"));
                Assert.Equal(who.IsFree, log.Of("JobChanged").Any(j => (string)j["id"]! == (string)job["id"]!));
                foreach (var n in who.Rows.Where(_ => who.IsFree || who.Name == "editor"))
                    Assert.Contains($"rk{n}zq told", all, StringComparison.Ordinal);
                // Of whose rows a changed cell decides loads again, and is not told how much there was.
                Assert.Equal(who.Name is "pilot" or "commenter" or "viewer", log.Changes(town.Table, "manyChanged").Count > 0);
                Assert.All(log.Changes(town.Table, "manyChanged"), c => Assert.Equal(0, (int)c["count"]!));
            }
            var viewer = town.People.First(p => p.Name == "viewer");
            Assert.Equal([town.Part(2), town.Part(4)], (await viewer.Person.ListAsync(town.BaseId, town.Table)).Select(r => (string)r["id"]!));
            // Rules come into force for those who listen.
            Assert.Equal(HttpStatusCode.OK, (await Sheet.SendAsync(town.Owner.Client, "PUT", $"/api/bases/{town.BaseId}/tables/{town.Table}/rules", """{"rows":[{"to":"viewer","formula":"FALSE()"}]}""")).Status);
            var marker = (await Sheet.SendAsync(town.Owner.Client, "PATCH", $"{records}/{town.Part(4)}", """{"fields":{"Name":"after the rule"}}""")).Header("PyBase-Version")!.Split('=')[1];
            var log4 = heard.First(h => h.Who == viewer).Log;
            await log4.WaitAsync("Changes", m => (string)m["id"]! == town.Table && (long)m["version"]! >= long.Parse(marker, System.Globalization.CultureInfo.InvariantCulture));
            Assert.DoesNotContain("after the rule", string.Join('\n', log4.Of("Changes").Select(m => m.ToJsonString())), StringComparison.Ordinal);
        }
        finally
        {
            foreach (var connection in connections)
                await connection.DisposeAsync();
        }
    }
}
