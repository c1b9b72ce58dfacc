using System.IO.Compression;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;
using ZstdSharp;

namespace PyBase.Tests.Records;

/// <summary>Whole lists as lines of JSON: the same records as by pages, whatever happens to the table and to the reader meanwhile.</summary>
[Collection(OnStandalone.Name)]
public sealed class StreamTests(StandaloneInstallation installation)
{
    const string Lines = "application/x-ndjson";
    const int Rows = 8_000;

    static readonly ConditionalWeakTable<Installation, Task<Sheet>> Shared = [];

    [Theory]
    [InlineData("")]
    [InlineData("sort[0][field]=Name&sort[0][direction]=desc&sort[1][field]=Count")]
    [InlineData("sort[0][field]=Count&sort[0][direction]=desc&maxRecords=3300&fields[]=Count&fields[]=State")]
    [InlineData("filter=%7B%22fieldId%22%3A%22Count%22%2C%22operator%22%3A%22%3E%22%2C%22value%22%3A500%7D&sort[0][field]=State&fields[]=Name&returnFieldsByFieldId=true")]
    [InlineData("filterByFormula=MOD(Count%2C3)%3D0&recordMetadata[]=commentCount&fields[]=Day")]
    [InlineData("cellFormat=string&timeZone=utc&userLocale=en-ie&maxRecords=1500&fields[]=Links&fields[]=State&fields[]=Day")]
    public async Task A_stream_is_the_pages_without_their_edges(string query)
    {
        var sheet = await SharedAsync();
        var pages = (await sheet.Person.ListAsync(sheet.BaseId, "Things", "&pageSize=1000&" + query)).Select(r => r.ToJsonString()).ToArray();
        using var response = await AskAsync(sheet, query);
        Assert.Equal(Lines, response.Content.Headers.ContentType!.MediaType);
        Assert.Null(response.Headers.ETag);
        var lines = (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!).ToArray();
        Assert.Equal(pages, lines[..^1].Select(l => l.ToJsonString()));
        var end = lines[^1]["end"]!;
        var version = long.Parse(response.Headers.GetValues("PyBase-Version").Single().Split('=')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal((true, pages.Length, version, version), ((bool)end["isComplete"]!, (int)end["records"]!, (long)end["fromVersion"]!, (long)end["toVersion"]!));
    }

    [Fact]
    public async Task It_is_asked_for_by_body_and_comes_compressed_as_well()
    {
        var sheet = await SharedAsync();
        foreach (var (encoding, open) in new (string, Func<Stream, Stream>)[] { ("zstd", s => new DecompressionStream(s)), ("gzip", s => new GZipStream(s, CompressionMode.Decompress)), ("br", s => new BrotliStream(s, CompressionMode.Decompress)) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, sheet.PathOf("Things") + "/listRecords")
            {
                Content = new StringContent("""{"fields":["Count"],"maxRecords":4321}""", Encoding.UTF8, "application/json"),
                Headers = { { "Accept", Lines }, { "Accept-Encoding", encoding } },
            };
            using var response = await sheet.Person.Client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(encoding, response.Content.Headers.ContentEncoding.Single());
            using var text = new StreamReader(open(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken)));
            var lines = (await text.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(4_322, lines.Length);
            Assert.Equal(Enumerable.Range(0, 4_321), lines[..^1].Select(l => (int)JsonNode.Parse(l)!["fields"]!["Count"]!));
        }
    }

    [Fact]
    public async Task What_cannot_be_is_refused_as_for_a_page()
    {
        var sheet = await SharedAsync();
        foreach (var (query, error) in new[] { ("fields[]=Nothing", "UNKNOWN_FIELD_NAME"), ("offset=itrX", "INVALID_OFFSET_VALUE"), ("filterByFormula=1%2B", "INVALID_FILTER_BY_FORMULA") })
        {
            var answer = await sheet.SendAsync("GET", $"{sheet.PathOf("Things")}?{query}", null, ("Accept", Lines));
            Assert.Equal((HttpStatusCode.UnprocessableEntity, error), (answer.Status, answer.Error));
        }
        using var stranger = await installation.SignUpAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await Sheet.SendAsync(stranger.Client, "GET", sheet.PathOf("Things"), null, ("Accept", Lines))).Status);
    }

    [Fact]
    public async Task Who_reads_slowly_holds_nobody_up_and_misses_nothing()
    {
        var sheet = await FilledAsync();
        using var response = await AskAsync(sheet, "");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        // A column more needs the table for itself; a row more and a cell less are other versions.
        await sheet.OkAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields", """{"name":"More","type":"singleLineText"}""");
        await sheet.AddAsync("Things", """{"Name":"late","Count":8000}""");
        var lines = await RestAsync(reader);
        Assert.Equal(Enumerable.Range(1, Rows), lines[..^1].Select(l => (int)l["fields"]!["Count"]!));
        var end = lines[^1]["end"]!;
        Assert.Equal((true, true), ((bool)end["isComplete"]!, (long)end["toVersion"]! > (long)end["fromVersion"]!));
    }

    [Fact]
    public async Task Who_is_put_out_gets_no_further_and_goes_on_from_there_when_let_in_again()
    {
        var sheet = await SharedAsync();
        using var guest = await installation.SignUpAsync();
        await sheet.Person.AddMemberAsync(guest, "viewer");
        using var response = await AskAsync(sheet, "", guest.Client);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var first = JsonNode.Parse((await reader.ReadLineAsync(TestContext.Current.CancellationToken))!)!;
        var me = (string)(await guest.GetAsync("/api/auth/me"))["user"]!["id"]!;
        await sheet.SendAsync("DELETE", $"/api/workspaces/{sheet.Person.WorkspaceId}/members/{me}");
        var lines = await RestAsync(reader);
        var end = lines[^1]["end"]!;
        Assert.Equal((false, "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"), ((bool)end["isComplete"]!, (string)end["error"]!["type"]!));
        Assert.InRange(lines.Length, 10, Rows - 10);

        await sheet.Person.AddMemberAsync(guest, "viewer");
        using var rest = await AskAsync(sheet, "offset=" + Uri.EscapeDataString((string)end["offset"]!), guest.Client);
        using var further = new StreamReader(await rest.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var others = await RestAsync(further);
        Assert.Equal(Enumerable.Range(0, Rows), lines[..^1].Concat(others[..^1]).Prepend(first).Select(l => (int)l["fields"]!["Count"]!));
    }

    [Fact]
    public async Task A_stream_whose_field_goes_away_says_that_it_is_not_whole()
    {
        var sheet = await FilledAsync();
        using var response = await AskAsync(sheet, "");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.NotNull(await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        await sheet.OkAsync("DELETE", $"/v0/meta/bases/{sheet.BaseId}/tables/Things/fields/Price");
        var end = (await RestAsync(reader))[^1]["end"]!;
        Assert.Equal((false, "DEFINITIONS_CHANGED"), ((bool)end["isComplete"]!, (string)end["error"]!["type"]!));
    }

    [Fact]
    public async Task Streams_that_nobody_reads_any_more_make_room_for_others()
    {
        var sheet = await SharedAsync();
        for (var round = 0; round < 2; round++)
        {
            // As many as there may be.
            var open = new List<HttpResponseMessage>();
            for (var n = 0; n < 32; n++)
                open.Add(await AskAsync(sheet, ""));
            var refused = await sheet.SendAsync("GET", sheet.PathOf("Things"), null, ("Accept", Lines));
            Assert.Equal((HttpStatusCode.TooManyRequests, "TOO_MANY_STREAMS"), (refused.Status, refused.Error));
            Assert.Single((await sheet.OkAsync("GET", sheet.PathOf("Things") + "?pageSize=1"))["records"]!.AsArray());
            foreach (var response in open)
                response.Dispose();
            for (var patience = 0; (await sheet.SendAsync("GET", sheet.PathOf("Things") + "?maxRecords=1", null, ("Accept", Lines))).Status != HttpStatusCode.OK; patience++)
            {
                Assert.True(patience < 200, "The places of clients that are gone are not free.");
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
            await Task.Delay(500, TestContext.Current.CancellationToken);
        }
    }

    static async Task<HttpResponseMessage> AskAsync(Sheet sheet, string query, HttpClient? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{sheet.PathOf("Things")}?{query}") { Headers = { { "Accept", Lines } } };
        var response = await (client ?? sheet.Person.Client).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }

    static async Task<JsonNode[]> RestAsync(StreamReader reader) =>
        [.. (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];

    Task<Sheet> SharedAsync()
    {
        lock (Shared)
            return Shared.GetValue(installation, _ => FilledAsync());
    }

    /// <summary>Rows too wide for what lies between the processes to hold them all.</summary>
    async Task<Sheet> FilledAsync()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var (notes, other) = (new string('n', 3_000), await sheet.AddAsync("Others", """{"Name":"Cog"}"""));
        foreach (var block in Enumerable.Range(0, Rows).Chunk(1000))
            await sheet.OkAsync("POST", sheet.PathOf("Things"), $$"""{"records":[{{string.Join(',', block.Select(n => $$$"""{"fields":{"Name":"M{{{n % 13}}}","Notes":"{{{notes}}}","Count":{{{n}}},"Price":1.5{{{(n % 3 == 0 ? "" : $",\"Day\":\"2026-01-{n % 28 + 1:00}\"")}}}{{{(n % 5 == 0 ? "" : $",\"State\":\"{(n % 2 == 0 ? "Open" : "Closed")}\"")}}}{{{(n % 100 == 0 ? $",\"Links\":[\"{other}\"]" : "")}}}}}"""))}}]}""");
        return sheet;
    }
}
