using System.Text.Json;
using PyBase.Core.Fields;
using PyBase.Core.Queries;
using PyBase.Core.Schema;

namespace PyBase.Core.Shares;

/// <summary>A view as strangers know it: what it hides is, for them, not there.</summary>
/// <param name="Whole">The table.</param>
/// <param name="View">The view of it.</param>
public sealed record SharedView(Table Whole, View View)
{
    // Fields are named in settings by these, alone or in lists of themselves or of objects.
    static readonly string[] Plain = ["rowHeight", "frozenFields", "wrapCells", "showRowNumbers", "highlightRowsOnHover"];

    /// <summary>The table with the visible fields alone: names are resolved by it, so that a question about a hidden field is one about none.</summary>
    public Table Table { get; } = Whole with { Fields = View.Settings.Fields(Whole), Views = [], Unique = [], Release = null };

    /// <summary>Which records there are: those of the view, and of them those of the visitor's filter.</summary>
    public Filter? FilterWith(Filter? own) =>
        View.Settings.Filter(Whole) is not { } filter ? own : own is null ? filter : new Filter.Group(true, [filter, own]);

    /// <summary>The groups of the view down to the first that is hidden.</summary>
    public IReadOnlyList<Sort> Groups => [.. View.Settings.Groups(Whole).TakeWhile(g => Sees(g.Field.Id))];

    /// <summary><c>{id,name,type,description?,options?}</c> of each visible field. What a field is computed from, and where a link leads, is nobody's business.</summary>
    public void WriteFields(Utf8JsonWriter json)
    {
        json.WriteStartArray("fields");
        foreach (var field in Table.Fields)
            Write(json, field);
        json.WriteEndArray();
    }

    /// <summary>A field as strangers know it.</summary>
    public static void Write(Utf8JsonWriter json, Field field)
    {
        json.WriteStartObject();
        json.WriteString("id", field.Id);
        json.WriteString("name", field.Name);
        json.WriteString("type", field.Type.Name);
        if (field.Description is not null)
            json.WriteString("description", field.Description);
        if (field.Type.StoredOptions() is { } stored)
        {
            using var options = JsonDocument.Parse(stored);
            if (field.Type.IsComputed || field.Type is MultipleRecordLinks)
            {
                if (options.RootElement.TryGet("result", out var result))
                {
                    json.WriteStartObject("options");
                    json.WritePropertyName("result");
                    result.WriteTo(json);
                    json.WriteEndObject();
                }
            }
            else
            {
                json.WritePropertyName("options");
                options.RootElement.WriteTo(json);
            }
        }
        json.WriteEndObject();
    }

    /// <summary>The settings without whatever names a hidden field, without the filter, and colours without the conditions that they go by.</summary>
    public void WriteSettings(Utf8JsonWriter json)
    {
        var settings = View.Settings.Root;
        json.WriteStartObject("settings");
        foreach (var name in Plain)
            if (settings.TryGet(name, out var value))
            {
                json.WritePropertyName(name);
                value.WriteTo(json);
            }
        foreach (var name in (string[])["fields", "sorts", "groups"])
            if (settings.TryGetList(name, out var items))
            {
                json.WriteStartArray(name);
                foreach (var item in items.Where(i => i.GetFlag("hidden") is not true && Sees(i.GetText("field"))))
                    Write(json, item, except: "collapsed");
                json.WriteEndArray();
            }
        json.WriteStartObject("options");
        if (settings.TryGet("options", out var options))
            foreach (var option in options.EnumerateObject().Where(o => !o.Value.ToString().StartsWith("fld", StringComparison.Ordinal) || Sees(o.Value.GetString())))
            {
                json.WritePropertyName(option.Name);
                if (option.Value.ValueKind is not JsonValueKind.Array)
                    option.Value.WriteTo(json);
                else
                    WriteSeen(json, option.Value);
            }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>A list of fields, or of objects with one.</summary>
    void WriteSeen(Utf8JsonWriter json, JsonElement list)
    {
        json.WriteStartArray();
        foreach (var item in list.EnumerateArray().Where(i => Sees(i.ValueKind is JsonValueKind.String ? i.GetString() : i.GetText("field"))))
            item.WriteTo(json);
        json.WriteEndArray();
    }

    static void Write(Utf8JsonWriter json, JsonElement item, string except)
    {
        json.WriteStartObject();
        foreach (var property in item.EnumerateObject().Where(p => p.Name != except))
            property.WriteTo(json);
        json.WriteEndObject();
    }

    bool Sees(string? fieldId) => fieldId is not null && Table.Fields.Any(f => f.Id == fieldId);
}
