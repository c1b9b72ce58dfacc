using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Shares;
using PyBase.Tests.Support;

namespace PyBase.Tests.Automations;

/// <summary>Each trigger begins its automation when what it waits for happens, once, and not otherwise.</summary>
[Collection(OnOutgoing.Name)]
public sealed class TriggerTests(OutgoingInstallation installation)
{
    /// <summary>Does nothing but to be seen in the history.</summary>
    const string Nothing = """[{"kind":"runScript","id":"echo","code":"return input","input":{"record":"{{trigger.record}}"}}]""";

    [Fact]
    public async Task Records_that_are_made_changed_and_deleted_are_heard_as_they_were_then()
    {
        var (sheet, automated) = await NewAsync();
        var created = await automated.AddAsync("""{"kind":"recordCreated","table":"Things"}""", Nothing, ""","conditions":{"filterSet":[{"field":"Count","operator":">","value":1}]}""");
        var updated = await automated.AddAsync("""{"kind":"recordUpdated","table":"Things","fields":["Count"]}""", Nothing);
        var deleted = await automated.AddAsync("""{"kind":"recordDeleted","table":"Things"}""", Nothing);

        await sheet.AddAsync("Things", """{"Name":"few","Count":1}""");
        var record = await sheet.AddAsync("Things", """{"Name":"many","Count":5,"State":"Open"}""");
        var path = $"{sheet.PathOf("Things")}/{record}";
        await sheet.OkAsync("PATCH", path, """{"fields":{"Name":"more"}}""");
        await sheet.OkAsync("PATCH", path, """{"fields":{"Count":6}}""");
        await sheet.OkAsync("PATCH", path, """{"fields":{"Count":7}}""");
        await sheet.OkAsync("DELETE", path);

        Assert.Equal((record, "many", 5, "Open"), Cells(await automated.SucceededAsync(created)));
        Assert.Equal([(record, "more", 6, "Open"), (record, "more", 7, "Open")], (await automated.EndedAsync(updated, 2)).Select(Cells).OrderBy(c => c.Item3));
        Assert.Equal((record, "more", 7, "Open"), Cells(await automated.SucceededAsync(deleted)));
    }

