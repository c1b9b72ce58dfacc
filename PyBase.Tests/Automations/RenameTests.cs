using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;

namespace PyBase.Tests.Automations;

/// <summary>What happens to automations when the fields that they use are named otherwise or removed.</summary>
[Collection(OnOutgoing.Name)]
public sealed class RenameTests(OutgoingInstallation installation)
{
    const string OnCreated = """{"kind":"recordCreated","table":"Things"}""";

    [Fact]
    public async Task Renamed_fields_are_found_wherever_they_stand()
    {
        var (sheet, automated) = await NewAsync();
        var automation = await automated.AddAsync(OnCreated, """
            [{"kind":"findRecords","id":"same","table":"Others","filter":{"filterSet":[{"field":"Name","operator":"is","value":"{{trigger.record.fields.Notes}}"}]}},
             {"kind":"createRecord","id":"box","table":"Others","fields":{"Name":"box of {{ trigger.record.fields.Name }}"}},
             {"kind":"loop","id":"each","items":"{{steps.same.records}}","do":[
               {"kind":"updateRecord","id":"mark","table":"Others","record":"{{item.id}}","fields":{"Name":"{{item.fields.Name}}, {{steps.box.fields[\"Name\"]}}, {{steps.same.records[0].fields.Name}}"}}]},
             {"kind":"branch","id":"large","filter":{"filterSet":[{"field":"Count","operator":">","value":2}]},
              "then":[{"kind":"updateRecord","id":"set","table":"Things","record":"{{trigger.record.id}}","fields":{"Notes":"{{trigger.record.fields.Count}} pieces"}}]},
             {"kind":"runScript","id":"given","code":"return [{ fields: { fldAAAAAAAAAAAAAA: 'foreign' } }]"},
             {"kind":"loop","id":"foreign","items":"{{steps.given.result}}","do":[{"kind":"createRecord","id":"put","table":"Others","fields":{"Name":"{{item.fields.fldAAAAAAAAAAAAAA}}"}}]},
             {"kind":"runScript","id":"echo","code":"return input.record.fields","input":{"record":"{{trigger.record}}"}}]
            """);
        await RenameAsync(sheet, "Things", "Name", "Part \"no.\" [old]");
        await RenameAsync(sheet, "Things", "Notes", "Remark");
        // No path can hold this one.
        var pieces = await RenameAsync(sheet, "Things", "Count", "Pieces}}");
        await RenameAsync(sheet, "Others", "Name", "Title");
        await sheet.AddAsync("Others", """{"Title":"bolts"}""");
        var record = await sheet.AddAsync("Things", """{"Part \"no.\" [old]":"gear","Remark":"bolts","Pieces}}":3}""");

        var run = await automated.SucceededAsync(automation);

        Assert.Equal(["bolts, box of gear, bolts", "box of gear", "foreign"], await TitlesAsync(sheet, "Title"));
        Assert.Equal("3 pieces", (string)(await sheet.FieldsAsync("Things", record))["Remark"]!);
        // Scripts and people are given names.
        Assert.Equal(("gear", "bolts"), ((string)Automated.Output(run, "echo")!["result"]!["Part \"no.\" [old]"]!, (string)run["trigger"]!["record"]!["fields"]!["Remark"]!));
        Assert.Equal("box of gear", (string)Automated.Output(run, "box")!["fields"]!["Title"]!);
        var shown = (await automated.SendAsync("GET", $"{automated.Path}/{automation}", null))["actions"]!;
        Assert.Equal("{{trigger.record.fields.Remark}}", (string)shown[0]!["filter"]!["filterSet"]![0]!["value"]!);
        Assert.Equal("box of {{ trigger.record.fields[\"Part \"no.\" [old]\"] }}", (string)Assert.Single(shown[1]!["fields"]!.AsObject()).Value!);
        Assert.Equal("{{item.fields.Title}}, {{steps.box.fields.Title}}, {{steps.same.records[0].fields.Title}}", (string)Assert.Single(shown[2]!["do"]![0]!["fields"]!.AsObject()).Value!);
        Assert.Equal($"{{{{trigger.record.fields.{pieces}}}}} pieces", (string)Assert.Single(shown[3]!["then"]![0]!["fields"]!.AsObject()).Value!);
    }

    [Fact]
    public async Task A_run_goes_on_with_fields_that_were_renamed_meanwhile()
    {
        var (sheet, automated) = await NewAsync();
        var isBroken = true;
        var (url, _) = installation.Sink.NewPath(_ => Task.FromResult(isBroken ? (400, "no") : (200, "{}")));
        var automation = await automated.AddAsync(OnCreated, $$$"""
            [{"kind":"createRecord","id":"box","table":"Others","fields":{"Name":"box"}},{"kind":"callHttp","id":"call","url":"{{{url}}}"},
             {"kind":"updateRecord","table":"Things","record":"{{trigger.record.id}}","fields":{"Notes":"{{steps.box.fields.Name}} of {{trigger.record.fields.Name}}"}}]
            """);
        var record = await sheet.AddAsync("Things", """{"Name":"gear"}""");
        var failed = Assert.Single(await automated.EndedAsync(automation));
        Assert.Equal("http-refused", (string)failed["error"]!["code"]!);
        await RenameAsync(sheet, "Things", "Name", "Part");
        await RenameAsync(sheet, "Others", "Name", "Title");
        isBroken = false;

        await automated.SendAsync("POST", $"{automated.Path}/{automation}/runs/{(string)failed["id"]!}/retry", null, HttpStatusCode.Accepted);
        await automated.SucceededAsync(automation);

        Assert.Equal("box of gear", (string)(await sheet.FieldsAsync("Things", record))["Notes"]!);
    }

