using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Automations;

/// <summary>Each action does what it says, with the rights of the automation's owner, and its history tells it without secrets.</summary>
[Collection(OnOutgoing.Name)]
public sealed class ActionTests(OutgoingInstallation installation)
{
    const string OnCreated = """{"kind":"recordCreated","table":"Things"}""";

    [Fact]
    public async Task Records_are_made_changed_linked_found_and_deleted()
    {
        var (sheet, automated) = await NewAsync();
        var shelf = await sheet.AddAsync("Others", """{"Name":"shelf"}""");
        var doomed = await sheet.AddAsync("Others", """{"Name":"doomed"}""");
        var automation = await automated.AddAsync(OnCreated, """
            [{"kind":"createRecord","id":"box","table":"Others","fields":{"Name":"box of {{trigger.record.fields.Name}}"}},
             {"kind":"findRecords","id":"shelves","table":"Others","filter":{"filterSet":[{"field":"Name","operator":"is","value":"shelf"}]}},
             {"kind":"linkRecords","table":"Things","record":"{{trigger.record.id}}","field":"Links","records":["{{steps.box.id}}","{{steps.shelves.records[0].id}}"]},
             {"kind":"linkRecords","table":"Things","record":"{{trigger.record.id}}","field":"Links","records":"{{steps.shelves.records}}","mode":"remove"},
             {"kind":"updateRecord","id":"set","table":"Things","record":"{{trigger.record.id}}","fields":{"Count":"{{trigger.record.fields.Count}}","State":"Closed","Notes":"{{steps.shelves.count}} shelf"}},
             {"kind":"findRecords","id":"doomed","table":"Others","filter":{"filterSet":[{"field":"Name","operator":"contains","value":"{{trigger.record.fields.Notes}}"}]}},
             {"kind":"deleteRecord","table":"Others","record":"{{steps.doomed.records[0].id}}"}]
            """);
        var record = await sheet.AddAsync("Things", $$"""{"Name":"bolts","Count":2.5,"Notes":"doomed","Links":["{{shelf}}"]}""");

        var run = await automated.SucceededAsync(automation);

        var fields = await sheet.FieldsAsync("Things", record);
        var box = (string)Automated.Output(run, "box")!["id"]!;
        Assert.Equal((2.5, "Closed", "1 shelf", box), ((double)fields["Count"]!, (string)fields["State"]!, (string)fields["Notes"]!, (string)Assert.Single(fields["Links"]!.AsArray())!));
        Assert.Equal("box of bolts", (string)(await sheet.FieldsAsync("Others", box))["Name"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await sheet.SendAsync("GET", $"{sheet.PathOf("Others")}/{doomed}")).Status);
        // What an automation did is told as its doing, and is one group to take back.
        var history = await sheet.OkAsync("GET", $"/api/bases/{sheet.BaseId}/tables/Things/records/{record}/history");
        Assert.Contains("\"automation\"", history.ToJsonString(), StringComparison.Ordinal);
        await sheet.OkAsync("POST", $"/api/bases/{sheet.BaseId}/undo", $$"""{"group":"{{(string)run["id"]!}}"}""");
        Assert.Equal("Open", (string?)(await sheet.FieldsAsync("Things", record))["State"] ?? "Open");
        Assert.Equal(HttpStatusCode.OK, (await sheet.SendAsync("GET", $"{sheet.PathOf("Others")}/{doomed}")).Status);
    }

