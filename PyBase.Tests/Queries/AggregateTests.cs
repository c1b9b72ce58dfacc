using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Queries;

/// <summary>Groups and what is told of them, compared with the same computed from the records here.</summary>
[Collection(OnStandalone.Name)]
public sealed class AggregateTests(StandaloneInstallation installation)
{
    static readonly ConditionalWeakTable<Installation, Task<Sheet>> Shared = [];

    [Theory]
    [InlineData("Count", "sum", "5.3")]
    [InlineData("Count", "average", "1.325")]
    [InlineData("Count", "avg", "1.325")]
    [InlineData("Count", "min", "0.1")]
    [InlineData("Count", "max", "3")]
    [InlineData("Count", "median", "1.1")]
    [InlineData("Count", "range", "2.9")]
    [InlineData("Count", "count", "5")]
    [InlineData("Count", "countEmpty", "1")]
    [InlineData("Count", "countFilled", "4")]
    [InlineData("Count", "countUnique", "3")]
    [InlineData("Count", "percentEmpty", "0.2")]
    [InlineData("State", "countUnique", "2")]
    [InlineData("State", "percentFilled", "0.8")]
    [InlineData("Tags", "countEmpty", "3")]
    [InlineData("Tags", "countUnique", "2")]
    [InlineData("Done", "countChecked", "2")]
    [InlineData("Done", "countUnchecked", "3")]
    [InlineData("Done", "percentChecked", "0.4")]
    [InlineData("Done", "countEmpty", "3")]
    [InlineData("Day", "earliest", "\"2026-01-01\"")]
    [InlineData("Day", "latest", "\"2026-03-01\"")]
    [InlineData("Day", "range", "59")]
    [InlineData("When", "latest", "\"2026-01-02T12:00:00.000Z\"")]
    [InlineData("When", "range", "1.5")]
    [InlineData("Files", "totalSize", "0")]
    [InlineData("Links", "countEmpty", "5")]
    public async Task A_function_of_all_records(string field, string function, string expected)
    {
        var answer = await AskAsync($$"""{"aggregates":[{"field":"{{field}}","function":"{{function}}"}]}""");
        Sheet.Same($$"""{"count":5,"values":[{{expected}}]}""", answer);
    }

    [Fact]
    public async Task Groups_stand_in_groups_in_the_order_of_records()
    {
        var answer = await AskAsync("""{"groups":[{"field":"State"},{"field":"Done","direction":"desc"}],"aggregates":[{"field":"Count","function":"sum"}]}""");
        Sheet.Same("""
            {"count":5,"values":[5.3],"groups":[
              {"value":null,"count":1,"values":[0],"groups":[{"value":null,"count":1,"values":[0]}]},
              {"value":"Open","count":3,"values":[2.3],"groups":[{"value":true,"count":2,"values":[2.2]},{"value":null,"count":1,"values":[0.1]}]},
              {"value":"Closed","count":1,"values":[3],"groups":[{"value":null,"count":1,"values":[3]}]}]}
            """, answer);
    }

    [Fact]
    public async Task A_filter_and_a_search_choose_what_is_grouped()
    {
        Sheet.Same("""{"count":2,"values":[],"groups":[{"value":["red"],"count":1,"values":[]},{"value":["green, light","red"],"count":1,"values":[]}]}""",
            await AskAsync("""{"filter":{"fieldId":"Tags","operator":"isNotEmpty"},"groups":[{"field":"Tags"}]}"""));
        Sheet.Same("""{"count":1,"values":[1.1]}""", await AskAsync("""{"search":"first","aggregates":[{"field":"Count","function":"sum"}]}"""));
        Sheet.Same("""{"count":0,"values":[0,null,0,null],"groups":[]}""", await AskAsync(
            """{"search":"nowhere","groups":[{"field":"Name"}],"aggregates":[{"field":"Count","function":"sum"},{"field":"Count","function":"max"},{"field":"Count","function":"countEmpty"},{"field":"Count","function":"percentEmpty"}]}"""));
    }

