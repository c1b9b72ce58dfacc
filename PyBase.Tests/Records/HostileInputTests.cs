using System.Net;
using System.Text;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>Input that wants to hurt is refused as input, never an error of the server's.</summary>
[Collection(OnStandalone.Name)]
public sealed class HostileInputTests(StandaloneInstallation installation)
{
    [Theory]
    [InlineData("%00", "Things")]
    [InlineData("{base}", "%00")]
    [InlineData("{base}", "%ED%A0%80")]
    [InlineData("{base}", "%FF")]
    [InlineData("{base}", "Things/rec%00AAAAAAAAAAAAA")]
    [InlineData("{base}", "Things?view=%00")]
    [InlineData("{base}", "Things?fields[]=%00&fields[]=%ED%A0%80")]
    [InlineData("{base}", "Things?offset=%00")]
    [InlineData("{base}", "'; drop schema pybase cascade; --")]
    [InlineData("\"{base}\"", "Things")]
    public async Task An_odd_address_finds_nothing(string baseId, string rest)
    {
        var sheet = await Sheet.SharedAsync(installation);
        var answer = await sheet.SendAsync("GET", $"/v0/{baseId.Replace("{base}", sheet.BaseId, StringComparison.Ordinal)}/{rest}");
        Assert.InRange((int)answer.Status, 400, 422);
    }

