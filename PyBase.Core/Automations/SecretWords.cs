using System.Text.Json;
using System.Text.Json.Nodes;

namespace PyBase.Core.Automations;

/// <summary>Takes secrets out of what is kept about a run: their values wherever they stand, and whatever a header or property of a telling name holds.</summary>
public sealed class SecretWords(IReadOnlyCollection<string> secrets)
{
    const string Mask = "•••";

    /// <summary>Shorter ones would hide every other word.</summary>
    const int Shortest = 4;

    static readonly string[] Telling = ["authorization", "cookie", "password", "secret", "token", "apikey", "api-key", "api_key"];

    /// <summary>The same without them.</summary>
    public JsonNode? Hide(JsonNode? value) => value switch
    {
        JsonObject item => new JsonObject(item.Select(p => KeyValuePair.Create(p.Key, p.Value is JsonValue && Tells(p.Key) ? JsonValue.Create(Mask) : Hide(p.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Hide)]),
        JsonValue text when text.GetValueKind() is JsonValueKind.String => JsonValue.Create(Hide(text.GetValue<string>())),
        _ => value?.DeepClone(),
    };

    /// <summary>The same of a text.</summary>
    public string Hide(string text)
    {
        foreach (var secret in secrets)
            if (secret.Length >= Shortest)
                text = text.Replace(secret, Mask, StringComparison.Ordinal).Replace(Uri.EscapeDataString(secret), Mask, StringComparison.Ordinal);
        return text;
    }

    static bool Tells(string name) => Telling.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
