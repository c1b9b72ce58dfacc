using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Records;

/// <summary>What came back, as it came.</summary>
public sealed record Answer(HttpStatusCode Status, string Text, HttpResponseMessage Response)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The type of an error of /v0, which for what does not exist is the bare string.</summary>
    public string? Error => Json["error"] is JsonObject error ? (string?)error["type"] : (string?)Json["error"];

    public string? Header(string name) => Response.Headers.TryGetValues(name, out var values) || Response.Content.Headers.TryGetValues(name, out values) ? string.Join("; ", values) : null;
}

/// <summary>Somebody's base with a table of every field type, <c>Things</c>, linked to <c>Others</c>.</summary>
public sealed class Sheet
{
    static readonly ConditionalWeakTable<Installation, Task<Sheet>> Shared = [];

    Sheet(Person person, string baseId, string things, string others) => (Person, BaseId, Things, Others) = (person, baseId, things, others);

    public Person Person { get; }

    public string BaseId { get; }

    public string Things { get; }

    public string Others { get; }

    /// <summary>One for all tests that only add records.</summary>
    public static Task<Sheet> SharedAsync(Installation installation)
    {
        lock (Shared)
            return Shared.GetValue(installation, CreateAsync);
    }

    public static async Task<Sheet> CreateAsync(Installation installation)
    {
        var person = await installation.SignUpAsync();
        var baseId = await person.CreateBaseAsync(new { name = "Others", fields = new object[] { new { name = "Name", type = "singleLineText" } } });
        var others = (string)(await person.GetAsync($"/v0/meta/bases/{baseId}/tables"))["tables"]![0]!["id"]!;
        var things = await person.PostAsync($"/v0/meta/bases/{baseId}/tables", new
        {
            name = "Things",
            fields = new object[]
            {
                new { name = "Name", type = "singleLineText" }, new { name = "Notes", type = "multilineText" }, new { name = "Count", type = "number", options = new { precision = 1 } },
                new { name = "Done", type = "checkbox" }, new { name = "State", type = "singleSelect", options = new { choices = new[] { new { name = "Open" }, new { name = "Closed" } } } },
                new { name = "Day", type = "date" }, new { name = "Files", type = "multipleAttachments" },
                new { name = "Links", type = "multipleRecordLinks", options = new { linkedTableId = others } },
                new { name = "Rich", type = "richText" }, new { name = "Mail", type = "email" }, new { name = "Web", type = "url" }, new { name = "Phone", type = "phoneNumber" },
                new { name = "Share", type = "percent", options = new { precision = 1 } }, new { name = "Price", type = "currency", options = new { precision = 2, symbol = "€" } },
                new { name = "Stars", type = "rating", options = new { icon = "star", max = 5, color = "yellowBright" } },
                new { name = "Time", type = "duration", options = new { durationFormat = "h:mm" } }, new { name = "Lap", type = "duration", options = new { durationFormat = "h:mm:ss.S" } },
                new { name = "Tags", type = "multipleSelects", options = new { choices = new[] { new { name = "red" }, new { name = "green, light" } } } },
                new { name = "Code", type = "barcode" },
                new { name = "When", type = "dateTime", options = new { dateFormat = new { name = "iso" }, timeFormat = new { name = "24hour" }, timeZone = "Europe/Zurich" } },
                new { name = "Moment", type = "dateTime", options = new { dateFormat = new { name = "us" }, timeFormat = new { name = "12hour" }, timeZone = "client" } },
            },
        });
        return new Sheet(person, baseId, (string)things["id"]!, others);
    }

    public string PathOf(string table) => $"/v0/{BaseId}/{table}";

    /// <summary>Sends anything; <paramref name="json"/> is the body as it stands.</summary>
    public Task<Answer> SendAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers) =>
        SendAsync(Person.Client, method, path, json, headers);

    public static async Task<Answer> SendAsync(HttpClient client, string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (json is not null)
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        var response = await client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>A new record of a table, with the cells given as JSON.</summary>
    public async Task<string> AddAsync(string table, string fields) =>
        (string)(await OkAsync("POST", PathOf(table), $$"""{"fields":{{fields}}}"""))["id"]!;

    public async Task<JsonNode> FieldsAsync(string table, string id) => (await OkAsync("GET", $"{PathOf(table)}/{id}"))["fields"]!;

    public async Task<JsonNode> OkAsync(string method, string path, string? json = null)
    {
        var answer = await SendAsync(method, path, json);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{method} {path}: {(int)answer.Status} {answer.Text}");
        return answer.Json;
    }

    public static void Same(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), $"expected {expected}\nbut was  {actual?.ToJsonString() ?? "null"}");
}
