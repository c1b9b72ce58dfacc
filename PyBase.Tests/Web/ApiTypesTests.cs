using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PyBase.Tests.Support;

namespace PyBase.Tests.Web;

/// <summary><c>PyBase.Web/src/api/generated.ts</c> is made from <c>/openapi/v1.json</c>; this test makes it, and fails when the file is another one.</summary>
[Collection(InBrowser.Name)]
public sealed class ApiTypesOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task The_types_of_the_web_application_are_those_of_the_description()
    {
        using var person = await installation.SignUpAsync();
        var file = Path.Combine(Repository.Root, "PyBase.Web", "src", "api", "generated.ts");
        var wanted = Types(await person.GetAsync("/openapi/v1.json"));
        if (Environment.GetEnvironmentVariable("PYBASE_WRITE_DOCS") == "1")
            await File.WriteAllTextAsync(file, wanted, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(file) && await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken) == wanted, $"{file} is out of date: PYBASE_WRITE_DOCS=1 eng/test.sh --filter-class '*ApiTypesOnStandaloneTests' writes it anew.");
    }

    static string Types(JsonNode document)
    {
        var text = new StringBuilder("""
            // Made from /openapi/v1.json by ApiTypesTests: PYBASE_WRITE_DOCS=1 eng/test.sh --filter-class '*ApiTypesOnStandaloneTests' writes it anew.


            """);
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject().OrderBy(s => s.Key, StringComparer.Ordinal))
            text.Append(schema!["properties"] is JsonObject ? $"export interface {name} {Type(schema)}\n" : $"export type {name} = {Type(schema)}\n");
        text.Append("\n/** What each route takes and gives. */\nexport interface Routes {\n");
        foreach (var (path, operations) in document["paths"]!.AsObject().OrderBy(p => p.Key, StringComparer.Ordinal))
            foreach (var (method, operation) in operations!.AsObject().OrderBy(o => o.Key, StringComparer.Ordinal))
            {
                var answer = operation!["responses"]!.AsObject().First(r => r.Key is ['2' or '3', ..]).Value!["content"];
                text.Append(CultureInfo.InvariantCulture, $"  '{method.ToUpperInvariant()} {path}': {{ body: {Content(operation["requestBody"]?["content"])}; answer: {Content(answer)} }}\n");
            }
        return text.Append("}\n").ToString();
    }

    static string Content(JsonNode? content) => content?.AsObject() is not { Count: > 0 } media ? "undefined" : media.First().Key switch
    {
        "multipart/form-data" => "FormData",
        "application/json" or "application/problem+json" => Type(media.First().Value!["schema"]),
        "text/csv" => "string",
        _ => "Blob",
    };

    static string Type(JsonNode? schema)
    {
        if (schema?["$ref"] is { } reference)
            return ((string)reference!)["#/components/schemas/".Length..];
        if ((schema?["oneOf"] ?? schema?["anyOf"]) is JsonArray some)
            return string.Join(" | ", some.Select(Type));
        if (schema?["enum"] is JsonArray names)
            return string.Join(" | ", names.Select(name => name is null ? "null" : $"'{name}'"));
        string[] types = schema?["type"] switch
        {
            JsonArray several => [.. several.Select(one => (string)one!)],
            JsonValue one => [(string)one!],
            _ => ["unknown"],
        };
        return string.Join(" | ", types.OrderBy(type => type == "null").Select(type => type switch
        {
            "integer" or "number" => "number",
            "array" => $"{Grouped(Type(schema!["items"]))}[]",
            "object" when schema!["properties"] is JsonObject properties => Members(schema, properties),
            "object" => $"Record<string, {Type(schema!["additionalProperties"] as JsonObject)}>",
            _ => type,
        }));
    }

    static string Grouped(string type) => type.Contains(' ', StringComparison.Ordinal) ? $"({type})" : type;

    static string Members(JsonNode schema, JsonObject properties)
    {
        var needed = schema["required"]?.AsArray().Select(name => (string)name!).ToHashSet() ?? [];
        return $"{{ {string.Join("; ", properties.Select(p => $"{(p.Key.All(c => char.IsAsciiLetterOrDigit(c)) ? p.Key : JsonSerializer.Serialize(p.Key))}{(needed.Contains(p.Key) ? "" : "?")}: {Type(p.Value)}"))} }}";
    }
}
