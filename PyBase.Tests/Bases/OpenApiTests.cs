using System.Text.Json.Nodes;
using PyBase.Tests.Records;
using PyBase.Tests.Support;

namespace PyBase.Tests.Bases;

/// <summary><c>/openapi/v1.json</c> is whole enough for types to be made of it.</summary>
[Collection(OnStandalone.Name)]
public sealed class OpenApiOnStandaloneTests(StandaloneInstallation installation)
{
    /// <summary>They write without being told anything.</summary>
    static readonly string[] Bodiless =
    [
        "signOut", "askConfirmation", "renewDirectoryToken", "RefreshWebhook", "ReviseRecord", "RestoreBase", "CancelJob", "RetryJob", "LoadSampleBase", "DrainQueue", "RetryMail",
        "PressButton", "RetryAutomationRun", "CreateAutomationHook", "RedeliverWebhook", "DuplicateDashboard", "MakeSnapshot", "Unsubscribe",
    ];

    [Fact]
    public async Task Every_route_says_what_it_does_what_it_takes_and_what_it_gives()
    {
        var document = await (await Sheet.SharedAsync(installation)).OkAsync("GET", "/openapi/v1.json");
        Assert.StartsWith("3.1", (string)document["openapi"]!, StringComparison.Ordinal);
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Where(o => o.Value is JsonObject { } value && value.ContainsKey("responses"))
            .Select(o => (Name: $"{o.Key.ToUpperInvariant()} {path.Key}", Operation: o.Value!))).ToList();
        Assert.Equal(operations.Count, operations.Select(o => (string)o.Operation["operationId"]!).Distinct().Count());
        Assert.Empty(operations.Where(o => string.IsNullOrEmpty((string?)o.Operation["summary"])).Select(o => o.Name));
        Assert.Empty(Bodiless.Except(operations.Select(o => (string)o.Operation["operationId"]!)));
        // SCIM is described by its standard.
        foreach (var (name, operation) in operations.Where(o => !o.Name.Contains(" /scim/", StringComparison.Ordinal)))
        {
            var (status, answer) = operation["responses"]!.AsObject().Single(r => r.Key is ['2' or '3', ..]);
            Assert.True(status is "204" or "202" or "302" && answer!["content"] is null || IsWhole(answer!["content"]?.AsObject().Single().Value!["schema"], document), $"{name} does not say what it gives.");
            Assert.True(IsWhole(operation["responses"]!["default"]?["content"]?.AsObject().Single().Value!["schema"], document), $"{name} does not say how it refuses.");
            if (name.StartsWith('P') && !Bodiless.Contains((string)operation["operationId"]!))
                Assert.True(IsWhole(operation["requestBody"]?["content"]?.AsObject().Single().Value!["schema"], document), $"{name} does not say what it takes.");
        }
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