    [Fact]
    public async Task Sums_are_exact_and_beyond_doubles_infinite()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', Enumerable.Range(0, 1000).Select(n => $$$"""{"fields":{"Count":0.1,"Share":{{{(n % 2 == 0 ? "1e308" : "-1e308")}}},"Price":1.7e308,"Time":5e-324}}"""))}}]}""");
        var answer = await sheet.OkAsync("POST", Path(sheet), """{"aggregates":[{"field":"Count","function":"sum"},{"field":"Share","function":"sum"},{"field":"Price","function":"sum"},{"field":"Price","function":"average"},{"field":"Share","function":"range"}]}""");
        Sheet.Same("""[100,0,{"specialValue":"Infinity"},1.7e308,{"specialValue":"Infinity"}]""", answer["values"]);
    }

    [Fact]
    public async Task Too_many_groups_are_refused()
    {
        var sheet = await Sheet.CreateAsync(installation);
        for (var block = 0; block <= 10; block++)
            await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', Enumerable.Range(0, block < 10 ? 1000 : 1).Select(n => $$$"""{"fields":{"Name":"{{{block}}}-{{{n}}}"}}"""))}}]}""");
        var many = await sheet.SendAsync("POST", Path(sheet), """{"groups":[{"field":"Name"}]}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "too-many-groups"), (many.Status, (string)many.Json["code"]!));
        var most = await sheet.OkAsync("POST", Path(sheet), """{"groups":[{"field":"Name"}],"filter":{"fieldId":"Name","operator":"doesNotContain","value":"10-"}}""");
        Assert.Equal(10_000, most["groups"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("""{"aggregates":[{"field":"Nothing","function":"sum"}]}""", "invalid-aggregate")]
    [InlineData("""{"aggregates":[{"field":"Count","function":"product"}]}""", "invalid-aggregate")]
    [InlineData("""{"aggregates":[{"field":"Name","function":"sum"}]}""", "invalid-aggregate")]
    [InlineData("""{"groups":[{"field":"Name"},{"field":"Name"}]}""", "invalid-aggregate")]
    [InlineData("""{"groups":[{"field":"Name"},{"field":"Count"},{"field":"Day"},{"field":"Done"}]}""", "invalid-aggregate")]
    [InlineData("""{"groups":[{"field":"Nothing"}]}""", "unknown-field-name")]
    [InlineData("""{"view":"Nowhere"}""", "view-name-not-found")]
    [InlineData("""{"filter":{"fieldId":"Nothing","operator":"isEmpty"}}""", "invalid-filter")]
    public async Task What_makes_no_sense_is_refused(string body, string code)
    {
        var sheet = await SheetAsync();
        var answer = await sheet.SendAsync("POST", Path(sheet), body);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, code), (answer.Status, (string)answer.Json["code"]!));
    }

    static string Path(Sheet sheet) => $"/api/bases/{sheet.BaseId}/tables/Things/aggregate";

    async Task<JsonNode> AskAsync(string body)
    {
        var sheet = await SheetAsync();
        return await sheet.OkAsync("POST", Path(sheet), body);
    }

    Task<Sheet> SheetAsync()
    {
        lock (Shared)
            return Shared.GetValue(installation, async _ =>
            {
                var sheet = await Sheet.CreateAsync(installation);
                await sheet.OkAsync("POST", sheet.PathOf("Things"), """
                    {"records":[
                      {"fields":{"Name":"first","Count":1.1,"State":"Open","Done":true,"Day":"2026-01-01","When":"2026-01-01T00:00:00Z","Tags":["red"]}},
                      {"fields":{"Name":"second","Count":1.1,"State":"Open","Done":true,"Day":"2026-03-01","When":"2026-01-02T12:00:00Z","Tags":["green, light","red"]}},
                      {"fields":{"Count":0.1,"State":"Open"}},{"fields":{"Count":3,"State":"Closed"}},{"fields":{}}]}
                    """);
                return sheet;
            });
    }
}
