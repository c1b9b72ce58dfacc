using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Bases;

/// <summary><c>/openapi/v1.json</c> is whole enough for types to be made of it.</summary>
[Collection(OnStandalone.Name)]
public sealed class OpenApiOnStandaloneTests(StandaloneInstallation installation)
{
    [Fact]
    public async Task Every_route_says_what_it_does_and_every_route_of_v0_what_it_takes_and_gives()
    {
        var document = await (await Sheet.SharedAsync(installation)).OkAsync("GET", "/openapi/v1.json");
        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Where(o => o.Value is JsonObject { } value && value.ContainsKey("responses"))
            .Select(o => (Name: $"{o.Key.ToUpperInvariant()} {path.Key}", Operation: o.Value!))).ToList();
        Assert.Equal(operations.Count, operations.Select(o => (string)o.Operation["operationId"]!).Distinct().Count());
        Assert.Empty(operations.Where(o => string.IsNullOrEmpty((string?)o.Operation["summary"])).Select(o => o.Name));
        var v0 = operations.Where(o => o.Name.Contains(" /v0/", StringComparison.Ordinal)).ToList();
        Assert.Empty(v0.Where(o => !IsWhole(o.Operation["responses"]!["200"]?["content"]?["application/json"]?["schema"], document)).Select(o => $"{o.Name} does not say what it gives."));
        Assert.Empty(v0.Where(o => o.Name.StartsWith('P') && !o.Name.EndsWith("/refresh", StringComparison.Ordinal) && !IsWhole(o.Operation["requestBody"]?["content"]?.AsObject().First().Value!["schema"], document))
            .Select(o => $"{o.Name} does not say what it takes."));
        // Each reference leads somewhere.
        foreach (var reference in References(document))
            Assert.NotNull(document["components"]!["schemas"]![reference["#/components/schemas/".Length..]]);
    }

    static bool IsWhole(JsonNode? schema, JsonNode document) => schema is not null
        && (schema["$ref"] is { } reference ? document["components"]!["schemas"]![((string)reference!)["#/components/schemas/".Length..]] is { } component && component["type"] is not null : schema["type"] is not null);

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject many => many.SelectMany(property => property is { Key: "$ref", Value: JsonValue value } ? [(string)value!] : References(property.Value)),
        JsonArray list => list.SelectMany(References),
        _ => [],
    };
}