    [Fact]
    public async Task People_are_told_by_mail_and_inside()
    {
        var (sheet, automated) = await NewAsync();
        var ben = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(ben, "viewer");
        var address = (string)(await ben.GetAsync("/api/auth/me"))["user"]!["email"]!;
        await using var connection = await ben.ConnectAsync(installation.Hubs[0]);
        var hub = new HubLog(connection);
        var automation = await automated.AddAsync(OnCreated, """
            [{"kind":"sendEmail","id":"mail","to":"{{trigger.record.fields.Mail}}","subject":"{{trigger.record.fields.Name}}\nBcc: all@example.org","body":"Hello,\n\n<b>{{trigger.record.fields.Name}}</b> is here."},
             {"kind":"notify","id":"told","people":["{{trigger.record.fields.Mail}}","stranger@example.org"],"text":"{{trigger.record.fields.Name}} is here"}]
            """);
        var record = await sheet.AddAsync("Things", $$"""{"Name":"Gear","Mail":"{{address}}"}""");

        var run = await automated.SucceededAsync(automation);

        // The address is confirmed by a mail of its own first.
        var mail = await installation.Mails.NextAsync(address);
        if (mail.Subject!.Contains("address", StringComparison.Ordinal))
            mail = await installation.Mails.NextAsync(address);
        Assert.Equal(("Gear Bcc: all@example.org", $"{(string)Automated.Output(run, "mail")!["mails"]![0]!}@example.com", 0), (mail.Subject, mail.MessageId, mail.Bcc.Count));
        Assert.Contains("&lt;b&gt;Gear&lt;/b&gt;", mail.HtmlBody, StringComparison.Ordinal);
        var told = await hub.WaitAsync("Notified", n => (string)n["kind"]! == "automation");
        Assert.Equal(("Gear is here", record, "Things", 1), ((string)told["text"]!, (string)told["record"]!, (string)told["table"]!["name"]!, (int)Automated.Output(run, "told")!["told"]!));
    }

    [Fact]
    public async Task Another_system_is_called_again_until_it_answers_and_its_answer_is_mapped()
    {
        var (sheet, automated) = await NewAsync();
        var failures = 2;
        var (url, path) = installation.Sink.NewPath(_ => Task.FromResult(Interlocked.Decrement(ref failures) >= 0 ? (503, "later") : (200, """{"data":{"items":[{"id":7}]},"echo":"s3cret-word"}""")));
        var (slack, slackPath) = installation.Sink.NewPath();
        var automation = await automated.AddAsync(OnCreated, $$$"""
            [{"kind":"createRecord","table":"Others","fields":{"Name":"before"}},
             {"kind":"callHttp","id":"call","method":"PUT","url":"{{{url}}}?q={{trigger.record.fields.Name}}&key={{secrets.key}}","headers":{"Authorization":"Bearer {{secrets.key}}","X-Name":"n"},
              "body":{"name":"{{trigger.record.fields.Name}}","count":"{{trigger.record.fields.Count}}"},"response":{"item":"$.data.items[0].id"} },
             {"kind":"sendSlackMessage","url":"{{{slack}}}","text":"Item {{steps.call.item}} is there","channel":"#parts"}]
            """, ""","secrets":{"key":"s3cret-word"}""");
        await sheet.AddAsync("Things", """{"Name":"a&b","Count":3}""");

        var run = await automated.SucceededAsync(automation);

        var calls = new[] { await installation.Sink.NextAsync(path), await installation.Sink.NextAsync(path), await installation.Sink.NextAsync(path) };
        Assert.Equal(("PUT", "?q=a%26b&key=s3cret-word", "Bearer s3cret-word"), (calls[2].Method, calls[2].Query, calls[2].Headers["Authorization"]));
        Sheet.Same("""{"name":"a&b","count":3}""", calls[2].Json);
        Assert.Equal(($"{(string)run["id"]!}/call", 1), (calls[0].Headers["PyBase-Delivery"], calls.Select(c => c.Headers["PyBase-Delivery"]).Distinct().Count()));
        Sheet.Same("""{"text":"Item 7 is there","channel":"#parts"}""", (await installation.Sink.NextAsync(slackPath)).Json);
        Assert.Equal((7, 200), ((int)Automated.Output(run, "call")!["item"]!, (int)Automated.Output(run, "call")!["status"]!));
        // What was done before is not done again, and no secret is told by any of the routes.
        Assert.Single((await sheet.OkAsync("GET", sheet.PathOf("Others")))["records"]!.AsArray());
        foreach (var place in (string[])[automated.Path, $"{automated.Path}/{automation}", $"{automated.Path}/{automation}/runs", $"{automated.Path}/{automation}/runs/{(string)run["id"]!}"])
            Assert.DoesNotContain("s3cret", (await sheet.SendAsync("GET", place)).Text, StringComparison.Ordinal);
        Assert.Equal("key", (string)Assert.Single((await automated.SendAsync("GET", $"{automated.Path}/{automation}", null))["secrets"]!.AsArray())!);
    }

