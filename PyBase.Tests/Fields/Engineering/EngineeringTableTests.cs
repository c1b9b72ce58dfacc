using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Fields.Engineering;

/// <summary>Cells in engineering notations over HTTP and in PostgreSQL: filters, orders, groups, sums, formulas, lookups, search, unique values, merging, indexes, conversions.</summary>
[Collection(OnStandalone.Name)]
public sealed class EngineeringTableTests(StandaloneInstallation installation)
{
    static readonly ConditionalWeakTable<Installation, Task<OwnTable>> Shared = [];

    [Theory]
    [InlineData("Length", ">", "\"10 mm\"", "bd")]
    [InlineData("Length", ">", "10", "bd")]
    [InlineData("Length", "is", "\"0.5 in\"", "bd")]
    [InlineData("Length", "isNot", "\"12,7\"", "ace")]
    [InlineData("Length", "<=", "\"1 cm\"", "ac")]
    [InlineData("Length", "between", "[\"9 mm\",\"0.45 in\"]", "ac")]
    [InlineData("Length", "isAnyOf", "[\"0.0127 m\",3]", "bd")]
    [InlineData("Length", "isEmpty", null, "e")]
    [InlineData("Length", "isNotEmpty", null, "abcd")]
    [InlineData("Length.tolerance", "<", "\"0.1 mm\"", "c")]
    [InlineData("Length.tolerance", ">=", "0.2", "ad")]
    [InlineData("Length.tolerance", "isEmpty", null, "be")]
    [InlineData("Length.upper", "<=", "\"0.4 in\"", "ac")]
    [InlineData("Length.fit", "is", "\"H7\"", "c")]
    [InlineData("Length.unit", "isAnyOf", "[\"in\"]", "b")]
    [InlineData("Thread", "is", "\"M8x1.25\"", "a")]
    [InlineData("Thread", ">", "\"M8\"", "cd")]
    [InlineData("Thread", ">=", "\"M8\"", "abcd")]
    [InlineData("Thread", "between", "[\"M8\",\"3/8-16 UNC\"]", "abc")]
    [InlineData("Thread", "startsWith", "\"m8\"", "ab")]
    [InlineData("Thread", "isAnyOf", "[\"M8\",\"M10x1\"]", "ad")]
    [InlineData("Thread.pitch", "<", "\"1.25 mm\"", "d")]
    [InlineData("Thread.leftHand", "is", "true", "b")]
    [InlineData("Thread.class", "is", "\"6H\"", "b")]
    [InlineData("Frame.type", "is", "\"position\"", "ab")]
    [InlineData("Frame.tolerance", "<=", "\"50 µm\"", "bc")]
    [InlineData("Frame", "contains", "\"Ⓜ\"", "b")]
    [InlineData("Finish", "<=", "\"N7\"", "bd")]
    [InlineData("Finish", ">", "1.6", "ac")]
    [InlineData("Finish", "is", "\"Ra 63 µin\"", "")]
    [InlineData("Finish", "<", "\"100 µin\"", "bd")]
    [InlineData("Finish.parameter", "is", "\"Rz\"", "c")]
    [InlineData("Material.family", "is", "\"stainlessSteel\"", "ab")]
    [InlineData("Material.density", ">", "\"7.9 g/cm³\"", "b")]
    [InlineData("Material", "contains", "\"6061\"", "c")]
    [InlineData("Rev", ">", "\"B\"", "bcd")]
    [InlineData("Rev", "<=", "\"Z\"", "ac")]
    [InlineData("Drawing", "is", "\"PT 100\"", "a")]
    [InlineData("Drawing", "contains", "\"рт-1\"", "ab")]
    [InlineData("Drawing", "startsWith", "\"pt1\"", "ab")]
    [InlineData("Item", "<", "\"3\"", "ab")]
    [InlineData("Item.quantity", ">=", "4", "ad")]
    public async Task A_filter_finds_what_it_means(string field, string asked, string? value, string found)
    {
        var (name, part) = field.Split('.') is [var whole, var piece] ? (whole, $",\"part\":\"{piece}\"") : (field, "");
        Assert.Equal(found, await NamesAsync($$"""{"filter":{"fieldId":"{{name}}"{{part}},"operator":"{{asked}}"{{(value is null ? "" : $",\"value\":{value}")}} } }"""));
    }

