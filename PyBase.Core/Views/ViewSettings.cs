using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Core.Views;

/// <summary>
/// How a view shows its table. Kept as JSON with fields and choices by id, and read against the table as it is now: what names a field that is gone is passed
/// over. A list request that names the view takes its filter and its order.
/// </summary>
/// <param name="Json">As stored; null when nothing was ever set.</param>
public sealed record ViewSettings(string? Json)
{
    const int MaxJson = 256 << 10, MaxCollapsed = 1_000, MaxColours = 50;

    static readonly string[] Heights = ["short", "medium", "tall", "extraTall"];
    static readonly string[] Flags = ["wrapCells", "showRowNumbers", "highlightRowsOnHover"];

    /// <summary>Everything, as it is.</summary>
    public static readonly ViewSettings None = new((string?)null);

    // Parsed at the first use and kept: the definitions it is part of live long.
    readonly Lazy<JsonElement> root = new(() => Json is null ? default : JsonSerializer.Deserialize<JsonElement>(Json));

    /// <summary>The settings as JSON.</summary>
    public JsonElement Root => root.Value;

    /// <summary>Which records it shows; null for all.</summary>
    public Filter? Filter(Table table) =>
        Root.TryGet("filter", out var filter) && new FilterScope(table, TimeZoneInfo.Utc, IsStored: true).Read(filter).TryGet(out var read, out _) ? read : null;

    /// <summary>Its order: groups first, then sorts.</summary>
    public IReadOnlyList<Sort> Order(Table table) => [.. Groups(table).Concat(Sorts(table, "sorts")).DistinctBy(s => s.Field.Id).Take(Sort.MaxKeys)];

    /// <summary>What its groups have in common, outermost first.</summary>
    public IReadOnlyList<Sort> Groups(Table table) => Sorts(table, "groups");

    /// <summary>The fields it shows, in its order. One that it does not mention, being newer, comes last.</summary>
    public IReadOnlyList<Field> Fields(Table table)
    {
        if (!Root.TryGetList("fields", out var items))
            return table.Fields;
        var known = items.Select(i => (Field: table.Find(i.GetText("field") ?? ""), Hidden: i.GetFlag("hidden") ?? false)).Where(i => i.Field is not null).ToArray();
        return [.. known.Where(k => !k.Hidden).Select(k => k.Field!), .. table.Fields.Where(f => known.All(k => k.Field != f))];
    }

    Sort[] Sorts(Table table, string name) => !Root.TryGetList(name, out var items) ? []
        : [.. items.Select(i => Sort.Plan(table, i.GetText("field") ?? "", i.GetText("direction"))).Where(s => s.IsOk).Select(s => s.Value)];

    /// <summary>These settings with those of <paramref name="changes"/>: a property replaces the one of the same name, null takes it away.</summary>
    public Result<ViewSettings> With(JsonElement changes, string type, Table table)
    {
        if (changes.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return this;
        if (changes.ValueKind is not JsonValueKind.Object)
            return ViewErrors.InvalidSettings("settings is an object");
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (Root.ValueKind is JsonValueKind.Object)
                foreach (var kept in Root.EnumerateObject().Where(p => !changes.TryGetProperty(p.Name, out _)))
                    kept.WriteTo(json);
            foreach (var change in changes.EnumerateObject().Where(p => p.Value.ValueKind is not JsonValueKind.Null))
            {
                json.WritePropertyName(change.Name);
                if (Write(json, change.Name, change.Value, type, table) is { } error)
                    return error;
            }
            json.WriteEndObject();
        }
        return buffer.Length > MaxJson ? ViewErrors.InvalidSettings($"they are longer than {MaxJson >> 10} KB") : new ViewSettings(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    static Error? Write(Utf8JsonWriter json, string name, JsonElement value, string type, Table table)
    {
        switch (name)
        {
            case "filter":
                if (!new FilterScope(table, TimeZoneInfo.Utc).Read(value).TryGet(out var filter, out var error) && error is not null)
                    return error;
                (filter ?? new Queries.Filter.Group(true, [])).Write(json);
                return null;
            case "sorts":
                return WriteList(json, name, value, Sort.MaxKeys, item => WriteSort(json, item, table));
            case "groups":
                return WriteList(json, name, value, AggregateQuery.MaxLevels, item => WriteSort(json, item, table));
            case "fields":
                return WriteList(json, name, value, TableSpec.MaxFields, item => WriteField(json, item, table));
            case "rowHeight" when value.ValueKind is JsonValueKind.String && Heights.Contains(value.GetString()):
                json.WriteStringValue(value.GetString());
                return null;
            case "rowHeight":
                return ViewErrors.InvalidSettings($"rowHeight is one of {string.Join(", ", Heights)}");
            case "frozenFields" when value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var frozen) && frozen is >= 0 and <= 20:
                json.WriteNumberValue(frozen);
                return null;
            case "frozenFields":
                return ViewErrors.InvalidSettings("frozenFields is 0 to 20");
            case "colors":
                return WriteList(json, name, value, MaxColours, item => WriteColour(json, item, table));
            case "options":
                return ViewTypes.Write(json, type, table, value);
            case var flag when Flags.Contains(flag):
                if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
                    return ViewErrors.InvalidSettings($"{flag} is true or false");
                json.WriteBooleanValue(value.GetBoolean());
                return null;
            default:
                return ViewErrors.InvalidSettings($"there is no setting \"{name.Excerpt()}\", but fields, filter, sorts, groups, colors, rowHeight, frozenFields, {string.Join(", ", Flags)}, options");
        }
    }

    static Error? WriteList(Utf8JsonWriter json, string name, JsonElement value, int most, Func<JsonElement, Error?> write)
    {
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > most)
            return ViewErrors.InvalidSettings($"{name} is a list of at most {most}");
        json.WriteStartArray();
        foreach (var item in value.EnumerateArray())
            if (write(item) is { } error)
                return error;
        json.WriteEndArray();
        return null;
    }

