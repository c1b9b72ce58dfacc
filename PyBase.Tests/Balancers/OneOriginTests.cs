using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using PyBase.Tests.Support;

namespace PyBase.Tests.Balancers;

/// <summary>The files in <c>deploy/</c>: everything under one address, by TLS and HTTP/2, and nothing kept on the way.</summary>
[Collection(OnCluster.Name)]
public sealed class OneOriginTests(DistributedInstallation installation) : BalancedTests(installation)
{
    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task Everything_is_under_one_address_and_plain_http_leads_there(string balancer)
    {
        var front = await BalancerAsync(balancer);
        using var scene = await SetAsync();
        using var person = scene.Owner.At(front.Address);
        await scene.AddAsync("bolt");

        Assert.Equal("bolt", (string)(await person.ListAsync(scene.Base, scene.Things)).Single()["fields"]!["name"]!);
        Assert.NotNull((await person.GetAsync("/api/auth/me"))["user"]);
        Assert.NotNull((await person.PostAsync("/hubs/tables/negotiate?negotiateVersion=1", new { }))["connectionToken"]);
        Assert.Equal(HttpStatusCode.NotFound, (await person.Client.GetAsync("/metrics", Cancellation)).StatusCode);
        using var web = await person.Client.GetAsync("/", Cancellation);
        Assert.Equal("text/html", web.Content.Headers.ContentType?.MediaType);
        Assert.Contains("max-age", web.Headers.GetValues("Strict-Transport-Security").Single(), StringComparison.Ordinal);
        // What a network of caches in front needs to know: the page is asked for again each time, what it is made of never.
        Assert.Equal("no-cache", web.Headers.CacheControl?.ToString());
        var asset = Regex.Match(await web.Content.ReadAsStringAsync(Cancellation), "/assets/[^\"]+").Value;
        using var part = await person.Client.GetAsync(asset, Cancellation);
        Assert.Equal((HttpStatusCode.OK, "public, max-age=31536000, immutable"), (part.StatusCode, part.Headers.CacheControl?.ToString()));
        Assert.NotNull(part.Headers.ETag);

        using var plain = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var sent = await plain.GetAsync(new Uri(front.PlainAddress, "/join/somewhere?a=b"), Cancellation);
        Assert.Equal(HttpStatusCode.PermanentRedirect, sent.StatusCode);
        Assert.Equal(("https", "/join/somewhere?a=b"), (sent.Headers.Location!.Scheme, sent.Headers.Location.PathAndQuery));
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task Browsers_speak_HTTP_2_and_sessions_are_kept_off_plain_http(string balancer)
    {
        var front = await BalancerAsync(balancer);
        using var person = await Person.SignUpAsync(front.Address);
        using var ask = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        using var answer = await person.Client.SendAsync(ask, Cancellation);
        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (answer.StatusCode, answer.Version));

        using var signUp = await person.Client.PostAsync("/api/auth/sign-up", System.Net.Http.Json.JsonContent.Create(new { email = $"{Guid.NewGuid():N}@example.org", password = "a long enough password", name = "Test Person" }), Cancellation);
        Assert.Contains("; secure", signUp.Headers.GetValues("Set-Cookie").First(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("nginx")]
    [InlineData("haproxy")]
    public async Task An_upload_reaches_the_process_while_it_is_sent_and_lines_come_while_they_are_read(string balancer)
    {
        var front = await BalancerAsync(balancer);
        using var scene = await SetAsync();
        using var person = scene.Owner.At(front.Address);
        var incoming = Directory.CreateDirectory(Path.Combine(Cluster.Files, "incoming")).FullName;
        var before = Directory.GetFiles(incoming).ToHashSet();
        var rest = new TaskCompletionSource();
        using var form = new MultipartFormDataContent { { new SlowFile(rest.Task), "file", "things.csv" } };
        var upload = person.Client.PostAsync($"/api/bases/{scene.Base}/imports", form, Cancellation);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        // Half of it has been sent, and the process has it on its disk.
        while (!Directory.GetFiles(incoming).Any(file => !before.Contains(file) && new FileInfo(file).Length > 1 << 20))
        {
            Assert.False(upload.IsCompleted, "It was answered before it was sent.");
            await Task.Delay(20, patience.Token);
        }
        rest.SetResult();
        var job = await person.EndOfAsync(await Person.ReadAsync(await upload, HttpStatusCode.Accepted));
        Assert.Equal("succeeded", (string)job["state"]!);
        var table = (string)job["result"]!["tables"]![0]!["id"]!;

        using var ask = new HttpRequestMessage(HttpMethod.Get, $"/v0/{scene.Base}/{table}") { Headers = { Accept = { new("application/x-ndjson") }, AcceptEncoding = { new StringWithQualityHeaderValue("identity") } } };
        using var answer = await person.Client.SendAsync(ask, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(Cancellation));
        var count = 0;
        while (await lines.ReadLineAsync(Cancellation) is { } line)
            count += line.Contains("\"fields\"", StringComparison.Ordinal) ? 1 : 0;
        Assert.Equal(SlowFile.Rows, count);
    }

    /// <summary>Some megabytes of rows, the second half when it is wanted.</summary>
    sealed class SlowFile(Task rest) : HttpContent
    {
        public const int Rows = 4_000;

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("name,text\n"u8.ToArray());
            await WriteAsync(stream, 0, Rows / 2);
            await stream.FlushAsync();
            await rest;
            await WriteAsync(stream, Rows / 2, Rows);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        static async Task WriteAsync(Stream stream, int from, int to)
        {
            for (var row = from; row < to; row++)
                await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"row {row},{new string('x', 900)}\n"));
        }
    }
}
