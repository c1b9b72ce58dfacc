using System.Net;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using PyBase.Tests.Extraction;
using PyBase.Tests.Extraction.Dxf;
using PyBase.Tests.Extraction.Fuzz;
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

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    async Task<(Person Person, string Address, string File)> DropAsync(string name, byte[] content)
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new { name = "Things", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        var job = await person.EndOfAsync(await person.DropAsync(baseId, name, content));
        var file = (string)job["file"]!["id"]!;
        return (person, $"/api/bases/{baseId}/files/{file}", file);
    }

    static async Task<HttpResponseMessage> PictureAsync(Person person, string address)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            var answer = await person.Client.GetAsync($"{address}/picture", patience.Token);
            if (answer.StatusCode != HttpStatusCode.Accepted)
            {
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                return answer;
            }
            await Task.Delay(50, patience.Token);
        }
    }
}
