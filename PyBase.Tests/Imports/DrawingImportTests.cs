using System.Text.Json.Nodes;
using PyBase.Tests.Extraction.Dxf;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Imports;

/// <summary>What a drawing holds, into a table that people keep: looked at first, mapped, merged by part number, with where each cell comes from.</summary>
[Collection(OnStandalone.Name)]
public sealed class DrawingImportOnStandaloneTests(StandaloneInstallation installation)
{
    static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Parts_of_a_drawing_meet_the_parts_of_a_table_and_say_where_they_stand()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new
        {
            name = "Stock",
            fields = new object[] { new { name = "Number", type = "singleLineText" }, new { name = "Name", type = "singleLineText" }, new { name = "Quantity", type = "number", options = new { precision = 0 } }, new { name = "Shelf", type = "singleLineText" } },
        });
        var table = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!;
        var (id, fields) = ((string)table["id"]!, table["fields"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => (string)f!["id"]!));
        // Somebody typed a Cyrillic В, and calls the bearing something else.
        await person.PostAsync($"/v0/{baseId}/{id}", JsonNode.Parse("""
            {"records":[{"fields":{"Number":"GВ-300","Name":"Kugellager","Quantity":1,"Shelf":"A4"}},{"fields":{"Number":"X-1","Shelf":"B1"}}]}
            """)!);

        var dropped = await DropAsync(person, baseId, """{"import":"preview"}""");
        var waiting = await person.JobAsync(dropped, job => (string)job["state"]! is "waiting" or "failed");
        Assert.True((string?)waiting["state"] == "waiting", waiting.ToJsonString());
        var preview = await person.GetAsync($"/api/jobs/{(string)dropped["id"]!}/preview");
        Assert.Equal("bom", (string?)preview["file"]!["sheet"]);
        Assert.Equal(["Part number", "Name", "Description", "Total quantity", "Used in"], preview["columns"]!.AsArray().Select(c => (string)c!["name"]!));
        await person.PostAsync($"/api/jobs/{(string)dropped["id"]!}/import", JsonNode.Parse($$$"""
            {"table":"{{{id}}}","badRows":"skip","merge":{"on":["{{{fields["Number"]}}}"],"compare":"partNumber"},"columns":[{"column":"Part number","field":"{{{fields["Number"]}}}"},
             {"column":"Name","field":"{{{fields["Name"]}}}","master":"table"},{"column":"Total quantity","field":"{{{fields["Quantity"]}}}"}]}
            """)!);
        var job = await person.EndOfAsync(dropped);
        Assert.True((string?)job["state"] == "succeeded", job.ToJsonString());
        Assert.Equal((1, 1), ((int)job["result"]!["tables"]![0]!["created"]!, (int)job["result"]!["tables"]![0]!["updated"]!));
        var conflict = Assert.Single(job["findings"]!.AsArray(), f => (string)f!["code"]! == "merge-conflict")!;
        Assert.Contains("Kugellager ≠ Bearing", (string)conflict["locator"]!, StringComparison.Ordinal);
        var records = (await person.ListAsync(baseId, id)).ToDictionary(r => (string)r["fields"]!["Number"]!);
        Sheet.Same("""{"Number":"GB-300","Name":"Kugellager","Quantity":4,"Shelf":"A4"}""", records["GB-300"]["fields"]);
        Sheet.Same("""{"Number":"GB-310","Name":"Schraube M8 × 30","Quantity":3}""", records["GB-310"]["fields"]);
        Assert.Equal(3, records.Count);

        var cells = (await person.GetAsync($"/api/bases/{baseId}/tables/{id}/records/{(string)records["GB-300"]["id"]!}/provenance"))["cells"]!.AsArray();
        Assert.Equal(new[] { fields["Number"], fields["Quantity"] }.Order(), cells.Select(c => (string)c!["field"]!).Order());
        Assert.All(cells, cell => Assert.Equal(("gearbox.stp", (string)dropped["id"]!), ((string?)cell!["file"]!["name"], (string?)cell["job"])));
        Assert.StartsWith("#", (string)cells[0]!["locator"]!, StringComparison.Ordinal);
        Assert.Empty((await person.GetAsync($"/api/bases/{baseId}/tables/{id}/records/{(string)records["X-1"]["id"]!}/provenance"))["cells"]!.AsArray());
    }

    [Fact]
    public async Task Files_dropped_together_are_each_looked_at_and_a_broken_one_stops_none()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent("Name,Qty\nA,1\n"u8.ToArray()), "file", "good.csv" }, { new ByteArrayContent("Name,Qty\n\"A,1\n"u8.ToArray()), "file", "broken.csv" }, { new StringContent("""{"import":"auto"}"""), "options" },
        };
        var bulk = await person.EndOfAsync(await Person.ReadAsync(await person.Client.PostAsync($"/api/bases/{baseId}/imports", form, Cancelled), System.Net.HttpStatusCode.Accepted));
        Assert.Equal(("bulk", "failed"), ((string?)bulk["kind"], (string?)bulk["state"]));
        var children = bulk["children"]!.AsArray().ToDictionary(child => (string)child!["file"]!["name"]!);
        Assert.Equal(("succeeded", "failed"), ((string?)children["good.csv"]!["state"], (string?)children["broken.csv"]!["state"]));
        await person.PostAsync($"/api/jobs/{(string)bulk["id"]!}/retry", new { });
        bulk = await person.EndOfAsync(bulk);
        Assert.Equal("failed", (string?)bulk["state"]);
        Assert.Single((await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray());
    }

    [Fact]
    public async Task Two_parts_lists_are_compared_part_by_part()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        const string head = "Item,Part Number,Description,Qty\n";
        using var form = new MultipartFormDataContent
        {
            { new StringContent(head + "1,A-1,Plate,2\n2,B-2,Screw M8,4\n3,C-3,Washer,4\n"), "file", "before.csv" },
            { new StringContent(head + "1,a 1,Plate,3\n2,B-2,Screw M10,4\n3,D-4,Nut,4\n"), "file", "after.csv" },
        };
        var job = await person.EndOfAsync(await Person.ReadAsync(await person.Client.PostAsync($"/api/bases/{baseId}/comparisons", form, Cancelled), System.Net.HttpStatusCode.Accepted));
        Assert.True((string?)job["state"] == "succeeded", job.ToJsonString());
        var lines = (await person.Client.GetStringAsync($"/api/jobs/{(string)job["id"]!}/file", Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
            .Where(one => (string)one["kind"]! == "parts" && (string?)one["field"] != "qty_text").Select(one => $"{one["change"]} {one["key"]} {one["field"]} {one["before"]}>{one["after"]}").Order();
        Assert.Equal(["added D-4  >", "changed A-1 qty 2>3", "changed B-2 description Screw M8>Screw M10", "removed C-3  >"], lines);
    }

    [Fact]
    public async Task Two_revisions_of_a_drawing_are_compared_dimension_by_dimension()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        const string bolt = "BLOCK 5=B1 2=BOLT 70=2 10=0 20=0\nATTDEF 5=A1 2=PART_NUMBER 1='' 10=0 20=0\nENDBLK\n";
        static string Bolt(int handle) => $"INSERT 5={handle} 8=0 2=BOLT 66=1 10={handle} 20=0\nATTRIB 5={handle + 100} 8=0 2=PART_NUMBER 1=M8-20\nSEQEND\n";
        static string Size(int handle, double length) => $"DIMENSION 5={handle} 8=0 70=32 42={length.ToString(System.Globalization.CultureInfo.InvariantCulture)} 1='' 13=0 23=0 14={length.ToString(System.Globalization.CultureInfo.InvariantCulture)} 24=0\n";
        var before = DxfText.Drawing(Size(200, 40) + Size(201, 12.5) + "TEXT 5=202 8=0 1='Deburr edges' 10=0 20=0 40=3\n" + Bolt(210) + Bolt(211), bolt);
        var after = DxfText.Drawing(Size(200, 42) + Size(201, 12.5) + "TEXT 5=202 8=0 1='Deburr all edges' 10=0 20=0 40=3\n" + Bolt(210) + Bolt(211) + Bolt(212), bolt);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(DxfText.Ascii(before)), "file", "cover-a.dxf" }, { new ByteArrayContent(DxfText.Ascii(after)), "file", "cover-b.dxf" } };
        var (_, lines) = await LinesAsync(person, $"/api/bases/{baseId}/comparisons", form);
        var told = string.Join('\n', lines.Select(one => $"{one["kind"]} {one["change"]} {one["key"]} {one["field"]} {one["before"]}>{one["after"]}").Order());
        Assert.True(lines.Exists(one => (string?)one["kind"] == "dimensions" && ((string?)one["before"])?.StartsWith("40", StringComparison.Ordinal) == true && ((string?)one["after"])?.StartsWith("42", StringComparison.Ordinal) == true), told);
        Assert.True(lines.Exists(one => (string?)one["kind"] == "parts" && (string?)one["field"] == "qty" && (string?)one["before"] == "2" && (string?)one["after"] == "3"), told);
        Assert.True(told.Contains("Deburr edges", StringComparison.Ordinal) && told.Contains("Deburr all edges", StringComparison.Ordinal), told);
        Assert.DoesNotContain("12.5", told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_table_is_compared_with_a_file_by_the_columns_that_both_have()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        using var drop = new MultipartFormDataContent { { new StringContent("Part Number,Description,Qty,Price\nA-1,Plate,2,9.5\nB-2,Screw,4,0.1\nC-3,Washer,4,0.2\n"), "file", "stock.csv" } };
        var made = await person.EndOfAsync(await Person.ReadAsync(await person.Client.PostAsync($"/api/bases/{baseId}/imports", drop, Cancelled), System.Net.HttpStatusCode.Accepted));
        var table = (string)made["result"]!["tables"]![0]!["id"]!;
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Pos;Part Number;Description;Qty;Material\n1;a 1;Plate;3;S235\n2;B-2;Screw;4;8.8\n3;D-4;Nut;1;8\n"), "file", "new.csv" },
            { new StringContent(new JsonObject { ["target"] = new JsonObject { ["table"] = table } }.ToJsonString()), "options" },
        };
        var (job, lines) = await LinesAsync(person, $"/api/bases/{baseId}/comparisons", form);
        Assert.Equal(["added D-4  >", "changed A-1 qty 2>3", "removed C-3  >"], lines.Select(one => $"{one["change"]} {one["key"]} {one["field"]} {one["before"]}>{one["after"]}").Order());
        Assert.StartsWith("rec", (string)lines.Single(one => (string)one["change"]! == "changed")["locatorBefore"]!, StringComparison.Ordinal);
        Assert.Equal(3, job["findings"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_parts_list_is_added_up_and_checked()
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        using var form = new MultipartFormDataContent { { new StringContent("Level,Part Number,Description,Qty\n0,CAR,Car,1\n1,AXLE,Axle,2\n2,WHEEL,Wheel,2\n1,WHEEL,Spare,1\n"), "file", "car.csv" } };
        var (job, lines) = await LinesAsync(person, $"/api/bases/{baseId}/parts-lists", form);
        Assert.Equal(["CAR 1", "AXLE 2", "WHEEL 5"], lines.Select(one => $"{one["number"]} {one["total"]}"));
        Assert.Equal("part-data-differs", (string?)Assert.Single(job["findings"]!.AsArray())!["code"]);
    }

    static async Task<(JsonNode Job, List<JsonNode> Lines)> LinesAsync(Person person, string path, MultipartFormDataContent form)
    {
        var job = await person.EndOfAsync(await Person.ReadAsync(await person.Client.PostAsync(path, form, Cancelled), System.Net.HttpStatusCode.Accepted));
        Assert.True((string?)job["state"] == "succeeded", job.ToJsonString());
        return (job, [.. (await person.Client.GetStringAsync($"/api/jobs/{(string)job["id"]!}/file", Cancelled)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)]);
    }

    static async Task<JsonNode> DropAsync(Person person, string baseId, string options)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(await File.ReadAllBytesAsync(Samples.Path("gearbox.stp"), Cancelled)), "file", "gearbox.stp" }, { new StringContent(options), "options" } };
        return await Person.ReadAsync(await person.Client.PostAsync($"/api/bases/{baseId}/extractions", form, Cancelled), System.Net.HttpStatusCode.Accepted);
    }
}
