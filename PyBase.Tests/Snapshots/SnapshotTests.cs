using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Computing;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Snapshots;

/// <summary>A base goes into a file and comes out the same; one that was tampered with changes nothing. Copies are the same with other ids.</summary>
[Collection(OnStandalone.Name)]
public sealed class SnapshotOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task A_base_is_put_back_with_the_same_ids_and_cells()
    {
        var (board, _) = await FilledAsync();
        var before = await LookAsync(board, board.BaseId);
        var comment = (await OkAsync(board, "GET", $"/v0/{board.BaseId}/Parts"))["records"]![0]!["id"]!;
        await OkAsync(board, "POST", $"/v0/{board.BaseId}/Parts/{comment}/comments", """{"text":"said"}""");
        var snapshot = await SnapshotAsync(board);
        await OkAsync(board, "DELETE", $"/v0/meta/bases/{board.BaseId}/tables/Jobs");
        await OkAsync(board, "DELETE", $"/v0/{board.BaseId}/Parts/{comment}");
        await board.RowsAsync("Parts", """{"Name":"later"}""");
        await OkAsync(board, "DELETE", $"/v0/meta/bases/{board.BaseId}/tables/Parts/fields/{board["Parts.Cost"]}");

        var restored = await PostAsync(board, $"/api/bases/{board.BaseId}/snapshot/restore", snapshot);
        Assert.True(restored.Status == HttpStatusCode.OK, restored.Text);
        Assert.Equal(4, (int)restored.Json["records"]!);
        Same(before, await LookAsync(board, board.BaseId));
        Assert.Single((await OkAsync(board, "GET", $"/v0/{board.BaseId}/Parts/{comment}/comments"))["comments"]!.AsArray());
        // It goes on from there: numbers, links and computed cells.
        var parts = await board.RowsAsync("Parts", """{"Name":"new","Cost":10}""");
        var job = await board.RowsAsync("Jobs", $$"""{"Name":"new","Parts":["{{parts[0]}}"]}""");
        Assert.Equal(("10", "20"), (await board.TextAsync("Jobs", job[0], "Sum"), await board.TextAsync("Parts", parts[0], "Double")));
        Assert.Single((await OkAsync(board, "GET", $"/v0/{board.BaseId}/Parts/{parts[0]}"))["fields"]!["Jobs"]!.AsArray());
    }

    [Fact]
    public async Task A_new_base_of_a_snapshot_is_the_same_with_other_ids()
    {
        var (board, rows) = await FilledAsync();
        var made = await PostAsync(board, $"/api/workspaces/{board.Person.WorkspaceId}/snapshots?name=Again", await SnapshotAsync(board));
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        await CopiedAsync(board, (string)made.Json["id"]!, rows);
        var copy = await board.SendAsync("POST", $"/api/bases/{board.BaseId}/duplicate", "{}");
        Assert.True(copy.Status == HttpStatusCode.Created, copy.Text);
        await CopiedAsync(board, (string)copy.Json["id"]!, rows);
        var empty = await board.SendAsync("POST", $"/api/bases/{board.BaseId}/duplicate", """{"withRecords":false,"name":"Empty"}""");
        Assert.Empty((await OkAsync(board, "GET", $"/v0/{(string)empty.Json["id"]!}/Parts"))["records"]!.AsArray());
    }

    [Fact]
    public async Task A_table_is_copied_beside_itself()
    {
        var (board, rows) = await FilledAsync();
        var made = await board.SendAsync("POST", $"/api/bases/{board.BaseId}/tables/Parts/duplicate", "{}");
        Assert.True(made.Status == HttpStatusCode.Created, made.Text);
        Assert.Equal("Parts copy", (string)made.Json["name"]!);
        var records = (await OkAsync(board, "GET", $"/v0/{board.BaseId}/Parts copy"))["records"]!.AsArray();
        Assert.Equal(["a", "b", "c"], records.Select(r => (string)r!["fields"]!["Name"]!));
        Assert.Equal(["2", "4", ""], records.Select(r => r!["fields"]!["Double"]?.ToJsonString() ?? ""));
        Assert.Empty(records.Select(r => (string)r!["id"]!).Intersect(rows));
        // Links within the table go between the copies, others to the same records.
        Assert.Equal((string)records[1]!["id"]!, (string)records[0]!["fields"]!["Next"]![0]!);
        Assert.Single(records[0]!["fields"]!["Jobs"]!.AsArray());
        // It is one step, and can be undone.
        var undone = await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/undo");
        Assert.True((int)undone["leftCount"]! == 0, undone.ToJsonString());
        Assert.Equal(["Parts", "Jobs"], (await OkAsync(board, "GET", $"/v0/meta/bases/{board.BaseId}/tables"))["tables"]!.AsArray().Select(t => (string)t!["name"]!));
    }

    [Fact]
    public async Task What_is_cut_or_changed_is_refused_before_anything_is_touched()
    {
        var (board, _) = await FilledAsync();
        var before = await LookAsync(board, board.BaseId);
        var snapshot = await SnapshotAsync(board);
        var text = Unpack(snapshot);
        var lines = text.TrimEnd('\n').Split('\n');
        (string What, byte[] Body, string Code)[] broken =
        [
            ("half of the file", snapshot[..(snapshot.Length / 2)], "snapshot-not-whole"),
            ("nothing", [], "snapshot-not-whole"),
            ("no archive", "hello"u8.ToArray(), "snapshot-not-whole"),
            ("without its end", Pack(string.Join('\n', lines[..^1]) + "\n"), "snapshot-not-whole"),
            ("a changed cell", Pack(text.Replace("\"a\"", "\"x\"", StringComparison.Ordinal)), "snapshot-not-whole"),
            ("a line less", Pack(string.Join('\n', lines.Where((_, n) => n != 3)) + "\n"), "snapshot-not-whole"),
            ("something behind the end", Pack(text + "{}\n"), "snapshot-not-whole"),
            ("an id that is SQL", Pack(Signed(text.Replace(board["Parts.Cost"], "fld\\\" drop --   ", StringComparison.Ordinal))), "snapshot-does-not-fit"),
            ("a row of no number", Pack(Signed(text.Replace("\"_number\": 1,", "\"_number\": \"x\",", StringComparison.Ordinal))), "snapshot-does-not-fit"),
            ("another base", Pack(Signed(text.Replace(board.BaseId, "appAAAAAAAAAAAAAA", StringComparison.Ordinal))), "snapshot-of-another-base"),
        ];
        foreach (var (what, body, code) in broken)
        {
            var answer = await PostAsync(board, $"/api/bases/{board.BaseId}/snapshot/restore", body);
            Assert.True((string?)answer.Json["code"] == code, $"{what}: {answer.Text}");
        }
        Same(before, await LookAsync(board, board.BaseId));
    }

    async Task<(Board Board, string[] Rows)> FilledAsync()
    {
        var board = await Board.CreateAsync(installation, "Parts", "Jobs");
        await board.AddAsync("Parts.Cost", "number", """{"precision":2}""");
        await board.AddAsync("Parts.Double", "formula", """{"formula":"IF({Cost}, {Cost} * 2)"}""");
        await board.AddAsync("Parts.State", "singleSelect", """{"choices":[{"name":"Open"},{"name":"Closed"}]}""");
        await board.AddAsync("Jobs.Parts", "multipleRecordLinks", """{"linkedTableId":"Parts"}""");
        await board.AddAsync("Jobs.Sum", "rollup", """{"recordLinkFieldId":"Jobs.Parts","fieldIdInLinkedTable":"Parts.Cost","formula":"SUM(values)"}""");
        await OkAsync(board, "POST", $"/v0/meta/bases/{board.BaseId}/tables/Parts/fields", $$$"""{"name":"Next","type":"multipleRecordLinks","options":{"linkedTableId":"{{{board["Parts"]}}}"}}""");
        await OkAsync(board, "POST", $"/v0/meta/bases/{board.BaseId}/tables/Parts/fields", """{"name":"No","type":"singleLineText","constraints":{"unique":true}}""");
        var rows = await board.RowsAsync("Parts", """{"Name":"a","Cost":1,"State":"Open"}""", """{"Name":"b","Cost":2,"State":"Closed"}""", """{"Name":"c","No":"3"}""");
        await board.SetAsync("Parts", rows[0], $$"""{"Next":["{{rows[1]}}","{{rows[2]}}"]}""");
        await board.RowsAsync("Jobs", $$"""{"Name":"j","Parts":["{{rows[1]}}","{{rows[0]}}"]}""");
        return (board, rows);
    }

    static async Task CopiedAsync(Board board, string copy, string[] rows)
    {
        Assert.NotEqual(board.BaseId, copy);
        var records = (await OkAsync(board, "GET", $"/v0/{copy}/Parts"))["records"]!.AsArray();
        Assert.Equal(["a", "b", "c"], records.Select(r => (string)r!["fields"]!["Name"]!));
        Assert.Equal(["2", "4", ""], records.Select(r => r!["fields"]!["Double"]?.ToJsonString() ?? ""));
        Assert.Equal(["Open", "Closed", null], records.Select(r => (string?)r!["fields"]!["State"]));
        Assert.Empty(records.Select(r => (string)r!["id"]!).Intersect(rows));
        Assert.Equal([(string)records[1]!["id"]!, (string)records[2]!["id"]!], records[0]!["fields"]!["Next"]!.AsArray().Select(n => (string)n!));
        var job = (await OkAsync(board, "GET", $"/v0/{copy}/Jobs"))["records"]![0]!;
        Assert.Equal(3, (int)job["fields"]!["Sum"]!);
        Assert.Equal((string)job["id"]!, (string)records[0]!["fields"]!["Jobs"]![0]!);
        var twice = await board.SendAsync("POST", $"/v0/{copy}/Parts", """{"fields":{"No":"3"}}""");
        Assert.True(twice.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict, twice.Text);
    }

    static async Task<JsonNode> LookAsync(Board board, string baseId) => new JsonObject
    {
        ["tables"] = (await OkAsync(board, "GET", $"/v0/meta/bases/{baseId}/tables"))["tables"]!.DeepClone(),
        ["parts"] = (await OkAsync(board, "GET", $"/v0/{baseId}/Parts"))["records"]!.DeepClone(),
        ["jobs"] = (await OkAsync(board, "GET", $"/v0/{baseId}/Jobs"))["records"]!.DeepClone(),
    };

    static void Same(JsonNode expected, JsonNode actual) => Sheet.Same(expected.ToJsonString(), actual);

    static async Task<byte[]> SnapshotAsync(Board board) => await board.Person.Client.GetByteArrayAsync($"/api/bases/{board.BaseId}/snapshot", TestContext.Current.CancellationToken);

    static async Task<Answer> PostAsync(Board board, string path, byte[] body)
    {
        var response = await board.Person.Client.PostAsync(path, new ByteArrayContent(body), TestContext.Current.CancellationToken);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response);
    }

    static async Task<JsonNode> OkAsync(Board board, string method, string path, string? json = null)
    {
        var answer = await board.SendAsync(method, path, json);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{method} {path}: {answer.Text}");
        return answer.Json;
    }

    static string Unpack(byte[] packed)
    {
        using var reader = new StreamReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress));
        return reader.ReadToEnd();
    }

    static byte[] Pack(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }

    /// <summary>As a forger would, who knows the form.</summary>
    static string Signed(string text)
    {
        var lines = text.TrimEnd('\n').Split('\n')[..^1];
        var body = string.Concat(lines.Select(l => l + "\n"));
        return body + new JsonObject { ["end"] = new JsonObject { ["lines"] = lines.Length, ["records"] = 0, ["sha256"] = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(body))) } }.ToJsonString() + "\n";
    }
}
