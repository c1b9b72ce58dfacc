using System.Buffers;
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

    /// <summary>What a step's name has in brackets and quotes only.</summary>
    static readonly SearchValues<char> Quoted = SearchValues.Create(".[]{}\"");

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

    static string Written(string text, JsonObject scope, Func<string, string> escape) => Replaced(text, path => escape(Shown(Find(scope, path))));

    /// <summary>The text with other paths in its places.</summary>
    internal static string Rewritten(string text, Func<string, string> path) => Replaced(text, was => $"{{{{{path(was)}}}}}");

    static string Replaced(string text, Func<string, string> put)
    {
        var (written, at) = (new StringBuilder(text.Length), 0);
        while (text.IndexOf("{{", at, StringComparison.Ordinal) is >= 0 and var open && text.IndexOf("}}", open, StringComparison.Ordinal) is >= 0 and var close)
        {
            written.Append(text, at, open - at).Append(put(text[(open + 2)..close]));
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
        foreach (var (_, step) in Steps(path))
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

    /// <summary>The steps of a path, each with where it stands: with the dot before it or in its brackets.</summary>
    internal static IEnumerable<(Range Place, string Name)> Steps(string path)
    {
        var (at, length) = (path.Length - path.TrimStart().Length, path.TrimEnd().Length);
        at += at < length && path[at] is '$' ? 1 : 0;
        for (var from = at; at < length; from = at)
        {
            if (path[at] is '.')
                at++;
            if (at < length && path[at] is '[')
            {
                var isQuoted = at + 1 < length && path[at + 1] is '"';
                var end = path.IndexOf(isQuoted ? "\"]" : "]", at + (isQuoted ? 2 : 1), StringComparison.Ordinal);
                if (end < 0)
                {
                    yield return (from..length, path[at..length]);
                    yield break;
                }
                var begin = at + (isQuoted ? 2 : 1);
                at = end + (isQuoted ? 2 : 1);
                yield return (from..at, path[begin..end].Trim());
            }
            else
            {
                var begin = at;
                at = path.AsSpan(at, length - at).IndexOfAny('.', '[') is >= 0 and var size ? at + size : length;
                if (at > begin)
                    yield return (from..at, path[begin..at].Trim());
            }
        }
    }

    /// <summary>A step as it is written behind others; null for a name that no path can hold.</summary>
    internal static string? Step(string name) =>
        name.Trim() != name || name.Length == 0 || name.Contains("\"]", StringComparison.Ordinal) || name.Contains("}}", StringComparison.Ordinal) ? null
        : name.AsSpan().ContainsAny(Quoted) ? $"[\"{name}\"]" : $".{name}";
}
