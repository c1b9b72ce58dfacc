using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PyBase.Core.Automations;

/// <summary>
/// Values with places in them: <c>{{trigger.record.fields.Part number}}</c>, <c>{{steps.found.records[0].id}}</c>, <c>{{item["odd.name"]}}</c>. A text that is nothing
/// but a place becomes what stands there, with its type; within a text it is written out. What is not there is nothing.
/// </summary>
public static class Template
{
    const int MaxText = 1_000_000;

    /// <summary>The value with everything put in; a property whose value is a place where nothing is stays, as null.</summary>
    public static JsonNode? Render(JsonNode? value, JsonObject scope) => value switch
    {
        JsonObject item => new JsonObject(item.Select(p => KeyValuePair.Create(p.Key, Render(p.Value, scope)))),
        JsonArray list => new JsonArray([.. list.Select(part => Render(part, scope))]),
        JsonValue text when text.GetValueKind() is JsonValueKind.String => Render(text.GetValue<string>(), scope),
        _ => value?.DeepClone(),
    };

    /// <summary>A text with everything put in.</summary>
    public static JsonNode? Render(string text, JsonObject scope)
    {
        if (text.StartsWith("{{", StringComparison.Ordinal) && text.IndexOf("}}", 2, StringComparison.Ordinal) == text.Length - 2)
            return Find(scope, text[2..^2])?.DeepClone();
        return Written(text, scope, shown => shown);
    }

    /// <summary>The same for an address: what is put in between is escaped, so that it cannot lead elsewhere.</summary>
    public static string RenderUrl(string text, JsonObject scope) =>
        text.StartsWith("{{", StringComparison.Ordinal) ? Written(text[..(text.IndexOf("}}", StringComparison.Ordinal) + 2)], scope, shown => shown) + Written(text[(text.IndexOf("}}", StringComparison.Ordinal) + 2)..], scope, Uri.EscapeDataString)
        : Written(text, scope, Uri.EscapeDataString);

    static string Written(string text, JsonObject scope, Func<string, string> escape)
    {
        var (written, at) = (new StringBuilder(text.Length), 0);
        while (text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open && text.IndexOf("}}", open, StringComparison.Ordinal) is >= 0 and var close)
        {
            written.Append(text, at, open - at).Append(escape(Shown(Find(scope, text[(open + 2)..close]))));
            at = close + 2;
            if (written.Length > MaxText)
                return written.ToString(0, MaxText);
        }
        return written.Append(text, at, text.Length - at).ToString();
    }

    /// <summary>As a person reads it.</summary>
    public static string Shown(JsonNode? value) => value switch
    {
        null => "",
        JsonValue one when one.GetValueKind() is JsonValueKind.String => one.GetValue<string>(),
        JsonArray list when list.All(i => i is JsonValue) => string.Join(", ", list.Select(Shown)),
        JsonObject named when named["name"] is JsonValue name => Shown(name),
        _ => value.ToJsonString(),
    };

    /// <summary>What stands at a place such as <c>data.items[0]["a.b"]</c>; null when nothing does.</summary>
    public static JsonNode? Find(JsonNode? from, string path)
    {
        foreach (var step in Steps(path))
        {
            from = from switch
            {
                JsonObject item => item.TryGetPropertyValue(step, out var value) ? value : null,
                JsonArray list when step is "length" or "count" => JsonValue.Create(list.Count),
                JsonArray list => int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n < list.Count ? list[n] : null,
                _ => null,
            };
            if (from is null)
                return null;
        }
        return from;
    }

    static IEnumerable<string> Steps(string path)
    {
        path = path.Trim();
        for (var at = path.StartsWith('$') ? 1 : 0; at < path.Length;)
        {
            if (path[at] is '.')
                at++;
            else if (path[at] is '[')
            {
                var isQuoted = at + 1 < path.Length && path[at + 1] is '"';
                var end = path.IndexOf(isQuoted ? "\"]" : "]", at + (isQuoted ? 2 : 1), StringComparison.Ordinal);
                if (end < 0)
                {
                    yield return path[at..];
                    yield break;
                }
                yield return path[(at + (isQuoted ? 2 : 1))..end].Trim();
                at = end + (isQuoted ? 2 : 1);
            }
            else
            {
                var end = path.AsSpan(at).IndexOfAny('.', '[') is >= 0 and var length ? at + length : path.Length;
                yield return path[at..end].Trim();
                at = end;
            }
        }
    }
}
