using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Extraction.Sheets;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Imports;

/// <summary>Sheets of workbooks and objects as rows.</summary>
[Collection(OnStandalone.Name)]
public sealed class WorkbookAndJsonImportOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Cells_of_a_sheet_are_what_their_format_says()
    {
        const string styles = """<numFmts count="1"><numFmt numFmtId="164" formatCode="dd.mm.yyyy"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="22"/></cellXfs>""";
        var rows = SheetText.Row(2, "Teil", "Menge", "Tag", "Moment", "Fertig", "Nr") + """
            <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3"><v>1.5</v></c><c r="C3" s="1"><v>46350</v></c><c r="D3" s="2"><v>46350.5</v></c><c r="E3" t="b"><v>1</v></c><c r="F3" t="inlineStr"><is><t>007</t></is></c></row>
            <row r="5"><c r="A5" t="s"><v>1</v></c><c r="B5"><v>2</v></c><c r="E5" t="b"><v>0</v></c></row>
            """;
        var file = SheetText.Xlsx(rows, """<mergeCells count="1"><mergeCell ref="A5:A6"/></mergeCells>""", "<si><t>Welle</t></si><si><t>Rad</t></si>", styles);
        var (person, baseId, job) = await ImportAsync("teile.xlsx", file);
        Assert.Equal("succeeded", (string?)job["state"]);
        var records = await person.ListAsync(baseId, TableOf(job));
        Sheet.Same("""{"Teil":"Welle","Menge":1.5,"Tag":"2026-11-24","Moment":"2026-11-24T12:00:00.000Z","Fertig":true,"Nr":"007"}""", records[0]["fields"]);
        Sheet.Same("""{"Teil":"Rad","Menge":2}""", records[1]["fields"]);
        Assert.Contains(job["findings"]!.AsArray(), f => (string)f!["code"]! == "cells-merged");
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_is_unpacked_whole()
    {
        // 200 MB of one letter are 200 KB packed; the texts of a workbook may have 64 Mi characters.
        var shared = $"<si><t>{new string('x', 90_000)}</t></si>";
        var file = SheetText.Xlsx(SheetText.Row(1, "a", "b"), shared: new StringBuilder().Insert(0, shared, 800).ToString());
        var (_, _, job) = await ImportAsync("bomb.xlsx", file);
        Assert.Equal(("failed", "sheet-too-large"), ((string?)job["state"], (string?)job["error"]!["code"]));
    }

    [Theory]
    [InlineData("""[{"Name":"a","Qty":1,"Tags":["x","y"],"More":{"k":1}},{"Name":"b","Extra":true}]""")]
    [InlineData("{\"Name\":\"a\",\"Qty\":1,\"Tags\":[\"x\",\"y\"],\"More\":{\"k\":1}}\n{\"Name\":\"b\",\"Extra\":true}\n")]
    [InlineData("""{"records":[{"id":"recAAAAAAAAAAAAAA","createdTime":"2026-01-01T00:00:00.000Z","fields":{"Name":"a","Qty":1,"Tags":["x","y"],"More":{"k":1}}},{"id":"recBBBBBBBBBBBBBB","fields":{"Name":"b","Extra":true}}]}""")]
    public async Task Objects_are_rows_whichever_way_they_stand(string json)
    {
        var (person, baseId, job) = await ImportAsync("a.json", Encoding.UTF8.GetBytes(json));
        Assert.True((string?)job["state"] == "succeeded", job.ToJsonString());
        var records = await person.ListAsync(baseId, TableOf(job));
        Sheet.Same("""{"Name":"a","Qty":1,"Tags":["x","y"],"More":"{\"k\":1}"}""", records[0]["fields"]);
        Sheet.Same("""{"Name":"b","Extra":true}""", records[1]["fields"]);
    }

    [Fact]
    public async Task Ids_of_records_are_kept_where_that_is_asked()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var file = """{"id":"recAAAAAAAAAAAAAA","fields":{"Name":"a"}}"""u8.ToArray();
        var job = await person.EndOfAsync(await person.ImportAsync(baseId, "a.ndjson", file,
            """{"mapping":{"newTable":"T","keepIds":true,"columns":[{"column":"Name","newField":{"name":"Name","type":"singleLineText"}}]}}"""));
        Assert.Equal("recAAAAAAAAAAAAAA", (string?)Assert.Single(await person.ListAsync(baseId, TableOf(job)))["id"]);
    }

    [Theory]
    [InlineData("[{\"a\":1},{\"a\":", "json-broken")]
    [InlineData("[1,2]", "json-broken")]
    [InlineData("\"text\"", "json-broken")]
    [InlineData("[]", "empty-file")]
    public async Task Json_that_is_none_says_so(string text, string code)
    {
        var (_, _, job) = await ImportAsync("a.json", Encoding.UTF8.GetBytes(text));
        Assert.Equal(("failed", code), ((string?)job["state"], (string?)job["error"]?["code"]));
    }

    async Task<(Person Person, string BaseId, JsonNode Job)> ImportAsync(string name, byte[] content)
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        return (person, baseId, await person.EndOfAsync(await person.ImportAsync(baseId, name, content)));
    }

    static string TableOf(JsonNode job) => (string)job["result"]!["tables"]![0]!["id"]!;
}
