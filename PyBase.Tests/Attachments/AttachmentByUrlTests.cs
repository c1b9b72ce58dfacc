using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PyBase.Core.Fields;
using PyBase.Tests.Records;
using PyBase.Tests.Support;
using PyBase.Workers.Attachments;

namespace PyBase.Tests.Attachments;

/// <summary>An installation that may fetch from this machine, and a server there with files of every kind.</summary>
public sealed class FetchingInstallation : IAsyncLifetime
{
    StandaloneProcess? process;
    WebApplication? server;

    public Uri Server { get; private set; } = null!;

    public Person Person { get; private set; } = null!;

    public string BaseId { get; private set; } = "";

    public string Table => $"/v0/{BaseId}/Parts";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        server = builder.Build();
        server.MapGet("/plain.txt", () => Results.Text("plain"));
        server.MapGet("/named", (HttpContext context) =>
        {
            context.Response.Headers.ContentDisposition = "attachment; filename=\"../../etc/drawing.pdf\"";
            return Results.Bytes("%PDF-1.7 x"u8.ToArray(), "application/octet-stream");
        });
        server.MapGet("/page one.html", () => Results.Content("<script>alert(1)</script>", "text/html"));
        server.MapGet("/moved/{left:int}", (int left) => Results.Redirect(left == 0 ? "/plain.txt" : $"/moved/{left - 1}"));
        server.MapGet("/elsewhere", () => Results.Redirect("file:///etc/passwd"));
        server.MapGet("/large", () => Results.Stream(new MemoryStream(new byte[300_000])));
        server.MapGet("/cut", async (HttpContext context) =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("x");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await server.StartAsync();
        Server = new Uri(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        process = await StandaloneProcess.StartAsync(new Dictionary<string, string>
        {
            ["Accounts:SignUp"] = "open", ["Files:AllowPrivateAddresses"] = "true", ["Files:MaxBytes"] = "200000", ["Logging:LogLevel:Npgsql"] = "Warning",
        });
        Person = await Person.SignUpAsync(process.Address);
        BaseId = await Person.CreateBaseAsync(new { name = "Parts", fields = new object[] { new { name = "Name", type = "singleLineText" }, new { name = "Files", type = "multipleAttachments" } } });
    }

    public async ValueTask DisposeAsync()
    {
        Person?.Dispose();
        if (process is not null)
            await process.DisposeAsync();
        if (server is not null)
            await server.DisposeAsync();
    }
}

/// <summary>Attachments written as addresses: a worker fetches them after the commit, or takes the entry away and says why.</summary>
public sealed class AttachmentByUrlTests(FetchingInstallation installation) : IClassFixture<FetchingInstallation>
{
    [Theory]
    [InlineData("plain.txt", null, "plain.txt", "text/plain", 5)]
    [InlineData("plain.txt?download=1#top", "Zeichnung ä.txt", "Zeichnung ä.txt", "text/plain", 5)]
    [InlineData("named", null, "drawing.pdf", "application/pdf", 10)]
    [InlineData("page%20one.html", null, "page one.html", "text/html", 25)]
    [InlineData("moved/4", null, "plain.txt", "text/plain", 5)]
    public async Task A_file_is_fetched_into_its_entry(string path, string? filename, string name, string type, int size)
    {
        var (record, entry) = await AddAsync(new Uri(installation.Server, path).OriginalString, filename);
        Assert.Equal(["filename", "id", "url"], entry.AsObject().Select(p => p.Key).Order());
        Assert.Equal("succeeded", (string)(await EndAsync(entry))["state"]!);
        var file = Assert.Single((await FilesAsync(record))!.AsArray())!;
        Assert.Equal(((string)entry["id"]!, name, type, size), ((string)file["id"]!, (string)file["filename"]!, (string)file["type"]!, (int)file["size"]!));

        // Whatever it says it is, a browser saves it and shows it to nobody as a page of this site.
        using var anybody = new HttpClient();
        using var served = await anybody.GetAsync((string)file["url"]!, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "nosniff", "attachment"), (served.StatusCode, served.Headers.GetValues("X-Content-Type-Options").Single(), served.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Contains("sandbox", served.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(size, (await served.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length);
    }

    [Theory]
    [InlineData("nothing-here", "attachment-not-fetched")]
    [InlineData("moved/5", "attachment-not-fetched")]
    [InlineData("elsewhere", "attachment-address-refused")]
    [InlineData("large", "attachment-too-large")]
    [InlineData("cut", "attachment-not-fetched")]
    public async Task What_cannot_be_fetched_leaves_no_entry_and_a_job_that_says_why(string path, string code)
    {
        var (record, entry) = await AddAsync(new Uri(installation.Server, path).OriginalString, null);
        var job = await EndAsync(entry);
        Assert.Equal(("failed", code), ((string)job["state"]!, (string)job["error"]!["code"]!));
        Assert.Null(await FilesAsync(record));
    }

    [Fact]
    public async Task Entries_keep_their_order_and_their_neighbours()
    {
        var (record, first) = await AddAsync(new Uri(installation.Server, "plain.txt").OriginalString, "a.txt");
        await EndAsync(first);
        var answer = await installation.Person.PatchAsync($"{installation.Table}/{record}", new Dictionary<string, object>
        {
            ["fields"] = new Dictionary<string, object> { ["Files"] = new object[] { new { url = new Uri(installation.Server, "nothing-here") }, new { id = (string)first["id"]! }, new { url = new Uri(installation.Server, "named") } } },
        });
        var written = answer["fields"]!["Files"]!.AsArray();
        Assert.Equal(["nothing-here", "a.txt", "named"], written.Select(f => (string)f!["filename"]!));
        await EndAsync(written[0]!);
        await EndAsync(written[2]!);
        Assert.Equal(["a.txt", "drawing.pdf"], (await FilesAsync(record))!.AsArray().Select(f => (string)f!["filename"]!));
    }

    [Fact]
    public async Task An_entry_that_was_removed_meanwhile_stays_removed()
    {
        var (record, entry) = await AddAsync(new Uri(installation.Server, "plain.txt").OriginalString, null);
        await installation.Person.Client.DeleteAsync(new Uri($"{installation.Table}/{record}", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Contains((string)(await EndAsync(entry))["state"]!, (string[])["succeeded", "failed"]);
        Assert.DoesNotContain(await installation.Person.ListAsync(installation.BaseId, "Parts"), r => (string)r["id"]! == record);
    }

    [Theory]
    [InlineData("""[{"url":"ftp://example.org/x"}]""")]
    [InlineData("""[{"url":"/etc/passwd"}]""")]
    [InlineData("""[{"url":"javascript:alert(1)"}]""")]
    [InlineData("""[{"url":7}]""")]
    [InlineData("""[{"id":"attAAAAAAAAAAAAAA"}]""")]
    [InlineData("""[{"id":"{\"Url\":\"http://127.0.0.1/\"}"}]""")]
    public async Task An_address_that_is_none_is_refused_and_nothing_is_written(string cell)
    {
        var before = (await installation.Person.ListAsync(installation.BaseId, "Parts")).Count;
        var answer = await Sheet.SendAsync(installation.Person.Client, "POST", installation.Table, $$$"""{"fields":{"Files":{{{cell}}} } }""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(before, (await installation.Person.ListAsync(installation.BaseId, "Parts")).Count);
    }

    [Fact]
    public async Task A_request_gives_at_most_a_thousand_addresses()
    {
        var cell = JsonSerializer.Serialize(Enumerable.Range(0, AttachmentAddress.MaxCount + 1).Select(n => new { url = $"http://127.0.0.1:1/{n}" }));
        var answer = await Sheet.SendAsync(installation.Person.Client, "POST", installation.Table, $$$"""{"fields":{"Files":{{{cell}}} } }""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "ATTACHMENTS_FAILED_UPLOADING"), (answer.Status, answer.Error));
    }

    [Theory]
    [InlineData("127.0.0.1", false), InlineData("10.1.2.3", false), InlineData("172.16.0.1", false), InlineData("172.32.0.1", true), InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false), InlineData("100.64.0.1", false), InlineData("0.0.0.0", false), InlineData("224.0.0.1", false), InlineData("255.255.255.255", false)]
    [InlineData("198.18.0.1", false), InlineData("8.8.8.8", true), InlineData("::1", false), InlineData("::", false), InlineData("fe80::1", false), InlineData("fd00::1", false)]
    [InlineData("::ffff:127.0.0.1", false), InlineData("::ffff:8.8.8.8", true), InlineData("::127.0.0.1", false), InlineData("64:ff9b::7f00:1", false), InlineData("2002:7f00:1::", false)]
    [InlineData("2001:0:4136:e378::1", false), InlineData("2001:db8::1", false), InlineData("ff02::1", false), InlineData("2606:4700::1111", true)]
    public void Only_addresses_of_the_internet_are_public(string address, bool isPublic) => Assert.Equal(isPublic, PublicAddress.Is(IPAddress.Parse(address)));

    [Theory]
    [InlineData("a/b\\c.txt", "c.txt"), InlineData("..", "attachment"), InlineData("", "attachment"), InlineData("x\r\ny.pdf", "xy.pdf"), InlineData(" . ", "attachment"), InlineData("ä😀.stp", "ä😀.stp")]
    public void A_name_has_no_folder_and_no_control_characters(string given, string name) => Assert.Equal(name, AttachmentAddress.CleanName(given));

    [Fact]
    public void A_long_name_keeps_its_end_in_whole_characters()
    {
        var name = AttachmentAddress.CleanName(string.Concat(Enumerable.Repeat("😀", 200)) + ".stp");
        Assert.EndsWith(".stp", name, StringComparison.Ordinal);
        Assert.True(name.Length <= AttachmentAddress.MaxName && Encoding.UTF8.GetByteCount(name) == Encoding.UTF8.GetBytes(name).Length && !char.IsLowSurrogate(name[0]));
    }

    async Task<(string Record, JsonNode Entry)> AddAsync(string url, string? filename)
    {
        var made = await installation.Person.PostAsync(installation.Table, new Dictionary<string, object>
        {
            ["fields"] = new Dictionary<string, object> { ["Files"] = new object[] { filename is null ? new { url } : new { url, filename } } },
        });
        return ((string)made["id"]!, Assert.Single(made["fields"]!["Files"]!.AsArray())!);
    }

    async Task<JsonNode?> FilesAsync(string record) => (await installation.Person.GetAsync($"{installation.Table}/{record}"))["fields"]!["Files"];

    /// <summary>Waits for every fetch of the base: which is whose, only the cells tell.</summary>
    async Task<JsonNode> EndAsync(JsonNode entry)
    {
        var jobs = (await installation.Person.GetAsync($"/api/jobs?base={installation.BaseId}&kind=attachment"))["jobs"]!.AsArray();
        JsonNode? newest = null;
        foreach (var job in jobs)
        {
            var end = await installation.Person.EndOfAsync(job!);
            newest ??= end;
        }
        return newest ?? throw new InvalidOperationException($"There is no job for {entry.ToJsonString()}");
    }
}

/// <summary>As it is unless somebody allows it: nothing of this machine's own network is fetched.</summary>
[Collection(OnStandalone.Name)]
public sealed class PrivateAddressOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_private_address_is_refused()
    {
        var sheet = await Sheet.CreateAsync(installation);
        // The installation itself is there and would answer.
        foreach (var host in (string[])["127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "2130706433", "0x7f000001"])
        {
            var record = await sheet.AddAsync("Things", $$"""{"Files":[{"url":"http://{{host}}:{{installation.Apis[0].Port}}/alive"}]}""");
            var job = await sheet.Person.EndOfAsync((await sheet.OkAsync("GET", $"/api/jobs?base={sheet.BaseId}&kind=attachment"))["jobs"]![0]!);
            Assert.Equal(("failed", "attachment-address-refused"), ((string)job["state"]!, (string)job["error"]!["code"]!));
            Assert.Null((await sheet.FieldsAsync("Things", record))["Files"]);
        }
    }
}
