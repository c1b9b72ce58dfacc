using System.Text.Json.Nodes;
using PyBase.Tests.Extraction.Dxf;
using PyBase.Tests.Extraction.Ifc;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>Drawings and models go in over HTTP and come out as tables, each row with where it stands in the file.</summary>
public abstract class EnvelopeDropTests(Installation installation)
{
    const string Plan = """
        TEXT 8=notes 1='Deburr all edges' 10=1.25 20=2 40=2.5 5=A1
        TEXT 8=notes 1='2 off' 10=0 20=0 40=2.5 5=A2
        INSERT 8=parts 2=BOLT 10=5 20=6 66=1 5=B1
        ATTRIB 8=parts 2=SIZE 1=M8 5=B2
        SEQEND 8=parts
        INSERT 8=parts 2=GONE 10=0 20=0 5=B3
        """;

    const string Bolt = """
        BLOCK 8=0 2=BOLT 10=0 20=0
        ENDBLK 8=0
        """;

    [Fact]
    public async Task A_drawing_becomes_tables_of_its_kinds_with_fields_that_fit()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var job = await person.EndOfAsync(await person.DropAsync(baseId, "plan.dxf", DxfText.Ascii(DxfText.Drawing(Plan, Bolt))));

        Assert.Equal("succeeded", (string)job["state"]!);
        Assert.Contains(job["findings"]!.AsArray(), f => (string)f!["code"]! == "dangling-reference");
        var schema = (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray();
        var tables = TablesOf(job);
        var texts = schema.Single(t => (string)t!["id"]! == tables["texts"])!;
        Assert.Equal("plan texts", (string)texts["name"]!);
        var types = texts["fields"]!.AsArray().ToDictionary(f => (string)f!["name"]!, f => (string)f!["type"]!);
        Assert.Equal("Text", (string)texts["fields"]![0]!["name"]!);
        Assert.Equal(("singleSelect", "number", "number", "singleLineText", "percent"), (types["Layer"], types["X"], types["Rotation (deg)"], types["Locator"], types["Confidence"]));
        Assert.Equal(2, (int)texts["fields"]!.AsArray().Single(f => (string)f!["name"]! == "X")!["options"]!["precision"]!);

        var rows = await person.ListAsync(baseId, tables["texts"]);
        var first = rows.Single(r => (string)r["fields"]!["Text"]! == "Deburr all edges")["fields"]!;
        Assert.Equal(("notes", 1.25, "Model#A1", 1.0), ((string)first["Layer"]!, (double)first["X"]!, (string)first["Locator"]!, (double)first["Confidence"]!));
    }

    [Fact]
    public async Task A_row_that_means_another_links_to_it_and_one_that_means_nothing_says_so_in_text()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var tables = TablesOf(await person.EndOfAsync(await person.DropAsync(baseId, "plan.dxf", DxfText.Ascii(DxfText.Drawing(Plan, Bolt)))));

        var bolt = (await person.ListAsync(baseId, tables["blocks"])).Single(r => (string)r["fields"]!["Name"]! == "BOLT");
        var inserts = await person.ListAsync(baseId, tables["inserts"]);
        var placed = inserts.Single(r => (string)r["fields"]!["Locator"]! == "Model#B1");
        Assert.Equal([(string)bolt["id"]!], placed["fields"]!["Block definition"]!.AsArray().Select(id => (string)id!));
        Assert.Equal([(string)placed["id"]!], bolt["fields"]!["Inserts"]!.AsArray().Select(id => (string)id!));
        var dangling = inserts.Single(r => (string)r["fields"]!["Locator"]! == "Model#B3")["fields"]!;
        Assert.Equal(("GONE", null), ((string)dangling["Block raw"]!, dangling["Block definition"]));
        var attribute = Assert.Single(await person.ListAsync(baseId, tables["attributes"]))["fields"]!;
        Assert.Equal(("M8", (string)placed["id"]!), ((string)attribute["Value"]!, (string)attribute["Insert row"]![0]!));
    }

    [Fact]
    public async Task A_model_becomes_elements_that_link_to_where_they_are()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var job = await person.EndOfAsync(await person.DropAsync(baseId, "house.ifc", Extraction.Part21Text.Bytes(Extraction.Part21Text.Data(IfcText.House + IfcText.Wall, "IFC4"))));

        Assert.Equal("succeeded", (string)job["state"]!);
        var tables = TablesOf(job);
        var storey = (await person.ListAsync(baseId, tables["spatial"])).Single(r => (string)r["fields"]!["Class"]! == "IfcBuildingStorey");
        Assert.Equal(-150, (double)storey["fields"]!["Elevation (mm)"]!);
        var wall = Assert.Single(await person.ListAsync(baseId, tables["elements"]))["fields"]!;
        Assert.Equal(("W", "IfcWall", "0000000000000000000020", (string)storey["id"]!), ((string)wall["Name"]!, (string)wall["Class"]!, (string)wall["GUID"]!, (string)wall["Contained in"]![0]!));
    }

    [Fact]
    public async Task A_model_without_content_succeeds_and_makes_no_tables()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var job = await person.EndOfAsync(await person.DropAsync(baseId, "void.ifc", Extraction.Part21Text.Bytes(Extraction.Part21Text.Data("", "IFC4"))));
        Assert.Equal("succeeded", (string)job["state"]!);
        Assert.Empty(job["result"]!["tables"]!.AsArray());
        Assert.Contains(job["findings"]!.AsArray(), f => (string)f!["code"]! == "no-project");
    }

    [Fact]
    public async Task A_drop_that_is_cancelled_while_it_writes_leaves_nothing()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var dropped = await person.DropAsync(baseId, "big.dxf", BigDrawing.Write(60_000));
        await person.JobAsync(dropped, job => ((string?)job["progress"]!["step"])?.StartsWith("writing", StringComparison.Ordinal) == true);
        await person.PostAsync($"/api/jobs/{(string)dropped["id"]!}/cancel", new { });

        Assert.Equal("cancelled", (string)(await person.EndOfAsync(dropped))["state"]!);
        Assert.Empty((await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray());
    }

    internal static Dictionary<string, string> TablesOf(JsonNode job) => job["result"]!["tables"]!.AsArray().ToDictionary(t => (string)t!["role"]!, t => (string)t!["id"]!);
}

[Collection(OnStandalone.Name)]
public sealed class EnvelopeDropOnStandaloneTests(StandaloneInstallation installation) : EnvelopeDropTests(installation);

[Collection(OnCluster.Name)]
public sealed class EnvelopeDropOnClusterTests(DistributedInstallation installation) : EnvelopeDropTests(installation);