    [Theory]
    [InlineData("""{"name":"a\u0000b","fields":[{"name":"\ud800","type":"singleLineText"}]}""", null)]
    [InlineData("""{"name":"\u0000","fields":[{"name":"a","type":"singleLineText"}]}""", "DUPLICATE_TABLE_NAME")]
    [InlineData("""{"name":"   ","fields":[{"name":"a","type":"singleLineText"}]}""", "DUPLICATE_TABLE_NAME")]
    [InlineData("""{"name":5,"fields":[{"name":"a","type":"singleLineText"}]}""", "DUPLICATE_TABLE_NAME")]
    [InlineData("""{"name":"Others","fields":[{"name":"a","type":"singleLineText"}]}""", "DUPLICATE_TABLE_NAME")]
    [InlineData("""{"name":"x"}""", "INVALID_REQUEST_MISSING_FIELDS")]
    [InlineData("""{"name":"x","fields":[]}""", "INVALID_REQUEST_MISSING_FIELDS")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"singleLineText"},{"name":"a","type":"number"}]}""", "DUPLICATE_OR_EMPTY_FIELD_NAME")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"formula"}]}""", "INVALID_FIELD_OPTIONS")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"checkbox"}]}""", "INVALID_PRIMARY_FIELD")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"number","options":{"precision":9}}]}""", "INVALID_FIELD_OPTIONS")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"singleLineText"},{"name":"b","type":"checkbox","options":{"icon":"<svg>"}}]}""", "INVALID_FIELD_OPTIONS")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"singleLineText"},{"name":"b","type":"multipleRecordLinks","options":{"linkedTableId":"tblAAAAAAAAAAAAAA"}}]}""", "INVALID_FIELD_OPTIONS")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"singleLineText"},{"name":"b","type":"singleSelect","options":{"choices":[{"name":"x","id":"selAAAAAAAAAAAAAA"},{"name":"y","id":"selAAAAAAAAAAAAAA"}]}}]}""", "INVALID_FIELD_OPTIONS")]
    [InlineData("""{"name":"x","fields":[{"name":"a","type":"singleLineText"},{"name":"b","type":"singleSelect","options":{"choices":[{"name":"x"},{"name":"x "}]}}]}""", "INVALID_FIELD_OPTIONS")]
    [InlineData("""{"name":"y","fields":[{"name":"a","type":"singleLineText"},{"name":"b","type":"singleSelect","options":{"choices":[{"name":"x\u0000\udfff","color":"\u0000"}]}}]}""", null)]
    public async Task An_odd_definition_is_refused_or_made_sense_of(string body, string? error)
    {
        var sheet = await Sheet.CreateAsync(installation);
        var answer = await sheet.SendAsync("POST", $"/v0/meta/bases/{sheet.BaseId}/tables", body);
        Assert.Equal((error is null ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, error), (answer.Status, error is null ? null : answer.Error));
    }

    [Fact]
    public async Task Definitions_are_bounded()
    {
        var sheet = await Sheet.CreateAsync(installation);
        var tables = $"/v0/meta/bases/{sheet.BaseId}/tables";
        string Fields(int count) => string.Join(',', Enumerable.Range(0, count).Select(n => $$"""{"name":"f{{n}}","type":"singleLineText"}"""));
        string Choices(int count) => string.Join(',', Enumerable.Range(0, count).Select(n => $$"""{"name":"c{{n}}"}"""));
        var name = new string('n', 256);
        (string Path, string Body, string Error)[] requests =
        [
            (tables, $$"""{"name":"{{name}}","fields":[{{Fields(1)}}]}""", "DUPLICATE_TABLE_NAME"),
            (tables, $$"""{"name":"x","fields":[{"name":"{{name}}","type":"number"}]}""", "DUPLICATE_OR_EMPTY_FIELD_NAME"),
            (tables, $$"""{"name":"x","fields":[{{Fields(501)}}]}""", "TOO_MANY_FIELDS"),
            (tables, $$"""{"name":"x","description":"{{new string('d', 20_001)}}","fields":[{{Fields(1)}}]}""", "INVALID_REQUEST_UNKNOWN"),
            ($"{tables}/Others/fields", $$$"""{"name":"s","type":"singleSelect","options":{"choices":[{{{Choices(10_001)}}}]}}""", "INVALID_FIELD_OPTIONS"),
            ("/v0/meta/bases", $$"""{"name":"x","workspaceId":"{{sheet.Person.WorkspaceId}}","tables":[{{string.Join(',', Enumerable.Repeat("{}", 51))}}]}""", "TOO_MANY_TABLES"),
            ("/v0/meta/bases", """{"name":"x","workspaceId":"\u0000"}""", "INVALID_PERMISSIONS_OR_MODEL_NOT_FOUND"),
        ];
        foreach (var (path, body, error) in requests)
            Assert.Equal(error, (await sheet.SendAsync("POST", path, body)).Error);

        await sheet.OkAsync("POST", tables, $$"""{"name":"Full","fields":[{{Fields(500)}}]}""");
        Assert.Equal("TOO_MANY_FIELDS", (await sheet.SendAsync("POST", $"{tables}/Full/fields", """{"name":"one more","type":"number"}""")).Error);
        Assert.Equal("TOO_MANY_FIELDS", (await sheet.SendAsync("POST", $"{tables}/Others/fields", $$$"""{"name":"link","type":"multipleRecordLinks","options":{"linkedTableId":"{{{(string)(await sheet.OkAsync("GET", tables))["tables"]![2]!["id"]!}}}"}}""")).Error);
        var wide = string.Join(',', Enumerable.Range(0, 500).Select(n => $"\"f{n}\":\"{Guid.NewGuid()}{Guid.NewGuid()}\""));
        Assert.Equal("RECORD_TOO_WIDE", (await sheet.SendAsync("POST", sheet.PathOf("Full"), $$$"""{"fields":{{{{wide}}}}}""")).Error);
    }

    [Fact]
    public async Task A_body_that_is_too_large_or_no_text_is_refused()
    {
        var sheet = await Sheet.SharedAsync(installation);
        // Asks before it sends: a client that does not may see the connection closed under its hands.
        var large = await sheet.SendAsync("POST", sheet.PathOf("Things"), $$$"""{"fields":{"Name":"{{{new string('x', 33 << 20)}}}"}}""", ("Expect", "100-continue"));
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "REQUEST_TOO_LARGE"), (large.Status, large.Error));
        Assert.Equal("INVALID_REQUEST_BODY", (await sheet.SendAsync("POST", sheet.PathOf("Things"), $$$"""{"fields":{"Name":{{{new string('[', 200)}}}{{{new string(']', 200)}}}}}""")).Error);
        Assert.Equal("UNKNOWN_FIELD_NAME", (await sheet.SendAsync("POST", sheet.PathOf("Things"), """{"fields":{"\ud800":1}}""")).Error);
        var named = await sheet.SendAsync("POST", sheet.PathOf("Things"), $$$"""{"fields":{"{{{new string('n', 1 << 20)}}}":1}}""");
        Assert.True(named.Error == "UNKNOWN_FIELD_NAME" && named.Text.Length < 1_000);
        using var bytes = new ByteArrayContent(Encoding.Latin1.GetBytes("""{"fields":{"Name":"Größe"}}"""));
        using var latin = await sheet.Person.Client.PostAsync(sheet.PathOf("Things"), bytes, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, latin.StatusCode);
        using var marked = new ByteArrayContent([0xEF, 0xBB, 0xBF, .. """{"fields":{"Name":"Größe"}}"""u8]);
        using var read = await sheet.Person.Client.PostAsync(sheet.PathOf("Things"), marked, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, read.StatusCode);
    }
}
