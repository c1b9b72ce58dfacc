using System.Net;
using System.Runtime.CompilerServices;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Fields;

/// <summary>The wire form of the types that came after the first ones, options and cells: what goes in, what comes out, what is refused and how.</summary>
public abstract class TypeFormTests(Installation installation)
{
    static readonly ConditionalWeakTable<Installation, Task<OwnTable>> Shared = [];

    [Theory]
    [InlineData("At", """ "7:30" """, """ "07:30:00" """)]
    [InlineData("At", """ "07:30:15" """, """ "07:30:15" """)]
    [InlineData("At", """ "00:00" """, """ "00:00:00" """)]
    [InlineData("At", """ "23:59:59" """, """ "23:59:59" """)]
    [InlineData("At", """ "" """, null)]
    [InlineData("At", "null", null)]
    [InlineData("Step", """ "To Do" """, """ "To Do" """)]
    [InlineData("Step", """ " Done " """, """ "Done" """)]
    [InlineData("Step", "null", null)]
    [InlineData("Owner", "null", null)]
    [InlineData("Team", "[]", null)]
    [InlineData("Team", "null", null)]
    public Task A_value_comes_back_in_its_form(string field, string given, string? shown) => CheckAsync(field, given, shown, typecast: false);

    [Theory]
    [InlineData("At", """ "7:30 pm" """, """ "19:30:00" """)]
    [InlineData("At", """ "7pm" """, """ "19:00:00" """)]
    [InlineData("At", """ " 12:05am " """, """ "00:05:00" """)]
    [InlineData("At", """ "  " """, null)]
    [InlineData("Step", """ "In Progress" """, """ "In Progress" """)]
    [InlineData("Open", """ "Waiting" """, """ "Waiting" """)]
    [InlineData("Owner", """ " " """, null)]
    [InlineData("Team", """ " , " """, null)]
    public Task With_typecast_text_becomes_what_the_field_holds(string field, string given, string? shown) => CheckAsync(field, given, shown, typecast: true);

