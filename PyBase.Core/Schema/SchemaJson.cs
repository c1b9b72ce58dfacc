using System.Text.Json;
using PyBase.Core.Fields;

namespace PyBase.Core.Schema;

/// <summary>Tables, fields and views in the form of Airtable's metadata API.</summary>
public static class SchemaJson
{
    /// <summary><c>{id,name,description?,primaryFieldId,fields,views}</c>; the views with the ids of the fields they show, where these are asked for.</summary>
    public static void Write(this Table table, Utf8JsonWriter json, bool withVisibleFields = false)
    {
        json.WriteStartObject();
        json.WriteString("id", table.Id);
        json.WriteString("name", table.Name);
        if (table.Description is not null)
            json.WriteString("description", table.Description);
        json.WriteString("primaryFieldId", table.PrimaryFieldId);
        json.WriteStartArray("fields");
        foreach (var field in table.Fields)
            field.Write(json);
        json.WriteEndArray();
        json.WriteStartArray("views");
        foreach (var view in table.Views)
            view.Write(json, withVisibleFields ? view.Settings.Fields(table) : null);
        json.WriteEndArray();
        if (table.Unique.Count > 0)
        {
            json.WriteStartArray("constraints");
            foreach (var constraint in table.Unique)
                constraint.Write(json);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary><c>{id,name,type,description?,options?,constraints?}</c></summary>
    public static void Write(this Field field, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", field.Id);
        json.WriteString("name", field.Name);
        json.WriteString("type", field.Type.Name);
        if (field.Description is not null)
            json.WriteString("description", field.Description);
        if (field.ShowsOptions && field.Type.Options is { } options)
        {
            json.WritePropertyName("options");
            options(json);
        }
        if (field.Constraints != Constraints.FieldConstraints.None)
        {
            json.WritePropertyName("constraints");
            field.Constraints.Write(json);
        }
        json.WriteEndObject();
    }

    /// <summary><c>{id,name,type,personalForUserId?,visibleFieldIds?}</c></summary>
    public static void Write(this View view, Utf8JsonWriter json, IReadOnlyList<Field>? visible = null)
    {
        json.WriteStartObject();
        json.WriteString("id", view.Id);
        json.WriteString("name", view.Name);
        json.WriteString("type", view.Type);
        if (view.OwnerId is not null)
            json.WriteString("personalForUserId", view.OwnerId);
        if (visible is not null)
        {
            json.WriteStartArray("visibleFieldIds");
            foreach (var field in visible)
                json.WriteStringValue(field.Id);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    /// <summary>The options as they are stored: as on the wire, and for a link which link table it reads.</summary>
    public static string? StoredOptions(this FieldType type)
    {
        if (type.Options is not { } write)
            return null;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
            write(json);
        var text = System.Text.Encoding.UTF8.GetString(buffer.ToArray());
        return type is MultipleRecordLinks link ? $"{text[..^1]},\"linkTable\":\"{link.LinkTable}\"}}" : text;
    }
}
