using System.Net;
using PyBase.Tests.Fields;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Constraints;

/// <summary>No two records alike: in one field or several, with case or without, however many write at once.</summary>
public abstract class UniqueTests(Installation installation)
{
    const string Number = """{"name":"Number","type":"singleLineText","constraints":{"unique":true}}""";

    [Theory]
    [InlineData("singleLineText", "", "\"A\"", "\"a\"", "A")]
    [InlineData("number", "", "12.5", "12", "12.5")]
    [InlineData("date", "", "\"2026-02-28\"", "\"2026-03-01\"", "2026-02-28")]
    [InlineData("time", "", "\"7:30\"", "\"7:31\"", "07:30:00")]
    [InlineData("singleSelect", ""","options":{"choices":[{"name":"Open"},{"name":"Shut"}]}""", "\"Open\"", "\"Shut\"", "Open")]
    [InlineData("barcode", "", """{"text":"4006381333931"}""", """{"text":"4006381333932"}""", "4006381333931")]
    public async Task A_value_is_there_once_and_the_refusal_names_it(string type, string options, string value, string other, string shown)
    {
        var table = await OwnTable.CreateAsync(installation, $$$"""{"name":"Number","type":"{{{type}}}"{{{options}}},"constraints":{"unique":true}}""");
        await table.AddAsync($$"""{"Number":{{value}}}""");
        var id = await table.AddAsync($$"""{"Number":{{other}}}""");
        foreach (var refused in new[] { await table.TryAddAsync($$"""{"Number":{{value}}}"""), await table.SendAsync("PATCH", $"{table.Path}/{id}", $$$"""{"fields":{"Number":{{{value}}}}}""") })
        {
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "VALUE_NOT_UNIQUE"), (refused.Status, refused.Error));
            Assert.Equal($"Another record has the value \"{shown}\" in \"Number\", which must be unique.", (string)refused.Json["error"]!["message"]!);
        }
        Assert.Equal(2, (await table.Person.ListAsync(table.BaseId, table.Id)).Count);
    }

    [Fact]
    public async Task Empty_cells_are_nobodys_equal()
    {
        var table = await OwnTable.CreateAsync(installation, Number);
        await table.FillAsync("{}", "{}", """{"Number":""}""");
    }

    [Fact]
    public async Task Two_alike_in_one_request_are_refused_with_everything_beside_them()
    {
        var table = await OwnTable.CreateAsync(installation, Number);
        var refused = await table.SendAsync("POST", table.Path, """{"records":[{"fields":{"Number":"A"}},{"fields":{"Number":"B"}},{"fields":{"Number":"A"}}]}""");
        Assert.Equal("VALUE_NOT_UNIQUE", refused.Error);
        Assert.Equal("[]", await table.ColumnAsync("Number"));
    }

    [Fact]
    public async Task Two_records_exchange_their_values_in_one_request()
    {
        var table = await OwnTable.CreateAsync(installation, Number);
        var (a, b) = (await table.AddAsync("""{"Number":"A"}"""), await table.AddAsync("""{"Number":"B"}"""));
        await table.OkAsync("PATCH", table.Path, $$$"""{"records":[{"id":"{{{a}}}","fields":{"Number":"B"}},{"id":"{{{b}}}","fields":{"Number":"A"}}]}""");
        Assert.Equal("""["B","A"]""", await table.ColumnAsync("Number"));
    }

    [Fact]
    public async Task Without_case_a_is_A_in_every_alphabet()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Number","type":"singleLineText","constraints":{"unique":{"caseSensitive":false}}}""");
        Sheet.Same("""{"unique":{"caseSensitive":false}}""", (await table.DefinitionAsync("Number"))["constraints"]);
        await table.FillAsync("""{"Number":"Prüfstück"}""");
        Assert.Equal("VALUE_NOT_UNIQUE", (await table.TryAddAsync("""{"Number":"PRÜFSTÜCK"}""")).Error);
        await table.AddAsync("""{"Number":"Prufstuck"}""");
    }

    [Fact]
    public async Task A_text_too_long_to_be_compared_is_refused()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Number","type":"multilineText","constraints":{"unique":true}}""");
        var noise = string.Concat(Enumerable.Range(0, 900).Select(_ => Guid.NewGuid().ToString("N")));
        Assert.Equal("VALUE_TOO_LONG_TO_BE_UNIQUE", (await table.TryAddAsync($$"""{"Number":"{{noise}}"}""")).Error);
        await table.AddAsync($$"""{"Number":"{{noise[..2000]}}"}""");
    }

    [Fact]
    public async Task Rows_that_are_alike_keep_the_constraint_out_until_they_are_changed()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Number","type":"singleLineText"}""");
        await table.FillAsync("""{"Number":"A"}""", """{"Number":"a"}""", """{"Number":"A"}""", "{}", "{}");
        var path = $"{table.Own}/fields/Number/constraints";
        var refused = await table.SendAsync("PUT", path, """{"unique":true}""");
        Assert.Equal("constraint-violated", (string)refused.Json["code"]!);
        Assert.Contains("since 2 records", (string)refused.Json["detail"]!, StringComparison.Ordinal);
        var example = ((string)refused.Json["hint"]!).Split("for instance ")[1].TrimEnd('.').Split(", ")[0];
        await table.OkAsync("DELETE", $"{table.Path}/{example}");

        await table.OkAsync("PUT", path, """{"unique":true}""");
        Assert.Equal("VALUE_NOT_UNIQUE", (await table.TryAddAsync("""{"Number":"A"}""")).Error);
        Assert.Equal("constraint-violated", (string)(await table.SendAsync("PUT", path, """{"unique":{"caseSensitive":false}}""")).Json["code"]!);
        Assert.Equal("VALUE_NOT_UNIQUE", (await table.TryAddAsync("""{"Number":"A"}""")).Error); // the first one stands

        await table.OkAsync("PUT", path, "{}");
        await table.AddAsync("""{"Number":"A"}""");
    }

    [Fact]
    public async Task Case_may_begin_and_end_to_matter()
    {
        var table = await OwnTable.CreateAsync(installation, Number);
        var path = $"{table.Own}/fields/Number/constraints";
        await table.AddAsync("""{"Number":"A"}""");
        await table.OkAsync("PUT", path, """{"unique":{"caseSensitive":false}}""");
        Assert.Equal("VALUE_NOT_UNIQUE", (await table.TryAddAsync("""{"Number":"a"}""")).Error);
        await table.OkAsync("PUT", path, """{"unique":true}""");
        await table.AddAsync("""{"Number":"a"}""");
        Assert.Equal("VALUE_NOT_UNIQUE", (await table.TryAddAsync("""{"Number":"a"}""")).Error);
    }

    [Fact]
    public async Task Several_fields_together_tell_records_apart()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Revision","type":"singleSelect"}""", """{"name":"Sheet","type":"number"}""");
        await table.FillAsync("""{"Name":"A","Revision":"1"}""", """{"Name":"A","Revision":"2"}""", """{"Name":"B","Revision":"1"}""", """{"Name":"A"}""", """{"Name":"A"}""");
        var made = await table.OkAsync("POST", $"{table.Own}/constraints", """{"type":"unique","fields":["Name","Revision"],"caseSensitive":false}""");
        var constraint = (string)made["id"]!;
        Sheet.Same($"[{made.ToJsonString()}]", (await table.TableAsync())["constraints"]);
        Assert.Equal([(string)(await table.DefinitionAsync("Name"))["id"]!, (string)(await table.DefinitionAsync("Revision"))["id"]!], made["fields"]!.AsArray().Select(f => (string)f!));

        var refused = await table.TryAddAsync("""{"Name":"a","Revision":"2"}""");
        Assert.Equal("VALUE_NOT_UNIQUE", refused.Error);
        Assert.Contains("\"a, 2\" in \"Name\", \"Revision\"", (string)refused.Json["error"]!["message"]!, StringComparison.Ordinal);
        await table.AddAsync("""{"Name":"B","Revision":"2"}""");
        await table.AddAsync("""{"Name":"A"}""");

        Assert.Equal(HttpStatusCode.NoContent, (await table.SendAsync("DELETE", $"{table.Own}/constraints/{constraint}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await table.SendAsync("DELETE", $"{table.Own}/constraints/{constraint}")).Status);
        await table.AddAsync("""{"Name":"a","Revision":"2"}""");
        Assert.Null((await table.TableAsync())["constraints"]);
    }

    [Theory]
    [InlineData("""{"fields":[]}""", "invalid-constraint")]
    [InlineData("""{"fields":["Name","Name"]}""", "invalid-constraint")]
    [InlineData("""{"fields":["Nothing"]}""", "unknown-field-name")]
    [InlineData("""{"fields":["Done"]}""", "invalid-constraint")]
    [InlineData("""{"fields":[7]}""", "invalid-constraint")]
    [InlineData("""{"type":"foreign","fields":["Name"]}""", "invalid-constraint")]
    [InlineData("""{}""", "invalid-constraint")]
    public async Task A_constraint_that_makes_no_sense_is_refused(string body, string code)
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Done","type":"checkbox"}""");
        var answer = await table.SendAsync("POST", $"{table.Own}/constraints", body);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (answer.Status, (string)answer.Json["code"]!));
    }

    [Fact]
    public async Task Of_many_who_write_the_same_at_once_one_wins()
    {
        var table = await OwnTable.CreateAsync(installation, Number);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => table.TryAddAsync("""{"Number":"A"}""")));
        Assert.Single(answers, a => a.Status is HttpStatusCode.OK);
        Assert.All(answers.Where(a => a.Status is not HttpStatusCode.OK), a => Assert.Equal("VALUE_NOT_UNIQUE", a.Error));
    }

    [Fact]
    public async Task The_index_is_built_while_others_write_and_holds_for_them_too()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Number","type":"singleLineText"}""");
        await table.FillAsync([.. Enumerable.Range(0, 500).Select(n => $$"""{"Number":"{{n}}"}""")]);
        using var stop = new CancellationTokenSource();
        var writer = Task.Run(async () =>
        {
            for (var n = 1_000; !stop.IsCancellationRequested; n++)
                await table.AddAsync($$"""{"Number":"{{n}}"}""");
        }, TestContext.Current.CancellationToken);
        await table.OkAsync("PUT", $"{table.Own}/fields/Number/constraints", """{"unique":true}""");
        await stop.CancelAsync();
        await writer;
        Assert.Equal("VALUE_NOT_UNIQUE", (await table.TryAddAsync("""{"Number":"1000"}""")).Error);
    }
}

[Collection(OnStandalone.Name)]
public sealed class UniqueOnStandaloneTests(StandaloneInstallation installation) : UniqueTests(installation);

[Collection(OnCluster.Name)]
public sealed class UniqueOnClusterTests(DistributedInstallation installation) : UniqueTests(installation);
