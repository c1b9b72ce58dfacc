using System.Net;
using PyBase.Tests.Fields;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Constraints;

/// <summary>What a field may ask of single cells: a value, limits, a pattern, choices that are there.</summary>
public abstract class ConstraintTests(Installation installation)
{
    const string Files = """{"name":"Files","type":"multipleAttachments","constraints":{"max":1}}""";

    [Theory]
    [InlineData("number", """{"min":0,"max":10}""", "0", "-0.5", "the least is 0")]
    [InlineData("number", """{"min":0,"max":10}""", "10", "10.5", "the most is 10")]
    [InlineData("percent", """{"max":1}""", "1", "1.01", "the most is 1")]
    [InlineData("rating", """{"min":2}""", "2", "1", "the least is 2")]
    [InlineData("date", """{"min":"2026-01-01"}""", "\"2026-01-01\"", "\"2025-12-31\"", "the least is 2026-01-01")]
    [InlineData("dateTime", """{"max":"2026-01-01T00:00:00.000Z"}""", "\"2026-01-01T00:00:00Z\"", "\"2026-01-01T00:00:00.001Z\"", "the most is 2026-01-01T00:00:00.000Z")]
    [InlineData("time", """{"min":"08:00:00","max":"18:00:00"}""", "\"8:00\"", "\"7:59:59\"", "the least is 08:00:00")]
    [InlineData("singleLineText", """{"min":2,"max":3}""", "\"ab\"", "\"a\"", "the least is 2 characters")]
    [InlineData("singleLineText", """{"max":1}""", "\"😀\"", "\"😀😀\"", "the most is 1 characters")]
    [InlineData("multipleSelects", """{"max":1}""", "[\"a\"]", "[\"a\",\"b\"]", "the most is 1 items")]
    [InlineData("singleLineText", """{"pattern":"[A-Z]{2}-\\d+"}""", "\"AB-12\"", "\"xAB-12\"", "the whole text must match [A-Z]{2}-\\d+")]
    [InlineData("singleLineText", """{"pattern":"a|b"}""", "\"b\"", "\"bc\"", "the whole text must match a|b")]
    [InlineData("email", """{"pattern":".+@example\\.org"}""", "\"a@example.org\"", "\"a@example.com\"", "the whole text must match .+@example\\.org")]
    [InlineData("singleLineText", """{"required":true}""", "\"a\"", "\"\"", "it must have a value")]
    [InlineData("checkbox", """{"required":true}""", "true", "false", "it must have a value")]
    public async Task A_value_keeps_its_rule_or_is_refused_with_it(string type, string constraints, string good, string bad, string rule)
    {
        var options = type switch
        {
            "multipleSelects" => ""","options":{"choices":[{"name":"a"},{"name":"b"}]}""",
            "rating" => ""","options":{"max":5,"icon":"star","color":"yellowBright"}""",
            _ => "",
        };
        var table = await OwnTable.CreateAsync(installation, $$"""{"name":"Cell","type":"{{type}}"{{options}},"constraints":{{constraints}}}""");
        Sheet.Same(constraints, (await table.DefinitionAsync("Cell"))["constraints"]);
        var id = await table.AddAsync($$"""{"Cell":{{good}}}""");
        foreach (var refused in new[] { await table.TryAddAsync($$"""{"Cell":{{bad}}}"""), await table.SendAsync("PATCH", $"{table.Path}/{id}", $$$"""{"fields":{"Cell":{{{bad}}}}}""") })
        {
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_VALUE_FOR_COLUMN"), (refused.Status, refused.Error));
            Assert.Equal("Field \"Cell\" cannot accept the provided value", (string)refused.Json["error"]!["message"]!);
            Assert.Equal($"The field has a constraint: {rule}.", (string)refused.Json["error"]!["hint"]!);
        }
        Assert.Single(await table.Person.ListAsync(table.BaseId, table.Id));
    }

