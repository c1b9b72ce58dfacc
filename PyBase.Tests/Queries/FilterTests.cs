using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Queries;

/// <summary>Filters over the real route: which of four records, the last of them empty, each condition lets through.</summary>
[Collection(OnStandalone.Name)]
public sealed class FilterTests(StandaloneInstallation installation)
{
    static readonly ConditionalWeakTable<Installation, Task<Sheet>> Shared = [];

    [Theory]
    // Text: case counts for being, not for containing; wildcards are letters.
    [InlineData("Notes", "contains", "\"BOLT\"", "a")]
    [InlineData("Notes", "contains", "\"0%\"", "b")]
    [InlineData("Notes", "contains", "\"_\"", "c")]
    [InlineData("Notes", "contains", "\"\\\\\"", "c")]
    [InlineData("Notes", "contains", "\"\"", "abcd")]
    [InlineData("Notes", "doesNotContain", "\"bolt\"", "bcd")]
    [InlineData("Notes", "is", "\"M8 bolt\"", "a")]
    [InlineData("Notes", "=", "\"m8 bolt\"", "")]
    [InlineData("Notes", "is", "\"\"", "d")]
    [InlineData("Notes", "isNot", "\"M8 bolt\"", "bcd")]
    [InlineData("Notes", "isNot", "null", "abc")]
    [InlineData("Notes", "startsWith", "\"m\"", "ab")]
    [InlineData("Notes", "endsWith", "\"%\"", "b")]
    [InlineData("Notes", "isAnyOf", "[\"M8 bolt\",\"nothing\"]", "a")]
    [InlineData("Notes", "isNoneOf", "[\"M8 bolt\",\"nothing\"]", "bcd")]
    [InlineData("Notes", "isEmpty", null, "d")]
    [InlineData("Notes", "isNotEmpty", null, "abc")]
    [InlineData("Code", "contains", "\"123\"", "a")]
    [InlineData("Code", "is", "\"0123\"", "a")]
    // Numbers: an empty cell is neither more nor less than anything.
    [InlineData("Count", "=", "1", "a")]
    [InlineData("Count", "!=", "1", "bcd")]
    [InlineData("Count", "≠", "0", "abd")]
    [InlineData("Count", "<", "1", "bc")]
    [InlineData("Count", "<=", "0", "bc")]
    [InlineData("Count", ">", "-2.5", "ac")]
    [InlineData("Count", "≥", "-2.5", "abc")]
    [InlineData("Count", "between", "[-2.5,0]", "bc")]
    [InlineData("Count", "isAnyOf", "[1,0,7]", "ac")]
    [InlineData("Count", "isEmpty", null, "d")]
    [InlineData("Done", "is", "true", "a")]
    [InlineData("Done", "is", "false", "bcd")]
    [InlineData("Done", "isNot", "true", "bcd")]
    [InlineData("Done", "isEmpty", null, "bcd")]
    // Selects, by name; "contains" asks the names.
    [InlineData("State", "is", "\"Open\"", "a")]
    [InlineData("State", "isNot", "\"Open\"", "bcd")]
    [InlineData("State", "isAnyOf", "[\"Open\",\"Closed\"]", "ab")]
    [InlineData("State", "isNoneOf", "[\"Open\"]", "bcd")]
    [InlineData("State", "contains", "\"LOS\"", "b")]
    [InlineData("State", "doesNotContain", "\"los\"", "acd")]
    [InlineData("State", "is", "\"selAAAAAAAAAAAAAA\"", "")]
    [InlineData("Tags", "hasAnyOf", "[\"red\"]", "ab")]
    [InlineData("Tags", "|", "[\"red\",\"green, light\"]", "abc")]
    [InlineData("Tags", "hasAllOf", "[\"red\",\"green, light\"]", "b")]
    [InlineData("Tags", "isExactly", "[\"green, light\",\"red\"]", "b")]
    [InlineData("Tags", "isExactly", "[\"red\"]", "a")]
    [InlineData("Tags", "hasNoneOf", "[\"red\"]", "cd")]
    [InlineData("Tags", "contains", "\"light\"", "bc")]
    [InlineData("Tags", "isEmpty", null, "d")]
    // Links: by what the linked records are called.
    [InlineData("Links", "contains", "\"WHEEL\"", "ab")]
    [InlineData("Links", "doesNotContain", "\"wheel\"", "cd")]
    [InlineData("Links", "isNotEmpty", null, "abc")]
    // Days and moments.
    [InlineData("Day", "is", "\"2026-01-15\"", "a")]
    [InlineData("Day", "isNot", "\"2026-01-15\"", "bcd")]
    [InlineData("Day", "isBefore", "\"2026-02-01\"", "a")]
    [InlineData("Day", "isOnOrBefore", "{\"mode\":\"exactDate\",\"exactDate\":\"2026-02-01\"}", "ab")]
    [InlineData("Day", "isAfter", "\"2026-01-15\"", "bc")]
    [InlineData("Day", "isOnOrAfter", "\"2026-02-01\"", "bc")]
    [InlineData("Day", "isWithin", "[\"2026-01-01\",\"2026-02-01\"]", "ab")]
    [InlineData("Day", "isWithin", "{\"mode\":\"exactRange\",\"from\":\"2026-02-01\",\"to\":\"9999-12-31\"}", "bc")]
    [InlineData("Day", "isAfter", "\"9999-12-30\"", "c")]
    [InlineData("When", "is", "{\"mode\":\"exactDate\",\"exactDate\":\"2026-01-15\",\"timeZone\":\"UTC\"}", "a")]
    [InlineData("When", "is", "{\"mode\":\"exactDate\",\"exactDate\":\"2026-01-16\",\"timeZone\":\"Europe/Zurich\"}", "a")]
    [InlineData("When", "isAfter", "{\"mode\":\"exactDate\",\"exactDate\":\"2026-01-16\",\"timeZone\":\"europe/zurich\"}", "b")]
    [InlineData("When", "is", "\"2026-01-15T23:30:00.000Z\"", "a")]
    [InlineData("When", "isBefore", "\"2026-01-15T23:30:00.000Z\"", "")]
    [InlineData("When", "<=", "\"2026-01-16T00:30:00.000+01:00\"", "a")]
    // Files.
    [InlineData("Files", "filename", "\"PLAN\"", "a")]
    [InlineData("Files", "filetype", "\"pdf\"", "a")]
    [InlineData("Files", "filetype", "\"image\"", "")]
    [InlineData("Files", "isEmpty", null, "bcd")]
    public async Task A_condition_lets_the_right_records_through(string field, string asked, string? value, string expected)
    {
        var sheet = await SheetAsync();
        Assert.Equal(expected, await NamesAsync(sheet, $$"""{"fieldId":"{{field}}","operator":{{Quoted(asked)}}{{(value is null ? "" : $",\"value\":{value}")}}}"""));
    }

