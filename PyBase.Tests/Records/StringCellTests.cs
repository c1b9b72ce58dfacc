using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>Airtable's <c>cellFormat=string</c> and <c>recordMetadata</c>: cells as a reader sees them, and how much was said about a record.</summary>
[Collection(OnStandalone.Name)]
public sealed class StringCellTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Every_cell_is_text_of_the_reader_s_zone_and_language()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var other = await sheet.AddAsync(sheet.Others, """{"Name":"linked"}""");
        var id = await sheet.AddAsync(sheet.Things, $$"""
            {"Name":"n","Count":1.5,"Done":true,"State":"Open","Day":"2026-07-01","Links":["{{other}}"],"Share":0.125,"Price":12.5,"Stars":3,"Time":5400,"Tags":["red"],
             "Code":{"text":"42"},"Moment":"2026-07-01T22:30:00.000Z"}
            """);
        const string Query = "cellFormat=string&timeZone=Europe/Zurich&userLocale=en-gb";
        var cells = (await sheet.OkAsync("GET", $"{sheet.PathOf(sheet.Things)}?{Query}"))["records"]![0]!["fields"]!;
        Assert.All(cells.AsObject(), cell => Assert.Equal(System.Text.Json.JsonValueKind.String, cell.Value!.GetValueKind()));
        Assert.Equal(("n", "1.5", "Open", "linked", "12.5%", "red", "42"), (Text("Name"), Text("Count"), Text("State"), Text("Links"), Text("Share"), Text("Tags"), Text("Code")));
        Assert.Equal("€12.50", Text("Price"));
        Assert.Equal("1:30", Text("Time"));
        // A field of the zone "client" is in the reader's.
        Assert.StartsWith("7/2/2026", Text("Moment"), StringComparison.Ordinal);
        Assert.Equal(cells.ToJsonString(), (await sheet.OkAsync("GET", $"{sheet.PathOf(sheet.Things)}/{id}?{Query}"))["fields"]!.ToJsonString());
        var listed = await sheet.OkAsync("POST", $"{sheet.PathOf(sheet.Things)}/listRecords?timeZone=Europe/Zurich&userLocale=en-gb", """{"cellFormat":"string"}""");
        Assert.Equal(cells.ToJsonString(), listed["records"]![0]!["fields"]!.ToJsonString());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await sheet.SendAsync("GET", $"{sheet.PathOf(sheet.Things)}?cellFormat=string")).Status);

        string Text(string field) => (string)cells[field]!;
    }

    [Fact]
    public async Task Records_say_how_many_comments_they_have_when_asked()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (silent, discussed) = (await sheet.AddAsync(sheet.Others, """{"Name":"b"}"""), await sheet.AddAsync(sheet.Others, """{"Name":"a"}"""));
        for (var n = 0; n < 2; n++)
            await sheet.OkAsync("POST", $"{sheet.PathOf(sheet.Others)}/{discussed}/comments", """{"text":"well"}""");
        var page = await sheet.OkAsync("GET", $"{sheet.PathOf(sheet.Others)}?recordMetadata[]=commentCount&sort[0][field]=Name");
        Assert.Equal([(discussed, 2), (silent, 0)], page["records"]!.AsArray().Select(r => ((string)r!["id"]!, (int)r["commentCount"]!)));
        Assert.Null((await sheet.OkAsync("GET", sheet.PathOf(sheet.Others)))["records"]![0]!["commentCount"]);
    }
}