    [Theory]
    [InlineData("number", """{"min":5,"max":1}""")]
    [InlineData("number", """{"min":"5"}""")]
    [InlineData("number", """{"pattern":"a"}""")]
    [InlineData("number", """{"least":5}""")]
    [InlineData("number", """{"allowNewChoices":true}""")]
    [InlineData("number", """{"required":"yes"}""")]
    [InlineData("number", """[]""")]
    [InlineData("date", """{"min":"someday"}""")]
    [InlineData("singleLineText", """{"min":-1}""")]
    [InlineData("singleLineText", """{"max":1.5}""")]
    [InlineData("singleLineText", """{"pattern":"("}""")]
    [InlineData("singleLineText", """{"pattern":")("}""")]
    [InlineData("singleLineText", """{"pattern":""}""")]
    [InlineData("singleLineText", """{"pattern":"(a)\\1"}""")]
    [InlineData("singleLineText", """{"pattern":"(?=a)a"}""")]
    [InlineData("singleLineText", """{"pattern":"((a{900}){900}){900}"}""")]
    [InlineData("checkbox", """{"min":1}""")]
    [InlineData("checkbox", """{"unique":true}""")]
    [InlineData("multipleSelects", """{"unique":true}""")]
    [InlineData("singleLineText", """{"unique":"yes"}""")]
    [InlineData("button", """{"required":true}""")]
    public async Task A_rule_that_does_not_fit_its_field_is_refused(string type, string constraints)
    {
        var table = await OwnTable.CreateAsync(installation);
        var answer = await table.SendAsync("POST", $"/v0/meta/bases/{table.BaseId}/tables/{table.Id}/fields", $$"""{"name":"Cell","type":"{{type}}","constraints":{{constraints}}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_CONSTRAINT"), (answer.Status, answer.Error));
    }

    [Fact]
    public async Task A_required_cell_is_there_in_new_records_and_is_not_emptied_later()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Number","type":"singleLineText","constraints":{"required":true}}""");
        var id = await table.AddAsync("""{"Number":"A"}""");
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.TryAddAsync("{}")).Error);
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.TryAddAsync("""{"Name":"x"}""")).Error);
        await table.OkAsync("PATCH", $"{table.Path}/{id}", """{"fields":{"Name":"x"}}""");
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.SendAsync("PATCH", $"{table.Path}/{id}", """{"fields":{"Number":null}}""")).Error);
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.SendAsync("PUT", $"{table.Path}/{id}", """{"fields":{"Name":"y"}}""")).Error);
        Sheet.Same("""{"Name":"x","Number":"A"}""", await table.FieldsAsync(id));
    }

    [Fact]
    public async Task An_upsert_needs_required_cells_only_where_it_creates()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Size","type":"number","constraints":{"required":true}}""");
        await table.AddAsync("""{"Name":"A","Size":1}""");
        await table.OkAsync("PATCH", table.Path, """{"performUpsert":{"fieldsToMergeOn":["Name"]},"records":[{"fields":{"Name":"A"}}]}""");
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.SendAsync("PATCH", table.Path, """{"performUpsert":{"fieldsToMergeOn":["Name"]},"records":[{"fields":{"Name":"A"}},{"fields":{"Name":"B"}}]}""")).Error);
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.SendAsync("PUT", table.Path, """{"performUpsert":{"fieldsToMergeOn":["Name"]},"records":[{"fields":{"Name":"A"}}]}""")).Error);
        Assert.Equal("""["A"]""", await table.ColumnAsync("Name"));
    }

    [Fact]
    public async Task A_select_may_refuse_new_choices()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"State","type":"singleSelect","options":{"choices":[{"name":"Open"}]},"constraints":{"allowNewChoices":false}}""");
        Assert.Equal(HttpStatusCode.OK, (await table.TryAddAsync("""{"State":"Open"}""", typecast: true)).Status);
        var refused = await table.TryAddAsync("""{"State":"Shut"}""", typecast: true);
        Assert.Equal("INVALID_MULTIPLE_CHOICE_OPTIONS", refused.Error);
        Assert.Contains("no new choices", (string)refused.Json["error"]!["hint"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pattern_that_ruins_other_engines_answers_at_once()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"multilineText","constraints":{"pattern":"(a+)+"}}""");
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.TryAddAsync($$"""{"Cell":"{{new string('a', 9_000)}}!"}""")).Error);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 2);
        await table.AddAsync($$"""{"Cell":"{{new string('a', 9_000)}}"}""");
    }

    [Fact]
    public async Task The_files_of_a_cell_are_counted_when_one_is_uploaded()
    {
        var table = await OwnTable.CreateAsync(installation, Files);
        var id = await table.AddAsync("{}");
        var upload = $"/v0/{table.BaseId}/{id}/Files/uploadAttachment";
        await table.OkAsync("POST", upload, """{"contentType":"text/plain","file":"YQ==","filename":"a.txt"}""");
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.SendAsync("POST", upload, """{"contentType":"text/plain","file":"YQ==","filename":"b.txt"}""")).Error);
    }

    [Theory]
    [InlineData("""{"required":true}""", 1)]
    [InlineData("""{"min":3}""", 2)]
    [InlineData("""{"max":2}""", 1)]
    [InlineData("""{"pattern":"a+"}""", 1)]
    public async Task Rows_that_break_a_new_rule_are_counted_and_named(string constraints, int count)
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"singleLineText"}""");
        await table.FillAsync("""{"Cell":"a"}""", """{"Cell":"aa"}""", """{"Cell":"bbb"}""", "{}");
        var refused = await table.SendAsync("PUT", $"{table.Own}/fields/Cell/constraints", constraints);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "constraint-violated"), (refused.Status, (string)refused.Json["code"]!));
        Assert.Contains($"since {count} records", (string)refused.Json["detail"]!, StringComparison.Ordinal);
        Assert.Contains("rec", (string)refused.Json["hint"]!, StringComparison.Ordinal);
        Assert.Null((await table.DefinitionAsync("Cell"))["constraints"]);
    }

    [Fact]
    public async Task Rules_come_and_go()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"number"}""");
        await table.FillAsync("""{"Cell":1}""", """{"Cell":5}""");
        var set = await table.OkAsync("PUT", $"{table.Own}/fields/Cell/constraints", """{"required":true,"min":1,"max":5}""");
        Sheet.Same("""{"required":true,"min":1,"max":5}""", set["constraints"]);
        Assert.Equal("INVALID_VALUE_FOR_COLUMN", (await table.TryAddAsync("""{"Cell":6}""")).Error);
        Assert.Null((await table.OkAsync("PUT", $"{table.Own}/fields/Cell/constraints", "{}"))["constraints"]);
        await table.AddAsync("{}");
    }

    [Fact]
    public async Task Only_who_may_change_definitions_sets_rules()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"number"}""");
        using var viewer = await installation.SignUpAsync();
        await table.Person.AddMemberAsync(viewer, "editor");
        (string Method, string Path, string? Body)[] requests =
        [
            ("PUT", $"{table.Own}/fields/Cell/constraints", "{}"), ("POST", $"{table.Own}/constraints", """{"fields":["Cell"]}"""),
            ("DELETE", $"{table.Own}/constraints/unqAAAAAAAAAAAAAA", null), ("POST", $"{table.Own}/fields/Cell/convert", """{"type":"singleLineText","dryRun":true}"""),
        ];
        using var stranger = await installation.SignUpAsync();
        foreach (var (method, path, body) in requests)
            foreach (var person in new[] { viewer, stranger })
                Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(person.Client, method, path, body)).Status);
    }
}

[Collection(OnStandalone.Name)]
public sealed class ConstraintOnStandaloneTests(StandaloneInstallation installation) : ConstraintTests(installation);
