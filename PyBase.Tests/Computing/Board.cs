using System.Net;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Computing;

/// <summary>A base for tests of computed fields, with tables and fields named by what they are.</summary>
public sealed class Board
{
    readonly Dictionary<string, string> ids = [];

    Board(Person person, string baseId) => (Person, BaseId) = (person, baseId);

    public Person Person { get; }

    public string BaseId { get; }

    /// <summary>The id of a table (<c>Parts</c>) or of a field (<c>Parts.Cost</c>).</summary>
    public string this[string name] => ids[name];

    public static async Task<Board> CreateAsync(Installation installation, params string[] tables) => await CreateAsync(await installation.SignUpAsync(), tables);

    public static async Task<Board> CreateAsync(Person person, params string[] tables)
    {
        var baseId = await person.CreateBaseAsync([.. tables.Select(name => (object)new { name, fields = new object[] { new { name = "Name", type = "singleLineText" } } })]);
        var board = new Board(person, baseId);
        foreach (var table in (await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]!.AsArray())
        {
            board.ids[(string)table!["name"]!] = (string)table["id"]!;
            board.ids[$"{(string)table["name"]!}.Name"] = (string)table["primaryFieldId"]!;
        }
        return board;
    }

    /// <summary>A new field; <c>Table.Field</c> names in quotes inside the options stand for their ids.</summary>
    public async Task<JsonNode> AddAsync(string name, string type, string options = "null")
    {
        var answer = await TryAddAsync(name, type, options);
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Json;
    }

    public async Task<Answer> TryAddAsync(string name, string type, string options = "null")
    {
        var (table, field) = (name[..name.IndexOf('.', StringComparison.Ordinal)], name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        var answer = await SendAsync("POST", $"/v0/meta/bases/{BaseId}/tables/{ids[table]}/fields", $$"""{"name":"{{field}}","type":"{{type}}","options":{{WithIds(options)}}}""");
        if (answer.Status != HttpStatusCode.OK)
            return answer;
        ids[name] = (string)answer.Json["id"]!;
        if (type == "multipleRecordLinks")
        {
            // The other end has the name of this table.
            var far = (string)answer.Json["options"]!["linkedTableId"]!;
            var inverse = (string)answer.Json["options"]!["inverseLinkFieldId"]!;
            ids[$"{ids.First(i => i.Value == far).Key}.{table}"] = inverse;
        }
        return answer;
    }

    /// <summary>Other options for a computed field.</summary>
    public Task<Answer> ChangeAsync(string name, string options) =>
        SendAsync("PATCH", $"/v0/meta/bases/{BaseId}/tables/{ids[name[..name.IndexOf('.', StringComparison.Ordinal)]]}/fields/{ids[name]}", $$"""{"options":{{WithIds(options)}}}""");

    /// <summary>New records, each given as JSON of its cells; their ids.</summary>
    public async Task<string[]> RowsAsync(string table, params string[] cells)
    {
        var made = new List<string>();
        foreach (var some in cells.Chunk(1_000))
        {
            var answer = await SendAsync("POST", $"/v0/{BaseId}/{ids[table]}", $$"""{"records":[{{string.Join(',', some.Select(c => $$"""{"fields":{{c}}}"""))}}]}""");
            Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
            made.AddRange(answer.Json["records"]!.AsArray().Select(r => (string)r!["id"]!));
        }
        return [.. made];
    }

    public Task<Answer> SetAsync(string table, string record, string cells) => SendAsync("PATCH", $"/v0/{BaseId}/{ids[table]}/{record}", $$"""{"fields":{{cells}}}""");

    public async Task<JsonNode?> CellAsync(string table, string record, string field) =>
        (await Person.GetAsync($"/v0/{BaseId}/{ids[table]}/{record}"))["fields"]![field];

    public async Task<string> TextAsync(string table, string record, string field) => (await CellAsync(table, record, field))?.ToJsonString() ?? "";

    /// <summary>Waits until the cell is as expected: what is computed behind a transaction comes a moment later.</summary>
    public Task BecomesAsync(string table, string record, string field, string expected) =>
        Wait.UntilAsync(() => TextAsync(table, record, field), now => now == expected, looked: field, wanted: expected);

    public Task<Answer> SendAsync(string method, string path, string? json = null) => Sheet.SendAsync(Person.Client, method, path, json);

    string WithIds(string json)
    {
        foreach (var (name, id) in ids.OrderByDescending(i => i.Key.Length))
            json = json.Replace($"\"{name}\"", $"\"{id}\"", StringComparison.Ordinal);
        return json;
    }
}
