using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Forms;

/// <summary>A question of a form.</summary>
/// <param name="Field">Where the answer goes.</param>
/// <param name="Label">What is asked; null for the field's name.</param>
/// <param name="Help">What stands below it.</param>
/// <param name="IsRequired">It is not passed over, where it is asked at all.</param>
/// <param name="When">It is asked only when all of these hold.</param>
public sealed record FormField(Field Field, string? Label, string? Help, bool IsRequired, IReadOnlyList<FormCondition> When)
{
    const int MaxLabel = 500, MaxHelp = 5_000, MaxConditions = 10;

    const string Rule = "a list of questions, each with a field of its own that can be written, and perhaps label, help, required, and when: conditions on questions before it";

    /// <summary>The question as it is stored; null where its field is gone.</summary>
    public static FormField? Read(JsonElement item, Table table) => table.Find(item.GetText("field") ?? "") is not { Type.IsComputed: false } field ? null
        : new(field, item.GetText("label"), item.GetText("help"), item.GetFlag("required") is true || field.Constraints.Required,
            item.TryGetList("when", out var when) ? [.. when.Select(c => FormCondition.Read(c, table)).OfType<FormCondition>()] : []);

    /// <summary>True when it is asked of whoever gave these answers.</summary>
    public bool IsAsked(JsonElement answers) => When.All(condition => condition.Holds(answers));

    /// <summary>Writes what a client sent, fields by id; null when it is written, else what it should have been.</summary>
    internal static string? Write(Utf8JsonWriter json, Table table, JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > TableSpec.MaxFields)
            return Rule;
        var before = new HashSet<string>();
        json.WriteStartArray();
        foreach (var item in value.EnumerateArray())
        {
            if (table.Find(item.GetText("field") ?? "") is not { Type.IsComputed: false } field || before.Contains(field.Id)
                || item.GetText("label") is { Length: > MaxLabel } || item.GetText("help") is { Length: > MaxHelp })
                return Rule;
            json.WriteStartObject();
            json.WriteString("field", field.Id);
            foreach (var text in (string[])["label", "help"])
                if (item.GetText(text) is { Length: > 0 } said)
                    json.WriteString(text, said.Replace("\0", "", StringComparison.Ordinal));
            json.WriteBoolean("required", item.GetFlag("required") is true);
            if (item.TryGetList("when", out var when) && when.Count > 0)
            {
                var conditions = when.Select(c => FormCondition.Read(c, table)).ToArray();
                if (conditions.Length > MaxConditions || conditions.Any(c => c is null || !before.Contains(c.Field.Id)))
                    return Rule;
                json.WriteStartArray("when");
                foreach (var condition in conditions)
                    condition!.Write(json);
                json.WriteEndArray();
            }
            json.WriteEndObject();
            before.Add(field.Id);
        }
        json.WriteEndArray();
        return null;
    }
}