    [Fact]
    public async Task Links_are_asked_by_record_id()
    {
        var sheet = await SheetAsync();
        var others = (await sheet.OkAsync("GET", sheet.PathOf("Others")))["records"]!.AsArray().ToDictionary(r => (string)r!["fields"]!["Name"]!, r => (string)r!["id"]!);
        foreach (var (asked, ids, expected) in ((string, string[], string)[])[("hasAnyOf", ["Cogwheel"], "ab"), ("hasAllOf", ["Cogwheel", "Axle"], "b"), ("isExactly", ["Axle"], "c"), ("hasNoneOf", ["Axle"], "ad")])
            Assert.Equal(expected, await NamesAsync(sheet, $$"""{"fieldId":"Links","operator":"{{asked}}","value":[{{string.Join(',', ids.Select(i => $"\"{others[i]}\""))}}]}"""));
    }

    [Theory]
    [InlineData("""{"conjunction":"and","filterSet":[{"fieldId":"Done","operator":"is","value":false},{"conjunction":"or","filterSet":[{"fieldId":"Count","operator":"isEmpty"},{"fieldId":"Tags","operator":"hasAnyOf","value":["red"]}]}]}""", "bd")]
    [InlineData("""{"conjunction":"or","filterSet":[{"fieldId":"Notes","operator":"contains","value":"bolt"},{"fieldId":"Notes","operator":"isEmpty"}]}""", "ad")]
    [InlineData("""{"conjunction":"or","filterSet":[]}""", "abcd")]
    [InlineData("""{"conjunction":"and","filterSet":[{"conjunction":"or","filterSet":[]},{"fieldId":"Done","operator":"is","value":true}]}""", "a")]
    public async Task Groups_nest(string filter, string expected) => Assert.Equal(expected, await NamesAsync(await SheetAsync(), filter));

