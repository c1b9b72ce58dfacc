using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>What strangers send: a clear answer or a finding on the job, no rows, no temporary files.</summary>
public abstract class BadDropTests(Installation installation)
{
    [Theory]
    [InlineData("letter.stp", "This is a letter.", "not-a-step-file")]
    [InlineData("empty.stp", "", "empty-file")]
    [InlineData("data.json", "{\"a\":1", "json-broken")]
    [InlineData("house.ifc", "ISO-10303-21;HEADER;FILE_SCHEMA(('IFC4'));ENDSEC;DATA;#1=IFCWALL('0000000000000000000020',$,'W',$,$,$,$,'tag',.SOLIDWALL.);", "file-truncated")]
    [InlineData("house.ifczip", "PK\u0003\u0004 and nothing that an archive has", "archive-broken")]
    [InlineData("letter.dxf", "This is a letter.", "not-a-dxf-file")]
    [InlineData("plan.dxf", "  0\nSECTION\n  2\nENTITIES\n  0\nTEXT\n  8\n0\n  1\nA\n", "file-truncated")]
    [InlineData("empty.dxf", "", "empty-file")]
    [InlineData("nothing.xyz", "\u0001\u0002\u0003", "unsupported-format")]
    public async Task What_cannot_be_read_fails_with_the_reason(string name, string content, string code)
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var job = await person.EndOfAsync(await person.DropAsync(baseId, name, Encoding.UTF8.GetBytes(content)));
        await FailedWith(person, baseId, job, code);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.8)]
    [InlineData(0.99)]
    public async Task A_truncated_file_fails_as_a_whole(double share)
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var whole = Samples.Read("gearbox.stp");
        var job = await person.EndOfAsync(await person.DropAsync(baseId, "gearbox.stp", whole[..(int)(whole.Length * share)]));
        await FailedWith(person, baseId, job, "file-truncated");
    }

    [Fact]
    public async Task Two_gigabytes_announced_and_ten_bytes_sent_is_refused_at_once()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var answer = await SendRawAsync(person, baseId, announced: 2L << 30, "0123456789", waitForAnswer: true);
        Assert.StartsWith("HTTP/1.1 413", answer, StringComparison.Ordinal);
        Assert.Contains("file-too-large", answer, StringComparison.Ordinal);
        await NothingIsLeft(person, baseId);
    }

    [Fact]
    public async Task A_connection_cut_in_the_middle_leaves_nothing()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        const string Start = "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.stp\"\r\n\r\nISO-10303-21;";
        await SendRawAsync(person, baseId, announced: 100_000_000, Start + new string('x', 1_000_000), waitForAnswer: false);
        await NothingIsLeft(person, baseId);
    }

    [Theory]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"other\"\r\n\r\nx\r\n--b--\r\n", 422, "no-file")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nno headers at all", 400, "upload-broken")]
    [InlineData("multipart/form-data", "--b--", 415, "not-multipart")]
    [InlineData("application/json", "{}", 415, "not-multipart")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"options\"\r\n\r\n{broken\r\n--b--\r\n", 422, "invalid-options")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"options\"\r\n\r\n{\"import\":\"later\"}\r\n--b--\r\n", 422, "invalid-options")]
    public async Task A_form_that_is_none_is_a_clear_problem(string contentType, string body, int status, string code)
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        using var content = new StringContent(body);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        var problem = await Person.ReadAsync(await person.Client.PostAsync($"/api/bases/{baseId}/extractions", content, TestContext.Current.CancellationToken), (HttpStatusCode)status);
        Assert.Equal(($"urn:pybase:{code}", code), ((string)problem["type"]!, (string)problem["code"]!));
        await NothingIsLeft(person, baseId);
    }

    [Fact]
    public async Task A_hundred_and_one_files_are_too_many()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        using var form = new MultipartFormDataContent();
        for (var i = 0; i <= 100; i++)
            form.Add(new ByteArrayContent([1]), "file", $"{i}.stp");
        using var answer = await person.Client.PostAsync($"/api/bases/{baseId}/extractions", form, TestContext.Current.CancellationToken);
        Assert.Equal("too-many-files", (string)(await Person.ReadAsync(answer, HttpStatusCode.UnprocessableEntity))["code"]!);
        await NothingIsLeft(person, baseId);
    }

    [Fact]
    public async Task An_answer_says_what_a_browser_may_do_with_it()
    {
        using var person = await installation.SignUpAsync();
        using var page = await person.Client.GetAsync("/join/some-secret", TestContext.Current.CancellationToken);
        using var data = await person.Client.GetAsync("/api/auth/me", TestContext.Current.CancellationToken);
        foreach (var answer in (HttpResponseMessage[])[page, data])
        {
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }
        Assert.True(data.Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task A_name_with_a_path_is_a_name()
    {
        using var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync();
        var job = await person.DropAsync(baseId, "..\\..\\etc/passwd\u0007.stp", Samples.Read("gearbox.stp"));
        Assert.Equal("passwd.stp", (string)job["file"]!["name"]!);
    }

    [Fact]
    public async Task A_stranger_sees_neither_the_base_nor_its_jobs()
    {
        using var person = await installation.SignUpAsync();
        using var stranger = await installation.SignUpAsync(1);
        var baseId = await person.CreateBaseAsync();
        var job = await person.DropAsync(baseId, Samples.Path("gearbox.stp"));
        using var form = new MultipartFormDataContent { { new ByteArrayContent([1]), "file", "a.stp" } };
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.Client.PostAsync($"/api/bases/{baseId}/extractions", form, TestContext.Current.CancellationToken)).StatusCode);
        foreach (var path in (string[])[$"/api/jobs/{(string)job["id"]!}", "/api/jobs/jobAAAAAAAAAAAAAA"])
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Client.PostAsync($"/api/jobs/{(string)job["id"]!}/cancel", null, TestContext.Current.CancellationToken)).StatusCode);
    }

    async Task FailedWith(Person person, string baseId, JsonNode job, string code)
    {
        Assert.Equal(("failed", code), ((string)job["state"]!, (string)job["error"]!["code"]!));
        Assert.Contains(job["findings"]!.AsArray(), f => (string)f!["code"]! == code && (string)f["severity"]! == "error");
        await NothingIsLeft(person, baseId);
    }

    /// <summary>No tables, and within a moment (the server notices a cut connection a little later) no upload under way.</summary>
    async Task NothingIsLeft(Person person, string baseId)
    {
        Assert.Empty((await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray());
        var incoming = Path.Combine(installation.Files, "incoming");
        for (var i = 0; Directory.Exists(incoming) && Directory.EnumerateFiles(incoming).Any(); i++)
        {
            Assert.True(i < 100, "an upload that broke off is still there");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A request as no HTTP library sends it.</summary>
    static async Task<string> SendRawAsync(Person person, string baseId, long announced, string body, bool waitForAnswer)
    {
        using var socket = new TcpClient();
        var api = person.Client.BaseAddress!;
        await socket.ConnectAsync(api.Host, api.Port, TestContext.Current.CancellationToken);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /api/bases/{baseId}/extractions HTTP/1.1\r\nHost: {api.Authority}\r\nAuthorization: Bearer {person.Token}\r\n" +
            $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {announced}\r\n\r\n{body}"), TestContext.Current.CancellationToken);
        if (!waitForAnswer)
            return "";
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        while (!answer.ToString().Contains("\"code\"", StringComparison.Ordinal) && await stream.ReadAsync(buffer, patience.Token) is > 0 and var read)
            answer.Append(Encoding.UTF8.GetString(buffer, 0, read));
        return answer.ToString();
    }
}

[Collection(OnStandalone.Name)]
public sealed class BadDropOnStandaloneTests(StandaloneInstallation installation) : BadDropTests(installation);

[Collection(OnCluster.Name)]
public sealed class BadDropOnClusterTests(DistributedInstallation installation) : BadDropTests(installation);
