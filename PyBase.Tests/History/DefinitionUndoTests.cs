using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Computing;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.History;

/// <summary>Tables, fields and views go back and forth as records do.</summary>
[Collection(OnStandalone.Name)]
public sealed class DefinitionUndoOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Fields_are_added_renamed_removed_and_all_of_it_undone_and_redone()
    {
        var board = await Board.CreateAsync(installation, "Parts", "Jobs");
        await board.AddAsync("Parts.Cost", "number", """{"precision":2}""");
        var row = (await board.RowsAsync("Parts", """{"Name":"a","Cost":5}"""))[0];
        var states = new List<string> { await LookAsync(board) };
        (string Method, string Path, string? Body)[] steps =
        [
            ("POST", $"tables/{board["Parts"]}/fields", """{"name":"More","type":"number","options":{"precision":0}}"""),
            ("PATCH", $"tables/{board["Parts"]}/fields/{board["Parts.Cost"]}", """{"name":"Price","description":"each"}"""),
            ("POST", $"tables/{board["Parts"]}/fields", """{"name":"Twice","type":"formula","options":{"formula":"{Price} * 2"}}"""),
            ("POST", $"tables/{board["Jobs"]}/fields", $$$"""{"name":"Parts","type":"multipleRecordLinks","options":{"linkedTableId":"{{{board["Parts"]}}}"}}"""),
            ("PATCH", $"tables/{board["Jobs"]}", """{"name":"Orders"}"""),
            ("DELETE", $"tables/{board["Parts"]}/fields/{board["Parts.Cost"]}", null),
            ("POST", "tables", """{"name":"Third","fields":[{"name":"Name","type":"singleLineText"}]}"""),
            ("DELETE", $"tables/{board["Jobs"]}", null),
        ];
        foreach (var (method, path, body) in steps)
        {
            await OkAsync(board, method, $"/v0/meta/bases/{board.BaseId}/{path}", body);
            states.Add(await LookAsync(board));
        }
        for (var n = steps.Length - 1; n >= 0; n--)
        {
            var undone = await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/undo");
            Assert.True((int)undone["leftCount"]! == 0, $"{steps[n]}: {undone.ToJsonString()}");
            Assert.Equal(states[n], await LookAsync(board));
        }
        Assert.Equal("5", await board.TextAsync("Parts", row, "Cost"));
        for (var n = 0; n < steps.Length; n++)
        {
            var redone = await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/redo");
            Assert.True((int)redone["leftCount"]! == 0, $"{steps[n]}: {redone.ToJsonString()}");
            Assert.Equal(states[n + 1], await LookAsync(board));
        }
    }

    [Fact]
    public async Task A_conversion_gives_the_cells_back_that_it_took()
    {
        var board = await Board.CreateAsync(installation, "Parts");
        await board.AddAsync("Parts.Size", "singleLineText");
        var rows = await board.RowsAsync("Parts", """{"Size":"12"}""", """{"Size":"wide"}""", "{}");
        await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/tables/Parts/fields/Size/convert", """{"type":"number","options":{"precision":0}}""");
        Assert.Equal(("12", ""), (await board.TextAsync("Parts", rows[0], "Size"), await board.TextAsync("Parts", rows[1], "Size")));
        await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/undo");
        Assert.Equal(("\"12\"", "\"wide\"", ""), (await board.TextAsync("Parts", rows[0], "Size"), await board.TextAsync("Parts", rows[1], "Size"), await board.TextAsync("Parts", rows[2], "Size")));
        await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/redo");
        Assert.Equal("12", await board.TextAsync("Parts", rows[0], "Size"));
    }

    [Fact]
    public async Task Views_are_undone_too()
    {
        var board = await Board.CreateAsync(installation, "Parts");
        var path = $"/api/bases/{board.BaseId}/tables/Parts/views";
        var view = (string)(await board.SendAsync("POST", path, """{"name":"Second","type":"grid"}""")).Json["id"]!;
        await OkAsync(board, "PATCH", $"{path}/{view}", """{"name":"Other"}""");
        await OkAsync(board, "DELETE", $"{path}/{view}");
        foreach (var expected in (string[])["Other", "Second", ""])
        {
            await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/undo");
            var names = (await OkAsync(board, "GET", path))["views"]!.AsArray().Where(v => (string)v!["id"]! == view).Select(v => (string)v!["name"]!);
            Assert.Equal(expected, names.FirstOrDefault() ?? "");
        }
    }

    [Fact]
    public async Task What_others_have_filled_or_renamed_is_left()
    {
        var board = await Board.CreateAsync(installation, "Parts");
        using var other = await installation.SignUpAsync();
        await board.Person.AddMemberAsync(other, "admin");
        await board.AddAsync("Parts.Size", "singleLineText");
        var row = (await board.RowsAsync("Parts", """{"Name":"a"}"""))[0];
        await OkAsync(board, "PATCH", $"/v0/meta/bases/{board.BaseId}/tables/Parts/fields/{board["Parts.Size"]}", """{"name":"Length"}""");
        await Sheet.SendAsync(other.Client, "PATCH", $"/v0/{board.BaseId}/Parts/{row}", """{"fields":{"Length":"5"}}""");
        await Sheet.SendAsync(other.Client, "PATCH", $"/v0/meta/bases/{board.BaseId}/tables/Parts/fields/{board["Parts.Size"]}", """{"name":"Width"}""");
        for (var n = 0; n < 3; n++)
            Assert.True((int)(await OkAsync(board, "POST", $"/api/bases/{board.BaseId}/undo"))["leftCount"]! > 0);
        Assert.Equal("\"5\"", await board.TextAsync("Parts", row, "Width"));
    }

    /// <summary>Definitions and rows without what follows the clock of writes.</summary>
    static async Task<string> LookAsync(Board board)
    {
        var tables = (await OkAsync(board, "GET", $"/v0/meta/bases/{board.BaseId}/tables"))["tables"]!.AsArray();
        var rows = (await OkAsync(board, "GET", $"/v0/{board.BaseId}/{board["Parts"]}?returnFieldsByFieldId=true"))["records"]!;
        return string.Join('\n', tables.OrderBy(t => (string)t!["id"]!, StringComparer.Ordinal).Select(t => t!.ToJsonString()).Append(rows.ToJsonString()));
    }

    static async Task<JsonNode> OkAsync(Board board, string method, string path, string? json = null)
    {
        var answer = await board.SendAsync(method, path, json);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{method} {path}: {answer.Text}");
        return answer.Json;
    }
}
