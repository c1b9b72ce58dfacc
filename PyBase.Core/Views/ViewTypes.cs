using System.Collections.Frozen;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Views;

/// <summary>The ways to look at a table, and what each lets people choose (<c>options</c> of its settings).</summary>
public static class ViewTypes
{
    const int MaxText = 10_000;

    // What an option holds: a field, several fields, a text, true or false, or one of the words.
    const string AField = "field", SomeFields = "fields", AText = "text", AFlag = "flag";
    const string Sizes = "small|medium|large", Scales = "day|week|month|quarter|year";

    static readonly FrozenDictionary<string, FrozenDictionary<string, string>> All = new Dictionary<string, FrozenDictionary<string, string>>
    {
        ["grid"] = Options(),
        ["kanban"] = Options(("stackField", AField), ("coverField", AField), ("cardFields", SomeFields), ("hideEmptyStacks", AFlag), ("cardSize", Sizes)),
        ["calendar"] = Options(("dateField", AField), ("endDateField", AField), ("titleField", AField), ("colorField", AField), ("defaultMode", "month|week|day")),
        ["gallery"] = Options(("coverField", AField), ("cardFields", SomeFields), ("cardSize", Sizes), ("coverFit", "cover|contain")),
        ["form"] = Options(("title", AText), ("description", AText), ("submitText", AText), ("successMessage", AText), ("redirectUrl", AText), ("showBranding", AFlag),
            ("coverImageUrl", AText), ("requiredFields", SomeFields)),
        ["gantt"] = Options(("startField", AField), ("endField", AField), ("dependencyField", AField), ("progressField", AField), ("colorField", AField), ("timeScale", Scales), ("showDependencies", AFlag)),
        ["timeline"] = Options(("startField", AField), ("endField", AField), ("groupField", AField), ("titleField", AField), ("colorField", AField), ("timeScale", Scales)),
    }.ToFrozenDictionary();

    /// <summary>The names, for messages and documentation.</summary>
    public static IEnumerable<string> Names => All.Keys.Order(StringComparer.Ordinal);

    /// <summary>True for a type of views.</summary>
    public static bool Has(string type) => All.ContainsKey(type);

    /// <summary>Writes the options of a view of the type, fields by id, as an object; an error when one is unknown or wrong.</summary>
    internal static Error? Write(Utf8JsonWriter json, string type, Table table, JsonElement options)
    {
        if (options.ValueKind is not JsonValueKind.Object)
            return ViewErrors.InvalidSettings("options is an object");
        json.WriteStartObject();
        foreach (var option in options.EnumerateObject())
        {
            if (!All[type].TryGetValue(option.Name, out var holds))
                return ViewErrors.InvalidSettings($"a view of type {type} has no option \"{option.Name.Excerpt()}\"{(All[type].Count == 0 ? "" : $", but {string.Join(", ", All[type].Keys.Order(StringComparer.Ordinal))}")}");
            if (option.Value.ValueKind is JsonValueKind.Null)
                continue;
            json.WritePropertyName(option.Name);
            if (Write(json, table, holds, option.Value) is { } rule)
                return ViewErrors.InvalidSettings($"{option.Name} is {rule}");
        }
        json.WriteEndObject();
        return null;
    }

    /// <summary>Null when it is written, else what it should have been.</summary>
    static string? Write(Utf8JsonWriter json, Table table, string holds, JsonElement value)
    {
        switch (holds)
        {
            case AField when value.ValueKind is JsonValueKind.String && table.Find(value.GetString()!) is { } field:
                json.WriteStringValue(field.Id);
                return null;
            case AField:
                return "a field of the table";
            case SomeFields when value.ValueKind is JsonValueKind.Array && value.GetArrayLength() <= TableSpec.MaxFields
                && value.EnumerateArray().All(v => v.ValueKind is JsonValueKind.String && table.Find(v.GetString()!) is not null):
                json.WriteStartArray();
                foreach (var id in value.EnumerateArray().Select(v => table.Find(v.GetString()!)!.Id).Distinct())
                    json.WriteStringValue(id);
                json.WriteEndArray();
                return null;
            case SomeFields:
                return "a list of fields of the table";
            case AText when value.ValueKind is JsonValueKind.String && value.GetString()!.Length <= MaxText:
                json.WriteStringValue(value.GetString()!.Replace("\0", "", StringComparison.Ordinal));
                return null;
            case AText:
                return $"a text of at most {MaxText} characters";
            case AFlag when value.ValueKind is JsonValueKind.True or JsonValueKind.False:
                json.WriteBooleanValue(value.GetBoolean());
                return null;
            case AFlag:
                return "true or false";
            case var words when value.ValueKind is JsonValueKind.String && words.Split('|').Contains(value.GetString()):
                json.WriteStringValue(value.GetString());
                return null;
            default:
                return $"one of {holds.Replace("|", ", ", StringComparison.Ordinal)}";
        }
    }

    static FrozenDictionary<string, string> Options(params (string Name, string Holds)[] options) => options.ToFrozenDictionary(o => o.Name, o => o.Holds);
}