    [Fact]
    public async Task Actions_that_were_kept_by_name_work_on_and_are_kept_by_id_with_the_next_change()
    {
        var (sheet, automated) = await NewAsync();
        var automation = await automated.AddAsync(OnCreated, """[{"kind":"createRecord","table":"Others","fields":{"Name":"x"}}]""");
        var old = JsonSerializer.Serialize(new[] { new { id = "made", kind = "createRecord", table = sheet.Others, fields = new { Name = "new {{trigger.record.fields.Name}}" } } });
        await installation.ExecuteAsync($"update pybase.automations set actions = '{old}' where id = '{automation}'");
        await sheet.AddAsync("Things", """{"Name":"gear"}""");
        await automated.SucceededAsync(automation);
        Assert.Equal(["new gear"], await TitlesAsync(sheet, "Name"));

        await automated.SendAsync("PATCH", $"{automated.Path}/{automation}", """{"name":"The same"}""");
        await RenameAsync(sheet, "Things", "Name", "Part");
        await sheet.AddAsync("Things", """{"Part":"pin"}""");
        await automated.EndedAsync(automation, 2);
        Assert.Equal(["new gear", "new pin"], await TitlesAsync(sheet, "Name"));

        // Another trigger means its own fields of these names.
        await RenameAsync(sheet, "Others", "Name", "Part");
        await automated.SendAsync("PATCH", $"{automated.Path}/{automation}", """{"trigger":{"kind":"recordDeleted","table":"Others"}}""");
        var doomed = await sheet.AddAsync("Others", """{"Part":"washer"}""");
        await sheet.Person.Client.DeleteAsync($"{sheet.PathOf("Others")}/{doomed}", TestContext.Current.CancellationToken);
        await automated.EndedAsync(automation, 3);
        Assert.Equal(["new gear", "new pin", "new washer"], await TitlesAsync(sheet, "Part"));
    }

    [Theory]
    [InlineData("""{"kind":"createRecord","id":"one","table":"Others","fields":{"Name":"{{trigger.record.fields.Notes}}"}}""")]
    [InlineData("""{"kind":"updateRecord","id":"one","table":"Things","record":"{{trigger.record.id}}","fields":{"Notes":"x"}}""")]
    [InlineData("""{"kind":"branch","id":"one","when":[{"value":"{{trigger.record.fields.Notes}}","operator":"isEmpty"}],"then":[{"kind":"createRecord","table":"Others","fields":{}}]}""")]
    public async Task A_field_that_is_gone_fails_the_run_and_says_which(string action)
    {
        var (sheet, automated) = await NewAsync();
        var automation = await automated.AddAsync(OnCreated, $"[{action}]");
        var notes = await FieldAsync(sheet, "Things", "Notes");
        await sheet.Person.Client.DeleteAsync($"/v0/meta/bases/{sheet.BaseId}/tables/{sheet.Things}/fields/{notes}", TestContext.Current.CancellationToken);
        await sheet.AddAsync("Things", """{"Name":"gear"}""");

        var run = Assert.Single(await automated.EndedAsync(automation));

        Assert.Equal(("failed", "automation-field-gone", "failed"), ((string)run["state"]!, (string)run["error"]!["code"]!, (string)run["steps"]![0]!["state"]!));
        Assert.Contains(notes, (string)run["error"]!["message"]!, StringComparison.Ordinal);
        Assert.Empty(await TitlesAsync(sheet, "Name"));
    }

    async Task<(Sheet Sheet, Automated Automated)> NewAsync()
    {
        var sheet = await Sheet.CreateAsync(installation);
        return (sheet, new Automated(sheet));
    }

    static async Task<string[]> TitlesAsync(Sheet sheet, string field) =>
        [.. (await sheet.OkAsync("GET", sheet.PathOf("Others")))["records"]!.AsArray().Select(r => (string)r!["fields"]![field]!).Order(StringComparer.Ordinal)];

    static async Task<string> FieldAsync(Sheet sheet, string table, string name) => (string)(await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]!.AsArray()
        .Single(t => (string)t!["name"]! == table)!["fields"]!.AsArray().Single(f => (string)f!["name"]! == name)!["id"]!;

    static async Task<string> RenameAsync(Sheet sheet, string table, string name, string becomes)
    {
        var field = await FieldAsync(sheet, table, name);
        await sheet.OkAsync("PATCH", $"/v0/meta/bases/{sheet.BaseId}/tables/{(table == "Things" ? sheet.Things : sheet.Others)}/fields/{field}", new JsonObject { ["name"] = becomes }.ToJsonString());
        return field;
    }
}