    static Error? WriteSort(Utf8JsonWriter json, JsonElement item, Table table)
    {
        if (!Sort.Plan(table, item.GetText("field") ?? "", item.GetText("direction")).TryGet(out var sort, out var error))
            return error;
        json.WriteStartObject();
        json.WriteString("field", sort.Field.Id);
        json.WriteString("direction", sort.Descending ? "desc" : "asc");
        if (item.TryGetList("collapsed", out var collapsed))
        {
            if (collapsed.Count > MaxCollapsed)
                return ViewErrors.InvalidSettings($"collapsed lists at most {MaxCollapsed} groups");
            json.WriteStartArray("collapsed");
            foreach (var key in collapsed)
                key.WriteTo(json);
            json.WriteEndArray();
        }
        json.WriteEndObject();
        return null;
    }

    /// <summary><c>{"color":"redBright","filter":{…}}</c>: the first whose filter a record passes colours it.</summary>
    static Error? WriteColour(Utf8JsonWriter json, JsonElement item, Table table)
    {
        if (!Choice.IsColour(item.GetText("color")))
            return ViewErrors.InvalidSettings("a rule of colors has a color such as redBright or blueLight2, and a filter");
        item.TryGet("filter", out var condition);
        if (!new FilterScope(table, TimeZoneInfo.Utc).Read(condition).TryGet(out var filter, out var error) && error is not null)
            return error;
        json.WriteStartObject();
        json.WriteString("color", item.GetText("color"));
        json.WritePropertyName("filter");
        (filter ?? new Queries.Filter.Group(true, [])).Write(json);
        json.WriteEndObject();
        return null;
    }

    static Error? WriteField(Utf8JsonWriter json, JsonElement item, Table table)
    {
        if (table.Find(item.GetText("field") ?? "") is not { } field)
            return ViewErrors.InvalidSettings($"there is no field \"{(item.GetText("field") ?? "").Excerpt()}\"");
        json.WriteStartObject();
        json.WriteString("field", field.Id);
        if (item.GetFlag("hidden") is true)
            json.WriteBoolean("hidden", true);
        if (item.TryGet("width", out _))
        {
            if (!item.TryGetInt("width", out var width) || width is < 20 or > 5_000)
                return ViewErrors.InvalidSettings("a width is 20 to 5000 pixels");
            json.WriteNumber("width", width);
        }
        if (item.TryGet("aggregate", out _))
        {
            if (!Aggregate.Plan(table, field.Id, item.GetText("aggregate")).TryGet(out var aggregate, out var error))
                return error;
            json.WriteString("aggregate", aggregate.Name);
        }
        json.WriteEndObject();
        return null;
    }

    /// <summary>These settings for somebody for whom some fields are not there: what names one of them is left out.</summary>
    public ViewSettings Without(IReadOnlyCollection<string> fieldIds)
    {
        if (Json is null || !fieldIds.Any(id => Json.Contains(id, StringComparison.Ordinal)))
            return this;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            Copy(json, Root, fieldIds);
        return new ViewSettings(System.Text.Encoding.UTF8.GetString(buffer.ToArray()));
    }

    static void Copy(Utf8JsonWriter json, JsonElement value, IReadOnlyCollection<string> left)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var property in value.EnumerateObject().Where(p => !left.Contains(p.Name) && !Names(p.Value, left) && !IsAbout(p.Value, left)))
                {
                    json.WritePropertyName(property.Name);
                    Copy(json, property.Value, left);
                }
                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in value.EnumerateArray().Where(i => !Names(i, left) && !IsAbout(i, left)))
                    Copy(json, item, left);
                json.WriteEndArray();
                break;
            default:
                value.WriteTo(json);
                break;
        }
    }

    /// <summary>A condition, an order or a group is nothing without its field.</summary>
    static bool IsAbout(JsonElement value, IReadOnlyCollection<string> fieldIds) => value.ValueKind is JsonValueKind.Object && value.EnumerateObject().Any(p => Names(p.Value, fieldIds));

    static bool Names(JsonElement value, IReadOnlyCollection<string> fieldIds) => value.ValueKind is JsonValueKind.String && fieldIds.Any(id => value.GetString()!.Contains(id, StringComparison.Ordinal));

    /// <summary>Two settings are the same when they are stored the same.</summary>
    public bool Equals(ViewSettings? other) => other is not null && Json == other.Json;

    /// <inheritdoc/>
    public override int GetHashCode() => Json?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