    [Fact]
    public async Task Branches_loops_delays_and_scripts_work_together()
    {
        var (sheet, automated) = await NewAsync();
        var automation = await automated.AddAsync(OnCreated, """
            [{"kind":"delay","id":"wait","seconds":0.3},
             {"kind":"branch","id":"large","filter":{"filterSet":[{"field":"Count","operator":">","value":2}]},
              "then":[{"kind":"runScript","id":"split","code":"return Array.from({length: input.n}, (_, i) => ({ name: 'part ' + (i + 1) }))","input":{"n":"{{trigger.record.fields.Count}}"}},
                      {"kind":"loop","id":"each","items":"{{steps.split.result}}","do":[
                        {"kind":"branch","id":"odd","when":[{"value":"{{index}}","operator":"isNot","to":1}],"then":[{"kind":"createRecord","id":"made","table":"Others","fields":{"Name":"{{item.name}} of {{trigger.record.fields.Name}}"}}]}]}],
              "else":[{"kind":"createRecord","id":"small","table":"Others","fields":{"Name":"small"}}]}]
            """);
        await sheet.AddAsync("Things", """{"Name":"gear","Count":3}""");
        var run = await automated.SucceededAsync(automation);
        await sheet.AddAsync("Things", """{"Name":"pin","Count":1}""");
        await automated.EndedAsync(automation, 2);

        Assert.Equal(["part 1 of gear", "part 3 of gear", "small"], (await sheet.OkAsync("GET", sheet.PathOf("Others")))["records"]!.AsArray().Select(r => (string)r!["fields"]!["Name"]!).Order());
        Assert.Contains("each[2]/made", run["steps"]!.AsArray().Select(s => (string)s!["step"]!));
        Assert.Equal("then", (string)Automated.Output(run, "large")!["taken"]!);
        var wait = run["steps"]!.AsArray().Single(s => (string)s!["step"]! == "wait")!;
        Assert.True((DateTimeOffset)wait["finishedTime"]! >= (DateTimeOffset)wait["dueTime"]!);
    }

