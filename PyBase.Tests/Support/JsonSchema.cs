using System.Text.Json;
using System.Text.Json.Nodes;

namespace PyBase.Tests.Support;

/// <summary>Whether JSON is what an OpenAPI document says it is; a property that the document does not know is a fault too.</summary>
public sealed class JsonSchema(JsonNode document)
{
    public IEnumerable<string> Faults(JsonNode? schema, JsonNode? value, string at = "$")
    {
        if (schema?["$ref"] is { } reference)
            return Faults(document["components"]!["schemas"]![((string)reference!)["#/components/schemas/".Length..]] ?? throw new InvalidOperationException($"{reference} leads nowhere."), value, at);
        if ((schema?["oneOf"] ?? schema?["anyOf"]) is JsonArray some)
            return some.Any(one => !Faults(one, value, at).Any()) ? [] : [$"{at} is none of {some.ToJsonString()}: {value?.ToJsonString() ?? "null"}"];
        if (schema?["type"] is not { } type)
            return schema?["enum"] is JsonArray names && !names.Any(name => JsonNode.DeepEquals(name, value)) ? [$"{at} is not in {names.ToJsonString()}"] : [];
        string[] types = type is JsonArray several ? [.. several.Select(one => (string)one!)] : [(string)type!];
        if (!types.Contains(TypeOf(value)) && !(TypeOf(value) == "integer" && types.Contains("number")))
            return [$"{at} is no {string.Join(" or ", types)}: {value?.ToJsonString() ?? "null"}"];
        return value switch
        {
            JsonArray items => items.SelectMany((item, n) => Faults(schema!["items"], item, $"{at}[{n}]")),
            JsonObject members => Members(schema!, members, at),
            _ => [],
        };
    }

    IEnumerable<string> Members(JsonNode schema, JsonObject members, string at)
    {
        foreach (var needed in schema["required"]?.AsArray() ?? [])
            if (!members.ContainsKey((string)needed!))
                yield return $"{at} lacks {needed}";
        if (schema["properties"] is not JsonObject known)
            yield break;
        foreach (var (name, value) in members)
        {
            if (known[name] is not { } property)
                yield return $"{at} has {name}, which the document does not know";
            else
                foreach (var fault in Faults(property, value, $"{at}.{name}"))
                    yield return fault;
        }
    }

    static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        null or JsonValueKind.Null => "null",
        JsonValueKind.String => "string",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        JsonValueKind.Object => "object",
        _ => value.ToJsonString().AsSpan().IndexOfAny('.', 'e', 'E') < 0 ? "integer" : "number",
    };
}
