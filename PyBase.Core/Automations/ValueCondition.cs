using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace PyBase.Core.Automations;

/// <summary>Conditions of a branch on values that are no cells: <c>[{"value":"{{steps.call.status}}","operator":"is","to":200}]</c>; all have to hold.</summary>
public static class ValueCondition
{
    /// <summary>Whether all hold, with templates put in already; null for an operator that is none.</summary>
    public static bool? AllHold(JsonArray conditions)
    {
        foreach (var condition in conditions)
        {
            if (Holds(condition?["value"], Template.Shown(condition?["operator"]), condition?["to"]) is not { } holds)
                return null;
            if (!holds)
                return false;
        }
        return true;
    }

    static bool? Holds(JsonNode? value, string by, JsonNode? to) => by switch
    {
        "is" => IsSame(value, to),
        "isNot" => !IsSame(value, to),
        "contains" => Contains(value, to),
        "doesNotContain" => !Contains(value, to),
        "isEmpty" => IsEmpty(value),
        "isNotEmpty" => !IsEmpty(value),
        "greaterThan" => Number(value) > Number(to),
        "lessThan" => Number(value) < Number(to),
        _ => null,
    };

    static bool IsSame(JsonNode? value, JsonNode? to) =>
        Number(value) is { } left && Number(to) is { } right ? left == right : value is JsonValue or null && to is JsonValue or null ? Template.Shown(value) == Template.Shown(to) : JsonNode.DeepEquals(value, to);

    static bool Contains(JsonNode? value, JsonNode? to) =>
        value is JsonArray list ? list.Any(item => IsSame(item, to)) : Template.Shown(value).Contains(Template.Shown(to), StringComparison.OrdinalIgnoreCase);

    static bool IsEmpty(JsonNode? value) => value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 } || Template.Shown(value).Length == 0;

    static double? Number(JsonNode? value) => value is JsonValue && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.String
        && double.TryParse(Template.Shown(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