    [Fact]
    public async Task What_fails_is_told_can_be_passed_over_and_done_again()
    {
        var (sheet, automated) = await NewAsync();
        var isBroken = true;
        var (url, _) = installation.Sink.NewPath(_ => Task.FromResult(isBroken ? (400, "no") : (200, "{}")));
        var automation = await automated.AddAsync(OnCreated, $$$"""
            [{"kind":"updateRecord","id":"passed","table":"Others","record":"recAAAAAAAAAAAAAA","fields":{"Name":"x"},"continueOnError":true},
             {"kind":"createRecord","id":"made","table":"Others","fields":{"Name":"made"}},
             {"kind":"callHttp","id":"call","url":"{{{url}}}"}]
            """);
        await sheet.AddAsync("Things", "{}");
        var failed = Assert.Single(await automated.EndedAsync(automation));
        Assert.Equal(("failed", "http-refused", "record-not-found"), ((string)failed["state"]!, (string)failed["error"]!["code"]!, (string)failed["steps"]![0]!["error"]!["code"]!));
        isBroken = false;
        await automated.SendAsync("POST", $"{automated.Path}/{automation}/runs/{(string)failed["id"]!}/retry", null, HttpStatusCode.Accepted);
        await automated.SucceededAsync(automation);
        Assert.Single((await sheet.OkAsync("GET", sheet.PathOf("Others")))["records"]!.AsArray());
        await automated.SendAsync("POST", $"{automated.Path}/{automation}/runs/{(string)failed["id"]!}/retry", null, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_test_keeps_and_sends_nothing_and_a_run_by_hand_does()
    {
        var (sheet, automated) = await NewAsync();
        var (url, path) = installation.Sink.NewPath();
        var automation = await automated.AddAsync("""{"kind":"recordDeleted","table":"Things"}""", $$$"""[{"kind":"createRecord","id":"made","table":"Others","fields":{"Name":"{{trigger.record.fields.Name}}"}},{"kind":"callHttp","url":"{{{url}}}"}]""");
        var record = await sheet.AddAsync("Things", """{"Name":"tried"}""");
        await automated.SendAsync("POST", $"{automated.Path}/{automation}/runs", "{}", HttpStatusCode.UnprocessableEntity);

        await automated.SendAsync("POST", $"{automated.Path}/{automation}/runs", $$"""{"record":"{{record}}","test":true}""", HttpStatusCode.Accepted);
        var tried = await automated.SucceededAsync(automation);
        Assert.Equal((true, "tried"), ((bool)tried["isTest"]!, (string)Automated.Output(tried, "made")!["fields"]!["Name"]!));
        Assert.Empty((await sheet.OkAsync("GET", sheet.PathOf("Others")))["records"]!.AsArray());

        await automated.SendAsync("POST", $"{automated.Path}/{automation}/runs", $$"""{"record":"{{record}}"}""", HttpStatusCode.Accepted);
        await automated.EndedAsync(automation, 2);
        Assert.Single((await sheet.OkAsync("GET", sheet.PathOf("Others")))["records"]!.AsArray());
        await installation.Sink.NextAsync(path);
        Assert.Empty(installation.Sink.Rest(path));
    }

    [Fact]
    public async Task An_automation_may_what_its_owner_may_and_sees_what_he_sees()
    {
        var (sheet, automated) = await NewAsync();
        var admin = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(admin, "admin");
        var id = (string)(await admin.GetAsync("/api/auth/me"))["user"]!["id"]!;
        var made = await Sheet.SendAsync(admin.Client, "POST", automated.Path, """
            {"name":"His","enabled":true,"trigger":{"kind":"recordCreated","table":"Things"},
             "actions":[{"kind":"runScript","id":"echo","code":"return input","input":{"record":"{{trigger.record}}"}},{"kind":"updateRecord","id":"write","table":"Things","record":"{{trigger.record.id}}","fields":{"Count":1}}]}
            """);
        var automation = (string)made.Json["id"]!;
        await automated.SendAsync("PATCH", $"/api/workspaces/{sheet.Person.WorkspaceId}/members/{id}", """{"role":"editor"}""");
        await automated.SendAsync("PUT", $"/api/bases/{sheet.BaseId}/tables/Things/rules", """{"fields":[{"field":"Notes","to":"editor","access":"none"},{"field":"Count","to":"editor","access":"read"}],"rows":[]}""");
        await sheet.AddAsync("Things", """{"Name":"seen","Notes":"hidden-from-him"}""");

        var run = Assert.Single(await automated.EndedAsync(automation));

        Assert.Equal(("failed", "seen"), ((string)run["state"]!, (string)Automated.Output(run, "echo")!["result"]!["record"]!["fields"]!["Name"]!));
        Assert.DoesNotContain("hidden-from-him", run.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("field-not-writable", (string)run["error"]!["code"]!);
    }

    [Fact]
    public async Task Automations_that_cause_each_other_end_and_rates_are_kept()
    {
        var (sheet, automated) = await NewAsync();
        var loops = await automated.AddAsync("""{"kind":"recordUpdated","table":"Things","fields":["Count"]}""", """
            [{"kind":"runScript","id":"next","code":"return input.n + 1","input":{"n":"{{trigger.record.fields.Count}}"}},{"kind":"updateRecord","table":"Things","record":"{{trigger.record.id}}","fields":{"Count":"{{steps.next.result}}"}}]
            """);
        var record = await sheet.AddAsync("Things", """{"Count":0}""");
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{record}", """{"fields":{"Count":1}}""");
        var runs = await automated.EndedAsync(loops, 7);
        Assert.Equal([0, 1, 2, 3, 4, 5, 6], runs.Select(r => (int)r["depth"]!));
        Assert.Equal(("refused", "automation-loop", 7), ((string)runs[6]["state"]!, (string)runs[6]["error"]!["code"]!, (int)(await sheet.FieldsAsync("Things", record))["Count"]!));

        var limited = await automated.AddAsync("""{"kind":"recordCreated","table":"Others"}""", """[{"kind":"runScript","code":"return 1"}]""", ""","maxRunsPerHour":2""");
        await sheet.OkAsync("POST", sheet.PathOf("Others"), """{"records":[{"fields":{"Name":"1"}},{"fields":{"Name":"2"}},{"fields":{"Name":"3"}},{"fields":{"Name":"4"}},{"fields":{"Name":"5"}}]}""");
        var begun = await automated.EndedAsync(limited, 3);
        Assert.Equal((2, 3L), (begun.Count(r => (string)r["state"]! == "succeeded"), (long)begun.Single(r => (string)r["state"]! == "refused")["count"]!));
    }

    [Fact]
    public async Task Killed_amid_a_run_nothing_is_lost_or_done_twice()
    {
        var (sheet, automated) = await NewAsync();
        var (holds, tries) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        var (url, path) = installation.Sink.NewPath(async _ =>
        {
            if (Interlocked.Increment(ref tries) == 1)
                await holds.Task;
            return (200, "{}");
        });
        var automation = await automated.AddAsync(OnCreated, $$$"""
            [{"kind":"createRecord","table":"Others","fields":{"Name":"first"}},{"kind":"callHttp","id":"call","url":"{{{url}}}"},{"kind":"createRecord","table":"Others","fields":{"Name":"last"}}]
            """);
        await sheet.AddAsync("Things", "{}");
        var before = await installation.Sink.NextAsync(path);

        await installation.DieAsync();
        holds.SetResult();

        await automated.SucceededAsync(automation);
        Assert.Equal(before.Headers["PyBase-Delivery"], (await installation.Sink.NextAsync(path)).Headers["PyBase-Delivery"]);
        Assert.Equal(["first", "last"], (await sheet.OkAsync("GET", sheet.PathOf("Others")))["records"]!.AsArray().Select(r => (string)r!["fields"]!["Name"]!));
        // A step that was done but not noted, as by whom died between the two: done again, it changes nothing.
        await installation.ExecuteAsync($"""
            delete from pybase.automation_steps where run in (select id from pybase.automation_runs where automation = '{automation}');
            update pybase.automation_runs set state = 'failed' where automation = '{automation}'; update pybase.jobs set state = 'failed' where id in (select 'job' || substr(id, 4) from pybase.automation_runs where automation = '{automation}')
            """);
        var run = (string)(await automated.RunsAsync(automation))[0]!["id"]!;
        await automated.SendAsync("POST", $"{automated.Path}/{automation}/runs/{run}/retry", null, HttpStatusCode.Accepted);
        await automated.SucceededAsync(automation);
        Assert.Equal(2, (await sheet.OkAsync("GET", sheet.PathOf("Others")))["records"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"kind":"never"}""", """[{"kind":"delay"}]""")]
    [InlineData("""{"kind":"recordCreated","table":"Nowhere"}""", """[{"kind":"delay"}]""")]
    [InlineData("""{"kind":"schedule","cron":"every day"}""", """[{"kind":"delay"}]""")]
    [InlineData("""{"kind":"schedule","cron":"* * * * *","timeZone":"Mars/Base"}""", """[{"kind":"delay"}]""")]
    [InlineData("""{"kind":"dateReached","table":"Things","field":"Name"}""", """[{"kind":"delay"}]""")]
    [InlineData("""{"kind":"buttonClicked","table":"Things","field":"Name"}""", """[{"kind":"delay"}]""")]
    [InlineData("""{"kind":"recordMatches","table":"Things"}""", """[{"kind":"delay"}]""")]
    [InlineData(OnCreated, "[]")]
    [InlineData(OnCreated, """[{"kind":"createRecord","table":"Nowhere","fields":{}}]""")]
    [InlineData(OnCreated, """[{"kind":"sendEmail","to":"a@example.org"}]""")]
    [InlineData(OnCreated, """[{"kind":"delay","id":"a"},{"kind":"branch","when":[],"then":[{"kind":"delay","id":"a"}]}]""")]
    public async Task What_means_nothing_is_refused(string trigger, string actions)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync("POST", new Automated(sheet).Path, $$"""{"name":"Test","trigger":{{trigger}},"actions":{{actions}}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "invalid-automation"), (answer.Status, (string)answer.Json["code"]!));
    }

    async Task<(Sheet Sheet, Automated Automated)> NewAsync()
    {
        var sheet = await Sheet.CreateAsync(installation);
        return (sheet, new Automated(sheet));
    }
}
