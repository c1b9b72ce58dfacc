using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Imports;

/// <summary>Tables as files: what stands in them, what does not run in a spreadsheet, and that an import makes the same rows of them.</summary>
[Collection(OnStandalone.Name)]
public sealed class ExportOnStandaloneTests(StandaloneInstallation installation)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("csv")]
    [InlineData("tsv")]
    [InlineData("xlsx")]
    [InlineData("json")]
    [InlineData("ndjson")]
    public async Task What_is_exported_and_imported_again_is_the_same_rows(string format)
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (person, baseId) = (sheet.Person, sheet.BaseId);
        var linked = await sheet.AddAsync("Others", """{"Name":"with, comma"}""");
        await sheet.AddAsync("Things", $$"""
            {"Name":"=1+1","Notes":"two\nlines, \"quoted\"","Count":-1234567.25,"Done":true,"State":"Open","Day":"2026-11-24","Links":["{{linked}}"],"Rich":"**x**","Mail":"a@example.org",
             "Web":"https://example.org/?a=1&b=2","Phone":"+41 44 123 45 67","Share":0.125,"Price":-12.5,"Stars":4,"Time":5400,"Lap":61.5,"Tags":["red","green, light"],"Code":{"text":"4006381333931"},
             "When":"2026-03-29T01:30:00.250Z","Moment":"1999-12-31T23:59:59.999Z"}
            """);
        await sheet.AddAsync("Things", """{"Name":"'=looks guarded","Notes":" space ","Count":0.1,"Day":"1969-07-20","Tags":["green, light"],"Moment":"2026-11-24T00:00:00.000Z"}""");
        await sheet.AddAsync("Things", """{"Name":"\t tab","Notes":"@x","Count":1e300,"Share":1e-9}""");
        // Something more than one page, of texts that a random hand wrote.
        var random = new Random(7);
        var texts = Enumerable.Range(0, 1_100).Select(_ => new string([.. Enumerable.Range(0, random.Next(1, 12)).Select(_ => "aä,;\"'\n=+-@ \t😀|"[random.Next(13)])])).ToArray();
        foreach (var some in texts.Chunk(1_000))
            await sheet.OkAsync("POST", sheet.PathOf(sheet.Things), new JsonObject { ["records"] = new JsonArray([.. some.Select(text => new JsonObject { ["fields"] = new JsonObject { ["Notes"] = text, ["Count"] = random.NextDouble() * 1e6 } })]) }.ToJsonString());

        var file = await person.Client.GetByteArrayAsync($"/api/bases/{baseId}/tables/{sheet.Things}/export?format={format}", Cancelled);
        var before = Cells(await person.ListAsync(baseId, sheet.Things, "&pageSize=1000"));
        var meta = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == sheet.Things)!["fields"]!.AsArray();
        // A table of the same fields; files are not in texts.
        var copy = (string)(await person.PostAsync($"/v0/meta/bases/{baseId}/tables", new
        {
            name = "Copy",
            fields = meta.Where(f => (string)f!["type"]! != "multipleAttachments").Select(f => (object)new { name = (string)f!["name"]!, type = (string)f["type"]!, options = OptionsOf(f) }).ToArray(),
        }))["id"]!;
        var job = await person.EndOfAsync(await person.ImportAsync(baseId, $"things.{format}", file, $$$"""{"target":{"table":"{{{copy}}}"},"hasHeader":true}"""));
        Assert.True((string?)job["state"] == "succeeded", job.ToJsonString());
        Assert.DoesNotContain(job["findings"]!.AsArray(), f => (string)f!["code"]! == "cell-not-read");
        var after = Cells(await person.ListAsync(baseId, copy, "&pageSize=1000"));
        Assert.Equal(before.Count, after.Count);
        for (var n = 0; n < before.Count; n++)
            Assert.True(Alike(before[n], after[n], format), $"{format}, row {n}:\n{before[n].ToJsonString()}\n{after[n].ToJsonString()}");
    }

    [Fact]
    public async Task Texts_that_a_spreadsheet_would_run_are_guarded_and_numbers_are_not()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.AddAsync("Things", """{"Name":"=HYPERLINK(\"http://x\")","Notes":"@SUM(A1)","Count":-5,"Phone":"+41","Rich":"\tx"}""");
        const string fields = "&fields[]=Name&fields[]=Notes&fields[]=Count&fields[]=Phone&fields[]=Rich";
        var path = $"/api/bases/{sheet.BaseId}/tables/Things/export?format=csv{fields}";
        Assert.Equal("\uFEFFName,Notes,Count,Phone,Rich\r\n\"'=HYPERLINK(\"\"http://x\"\")\",\"'@SUM(A1)\",-5,\"'+41\",\"'\tx\"\r\n", Encoding.UTF8.GetString(await sheet.Person.Client.GetByteArrayAsync(path, Cancelled)));
        Assert.Contains(",@SUM(A1),-5,+41,", await sheet.Person.Client.GetStringAsync(path + "&guardFormulas=false", Cancelled), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_view_gives_its_rows_in_its_order_and_the_fields_it_shows()
    {
        var sheet = await Sheet.CreateAsync(installation);
        foreach (var (name, count) in new[] { ("a", 1), ("b", 3), ("c", 2) })
            await sheet.AddAsync("Things", $$"""{"Name":"{{name}}","Count":{{count}},"Notes":"n"}""");
        var meta = (await sheet.OkAsync("GET", $"/v0/meta/bases/{sheet.BaseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == sheet.Things)!["fields"]!.AsArray();
        string IdOf(string name) => (string)meta.Single(f => (string)f!["name"]! == name)!["id"]!;
        var hidden = meta.Where(f => (string)f!["name"]! is not ("Name" or "Count")).Select(f => new { field = (string)f!["id"]!, hidden = true });
        var view = (string)(await sheet.Person.PostAsync($"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/views", new
        {
            name = "Big first", type = "grid",
            settings = new { fields = (object[])[new { field = IdOf("Count"), hidden = false }, new { field = IdOf("Name"), hidden = false }, .. hidden], sorts = new[] { new { field = IdOf("Count"), direction = "desc" } } },
        }, System.Net.HttpStatusCode.Created))["id"]!;
        var job = await sheet.Person.EndOfAsync(await sheet.Person.PostAsync($"/api/bases/{sheet.BaseId}/tables/{sheet.Things}/exports", new { format = "tsv", view, filterByFormula = "{Count} > 1" }, System.Net.HttpStatusCode.Accepted));
        Assert.Equal(("succeeded", 2, "Things.tsv"), ((string?)job["state"], (int)job["result"]!["file"]!["rows"]!, (string?)job["result"]!["file"]!["name"]));
        Assert.Equal("\uFEFFCount\tName\r\n3\tb\r\n2\tc\r\n", Encoding.UTF8.GetString(await sheet.Person.Client.GetByteArrayAsync($"/api/jobs/{(string)job["id"]!}/file", Cancelled)));
    }

    [Fact]
    public async Task A_workbook_has_typed_cells_and_a_frozen_header()
    {
        var sheet = await Sheet.CreateAsync(installation);
        await sheet.AddAsync("Things", """{"Name":"=1+1","Count":1.5,"Done":true,"Day":"2026-11-24","Notes":"a\u0001b"}""");
        using var zip = new ZipArchive(new MemoryStream(await sheet.Person.Client.GetByteArrayAsync($"/api/bases/{sheet.BaseId}/tables/Things/export?format=xlsx", Cancelled)));
        using var reader = new StreamReader(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        var xml = await reader.ReadToEndAsync(Cancelled);
        Assert.Contains("state=\"frozen\"", xml, StringComparison.Ordinal);
        Assert.Contains("<c r=\"C2\"><v>1.5</v></c><c r=\"D2\" t=\"b\"><v>1</v></c>", xml, StringComparison.Ordinal);
        Assert.Contains("<v>46350</v>", xml, StringComparison.Ordinal);
        Assert.Contains("a_x0001_b", xml, StringComparison.Ordinal);
        Assert.Contains("t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1<", xml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("format=pdf", "invalid-export")]
    [InlineData("format=csv&view=Nothing", "view-name-not-found")]
    [InlineData("format=csv&fields[]=Nothing", "unknown-field-name")]
    public async Task What_is_not_there_is_refused(string query, string code)
    {
        var sheet = await Sheet.SharedAsync(installation);
        Assert.Equal(code, (string?)(await sheet.SendAsync("GET", $"/api/bases/{sheet.BaseId}/tables/Things/export?{query}")).Json["code"]);
    }

    static JsonNode? OptionsOf(JsonNode field)
    {
        var options = field["options"]?.DeepClone();
        return (string)field["type"]! == "multipleRecordLinks" ? new JsonObject { ["linkedTableId"] = (string)options!["linkedTableId"]! } : options;
    }

    static List<JsonObject> Cells(IReadOnlyList<JsonNode> records) => [.. records.Select(record => record["fields"]!.AsObject())];

    /// <summary>Ids of links are the same, as they are named; a sheet's moments are read to the second, and a cell of nothing but spaces is an empty one.</summary>
    static bool Alike(JsonObject before, JsonObject after, string format) => before.Where(cell => cell.Key != "Files").All(cell =>
        after.TryGetPropertyValue(cell.Key, out var other) ? JsonNode.DeepEquals(cell.Value, other) || format == "xlsx" && cell.Key is "When" or "Moment" && Math.Abs(((DateTime)cell.Value! - (DateTime)other!).TotalSeconds) <= 1
            : string.IsNullOrWhiteSpace(cell.Value?.ToString())) && after.All(cell => before.ContainsKey(cell.Key));
}