    [Theory]
    [InlineData("""{"fieldId":"Nothing","operator":"isEmpty"}""")]
    [InlineData("""{"fieldId":"Count","operator":"contains","value":"1"}""")]
    [InlineData("""{"fieldId":"Count","operator":"is","value":"one"}""")]
    [InlineData("""{"fieldId":"Count","operator":"is","value":1e999}""")]
    [InlineData("""{"fieldId":"Count","operator":"between","value":[2,1]}""")]
    [InlineData("""{"fieldId":"Count","operator":"'; drop table"}""")]
    [InlineData("""{"fieldId":"Day","operator":"is","value":{"mode":"someday"}}""")]
    [InlineData("""{"fieldId":"Day","operator":"is","value":{"mode":"pastNumberOfDays","numberOfDays":-1}}""")]
    [InlineData("""{"fieldId":"Day","operator":"is","value":"2026-02-30"}""")]
    [InlineData("""{"fieldId":"State","operator":"is","value":"Nowhere"}""")]
    [InlineData("""{"fieldId":"Links","operator":"hasAnyOf","value":["Robert'); --"]}""")]
    [InlineData("""{"conjunction":"xor","filterSet":[]}""")]
    [InlineData("""[]""")]
    [InlineData("""{"fieldId":"Notes","operator":"contains"}""")]
    public async Task A_filter_that_is_none_is_refused(string filter)
    {
        var sheet = await SheetAsync();
        foreach (var answer in new[] { await PostAsync(sheet, filter), await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?filter={Uri.EscapeDataString(filter)}") })
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
            Assert.Equal("INVALID_FILTER", answer.Error);
        }
    }

    [Fact]
    public async Task Size_and_depth_are_bounded()
    {
        var sheet = await SheetAsync();
        const string One = """{"fieldId":"Count","operator":"isEmpty"}""";
        string Deep(int depth) => depth == 0 ? One : $$"""{"conjunction":"and","filterSet":[{{Deep(depth - 1)}},{{One}}]}""";
        string Wide(int count) => $$"""{"conjunction":"or","filterSet":[{{string.Join(',', Enumerable.Repeat(One, count))}}]}""";
        Assert.Equal("d", await NamesAsync(sheet, Deep(10)));
        Assert.Equal("d", await NamesAsync(sheet, Wide(500)));
        Assert.Equal("INVALID_FILTER", (await PostAsync(sheet, Deep(11))).Error);
        Assert.Equal("INVALID_FILTER", (await PostAsync(sheet, Wide(501))).Error);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?filter=%7B")).Status);
        Assert.Equal("INVALID_TIME_ZONE", (await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?timeZone=Mars/Olympus")).Error);
    }

    [Fact]
    public async Task Half_a_character_and_none_at_all_are_only_text()
    {
        var sheet = await SheetAsync();
        foreach (var value in new[] { "\\ud800", "\\u0000", "a\\u0000b\\udc00" })
        {
            var filter = $$"""{"fieldId":"Notes","operator":"isAnyOf","value":["{{value}}"]}""";
            Assert.Empty((await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}?filter={Uri.EscapeDataString(filter)}"))["records"]!.AsArray());
            Assert.Equal("", await NamesAsync(sheet, filter));
        }
        Assert.Empty((await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}?search=%00%FFx"))["records"]!.AsArray());
    }

    [Fact]
    public async Task Pages_of_a_filter_go_on_and_belong_to_it()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', Enumerable.Range(0, 200).Select(n => $$$"""{"fields":{"Name":"{{{n % 7}}}","Count":{{{n}}}}}"""))}}]}""");
        var filter = Uri.EscapeDataString("""{"fieldId":"Count","operator":">=","value":100}""");
        var query = $"&filter={filter}&sort[0][field]=Name&sort[0][direction]=desc&sort[1][field]=Count";
        var paged = await sheet.Person.ListAsync(sheet.BaseId, "Things", query + "&pageSize=9");
        Assert.Equal(Enumerable.Range(100, 100).OrderByDescending(n => n % 7).ThenBy(n => n), paged.Select(r => (int)r["fields"]!["Count"]!));

        var offset = (string)(await sheet.OkAsync("GET", $"{sheet.PathOf("Things")}?pageSize=5{query}"))["offset"]!;
        foreach (var other in new[] { query.Replace("100", "101", StringComparison.Ordinal), query.Replace("filter=", "x=", StringComparison.Ordinal) })
            Assert.Equal("INVALID_OFFSET_VALUE", (await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?pageSize=5{other}&offset={Uri.EscapeDataString(offset)}")).Error);
    }

    [Fact]
    public async Task What_depends_on_the_clock_is_never_called_unchanged()
    {
        var sheet = await SheetAsync();
        string Path(string filter) => $"{sheet.PathOf("Things")}?filter={Uri.EscapeDataString(filter)}";
        Assert.NotNull((await sheet.SendAsync("GET", Path("""{"fieldId":"Day","operator":"is","value":"2026-01-15"}"""))).Header("ETag"));
        var today = await sheet.SendAsync("GET", Path("""{"fieldId":"Day","operator":"is","value":{"mode":"today"}}"""));
        Assert.Null(today.Header("ETag"));
        Assert.Contains("no-store", today.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.NotNull(today.Header("PyBase-Version"));
        // What linked records are called is not in this table's version.
        Assert.Null((await sheet.SendAsync("GET", Path("""{"fieldId":"Links","operator":"contains","value":"wheel"}"""))).Header("ETag"));
    }

    [Fact]
    public async Task Days_are_seen_from_today()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', Enumerable.Range(-10, 21).Select(n => $$$"""{"fields":{"Count":{{{n}}},"Day":"{{{today.AddDays(n):yyyy-MM-dd}}}","When":"{{{today.AddDays(n):yyyy-MM-dd}}}T12:00:00Z"}}"""))}}]}""");
        foreach (var (mode, first, last) in ((string, int, int)[])[("\"today\"", 0, 0), ("\"yesterday\"", -1, -1), ("\"tomorrow\"", 1, 1), ("\"oneWeekAgo\"", -7, -7), ("\"oneWeekFromNow\"", 7, 7),
            ("\"pastWeek\"", -7, 0), ("\"nextWeek\"", 0, 7), ("\"daysAgo\",\"numberOfDays\":3", -3, -3), ("\"pastNumberOfDays\",\"numberOfDays\":3", -3, 0), ("\"nextNumberOfDays\",\"numberOfDays\":2", 0, 2)])
            foreach (var field in new[] { "Day", "When" })
            {
                var found = await ListAsync(sheet, $$$"""{"fieldId":"{{{field}}}","operator":"isWithin","value":{"mode":{{{mode}}},"timeZone":"UTC"}}""");
                Assert.Equal(Enumerable.Range(first, last - first + 1), found.Select(r => (int)r!["fields"]!["Count"]!).Order());
            }
    }

    static string Quoted(string text) => JsonValue.Create(text).ToJsonString();

    Task<Sheet> SheetAsync()
    {
        lock (Shared)
            return Shared.GetValue(installation, async _ =>
            {
                var sheet = await Sheet.CreateAsync(installation);
                var (wheel, axle) = (await sheet.AddAsync("Others", """{"Name":"Cogwheel"}"""), await sheet.AddAsync("Others", """{"Name":"Axle"}"""));
                var a = await sheet.AddAsync("Things", $$$"""{"Name":"a","Notes":"M8 bolt","Count":1,"Done":true,"State":"Open","Tags":["red"],"Day":"2026-01-15","When":"2026-01-15T23:30:00.000Z","Links":["{{{wheel}}}"],"Code":{"text":"0123"}}""");
                await sheet.AddAsync("Things", $$"""{"Name":"b","Notes":"m10 NUT 100%","Count":-2.5,"State":"Closed","Tags":["red","green, light"],"Day":"2026-02-01","When":"2026-02-01T00:00:00.000Z","Links":["{{wheel}}","{{axle}}"]}""");
                await sheet.AddAsync("Things", $$"""{"Name":"c","Notes":"a_b\\c","Count":0,"Tags":["green, light"],"Day":"9999-12-31","Links":["{{axle}}"]}""");
                await sheet.AddAsync("Things", """{"Name":"d"}""");
                await sheet.OkAsync("POST", $"/v0/{sheet.BaseId}/{a}/Files/uploadAttachment", """{"contentType":"application/pdf","filename":"plan.pdf","file":"JVBERg=="}""");
                return sheet;
            });
    }

    static Task<Answer> PostAsync(Sheet sheet, string filter) => sheet.SendAsync("POST", sheet.PathOf("Things") + "/listRecords", $$"""{"filter":{{filter}}}""");

    static async Task<JsonArray> ListAsync(Sheet sheet, string filter)
    {
        var answer = await PostAsync(sheet, filter);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json["records"]!.AsArray();
    }

    static async Task<string> NamesAsync(Sheet sheet, string filter) => string.Concat((await ListAsync(sheet, filter)).Select(r => (string)r!["fields"]!["Name"]!));
}