    [Theory]
    [InlineData("At", """ "24:00" """, false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("At", """ "7:60" """, false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("At", """ "7:30 pm" """, false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("At", """ " 7:30" """, false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("At", """ "noon" """, true, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("At", "730", true, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("At", "{}", false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Step", """ "Elsewhere" """, false, "INVALID_MULTIPLE_CHOICE_OPTIONS")]
    [InlineData("Step", """ "Elsewhere" """, true, "INVALID_MULTIPLE_CHOICE_OPTIONS")]
    [InlineData("Step", "[]", false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Owner", """ "a@example.org" """, false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Owner", """ "a@example.org" """, true, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Owner", """ {"email":"a@example.org"} """, false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Owner", """ {"id":"usrAAAAAAAAAAAAAA"} """, false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Owner", """ {"id":7} """, false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Owner", "[]", false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Team", """ {"id":"usrAAAAAAAAAAAAAA"} """, false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Team", """ [{"id":"usrAAAAAAAAAAAAAA"}] """, false, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Team", "[7]", true, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Source", """ "Jira" """, true, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Words", """ "written" """, true, "INVALID_VALUE_FOR_COLUMN")]
    [InlineData("Words", "null", false, "INVALID_VALUE_FOR_COLUMN")]
    public async Task A_value_of_the_wrong_form_is_refused(string field, string given, bool typecast, string error)
    {
        var answer = await (await SharedAsync()).TryAddAsync($$"""{"{{field}}":{{given}}}""", typecast);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, error), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("""{"type":"time"}""", """{"timeFormat":{"name":"24hour","format":"HH:mm"}}""")]
    [InlineData("""{"type":"time","options":{"timeFormat":{"name":"12hour"}}}""", """{"timeFormat":{"name":"12hour","format":"h:mma"}}""")]
    [InlineData("""{"type":"button","options":{"label":"Open drawing","url":"\"https://example.org/\" & RECORD_ID()"}}""", """{"label":"Open drawing","url":"\"https://example.org/\" & RECORD_ID()"}""")]
    [InlineData("""{"type":"button"}""", """{"label":"Open"}""")]
    [InlineData("""{"type":"aiText"}""", """{"prompt":[],"referencedFieldIds":[]}""")]
    [InlineData("""{"type":"aiText","options":{"prompt":["Translate ",{"field":{"fieldId":"fldAAAAAAAAAAAAAA"}}]}}""", """{"prompt":["Translate ",{"field":{"fieldId":"fldAAAAAAAAAAAAAA"}}],"referencedFieldIds":["fldAAAAAAAAAAAAAA"]}""")]
    [InlineData("""{"type":"externalSyncSource","options":{"choices":[{"id":"selAAAAAAAAAAAAAA","name":"Jira","color":"blueLight2"}]}}""", """{"choices":[{"id":"selAAAAAAAAAAAAAA","name":"Jira","color":"blueLight2"}]}""")]
    [InlineData("""{"type":"status","options":{"choices":[{"id":"selAAAAAAAAAAAAAA","name":"Cut","color":"redDark1","group":"complete"},{"id":"selBBBBBBBBBBBBBB","name":"Drawn","color":"redDark1"}]}}""", """{"choices":[{"id":"selAAAAAAAAAAAAAA","name":"Cut","color":"redDark1","group":"complete"},{"id":"selBBBBBBBBBBBBBB","name":"Drawn","color":"redDark1","group":"todo"}]}""")]
    [InlineData("""{"type":"singleCollaborator","options":{}}""", null)]
    [InlineData("""{"type":"multipleCollaborators"}""", null)]
    public async Task Options_are_shown_as_they_are_kept(string field, string? shown)
    {
        var table = await OwnTable.CreateAsync(installation);
        var name = Guid.NewGuid().ToString();
        var made = await table.OkAsync("POST", $"/v0/meta/bases/{table.BaseId}/tables/{table.Id}/fields", $$"""{"name":"{{name}}",{{field[1..]}}""");
        foreach (var definition in new[] { made, await table.DefinitionAsync(name) })
            if (shown is null)
                Assert.Null(definition["options"]);
            else
                Sheet.Same(shown, definition["options"]);
    }

    [Theory]
    [InlineData("""{"type":"time","options":{"timeFormat":{"name":"36hour"}}}""")]
    [InlineData("""{"type":"button","options":{"label":""}}""")]
    [InlineData("""{"type":"button","options":{"label":7}}""")]
    [InlineData("""{"type":"button","options":{"url":[]}}""")]
    [InlineData("""{"type":"aiText","options":{"prompt":[7]}}""")]
    [InlineData("""{"type":"aiText","options":{"prompt":[{"field":{"fieldId":"x"}}]}}""")]
    [InlineData("""{"type":"status","options":{"choices":[{"name":"Cut","group":"finished"}]}}""")]
    [InlineData("""{"type":"status","options":{"choices":[{"name":"Cut"},{"name":"Cut"}]}}""")]
    public async Task Options_that_make_no_sense_are_refused(string field)
    {
        var table = await SharedAsync();
        var answer = await table.SendAsync("POST", $"/v0/meta/bases/{table.BaseId}/tables/{table.Id}/fields", $$"""{"name":"{{Guid.NewGuid()}}",{{field[1..]}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_FIELD_OPTIONS"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_status_starts_with_the_usual_three()
    {
        var choices = (await (await SharedAsync()).DefinitionAsync("Step"))["options"]!["choices"]!.AsArray();
        Assert.Equal(["To Do todo", "In Progress in_progress", "Done complete"], choices.Select(c => $"{c!["name"]} {c["group"]}"));
    }

    [Fact]
    public async Task A_choice_that_typecast_adds_to_a_status_is_still_to_do()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Open","type":"status","constraints":{"allowNewChoices":true}}""");
        await table.FillAsync("""{"Open":"Waiting"}""");
        Assert.Equal("todo", (string)(await table.DefinitionAsync("Open"))["options"]!["choices"]![3]!["group"]!);
    }

    [Fact]
    public async Task Times_sort_by_the_clock()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"At","type":"time"}""");
        await table.FillAsync("""{"At":"13:00"}""", """{"At":"7:30"}""", "{}", """{"At":"07:30:05"}""");
        var sorted = await table.OkAsync("GET", $"{table.Path}?sort[0][field]=At");
        Assert.Equal([null, "07:30:00", "07:30:05", "13:00:00"], sorted["records"]!.AsArray().Select(r => (string?)r!["fields"]!["At"]));
    }

    [Fact]
    public async Task A_button_stands_in_every_row_and_nobody_writes_it()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Go","type":"button","options":{"label":"Open"}}""");
        var id = await table.AddAsync("""{"Name":"A"}""");
        Sheet.Same("""{"Name":"A","Go":{"label":"Open","url":null}}""", await table.FieldsAsync(id));
        var refused = await table.TryAddAsync("""{"Go":null}""");
        Assert.Equal("Field \"Go\" cannot accept a value because the field is computed", (string)refused.Json["error"]!["message"]!);
        await table.OkAsync("PUT", $"{table.Path}/{id}", """{"fields":{}}""");
        Sheet.Same("""{"Go":{"label":"Open","url":null}}""", await table.FieldsAsync(id));
        await table.OkAsync("POST", $"/v0/meta/bases/{table.BaseId}/tables/{table.Id}/fields", """{"name":"Later","type":"button","options":{"label":"Later"}}""");
        Sheet.Same("""{"label":"Later","url":null}""", (await table.FieldsAsync(id))["Later"]);
    }

    [Fact]
    public async Task A_button_leads_where_its_formula_says()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Count","type":"number","options":{"precision":0}}""");
        var (a, b) = (await table.AddAsync("""{"Name":"A","Count":2}"""), await table.AddAsync("{}"));
        var path = $"/v0/meta/bases/{table.BaseId}/tables/{table.Id}/fields";
        await table.OkAsync("POST", path, """{"name":"Go","type":"button","options":{"label":"Go","url":"IF({Count}, \"https://example.org/\" & 6/{Count})"}}""");
        await table.OkAsync("PATCH", $"{path}/Count", """{"name":"Divisor"}""");
        Sheet.Same("""{"label":"Go","url":"https://example.org/3"}""", (await table.FieldsAsync(a))["Go"]);
        Sheet.Same("""{"label":"Go","url":null}""", (await table.FieldsAsync(b))["Go"]);
        await table.OkAsync("PATCH", $"{table.Path}/{a}", """{"fields":{"Divisor":3}}""");
        Sheet.Same("""{"label":"Go","url":"https://example.org/2"}""", (await table.FieldsAsync(a))["Go"]);
        await table.OkAsync("DELETE", $"{path}/Divisor");
        Sheet.Same("""{"label":"Go","url":null}""", (await table.FieldsAsync(a))["Go"]);
        Assert.Equal("INVALID_FORMULA", (await table.SendAsync("POST", path, """{"name":"No","type":"button","options":{"label":"No","url":"NONE("}}""")).Error);
    }

    Task<OwnTable> SharedAsync()
    {
        lock (Shared)
            return Shared.GetValue(installation, i => OwnTable.CreateAsync(i,
                """{"name":"At","type":"time"}""", """{"name":"Step","type":"status"}""", """{"name":"Open","type":"status","constraints":{"allowNewChoices":true}}""",
                """{"name":"Owner","type":"singleCollaborator"}""", """{"name":"Team","type":"multipleCollaborators"}""",
                """{"name":"Source","type":"externalSyncSource"}""", """{"name":"Words","type":"aiText"}"""));
    }

    async Task CheckAsync(string field, string given, string? shown, bool typecast)
    {
        var table = await SharedAsync();
        var answer = await table.TryAddAsync($$"""{"{{field}}":{{given}}}""", typecast);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        Sheet.Same(shown is null ? "{}" : $$"""{"{{field}}":{{shown}}}""", answer.Json["fields"]);
        Sheet.Same(answer.Json["fields"]!.ToJsonString(), await table.FieldsAsync((string)answer.Json["id"]!));
    }
}

[Collection(OnStandalone.Name)]
public sealed class TypeFormOnStandaloneTests(StandaloneInstallation installation) : TypeFormTests(installation);
