using System.Collections.Frozen;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;

namespace PyBase.Core.Views;

/// <summary>The ways to look at a table, and what each lets people choose (<c>options</c> of its settings).</summary>
public static class ViewTypes
{
    const int MaxText = 10_000;

    // What an option holds: a field, of some kind or any, several fields, a text, an address, a moment, true or false, a list of its own, or one of the words.
    const string AField = "field", ADate = "date", ANumber = "number", ALink = "link", ASelfLink = "selfLink", SomeFields = "fields", AText = "text", AUrl = "url", AMoment = "moment",
        AFlag = "flag", FormFields = "formFields", RollUps = "rollUps";
    const string Sizes = "small|medium|large", Scales = "day|week|month|quarter|year";

    static readonly FrozenDictionary<string, FrozenDictionary<string, string>> All = new Dictionary<string, FrozenDictionary<string, string>>
    {
        ["grid"] = Options(),
        ["kanban"] = Options(("stackField", AField), ("coverField", AField), ("cardFields", SomeFields), ("hideEmptyStacks", AFlag), ("cardSize", Sizes)),
        ["calendar"] = Options(("dateField", AField), ("endDateField", AField), ("titleField", AField), ("colorField", AField), ("defaultMode", "month|week|day")),
        ["gallery"] = Options(("coverField", AField), ("cardFields", SomeFields), ("cardSize", Sizes), ("coverFit", "cover|contain")),
        ["form"] = Options(("title", AText), ("description", AText), ("submitText", AText), ("successMessage", AText), ("redirectUrl", AUrl), ("showBranding", AFlag),
            ("coverImageUrl", AUrl), ("requiredFields", SomeFields), ("fields", FormFields), ("closed", AFlag), ("closedText", AText), ("openUntil", AMoment)),
        ["gantt"] = Options(("startField", ADate), ("endField", ADate), ("dependencyField", ASelfLink), ("progressField", ANumber), ("titleField", AField), ("colorField", AField),
            ("timeScale", Scales), ("showDependencies", AFlag)),
        ["timeline"] = Options(("startField", ADate), ("endField", ADate), ("groupField", AField), ("titleField", AField), ("colorField", AField), ("timeScale", Scales)),
        // A table of parts that is linked to itself, or one of lines, each of which links a parent to a part.
        ["bomTree"] = Options(("linkField", ASelfLink), ("parentField", ALink), ("partField", ALink), ("quantityField", ANumber), ("rollUps", RollUps), ("showTotals", AFlag)),
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
        return type == "bomTree" ? LinksOf(table, options) : null;
    }

    /// <summary>A tree goes by one link of parts to parts, or by the two of a line.</summary>
    static Error? LinksOf(Table table, JsonElement options)
    {
        Field? named(string name) => table.Find(options.GetText(name) ?? "");
        static string? linked(Field? field) => (field?.Type as MultipleRecordLinks)?.LinkedTableId;
        var (link, parent, part) = (named("linkField"), named("parentField"), named("partField"));
        return link is not null ? (parent ?? part) is null ? null : Neither()
            : parent is not null && part is not null && parent.Id != part.Id && linked(parent) == linked(part) ? null : Neither();

        static Error Neither() => ViewErrors.InvalidSettings("a tree has a linkField, or a parentField and a partField that link to the same table");
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
            case ADate or ANumber or ALink or ASelfLink when value.ValueKind is JsonValueKind.String && table.Find(value.GetString()!) is { } field && IsOf(holds, field, table):
                json.WriteStringValue(field.Id);
                return null;
            case ADate or ANumber:
                return $"a {holds} field of the table";
            case ALink:
                return "a link field of the table";
            case ASelfLink:
                return "a field of the table that links to the table itself";
            case FormFields:
                return Forms.FormField.Write(json, table, value);
            case RollUps:
                return WriteRollUps(json, table, value);
            case AMoment when value.ValueKind is JsonValueKind.String && value.TryGetDateTimeOffset(out var moment):
                json.WriteStringValue(moment.ToUniversalTime());
                return null;
            case AMoment:
                return "a moment such as 2026-11-27T18:00:00Z";
            case AUrl when value.ValueKind is JsonValueKind.String && value.GetString() is { Length: <= 2_000 } text && Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http":
                json.WriteStringValue(text);
                return null;
            case AUrl:
                return "an address that begins with https:// or http://";
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

    static bool IsOf(string holds, Field field, Table table) => holds switch
    {
        ADate => field.Type is { Column: ColumnType.Date or ColumnType.Instant } or { Value: { Kind: ValueKind.Date or ValueKind.Instant, IsList: false } },
        ANumber => field.Type is { Column: ColumnType.Number } or { Value: { Kind: ValueKind.Number, IsList: false } },
        _ => field.Type is MultipleRecordLinks link && (holds == ALink || link.LinkedTableId == table.Id),
    };

    /// <summary><c>[{"field":"Mass","function":"sum","byQuantity":true}]</c></summary>
    static string? WriteRollUps(Utf8JsonWriter json, Table table, JsonElement value)
    {
        const string Rule = "a list of at most 20 roll-ups, each with a number field, sum, min, max or count as function, and byQuantity where it counts each part as often as it is used";
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > 20)
            return Rule;
        json.WriteStartArray();
        foreach (var item in value.EnumerateArray())
        {
            if (table.Find(item.GetText("field") ?? "") is not { } field || !IsOf(ANumber, field, table) || item.GetText("function") is not ("sum" or "min" or "max" or "count"))
                return Rule;
            json.WriteStartObject();
            json.WriteString("field", field.Id);
            json.WriteString("function", item.GetText("function"));
            json.WriteBoolean("byQuantity", item.GetFlag("byQuantity") is true);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        return null;
    }

    static FrozenDictionary<string, string> Options(params (string Name, string Holds)[] options) => options.ToFrozenDictionary(o => o.Name, o => o.Holds);
}