    [Fact]
    public async Task A_record_that_meets_conditions_is_heard_when_it_did_not_before()
    {
        var (sheet, automated) = await NewAsync();
        var old = await sheet.AddAsync("Things", """{"Name":"old","Count":9}""");
        var view = (string)(await automated.SendAsync("POST", $"/api/bases/{sheet.BaseId}/tables/Things/views", """{"name":"Big","type":"grid","settings":{"filter":{"filterSet":[{"field":"Count","operator":">","value":5}]}}}""", HttpStatusCode.Created))["id"]!;
        var filter = await automated.AddAsync("""{"kind":"recordMatches","table":"Things","filter":{"filterSet":[{"field":"Count","operator":">","value":5}]}}""", Nothing);
        var inView = await automated.AddAsync($$"""{"kind":"recordMatches","table":"Things","view":"{{view}}"}""", Nothing);
        var changed = await automated.AddAsync("""{"kind":"recordUpdated","table":"Things"}""", Nothing);

        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{old}", """{"fields":{"Count":8}}""");
        await automated.EndedAsync(changed);
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{old}", """{"fields":{"Count":1}}""");
        await automated.EndedAsync(changed, 2);
        Assert.Empty(await automated.RunsAsync(filter));
        await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{old}", """{"fields":{"Count":7}}""");
        Assert.Equal(7, Cells(await automated.SucceededAsync(filter)).Item3);
        Assert.Equal(old, Cells(await automated.SucceededAsync(inView)).Item1);
        var fresh = await sheet.AddAsync("Things", """{"Count":6}""");
        Assert.Equal([old, fresh], (await automated.EndedAsync(filter, 2)).Select(r => (string)r["record"]!));
    }

    [Fact]
    public async Task A_field_that_changes_from_something_to_something_is_heard()
    {
        var (sheet, automated) = await NewAsync();
        var closes = await automated.AddAsync("""{"kind":"fieldChanged","table":"Things","field":"State","from":"Open","to":"Closed"}""", Nothing);
        var any = await automated.AddAsync("""{"kind":"fieldChanged","table":"Things","field":"State"}""", Nothing);
        var record = await sheet.AddAsync("Things", "{}");
        foreach (var cells in (string[])["""{"State":"Closed"}""", """{"State":"Open"}""", """{"State":"Closed"}""", """{"State":"Open","Name":"x"}""", """{"Name":"y"}"""])
            await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{record}", $$"""{"fields":{{cells}}}""");

        Assert.Equal((string?[])["Closed", "Closed", "Open", "Open"], (await automated.EndedAsync(any, 4)).Select(r => Cells(r).Item4).Order());
        Assert.Equal("Closed", Cells(await automated.SucceededAsync(closes)).Item4);
    }

    [Fact]
    public async Task A_form_that_is_sent_is_heard_and_another_record_is_not()
    {
        var (sheet, automated) = await NewAsync();
        var form = (string)(await automated.SendAsync("POST", $"/api/bases/{sheet.BaseId}/tables/Things/views", """{"name":"Ask","type":"form","settings":{"fields":[{"field":"Name"}]}}""", HttpStatusCode.Created))["id"]!;
        var token = (string)(await automated.SendAsync("POST", $"/api/bases/{sheet.BaseId}/shares", $$"""{"view":"{{form}}"}""", HttpStatusCode.Created))["token"]!;
        var automation = await automated.AddAsync($$"""{"kind":"formSubmitted","table":"Things","view":"{{form}}"}""", Nothing);
        await sheet.AddAsync("Things", """{"Name":"by hand"}""");
        using var visitor = new Visitor(installation.Apis[0]);
        var proof = (string)(await visitor.AskAsync("GET", token)).Json["proof"]!;

        var sent = await visitor.AskAsync("POST", token, "/submit", $$"""{"fields":{"Name":"sent"},"proof":"{{proof}}"}""");

        Assert.True(sent.Status is HttpStatusCode.OK, sent.Text);
        Assert.Equal("sent", Cells(await automated.SucceededAsync(automation)).Item2);
    }

    [Fact]
    public async Task A_schedule_tells_its_next_moment_in_its_zone_and_fires_then()
    {
        var (_, automated) = await NewAsync();
        var daily = await automated.AddAsync("""{"kind":"schedule","cron":"30 9 * * 1-5","timeZone":"Europe/Zurich"}""", Nothing);
        var next = TimeZoneInfo.ConvertTime((DateTimeOffset)(await automated.SendAsync("GET", $"{automated.Path}/{daily}", null))["nextTime"]!, TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich"));
        Assert.Equal((9, 30, true), (next.Hour, next.Minute, next.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)));

        var automation = await automated.AddAsync("""{"kind":"schedule","cron":"* * * * *"}""", Nothing);
        // As if the minute had come.
        await installation.ExecuteAsync($"update pybase.automations set due = now() - interval '3 minutes' where id = '{automation}'");

        Assert.NotNull((string?)(await automated.SucceededAsync(automation))["trigger"]!["scheduledTime"]);
    }

    [Fact]
    public async Task A_moment_in_a_cell_is_heard_when_it_is_reached()
    {
        var (sheet, automated) = await NewAsync();
        var automation = await automated.AddAsync("""{"kind":"dateReached","table":"Things","field":"When","offsetMinutes":-60}""", Nothing);
        var past = await sheet.AddAsync("Things", $$"""{"When":"{{TimeProvider.System.GetUtcNow().AddMinutes(50):O}}"}""");
        var record = await sheet.AddAsync("Things", $$"""{"Name":"due","When":"{{TimeProvider.System.GetUtcNow().AddMinutes(60).AddSeconds(1):O}}"}""");

        var run = await automated.SucceededAsync(automation);

        Assert.Equal(("due", record), (Cells(run).Item2, (string)run["record"]!));
        Assert.NotEqual(past, record);
    }

    [Fact]
    public async Task Another_system_begins_it_at_an_address_that_can_be_replaced()
    {
        var (_, automated) = await NewAsync();
        var automation = await automated.AddAsync("""{"kind":"webhookReceived"}""", """[{"kind":"runScript","id":"double","code":"return input.n * 2","input":{"n":"{{trigger.body.order[0].count}}"}}]""");
        var first = Hook(await automated.SendAsync("POST", $"{automated.Path}/{automation}/hook", null, HttpStatusCode.Created));
        var hook = Hook(await automated.SendAsync("POST", $"{automated.Path}/{automation}/hook", null, HttpStatusCode.Created));
        using var stranger = new HttpClient { BaseAddress = installation.Apis[0] };
        Assert.Equal(HttpStatusCode.NotFound, (await Sheet.SendAsync(stranger, "POST", first, "{}")).Status);
        var begun = await Sheet.SendAsync(stranger, "POST", hook, """{"order":[{"count":21}]}""", ("Idempotency-Key", "order 1"));
        var again = await Sheet.SendAsync(stranger, "POST", hook, """{"order":[{"count":21}]}""", ("Idempotency-Key", "order 1"));
        Assert.Equal((HttpStatusCode.Accepted, begun.Text), (again.Status, again.Text));

        var run = await automated.SucceededAsync(automation);
        Assert.Equal(((string)begun.Json["run"]!, 42), ((string)run["id"]!, (int)Automated.Output(run, "double")!["result"]!));
        await automated.SendAsync("PATCH", $"{automated.Path}/{automation}", """{"enabled":false}""");
        Assert.Equal(HttpStatusCode.NotFound, (await Sheet.SendAsync(stranger, "POST", hook, "{}")).Status);

        static string Hook(JsonNode made) => new Uri((string)made["url"]!).AbsolutePath;
    }

    [Fact]
    public async Task Whoever_presses_a_button_begins_what_hangs_on_it()
    {
        var (sheet, automated) = await NewAsync();
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Things}/fields", """{"name":"Go","type":"button","options":{"label":"Go"}}""");
        var automation = await automated.AddAsync("""{"kind":"buttonClicked","table":"Things","field":"Go"}""", Nothing);
        var record = await sheet.AddAsync("Things", """{"Name":"pressed"}""");
        var editor = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(editor, "editor");

        var pressed = await Sheet.SendAsync(editor.Client, "POST", $"/api/bases/{sheet.BaseId}/tables/Things/records/{record}/press/Go");

        Assert.True(pressed.Status is HttpStatusCode.Accepted, pressed.Text);
        var run = await automated.SucceededAsync(automation);
        Assert.Equal((string)pressed.Json["runs"]![0]!, (string)run["id"]!);
        Assert.Equal((string)(await editor.GetAsync("/api/auth/me"))["user"]!["id"]!, (string)run["trigger"]!["by"]!["id"]!);
        Assert.Equal("pressed", Cells(run).Item2);
    }

    [Fact]
    public async Task A_drawing_that_was_read_with_doubts_is_heard()
    {
        var (sheet, automated) = await NewAsync();
        var sure = await automated.AddAsync("""{"kind":"extractionFinished","below":0.01}""", Nothing);
        var unsure = await automated.AddAsync("""{"kind":"extractionFinished","below":1}""", Nothing);
        var job = await sheet.Person.EndOfAsync(await sheet.Person.DropAsync(sheet.BaseId, Samples.Path("gearbox.stp")));
        Assert.Equal("succeeded", (string)job["state"]!);
        // As if the reader had been in doubt about one cell.
        await installation.ExecuteAsync($"""
            insert into pybase.provenance (table_id, record_id, field, job, locator, confidence, time)
            select '{sheet.Things}', 'recAAAAAAAAAAAAAA', 'fldAAAAAAAAAAAAAA', id, '#1', 0.5, now() from pybase.jobs where id = '{(string)job["id"]!}'
            """);

        var run = await automated.SucceededAsync(unsure);

        Assert.Equal(((string)job["id"]!, "gearbox.stp", 0.5), ((string)run["trigger"]!["job"]!, (string)run["trigger"]!["file"]!["name"]!, (double)run["trigger"]!["confidence"]!));
        Assert.Empty(await automated.RunsAsync(sure));
    }

    async Task<(Sheet Sheet, Automated Automated)> NewAsync()
    {
        var sheet = await Sheet.CreateAsync(installation);
        return (sheet, new Automated(sheet));
    }

    static (string, string?, double?, string?) Cells(JsonNode run)
    {
        var record = Automated.Output(run, "echo")!["result"]!["record"]!;
        Assert.Equal((string)record["id"]!, (string)run["record"]!);
        return ((string)record["id"]!, (string?)record["fields"]!["Name"], (double?)record["fields"]!["Count"], (string?)record["fields"]!["State"]);
    }
}
