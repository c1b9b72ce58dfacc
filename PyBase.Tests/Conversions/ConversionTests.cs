using System.Net;
using System.Text.Json.Nodes;
using PyBase.Core.Fields;
using PyBase.Tests.Fields;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Conversions;

/// <summary>A field becomes one of another type: what its cells are then, what is lost, and that the dry run says the same before.</summary>
public abstract class ConversionTests(Installation installation)
{
    const string Choices = """ "options":{"choices":[{"name":"red"},{"name":"green, light"},{"name":"blue"}]}""";

    [Theory]
    // text to everything
    [InlineData("singleLineText", """["12.5","-3","1,200","x",null]""", """{"type":"number","options":{"precision":1}}""", """[12.5,-3,1200,null,null]""", 3, 0, 1)]
    [InlineData("singleLineText", """["50%","0.5","12.5%","half"]""", """{"type":"percent","options":{"precision":1}}""", """[0.5,0.5,0.125,null]""", 3, 0, 1)]
    [InlineData("singleLineText", """["€1,200.50","12 €","$3"]""", """{"type":"currency","options":{"precision":2,"symbol":"€"}}""", """[1200.5,12,null]""", 2, 0, 1)]
    [InlineData("singleLineText", """["1:30","0:05","soon"]""", """{"type":"duration","options":{"durationFormat":"h:mm"}}""", """[5400,300,null]""", 2, 0, 1)]
    [InlineData("singleLineText", """["3","0","9","2.5"]""", """{"type":"rating","options":{"max":5,"icon":"star","color":"yellowBright"}}""", """[3,null,null,null]""", 1, 0, 3)]
    [InlineData("singleLineText", """["2026-02-28","12/24/2026","someday"]""", """{"type":"date"}""", """["2026-02-28","2026-12-24",null]""", 2, 0, 1)]
    [InlineData("singleLineText", """["2026-07-01T12:00","2026-01-01","x"]""", """{"type":"dateTime","options":{"timeZone":"Europe/Zurich"}}""", """["2026-07-01T10:00:00.000Z","2025-12-31T23:00:00.000Z",null]""", 2, 0, 1)]
    [InlineData("singleLineText", """["7:30","7pm","x"]""", """{"type":"time"}""", """["07:30:00","19:00:00",null]""", 2, 0, 1)]
    [InlineData("singleLineText", """["Open","Shut","Open",null]""", """{"type":"singleSelect","options":{"choices":[{"name":"Open"}]}}""", """["Open","Shut","Open",null]""", 3, 0, 0)]
    [InlineData("singleLineText", """["Done","Waiting"]""", """{"type":"status"}""", """["Done","Waiting"]""", 2, 0, 0)]
    [InlineData("singleLineText", """["a, b","a"]""", """{"type":"multipleSelects"}""", """[["a","b"],["a"]]""", 2, 0, 0)]
    [InlineData("singleLineText", """["checked","true","no"]""", """{"type":"checkbox"}""", """[true,true,null]""", 2, 0, 1)]
    [InlineData("singleLineText", """["two\nlines","a"]""", """{"type":"multilineText"}""", """["two\nlines","a"]""", 2, 0, 0)]
    [InlineData("singleLineText", """["400638"]""", """{"type":"barcode"}""", """[{"text":"400638"}]""", 1, 0, 0)]
    // everything to text, and back
    [InlineData("number", "[12.5,-0.1,1e300]", """{"type":"singleLineText"}""", """["12.5","-0.1","1E+300"]""", 3, 0, 0)]
    [InlineData("percent", "[0.125,1,0.0001]", """{"type":"singleLineText"}""", """["12.5%","100%","0.01%"]""", 3, 0, 0)]
    [InlineData("duration", "[5400,-1800,0.5]", """{"type":"singleLineText"}""", """["1:30:00","-0:30:00","0:00:00.5"]""", 3, 0, 0)]
    [InlineData("date", """["2026-02-28"]""", """{"type":"email"}""", """["2026-02-28"]""", 1, 0, 0)]
    [InlineData("dateTime", """["2026-07-01T12:00:00.123Z"]""", """{"type":"singleLineText"}""", """["2026-07-01T12:00:00.123Z"]""", 1, 0, 0)]
    [InlineData("checkbox", "[true,null]", """{"type":"singleLineText"}""", """["checked",null]""", 1, 0, 0)]
    [InlineData("singleSelect," + Choices, """["red","green, light"]""", """{"type":"multilineText"}""", """["red","green, light"]""", 2, 0, 0)]
    [InlineData("multipleSelects," + Choices, """[["red","blue"],["green, light"]]""", """{"type":"singleLineText"}""", """["red, blue","green, light"]""", 2, 0, 0)]
    [InlineData("barcode", """[{"text":"1","type":"ean13"}]""", """{"type":"singleLineText"}""", """["1"]""", 1, 0, 0)]
    // among numbers, selects and dates
    [InlineData("number", "[0.5,3,12]", """{"type":"percent"}""", "[0.5,3,12]", 3, 0, 0)]
    [InlineData("number", "[0.5,3,12]", """{"type":"rating","options":{"max":5}}""", "[null,3,null]", 1, 0, 2)]
    [InlineData("number", "[0,2,null]", """{"type":"checkbox"}""", "[null,true,null]", 1, 0, 1)]
    [InlineData("checkbox", "[true,null]", """{"type":"number"}""", "[1,null]", 1, 0, 0)]
    [InlineData("number", "[0.25,1]", """{"type":"number","options":{"precision":4}}""", "[0.25,1]", 2, 0, 0)]
    [InlineData("singleSelect," + Choices, """["red","green, light",null]""", """{"type":"multipleSelects"}""", """[["red"],["green, light"],null]""", 2, 0, 0)]
    [InlineData("multipleSelects," + Choices, """[["red","blue"],["green, light"]]""", """{"type":"singleSelect"}""", """["red","green, light"]""", 1, 1, 0)]
    [InlineData("singleSelect," + Choices, """["red","blue"]""", """{"type":"singleSelect","options":{"choices":[{"name":"blue"}]}}""", """["red","blue"]""", 2, 0, 0)]
    [InlineData("dateTime", """["2026-07-01T23:30:00Z"]""", """{"type":"date"}""", """["2026-07-01"]""", 1, 0, 0)]
    [InlineData("""dateTime,"options":{"timeZone":"Asia/Tokyo"}""", """["2026-07-01T23:30:00Z"]""", """{"type":"date"}""", """["2026-07-02"]""", 1, 0, 0)]
    [InlineData("date", """["2026-07-01"]""", """{"type":"dateTime","options":{"timeZone":"Asia/Tokyo"}}""", """["2026-06-30T15:00:00.000Z"]""", 1, 0, 0)]
    public async Task Cells_become_what_typing_them_again_would_make(string type, string cells, string to, string expected, int converted, int shortened, int emptied)
    {
        var (name, options) = type.Split(',', 2) is [var only] ? (only, "") : (type.Split(',', 2)[0], $",{type.Split(',', 2)[1]}");
        var table = await OwnTable.CreateAsync(installation, $$"""{"name":"Cell","type":"{{name}}"{{options}}}""");
        await table.FillAsync([.. JsonNode.Parse(cells)!.AsArray().Select(cell => $$"""{"Cell":{{cell?.ToJsonString() ?? "null"}}}""")]);
        var (id, before) = ((string)(await table.DefinitionAsync("Cell"))["id"]!, await table.ColumnAsync("Cell"));

        var preview = await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert?dryRun=true", to);
        Assert.Equal((before, converted, shortened, emptied), (await table.ColumnAsync("Cell"), (int)preview["converted"]!, (int)preview["shortened"]!, (int)preview["emptied"]!));
        Assert.Equal(JsonNode.Parse(cells)!.AsArray().Count, (int)preview["rows"]!);

        var done = await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", to);
        Sheet.Same(expected, JsonNode.Parse(await table.ColumnAsync("Cell")));
        Assert.Equal((id, (string)JsonNode.Parse(to)!["type"]!), ((string)done["field"]!["id"]!, (string)(await table.DefinitionAsync("Cell"))["type"]!));
        Assert.Equal(preview["samples"]!.ToJsonString(), done["samples"]!.ToJsonString());
    }