    [Theory]
    [InlineData("{Length} > \"10 mm\"", "bd")]
    [InlineData("{Length} = \"0.5 in\"", "bd")]
    [InlineData("\"10 mm\" < {Length}", "bd")]
    [InlineData("{Length} * 2 >= 25.4", "bd")]
    [InlineData("PART({Length}, \"upper\") - PART({Length}, \"lower\") < 0.1", "bce")]
    [InlineData("PART({Length}, \"tolerance\") > \"100 µm\"", "ad")]
    [InlineData("PART({Length}, \"fit\") = \"H7\"", "c")]
    [InlineData("FIND(\"±\", {Length} & \"\")", "a")]
    [InlineData("{Rev} > \"B\"", "bcd")]
    [InlineData("AND({Rev} <= \"B\", {Rev} != \"\")", "a")]
    [InlineData("{Thread} = \"M8x1.25\"", "a")]
    [InlineData("{Thread} >= \"M10\"", "")]
    [InlineData("PART({Thread}, \"pitch\") = 1.25", "ab")]
    [InlineData("{Finish} <= \"N7\"", "bde")]
    [InlineData("{Drawing} = \"РТ100\"", "a")]
    [InlineData("SEARCH(\"m8\", {Thread})", "ab")]
    public async Task A_formula_filters(string formula, string found)
    {
        // M10x1 is finer than M10, and so before it.
        var answer = await NamesAsync($$"""{"filterByFormula":{{JsonValue.Create(formula).ToJsonString()}}}""");
        Assert.Equal(found, answer);
    }

