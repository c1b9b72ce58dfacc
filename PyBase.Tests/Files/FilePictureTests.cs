using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using PyBase.Core.Files;
using PyBase.Tests.Extraction;
using PyBase.Tests.Extraction.Dxf;
using PyBase.Tests.Extraction.Fuzz;
using PyBase.Tests.Extraction.Pdf;
using PyBase.Tests.Support;

namespace PyBase.Tests.Files;

/// <summary>Dropped files to look at: drawn once by a worker, then served from the file store, never as a page of this site.</summary>
[Collection(OnStandalone.Name)]
public sealed class FilePictureOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_drawing_is_drawn_once_and_the_entity_of_a_cell_stands_out()
    {
        var (person, address, _) = await DropAsync("plan.dxf", DxfText.Ascii(DxfText.Drawing("LINE 5=2A3 8=0 10=0 20=0 11=100 21=50\nTEXT 5=2A4 8=0 10=1 20=1 40=5 1='<b>&'")));

        var first = await person.Client.GetAsync($"{address}/picture", Cancellation);
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal("1", first.Headers.RetryAfter!.ToString());
        var picture = await PictureAsync(person, address);

        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType!.MediaType);
        Assert.Equal("nosniff", picture.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.StartsWith("sandbox; default-src 'none'", picture.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var svg = await picture.Content.ReadAsStringAsync(Cancellation);
        Assert.Contains("<b>&", XDocument.Parse(svg).Descendants().Select(each => each.Value));
        var marked = await person.Client.GetStringAsync($"{address}/picture?highlight={Uri.EscapeDataString("Model#2A3")}", Cancellation);
        Assert.Contains("<style>#e2A3 path{", marked, StringComparison.Ordinal);
        XDocument.Parse(marked);
        // A locator that is none changes nothing, whatever stands in it.
        Assert.Equal(svg, await person.Client.GetStringAsync($"{address}/picture?highlight={Uri.EscapeDataString("Model#</style><script>")}", Cancellation));
    }

    [Theory]
    [InlineData("parts.csv", "Part number")]
    [InlineData("parts.xlsx", "Part number")]
    [InlineData("house.ifc", "properties")]
    public async Task Other_files_show_what_is_in_them(string name, string shown)
    {
        var (person, address, _) = await DropAsync(name, name switch { "parts.csv" => LargeFiles.Csv(30), "parts.xlsx" => LargeFiles.Xlsx(30), _ => LargeFiles.Ifc(5) });
        Assert.Contains(shown, await (await PictureAsync(person, address)).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_a_picture_where_the_program_for_it_is_installed_and_the_facts_elsewhere()
    {
        var (person, address, _) = await DropAsync("sheet.pdf", FuzzSamples.Own(FuzzFormat.Of("pdf"))[0]);
        var picture = await PictureAsync(person, address);
        Assert.Contains(picture.Content.Headers.ContentType!.MediaType, (string[])["image/png", "image/svg+xml"]);
    }

    [Fact]
    public async Task A_page_of_a_document_is_shown_with_the_box_that_a_cell_came_from()
    {
        Assert.SkipUnless(HasPoppler, "The programs of poppler are not installed.");
        var (person, address, _) = await DropAsync("sheet.pdf", new PdfText(600, 400).Text(100, 200, "first").Page().Text(100, 200, "second").Bytes());

        var first = await (await PictureAsync(person, address)).Content.ReadAsByteArrayAsync(Cancellation);
        var second = await (await PictureAsync(person, address, "?page=2")).Content.ReadAsByteArrayAsync(Cancellation);
        var marked = await PictureAsync(person, address, $"?highlight={Uri.EscapeDataString("p2[96.0,192.0,144.0,216.0]")}");

        Assert.Equal(["1", "2"], (await person.GetAsync($"{address}/sheets"))["sheets"]!.AsArray().Select(sheet => (string)sheet!));
        Assert.NotEqual(first, second);
        Assert.Equal("image/svg+xml", marked.Content.Headers.ContentType!.MediaType);
        var svg = XDocument.Parse(await marked.Content.ReadAsStringAsync(Cancellation)).Root!;
        // 150 pixels an inch: 600 by 400 points are 1,250 by 834 pixels, and the box begins 200 to the right and 450 above the lower edge, 4 more on each side.
        Assert.Equal(new ImageSize(1250, 834), ImageSize.Read(second));
        Assert.Equal("0 0 1250 834", svg.Attribute("viewBox")!.Value);
        Assert.Equal(second, Convert.FromBase64String(svg.Elements().First().Attribute("href")!.Value.Split(',')[1]));
        Assert.Equal(["196", "380", "108", "58"], ((string[])["x", "y", "width", "height"]).Select(side => svg.Elements().Last().Attribute(side)!.Value));

        // From a record by where it came from to its place in the picture.
        var lines = (await person.GetAsync($"/v0/meta/bases/{address.Split('/')[3]}/tables"))["tables"]!.AsArray().Single(table => ((string)table!["name"]!).EndsWith("text lines", StringComparison.Ordinal))!;
        var line = (await person.ListAsync(address.Split('/')[3], (string)lines["id"]!)).Single(row => (string)row["fields"]!["Text"]! == "second");
        var source = (await person.GetAsync($"/api/bases/{address.Split('/')[3]}/tables/{(string)lines["id"]!}/records/{(string)line["id"]!}/provenance"))["record"]!;
        Assert.Equal(("sheet.pdf", address.Split('/')[5], 1), ((string)source["file"]!["name"]!, (string)source["file"]!["id"]!, (int)source["confidence"]!));
        Assert.Equal((string)line["fields"]!["Locator"]!, (string)source["locator"]!);
        var place = XDocument.Parse(await (await PictureAsync(person, address, $"?highlight={Uri.EscapeDataString((string)source["locator"]!)}")).Content.ReadAsStringAsync(Cancellation)).Root!.Elements().Last();
        // The line begins at 100 of 600 points, less what is around the box.
        Assert.InRange(double.Parse(place.Attribute("x")!.Value, CultureInfo.InvariantCulture), 200, 208.4);

        var missing = await person.Client.GetAsync($"{address}/picture?page=3", Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("sheet-not-found", await missing.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        // A locator that means no box of this document leaves the picture as it is.
        foreach (var odd in (string[])["p9[1,2,3,4]", "p1[1,2,\"/><script>,4]", "p1[9,9,1,1]"])
            Assert.Equal(first, await (await PictureAsync(person, address, $"?highlight={Uri.EscapeDataString(odd)}")).Content.ReadAsByteArrayAsync(Cancellation));
    }

    [Fact]
    public async Task A_layout_is_shown_by_its_name_and_is_the_one_of_the_entity_that_stands_out()
    {
        var (person, address, _) = await DropAsync("plan.dxf", DxfText.Ascii(DxfText.Drawing("LINE 5=2A3 8=0 10=0 20=0 11=100 21=50\nTEXT 5=2B4 8=0 67=1 10=1 20=1 40=5 1=Frame")));

        var model = await (await PictureAsync(person, address)).Content.ReadAsStringAsync(Cancellation);
        var paper = await (await PictureAsync(person, address, "?layout=paper")).Content.ReadAsStringAsync(Cancellation);

        Assert.Equal((true, false), (model.Contains("e2A3", StringComparison.Ordinal), model.Contains("e2B4", StringComparison.Ordinal)));
        Assert.Equal((false, true), (paper.Contains("e2A3", StringComparison.Ordinal), paper.Contains("e2B4", StringComparison.Ordinal)));
        Assert.Equal(["Model", "Paper"], (await person.GetAsync($"{address}/sheets"))["sheets"]!.AsArray().Select(sheet => (string)sheet!));
        Assert.Contains("<style>#e2B4", await (await PictureAsync(person, address, "?highlight=Paper%232B4")).Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await person.Client.GetAsync($"{address}/picture?layout=Elsewhere", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task The_original_is_as_it_was_dropped_and_only_for_those_who_may_read_the_base()
    {
        var content = LargeFiles.Csv(20);
        var (person, address, file) = await DropAsync("parts.csv", content);

        var original = await person.Client.GetAsync($"{address}/original", Cancellation);

        Assert.Equal(content, await original.Content.ReadAsByteArrayAsync(Cancellation));
        Assert.Equal("application/octet-stream", original.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("sandbox", original.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        using var stranger = await installation.SignUpAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Client.GetAsync($"{address}/original", Cancellation)).StatusCode);
        var own = await stranger.CreateBaseAsync(new { name = "Own", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync($"/api/bases/{own}/files/{file}/original", Cancellation)).StatusCode);
    }

    static bool HasPoppler => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "pdftoppm")) && File.Exists(Path.Combine(folder, "pdfinfo")));

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task<(Person Person, string Address, string File)> DropAsync(string name, byte[] content)
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new { name = "Things", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        var job = await person.EndOfAsync(await person.DropAsync(baseId, name, content));
        var file = (string)job["file"]!["id"]!;
        return (person, $"/api/bases/{baseId}/files/{file}", file);
    }

    static async Task<HttpResponseMessage> PictureAsync(Person person, string address, string query = "")
    {
        var answer = await Wait.UntilAsync(() => person.Client.GetAsync($"{address}/picture{query}", Cancellation), answer => answer.StatusCode != HttpStatusCode.Accepted);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }
}
