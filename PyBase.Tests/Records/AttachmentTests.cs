using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>Files in cells: they come back as they went in, to those who hold the link, and to nobody as a page of this site.</summary>
public abstract class AttachmentTests(Installation installation)
{
    [Fact]
    public async Task An_uploaded_file_is_behind_its_link()
    {
        var sheet = await Sheet.SharedAsync(installation);
        var id = await sheet.AddAsync(sheet.Things, "{}");
        var answer = await UploadAsync(sheet, id, "Files", "Zeichnung ä\"b\n.html", "text/html", "<script>alert(1)</script>");
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        var cell = Assert.Single(answer.Json["fields"]!.AsObject()).Value![0]!;
        Assert.Equal(("Zeichnung ä\"b\n.html", 25, "text/html"), ((string)cell["filename"]!, (int)cell["size"]!, (string)cell["type"]!));

        using var anybody = new HttpClient();
        using var file = await anybody.GetAsync((string)cell["url"]!, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "<script>alert(1)</script>"), (file.StatusCode, await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(("nosniff", "attachment"), (file.Headers.GetValues("X-Content-Type-Options").Single(), file.Content.Headers.ContentDisposition!.DispositionType));
        Assert.Contains("sandbox", file.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        var url = (string)cell["url"]!;
        foreach (var tampered in (string[])[url[..^1] + (url[^1] == 'A' ? 'B' : 'A'), url[..^10], url[..(url.LastIndexOf('/') + 1)] + "%ff", url[..(url.LastIndexOf('/') + 1)] + (string)cell["id"]!])
            Assert.Equal(HttpStatusCode.NotFound, (await anybody.GetAsync(tampered, TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Uploads_append_and_a_write_keeps_those_it_names()
    {
        var sheet = await Sheet.SharedAsync(installation);
        var id = await sheet.AddAsync(sheet.Things, """{"Name":"drawing"}""");
        foreach (var name in (string[])["a.txt", "b.txt", "c.txt"])
            await UploadAsync(sheet, id, "Files", name, "text/plain", name);
        var files = (await sheet.FieldsAsync(sheet.Things, id))["Files"]!.AsArray();
        Assert.Equal(["a.txt", "b.txt", "c.txt"], Names(files));
        var (a, c) = ((string)files[0]!["id"]!, (string)files[2]!["id"]!);
        var kept = await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", $$$"""{"fields":{"Files":[{"id":"{{{c}}}"},{"id":"{{{a}}}"},{"id":"{{{c}}}"}]}}""");
        Assert.Equal(["c.txt", "a.txt"], Names(kept["fields"]!["Files"]!.AsArray()));
        Assert.Null((await sheet.OkAsync("PATCH", $"{sheet.PathOf("Things")}/{id}", """{"fields":{"Files":[]}}"""))["fields"]!["Files"]);

        var other = await Sheet.CreateAsync(installation);
        var foreign = await other.SendAsync("POST", other.PathOf("Things"), $$$"""{"fields":{"Files":[{"id":"{{{a}}}"}]}}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "ATTACHMENTS_FAILED_UPLOADING"), (foreign.Status, foreign.Error));
    }

    [Theory]
    [InlineData("text/plain\r\nSet-Cookie: a=b", "application/octet-stream")]
    [InlineData("größe", "application/octet-stream")]
    [InlineData("", "application/octet-stream")]
    [InlineData("model/step", "model/step")]
    public async Task A_content_type_is_one_or_is_unknown(string given, string served)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await UploadAsync(sheet, await sheet.AddAsync(sheet.Things, "{}"), "Files", "x", given, "x");
        using var anybody = new HttpClient();
        using var file = await anybody.GetAsync((string)Assert.Single(answer.Json["fields"]!.AsObject()).Value![0]!["url"]!, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, served), (file.StatusCode, file.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task An_upload_to_nowhere_is_refused()
    {
        var sheet = await Sheet.SharedAsync(installation);
        var id = await sheet.AddAsync(sheet.Things, "{}");
        Assert.Equal("NOT_FOUND", (await UploadAsync(sheet, "recAAAAAAAAAAAAAA", "Files", "x", "a/b", "x")).Error);
        Assert.Equal("INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND", (await UploadAsync(sheet, id, "Name", "x", "a/b", "x")).Error);
        Assert.Equal("INVALID_REQUEST_UNKNOWN", (await UploadAsync(sheet, id, "Files", "", "a/b", "x")).Error);
        Assert.Equal("INVALID_REQUEST_UNKNOWN", (await sheet.SendAsync("POST", $"/v0/{sheet.BaseId}/{id}/Files/uploadAttachment", """{"filename":"x","file":"not base64!"}""")).Error);
        Assert.Equal("INVALID_REQUEST_UNKNOWN", (await UploadAsync(sheet, id, "Files", "x", "a/b", new string('x', (5 << 20) + 1))).Error);
        Assert.Empty((await sheet.FieldsAsync(sheet.Things, id)).AsObject());
    }

    static Task<Answer> UploadAsync(Sheet sheet, string record, string field, string filename, string contentType, string content) =>
        sheet.SendAsync("POST", $"/v0/{sheet.BaseId}/{record}/{field}/uploadAttachment", JsonSerializer.Serialize(new { filename, contentType, file = Convert.ToBase64String(Encoding.UTF8.GetBytes(content)) }));

    static IEnumerable<string> Names(JsonArray cell) => cell.Select(f => (string)f!["filename"]!);
}

[Collection(OnStandalone.Name)]
public sealed class AttachmentOnStandaloneTests(StandaloneInstallation installation) : AttachmentTests(installation);

[Collection(OnCluster.Name)]
public sealed class AttachmentOnClusterTests(DistributedInstallation installation) : AttachmentTests(installation);
