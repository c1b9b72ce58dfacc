using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Fields;

/// <summary>Somebody's base with one table, made of fields given as JSON; records and requests as JSON too.</summary>
public sealed class OwnTable
{
    static readonly ConditionalWeakTable<Installation, Task<Person>> Somebody = [];

    OwnTable(Person person, string baseId, string id) => (Person, BaseId, Id) = (person, baseId, id);

    public Person Person { get; }

    public string BaseId { get; }

    public string Id { get; }

    public string Path => $"/v0/{BaseId}/{Id}";

    /// <summary>Routes about the table outside Airtable's.</summary>
    public string Own => $"/api/bases/{BaseId}/tables/{Id}";

    /// <summary>A table with a primary field Name, and these, in a base of its own.</summary>
    public static async Task<OwnTable> CreateAsync(Installation installation, params string[] fields)
    {
        Task<Person> somebody;
        lock (Somebody)
            somebody = Somebody.GetValue(installation, i => i.SignUpAsync());
        return await CreateAsync(await somebody, fields);
    }

    /// <summary>The same in the workspace of a given person.</summary>
    public static async Task<OwnTable> CreateAsync(Person person, params string[] fields)
    {
        var baseId = await person.CreateBaseAsync();
        return await AddTableAsync(person, baseId, "Things", fields);
    }

    /// <summary>Another table in the same base.</summary>
    public Task<OwnTable> AddTableAsync(string name, params string[] fields) => AddTableAsync(Person, BaseId, name, fields);

    static async Task<OwnTable> AddTableAsync(Person person, string baseId, string name, string[] fields)
    {
        var answer = await Sheet.SendAsync(person.Client, "POST", $"/v0/meta/bases/{baseId}/tables",
            $$"""{"name":"{{name}}","fields":[{{string.Join(',', fields.Prepend("""{"name":"Name","type":"singleLineText"}"""))}}]}""");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return new OwnTable(person, baseId, (string)answer.Json["id"]!);
    }

    public Task<Answer> SendAsync(string method, string path, string? json = null) => Sheet.SendAsync(Person.Client, method, path, json);

    public async Task<JsonNode> OkAsync(string method, string path, string? json = null)
    {
        var answer = await SendAsync(method, path, json);
        Assert.True((int)answer.Status is >= 200 and < 300, $"{method} {path}: {(int)answer.Status} {answer.Text}");
        return answer.Text.Length == 0 ? new JsonObject() : answer.Json;
    }

    /// <summary>A new record; gives its id.</summary>
    public async Task<string> AddAsync(string fields) => (string)(await OkAsync("POST", Path, $$"""{"fields":{{fields}}}"""))["id"]!;

    public Task<Answer> TryAddAsync(string fields, bool typecast = false) => SendAsync("POST", Path, $$"""{"typecast":{{(typecast ? "true" : "false")}},"fields":{{fields}}}""");

    /// <summary>Many records at once.</summary>
    public Task<JsonNode> FillAsync(params string[] records) => OkAsync("POST", Path, $$"""{"typecast":true,"records":[{{string.Join(',', records.Select(r => $$"""{"fields":{{r}}}"""))}}]}""");

    public async Task<JsonNode> FieldsAsync(string id) => (await OkAsync("GET", $"{Path}/{id}"))["fields"]!;

    /// <summary>The definition of a field as the metadata show it.</summary>
    public async Task<JsonNode> DefinitionAsync(string field) => (await TableAsync())["fields"]!.AsArray().Single(f => (string)f!["name"]! == field)!;

    public async Task<JsonNode> TableAsync() =>
        (await OkAsync("GET", $"/v0/meta/bases/{BaseId}/tables"))["tables"]!.AsArray().Single(t => (string)t!["id"]! == Id)!;

    /// <summary>A cell of every record, in order; null for an empty one.</summary>
    public async Task<string> ColumnAsync(string field) =>
        new JsonArray([.. (await Person.ListAsync(BaseId, Id)).Select(r => r["fields"]![field]?.DeepClone())]).ToJsonString(Readable);

    static readonly System.Text.Json.JsonSerializerOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