    [Fact]
    public async Task What_would_be_lost_comes_first_among_the_samples()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"singleLineText"}""");
        var ids = (await table.FillAsync("""{"Cell":"1"}""", """{"Cell":"one"}""", """{"Cell":"one"}"""))["records"]!.AsArray().Select(r => (string)r!["id"]!).ToArray();
        var preview = await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"number","dryRun":true}""");
        Sheet.Same($$"""{"rows":3,"converted":1,"shortened":0,"emptied":2,"samples":[{"record":"{{ids[1]}}","from":"one","to":null},{"record":"{{ids[0]}}","from":"1","to":"1"}]}""", preview);
    }

    [Fact]
    public async Task Choices_keep_their_ids_and_colours()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"singleSelect","options":{"choices":[{"id":"selAAAAAAAAAAAAAA","name":"a","color":"redDark1"}]}}""");
        await table.FillAsync("""{"Cell":"a"}""");
        foreach (var type in new[] { "multipleSelects", "singleSelect" })
            Sheet.Same("""{"choices":[{"id":"selAAAAAAAAAAAAAA","name":"a","color":"redDark1"}]}""", (await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", $$"""{"type":"{{type}}"}"""))["field"]!["options"]);
    }

    [Fact]
    public async Task People_become_names_and_names_become_people()
    {
        var table = await OwnTable.CreateAsync(await installation.SignUpAsync(), """{"name":"Cell","type":"singleCollaborator"}""");
        var me = (string)(await table.Person.GetAsync("/api/auth/me"))["user"]!["id"]!;
        await table.FillAsync($$$"""{"Cell":{"id":"{{{me}}}"}}""");
        await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"multipleCollaborators"}""");
        await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"singleLineText"}""");
        Assert.Equal("""["Test Person"]""", await table.ColumnAsync("Cell"));
        await table.FillAsync("""{"Cell":"Test Person, nobody"}""");
        var report = await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"multipleCollaborators"}""");
        Assert.Equal((1, 1), ((int)report["converted"]!, (int)report["shortened"]!));
        await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"singleCollaborator"}""");
        Assert.Equal([me, me], (await table.Person.ListAsync(table.BaseId, table.Id)).Select(r => (string)r["fields"]!["Cell"]!["id"]!));
    }

    [Fact]
    public async Task Links_become_names_at_both_ends_and_names_become_links()
    {
        var far = await OwnTable.CreateAsync(installation);
        var (one, two) = (await far.AddAsync("""{"Name":"one"}"""), await far.AddAsync("""{"Name":"two, too"}"""));
        var nameless = await far.AddAsync("{}");
        var near = await far.AddTableAsync("Near", $$$"""{"name":"Parts","type":"multipleRecordLinks","options":{"linkedTableId":"{{{far.Id}}}"}}""");
        await near.FillAsync($$"""{"Name":"A","Parts":["{{two}}","{{one}}"]}""", $$"""{"Name":"B","Parts":["{{one}}","{{nameless}}"]}""", """{"Name":"C"}""");

        await near.OkAsync("POST", $"{near.Own}/fields/Parts/convert", """{"type":"singleLineText"}""");
        Assert.Equal($"""["two, too, one","one, {nameless}",null]""", await near.ColumnAsync("Parts"));
        Assert.Equal("""["A, B","A","B"]""", await far.ColumnAsync("Near"));
        Assert.Equal("singleLineText", (string)(await far.DefinitionAsync("Near"))["type"]!);

        await near.FillAsync("""{"Name":"D","Parts":"two, too"}""", """{"Name":"E","Parts":"one, nobody"}""", """{"Name":"F","Parts":"nobody"}""");
        var report = await near.OkAsync("POST", $"{near.Own}/fields/Parts/convert", $$$"""{"type":"multipleRecordLinks","options":{"linkedTableId":"{{{far.Id}}}"}}""");
        Assert.Equal((1, 3, 1), ((int)report["converted"]!, (int)report["shortened"]!, (int)report["emptied"]!));
        Sheet.Same($"""[["{one}"],["{one}"],null,["{two}"],["{one}"],null]""", JsonNode.Parse(await near.ColumnAsync("Parts")));
        // The other end has a field again, beside the one that became text, and both ends stay in step.
        var inverse = (await far.TableAsync())["fields"]!.AsArray().Single(f => (string)f!["type"]! == "multipleRecordLinks")!;
        Assert.Equal("Near 2", (string)inverse["name"]!);
        var a = (string)(await near.Person.ListAsync(near.BaseId, near.Id))[0]["id"]!;
        await far.OkAsync("PATCH", $"{far.Path}/{two}", $$$"""{"fields":{"Near 2":["{{{a}}}"]}}""");
        Sheet.Same($"""["{one}","{two}"]""", (await near.FieldsAsync(a))["Parts"]);
    }

    [Fact]
    public async Task A_link_to_its_own_table_becomes_names_too()
    {
        var table = await OwnTable.CreateAsync(installation);
        await table.OkAsync("POST", $"/v0/meta/bases/{table.BaseId}/tables/{table.Id}/fields", $$$"""{"name":"Parent","type":"multipleRecordLinks","options":{"linkedTableId":"{{{table.Id}}}"}}""");
        var a = await table.AddAsync("""{"Name":"A"}""");
        await table.AddAsync($$"""{"Name":"B","Parent":["{{a}}"]}""");
        await table.OkAsync("POST", $"{table.Own}/fields/Parent/convert", """{"type":"multilineText"}""");
        Assert.Equal("""[null,"A"]""", await table.ColumnAsync("Parent"));
        Assert.Equal("""["B",null]""", await table.ColumnAsync("Things"));
    }

    [Fact]
    public async Task A_link_may_be_turned_to_another_table_by_name()
    {
        var first = await OwnTable.CreateAsync(installation);
        var second = await first.AddTableAsync("Second");
        var one = await first.AddAsync("""{"Name":"one"}""");
        var other = await second.AddAsync("""{"Name":"one"}""");
        var near = await first.AddTableAsync("Near", $$$"""{"name":"Parts","type":"multipleRecordLinks","options":{"linkedTableId":"{{{first.Id}}}"}}""");
        var id = await near.AddAsync($$"""{"Parts":["{{one}}"]}""");
        await near.OkAsync("POST", $"{near.Own}/fields/Parts/convert", $$$"""{"type":"multipleRecordLinks","options":{"linkedTableId":"{{{second.Id}}}"}}""");
        Sheet.Same($"""["{other}"]""", (await near.FieldsAsync(id))["Parts"]);
        Sheet.Same($"""["{id}"]""", (await second.FieldsAsync(other))["Near"]);
    }

    [Theory]
    [InlineData("Cell", """{"type":"button"}""", "field-not-convertible")]
    [InlineData("Cell", """{"type":"multipleAttachments"}""", "field-not-convertible")]
    [InlineData("Go", """{"type":"singleLineText"}""", "field-not-convertible")]
    [InlineData("Name", """{"type":"checkbox"}""", "invalid-primary-field")]
    [InlineData("Rule", """{"type":"number"}""", "field-has-constraints")]
    [InlineData("Cell", """{"type":"nothing"}""", "invalid-field-type")]
    [InlineData("Cell", """{}""", "invalid-field-type")]
    [InlineData("Cell", """{"type":"number","options":{"precision":99}}""", "invalid-field-options")]
    [InlineData("Nothing", """{"type":"number"}""", "invalid-permissions-or-model-not-found")]
    public async Task What_cannot_be_is_refused_and_nothing_changes(string field, string to, string code)
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"singleLineText"}""", """{"name":"Go","type":"button"}""", """{"name":"Rule","type":"singleLineText","constraints":{"required":true}}""");
        var before = (await table.TableAsync()).ToJsonString();
        foreach (var path in new[] { "convert", "convert?dryRun=true" })
            Assert.Equal(code, (string)(await table.SendAsync("POST", $"{table.Own}/fields/{field}/{path}", to)).Json["code"]!);
        Assert.Equal(before, (await table.TableAsync()).ToJsonString());
    }

    [Fact]
    public async Task A_column_that_a_constraint_over_several_fields_needs_stays()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"singleLineText"}""");
        await table.OkAsync("POST", $"{table.Own}/constraints", """{"fields":["Name","Cell"]}""");
        Assert.Equal("field-has-constraints", (string)(await table.SendAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"number"}""")).Json["code"]!);
    }

    [Fact]
    public async Task Listeners_hear_of_the_field_and_of_its_cells()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"singleLineText"}""");
        await table.FillAsync("""{"Cell":"12"}""", """{"Cell":"x"}""", "{}");
        var id = (string)(await table.DefinitionAsync("Cell"))["id"]!;
        await using var hub = await table.Person.ConnectAsync(installation.Hubs[0]);
        var version = (long)(await Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.InvokeAsync<JsonNode>(hub, "Subscribe", table.Id, (long?)null, TestContext.Current.CancellationToken))["version"]!;
        await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"number"}""");
        var told = await Microsoft.AspNetCore.SignalR.Client.HubConnectionExtensions.InvokeAsync<JsonNode>(hub, "Subscribe", table.Id, (long?)version, TestContext.Current.CancellationToken);
        Assert.Equal(version + 1, (long)told["version"]!);
        var changes = told["changes"]!.ToJsonString();
        Assert.Contains("fieldChanged", changes, StringComparison.Ordinal);
        Assert.Contains($"\"{id}\":12", changes, StringComparison.Ordinal);
        Assert.Contains($"\"{id}\":null", changes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_stored_type_can_become_text()
    {
        var stored = FieldTypes.Names.Where(type => FieldTypes.Read(type, default, new FieldScope("fldAAAAAAAAAAAAAA", _ => false)) is { IsOk: true, Value.IsComputed: false });
        foreach (var type in stored)
        {
            var table = await OwnTable.CreateAsync(installation, $$"""{"name":"Cell","type":"{{type}}"}""");
            var made = await table.SendAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"singleLineText"}""");
            Assert.True(made.Status == HttpStatusCode.OK, $"{type}: {made.Text}");
        }
    }

    [Fact]
    public async Task A_large_table_is_converted_in_seconds()
    {
        var table = await OwnTable.CreateAsync(installation, """{"name":"Cell","type":"singleLineText"}""");
        for (var start = 0; start < 10_000; start += 1_000)
            await table.FillAsync([.. Enumerable.Range(start, 1_000).Select(n => $$"""{"Cell":"{{n}}"}""")]);
        var started = TimeProvider.System.GetTimestamp();
        var report = await table.OkAsync("POST", $"{table.Own}/fields/Cell/convert", """{"type":"number"}""");
        Assert.Equal(10_000, (int)report["converted"]!);
        Assert.InRange(TimeProvider.System.GetElapsedTime(started).TotalSeconds, 0, 5);
    }
}

[Collection(OnStandalone.Name)]
public sealed class ConversionOnStandaloneTests(StandaloneInstallation installation) : ConversionTests(installation);
