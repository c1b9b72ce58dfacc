using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;

namespace PyBase.Core.Schema;

/// <summary>A table as somebody asks for it.</summary>
public sealed record TableSpec(string Name, string? Description, IReadOnlyList<FieldSpec> Fields)
{
    /// <summary>Longest name of a base, table, field or view, in characters.</summary>
    public const int MaxName = 255;

    /// <summary>Most fields of a table in one request.</summary>
    public const int MaxFields = 500;

    /// <summary>From the body of a metadata request.</summary>
    public static Result<TableSpec> Read(JsonElement json)
    {
        var name = json.GetText("name")?.Trim() ?? "";
        if (name.Length is 0 or > MaxName)
            return SchemaErrors.TableNameTaken("");
        if (!json.TryGetList("fields", out var items) || items.Count is 0 or > MaxFields)
            return SchemaErrors.NoFields;
        var fields = new List<FieldSpec>(items.Count);
        foreach (var item in items)
        {
            if (!FieldSpec.Read(item).TryGet(out var field, out var error))
                return error;
            if (fields.Any(f => f.Name == field.Name))
                return FieldErrors.NameTaken(field.Name);
            fields.Add(field);
        }
        return new TableSpec(name, json.GetText("description"), fields);
    }
}

/// <summary>A field as somebody asks for it; <paramref name="InverseName"/> names the field that a link gets at its other end.</summary>
public sealed record FieldSpec(string Name, string Type, JsonElement Options = default, string? Description = null, string? InverseName = null)
{
    /// <summary>From the body of a metadata request.</summary>
    public static Result<FieldSpec> Read(JsonElement json)
    {
        var name = json.GetText("name")?.Trim() ?? "";
        if (name.Length is 0 or > TableSpec.MaxName)
            return FieldErrors.NameTaken("");
        return json.GetText("type") is { } type
            ? new FieldSpec(name, type, json.TryGet("options", out var options) ? options.Clone() : default, json.GetText("description"))
            : FieldErrors.UnknownType("");
    }
}