    [Theory]
    [InlineData("""{"fieldId":"Length","operator":">","value":"10 kg"}""", "unit of length")]
    [InlineData("""{"fieldId":"Length","part":"colour","operator":"is","value":"red"}""", "has no part")]
    [InlineData("""{"fieldId":"Name","part":"text","operator":"is","value":"red"}""", "has no part")]
    [InlineData("""{"fieldId":"Thread","operator":"is","value":"M8x1.3"}""", "no value for field")]
    [InlineData("""{"fieldId":"Length","operator":"contains","value":"1"}""", "does not answer")]
    public async Task A_filter_that_means_nothing_is_refused(string filter, string reason)
    {
        var answer = await (await SharedAsync()).SendAsync("POST", $"{(await SharedAsync()).Path}/listRecords", $$"""{"filter":{{filter}}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(reason, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{Length} > \"10 kg\"", "unit of length")]
    [InlineData("PART({Length}, \"colour\")", "is no part")]
    [InlineData("PART({Name}, \"text\")", "engineering notation")]
    public async Task A_formula_that_means_nothing_is_refused(string formula, string reason)
    {
        var table = await SharedAsync();
        var answer = await table.SendAsync("POST", $"{table.Path}/listRecords", $$"""{"filterByFormula":{{JsonValue.Create(formula).ToJsonString()}}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(reason, answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Length", "eacbd")]
    [InlineData("Thread", "eabcd")]
    [InlineData("Finish", "edbac")]
    [InlineData("Rev", "eacdb")]
    [InlineData("Drawing", "ecabd")]
    [InlineData("Item", "ebacd")]
    [InlineData("Frame", "ecdba")]
    public async Task Records_are_in_the_order_of_their_values(string field, string order)
    {
        Assert.Equal(order, await NamesAsync($$"""{"sort":[{"field":"{{field}}"}]}"""));
        // Page by page the same, backwards too.
        var table = await SharedAsync();
        var (names, offset) = ("", (string?)null);
        do
        {
            var page = await table.OkAsync("POST", $"{table.Path}/listRecords", $$"""{"sort":[{"field":"{{field}}","direction":"desc"},{"field":"Name","direction":"desc"}],"pageSize":2{{(offset is null ? "" : $",\"offset\":\"{offset}\"")}}}""");
            names += string.Concat(page["records"]!.AsArray().Select(r => (string)r!["fields"]!["Name"]!));
            offset = (string?)page["offset"];
        } while (offset is not null);
        Assert.Equal(field is "Length" ? "dbcae" : string.Concat(order.Reverse()), names);
    }

    [Fact]
    public async Task Groups_and_sums_go_by_value()
    {
        var table = await SharedAsync();
        var answer = await table.OkAsync("POST", $"{table.Own}/aggregate", """{"groups":[{"field":"Length"}],"aggregates":[{"field":"Length","function":"sum"},{"field":"Finish","function":"max"},{"field":"Length","function":"countUnique"},{"field":"Length","function":"countEmpty"}]}""");
        Assert.Equal("[45.4,6.3,2,1]", answer["values"]!.ToJsonString());
        Assert.Equal([1, 2, 2], answer["groups"]!.AsArray().Select(g => (int)g!["count"]!));
        // One cell stands for its group, whatever the units of the others.
        Assert.Equal([null, 10d, 12.7], answer["groups"]!.AsArray().Select(g => (double?)g!["value"]?["number"]));
    }

    [Fact]
    public async Task The_form_of_a_cell_is_that_of_its_type_and_its_text_when_asked()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Length","type":"quantity"}""");
        var id = await table.AddAsync("""{"Length":"10,5 ±0,1"}""");
        var length = (await table.FieldsAsync(id))["Length"]!;
        Assert.Equal(("10.5 ±0.1 mm", 10.5, "mm", 0.0105, 10.4, 10.6), ((string)length["text"]!, (double)length["value"]!, (string)length["unit"]!, (double)length["si"]!, (double)length["lower"]!, (double)length["upper"]!));
        Sheet.Same("""{"unit":"mm","dimension":"length"}""", (await table.DefinitionAsync("Length"))["options"]);
        Assert.Equal("10.5 ±0.1 mm", (string)(await table.OkAsync("GET", $"{table.Path}/{id}?cellFormat=string&timeZone=UTC&userLocale=en"))["fields"]!["Length"]!);
        // What was read can be written, a number takes the field's unit, nothing empties.
        await table.OkAsync("PATCH", $"{table.Path}/{id}", $$"""{"fields":{"Length":{{length.ToJsonString()}} } }""");
        Sheet.Same(length.ToJsonString(), (await table.FieldsAsync(id))["Length"]);
        await table.OkAsync("PATCH", $"{table.Path}/{id}", """{"fields":{"Length":7}}""");
        Assert.Equal("7 mm", (string)(await table.FieldsAsync(id))["Length"]!["text"]!);
        var refused = await table.SendAsync("PATCH", $"{table.Path}/{id}", """{"fields":{"Length":"10 kg"}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "INVALID_VALUE_FOR_COLUMN"), (refused.Status, refused.Error));
        Assert.Contains("unit of length", refused.Text, StringComparison.Ordinal);
        await table.OkAsync("PATCH", $"{table.Path}/{id}", """{"fields":{"Length":""}}""");
        Assert.Null((await table.FieldsAsync(id))["Length"]);
    }

    [Fact]
    public async Task Values_are_unique_and_merged_on_whatever_their_spelling()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Number","type":"drawingReference","constraints":{"unique":true}}""", """{"name":"Length","type":"quantity"}""");
        var id = await table.AddAsync("""{"Number":"PT-100","Length":"1 in"}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await table.TryAddAsync("""{"Number":"РТ 100"}""")).Status);
        await table.AddAsync("""{"Number":"PT-100 Rev A"}""");
        var merged = await table.OkAsync("PATCH", table.Path, """{"performUpsert":{"fieldsToMergeOn":["Number"]},"records":[{"fields":{"Number":"рт100","Name":"found"}}]}""");
        Assert.Equal(id, (string)merged["updatedRecords"]![0]!);
        merged = await table.OkAsync("PATCH", table.Path, """{"performUpsert":{"fieldsToMergeOn":["Length"]},"records":[{"fields":{"Length":"25,4 mm","Name":"again"}},{"fields":{"Length":"25.4 ±0.1"}}]}""");
        Assert.Equal((id, 1), ((string)merged["updatedRecords"]![0]!, merged["createdRecords"]!.AsArray().Count));
        Assert.Equal("[\"again\"]", (await FoundAsync(table, """{"search":"again"}""")).ToJsonString());
        // The search folds as well.
        Assert.Equal(2, (await FoundAsync(table, """{"search":"РТ100"}""")).AsArray().Count);
        Assert.Equal(2, (await FoundAsync(table, """{"search":"pt-100"}""")).AsArray().Count);
    }

    [Fact]
    public async Task Linked_quantities_are_looked_up_and_rolled_up()
    {
        var parts = await OwnTable.CreateAsync(installation, """{"name":"Mass","type":"quantity","options":{"unit":"kg"}}""", """{"name":"Rev","type":"revision"}""");
        var (a, b) = (await parts.AddAsync("""{"Name":"a","Mass":"500 g","Rev":"A"}"""), await parts.AddAsync("""{"Name":"b","Mass":"2 kg","Rev":"B"}"""));
        var machines = await parts.AddTableAsync("Machines", $$"""{"name":"Parts","type":"multipleRecordLinks","options":{"linkedTableId":"{{parts.Id}}"} }""");
        async Task Add(string json) => await machines.OkAsync("POST", $"/v0/meta/bases/{machines.BaseId}/tables/{machines.Id}/fields", json);
        var link = (string)(await machines.DefinitionAsync("Parts"))["id"]!;
        foreach (var (name, field) in new[] { ("Masses", "Mass"), ("Revs", "Rev") })
            await Add($$"""{"name":"{{name}}","type":"multipleLookupValues","options":{"recordLinkFieldId":"{{link}}","fieldIdInLinkedTable":"{{(string)(await parts.DefinitionAsync(field))["id"]!}}"} }""");
        await Add($$"""{"name":"Total","type":"rollup","options":{"recordLinkFieldId":"{{link}}","fieldIdInLinkedTable":"{{(string)(await parts.DefinitionAsync("Mass"))["id"]!}}","formula":"SUM(values)"} }""");
        await Add("""{"name":"Twice","type":"formula","options":{"formula":"SUM({Masses}) * 2 & \" kg \" & ARRAYJOIN({Revs}, \"+\")"}}""");
        var id = await machines.AddAsync($$"""{"Name":"m","Parts":["{{a}}","{{b}}"]}""");
        await machines.AddAsync($$"""{"Name":"n","Parts":["{{a}}"]}""");
        var fields = await machines.FieldsAsync(id);
        Assert.Equal(["500 g", "2 kg"], fields["Masses"]!.AsArray().Select(m => (string)m!["text"]!));
        Assert.Equal((2.5, "5 kg A+B"), ((double)fields["Total"]!, (string)fields["Twice"]!));
        Assert.Equal("[\"m\"]", (await FoundAsync(machines, """{"filter":{"fieldId":"Masses","operator":">","value":"1 kg"}}""")).ToJsonString());
        Assert.Equal("[\"m\"]", (await FoundAsync(machines, """{"filter":{"fieldId":"Revs","operator":"contains","value":"b"}}""")).ToJsonString());
        Assert.Equal("[\"m\",\"n\"]", (await FoundAsync(machines, """{"sort":[{"field":"Masses"},{"field":"Name"}]}""")).ToJsonString());
        Assert.Equal("500 g, 2 kg", (string)(await machines.OkAsync("GET", $"{machines.Path}/{id}?cellFormat=string&timeZone=UTC&userLocale=en"))["fields"]!["Masses"]!);
        Assert.Equal(2, (int)(await machines.OkAsync("POST", $"{machines.Own}/aggregate", """{"aggregates":[{"field":"Masses","function":"countFilled"}]}"""))["values"]![0]!);
        // A change of a part is one of the machine.
        await parts.OkAsync("PATCH", $"{parts.Path}/{a}", """{"fields":{"Mass":"1 lb"}}""");
        Assert.Equal(2.45359237, (double)(await machines.FieldsAsync(id))["Total"]!);
    }

    [Fact]
    public async Task A_mass_is_rolled_up_over_a_bill_of_materials()
    {
        var parts = await OwnTable.CreateAsync(installation, """{"name":"Mass","type":"quantity","options":{"unit":"kg"}}""", """{"name":"Count","type":"number"}""");
        var meta = $"/v0/meta/bases/{parts.BaseId}/tables/{parts.Id}/fields";
        var link = (string)(await parts.OkAsync("POST", meta, $$"""{"name":"Consists of","type":"multipleRecordLinks","options":{"linkedTableId":"{{parts.Id}}"} }"""))["id"]!;
        var mass = (string)(await parts.DefinitionAsync("Mass"))["id"]!;
        await parts.OkAsync("POST", meta, $$"""{"name":"All","type":"recursiveRollup","options":{"recordLinkFieldId":"{{link}}","fieldIdInLinkedTable":"{{mass}}","aggregation":"sum"} }""");
        var (bolt, plate) = (await parts.AddAsync("""{"Name":"bolt","Mass":"50 g"}"""), await parts.AddAsync("""{"Name":"plate","Mass":"2 kg"}"""));
        var machine = await parts.AddAsync($$"""{"Name":"machine","Consists of":["{{bolt}}","{{plate}}"]}""");
        Assert.Equal(2.05, (double)(await parts.FieldsAsync(machine))["All"]!);
        var tree = await parts.OkAsync("GET", $"{parts.Own}/tree?record={machine}&link={link}&value=Mass");
        Assert.Contains("0.05", tree.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""["10 mm","1/2 in","10 kg","?",null]""", """{"type":"quantity"}""", "10 mm|0.5 in||", 2, 2)]
    [InlineData("""["M8","M8x1","nine"]""", """{"type":"thread"}""", "M8|M8x1|", 2, 1)]
    [InlineData("""["A","rev c","final"]""", """{"type":"revision","options":{"scheme":"asmeLetters"}}""", "A|C|", 2, 1)]
    public async Task Text_becomes_a_notation_and_text_again(string cells, string to, string texts, int converted, int emptied)
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"singleLineText"}""");
        await table.FillAsync([.. JsonNode.Parse(cells)!.AsArray().Select(cell => $$"""{"Cell":{{cell?.ToJsonString() ?? "null"}}}""")]);
        var preview = await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert?dryRun=true", to);
        Assert.Equal((converted, emptied), ((int)preview["converted"]!, (int)preview["emptied"]!));
        await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", to);
        var shown = (await table.Person.ListAsync(table.BaseId, table.Id)).Select(r => (string?)r["fields"]!["Cell"]?["text"] ?? "");
        Assert.Equal(texts.TrimEnd('|'), string.Join('|', shown).TrimEnd('|'));
        await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"singleLineText"}""");
        Assert.Equal(texts.TrimEnd('|'), string.Join('|', (await table.Person.ListAsync(table.BaseId, table.Id)).Select(r => (string?)r["fields"]!["Cell"] ?? "")).TrimEnd('|'));
    }

    [Fact]
    public async Task Other_options_are_a_conversion_that_reads_all_cells_again()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"quantity"}""");
        await table.FillAsync("""{"Cell":"25.4"}""", """{"Cell":"2 in"}""");
        await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"quantity","options":{"unit":"in","generalTolerance":"ISO 2768-m"}}""");
        var cells = (await table.Person.ListAsync(table.BaseId, table.Id)).Select(r => r["fields"]!["Cell"]!).ToArray();
        Assert.Equal([("25.4 mm", 1d), ("2 in", 2d)], cells.Select(c => ((string)c["text"]!, (double)c["number"]!)));
        Assert.All(cells, c => Assert.Equal("ISO 2768-m", (string)c["general"]!));
        await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"number","options":{"precision":2}}""");
        Assert.Equal("[1,2]", await table.ColumnAsync("Cell"));
    }

    [Fact]
    public async Task Orders_and_conditions_on_quantities_get_an_index()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Length","type":"quantity"}""", """{"name":"Thread","type":"thread"}""");
        var pitches = new[] { "M6", "M8", "M8x1", "M10", "M12x1.5" };
        foreach (var block in Enumerable.Range(0, 3_000).Chunk(1000))
            await table.FillAsync([.. block.Select(n => $$"""{"Length":"{{n}} {{(n % 2 == 0 ? "mm" : "in")}}","Thread":"{{pitches[n % 5]}}"}""")]);
        string[] queries =
        [
            """{"sort":[{"field":"Length"}],"pageSize":10}""", """{"filter":{"fieldId":"Length","operator":"between","value":["10 mm","0.5 in"]},"pageSize":10}""",
            """{"filter":{"fieldId":"Thread","operator":">","value":"M12"},"sort":[{"field":"Thread"}],"pageSize":10}""",
        ];
        var before = new List<string>();
        foreach (var query in queries)
            before.Add((await FoundAsync(table, query)).ToJsonString());
        for (var i = 0; i < 60; i++)
            foreach (var query in queries)
                await FoundAsync(table, query);
        for (var n = 0; n < queries.Length; n++)
        {
            await Wait.UntilAsync(() => table.OkAsync("POST", $"{table.Own}/explain", queries[n]),
                report => report["scans"]!.AsArray().Any(s => ((string)s!).Contains("idx_", StringComparison.Ordinal)));
            Assert.Equal(before[n], (await FoundAsync(table, queries[n])).ToJsonString());
        }
    }

    async Task<string> NamesAsync(string query) => string.Concat((await FoundAsync(await SharedAsync(), query)).AsArray().Select(name => (string)name!));

    static async Task<JsonNode> FoundAsync(OwnTable table, string query) =>
        new JsonArray([.. (await table.OkAsync("POST", $"{table.Path}/listRecords", query))["records"]!.AsArray().Select(r => r!["fields"]!["Name"]?.DeepClone())]);

    Task<OwnTable> SharedAsync()
    {
        lock (Shared)
            return Shared.GetValue(installation, CreateAsync);
    }

    /// <summary>Four parts, and an empty record.</summary>
    static async Task<OwnTable> CreateAsync(Installation installation)
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Length","type":"quantity"}""", """{"name":"Thread","type":"thread"}""", """{"name":"Frame","type":"gdt"}""",
            """{"name":"Finish","type":"surfaceFinish"}""", """{"name":"Material","type":"material"}""", """{"name":"Rev","type":"revision","options":{"scheme":"letters"}}""",
            """{"name":"Drawing","type":"drawingReference"}""", """{"name":"Item","type":"bomItem"}""");
        await table.FillAsync(
            """{"Name":"a","Length":"10 ±0.1","Thread":"M8","Frame":"⌖ ⌀0.2 A","Finish":"Ra 3.2","Material":"1.4301","Rev":"A","Drawing":"РТ-100","Item":"2: 4x PT-100"}""",
            """{"Name":"b","Length":"1/2 in","Thread":"M8x1.25 6H LH","Frame":"⌖ ⌀0.05 (M) A","Finish":"N7","Material":{"designation":"X5CrNi18-10","density":7950},"Rev":"AB","Drawing":"PT-101","Item":"1: 2x PT-101"}""",
            """{"Name":"c","Length":"⌀1 cm H7","Thread":"3/8-16 UNC","Frame":"flatness 0.02","Finish":"Rz 6.3","Material":"EN AW-6061-T6","Rev":"Z","Drawing":"AB-7","Item":"3: PT-102"}""",
            """{"Name":"d","Length":"12.7 +0.2/0","Thread":"M10x1","Frame":"⟂ 0.3 B","Finish":"Ra 0.8","Material":"House alloy","Rev":"AA","Drawing":"PT-2000","Item":"3.1: 10x PT-103"}""",
            """{"Name":"e"}""");
        return table;
    }
}
