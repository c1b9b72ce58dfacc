using System.Text.Json;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Forms;

/// <summary>A condition on an answer given before: simple enough for a page to ask it while somebody types, and the same here when the form is sent.</summary>
/// <param name="Field">Whose answer.</param>
/// <param name="Operator"><c>is</c>, <c>isNot</c>, <c>isAnyOf</c>, <c>isEmpty</c> or <c>isNotEmpty</c>.</param>
/// <param name="Values">Texts, numbers, or choices by id.</param>
public sealed record FormCondition(Field Field, string Operator, IReadOnlyList<string> Values)
{
    const int MaxValues = 100, MaxText = 1_000;

    /// <summary>Null for what is no condition on a field of the table.</summary>
    internal static FormCondition? Read(JsonElement json, Table table)
    {
        if (table.Find(json.GetText("field") ?? "") is not { } field || json.GetText("operator") is not ("is" or "isNot" or "isAnyOf" or "isEmpty" or "isNotEmpty") || json.GetText("operator") is not { } asked)
            return null;
        JsonElement[] given = !json.TryGet("value", out var value) ? [] : value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        var values = given.Select(v => TextOf(field, v)).ToArray();
        var needs = asked is "isEmpty" or "isNotEmpty" ? 0 : asked is "isAnyOf" ? MaxValues : 1;
        return values.Length <= needs && (needs != 1 || values.Length == 1) && values.All(v => v is { Length: <= MaxText }) ? new FormCondition(field, asked, [.. values.OfType<string>()]) : null;
    }

    /// <summary>As it reads back.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("field", Field.Id);
        json.WriteString("operator", Operator);
        if (Values.Count > 0)
        {
            json.WriteStartArray("value");
            foreach (var value in Values)
                json.WriteStringValue(value);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>True when the answers, by field name or id, fulfil it; of several in one answer one is enough.</summary>
    public bool Holds(JsonElement answers)
    {
        var said = answers.TryGet(Field.Id, out var answer) || answers.TryGet(Field.Name, out answer) ? answer : default;
        JsonElement[] items = said.ValueKind is JsonValueKind.Array ? [.. said.EnumerateArray()] : [said];
        var texts = items.Select(item => TextOf(Field, item)).Where(text => text is { Length: > 0 }).ToArray();
        return Operator switch
        {
            // An unticked box is an answer; that it is empty nobody says.
            "isEmpty" => texts.Length == 0,
            "isNotEmpty" => texts.Length > 0,
            "isNot" => !texts.Contains(Values[0]),
            _ => Values.Any(value => texts.Contains(value)),
        };
    }

    /// <summary>An answer as it is compared; null for what has no text.</summary>
    static string? TextOf(Field field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => field.Type is ISelect select && select.Choices.List.FirstOrDefault(c => c.Name == value.GetString()) is { } choice ? choice.Id : value.GetString(),
        JsonValueKind.Number => value.GetDouble().ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Object => value.GetText("id"),
        _ => field.Type is Checkbox ? "false" : null,
    };
}
