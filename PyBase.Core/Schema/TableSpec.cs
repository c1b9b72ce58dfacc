using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Views;

namespace PyBase.Core.Schema;

/// <summary>A table as somebody asks for it.</summary>
public sealed record TableSpec(string Name, string? Description, IReadOnlyList<FieldSpec> Fields)
{
    /// <summary>The id that it is to have; null for a fresh one.</summary>
    public string? Id { get; init; }

    /// <summary>The views that it begins with; none means a grid.</summary>
    public IReadOnlyList<ViewSpec> Views { get; init; } = [];

    /// <summary>Longest name of a base, table, field or view, in characters.</summary>
    public const int MaxName = 255;

    /// <summary>Most fields of a table.</summary>
    public const int MaxFields = 500;

    /// <summary>Most tables of a base.</summary>
    public const int MaxTables = 1_000;

    /// <summary>Most tables made by one request.</summary>
    public const int MaxTablesAtOnce = 50;

    /// <summary>Longest description of a table or field, in characters.</summary>
    public const int MaxDescription = 20_000;

    /// <summary>The description in a body: null when there is none, empty when it is to be taken away.</summary>
    public static Result<string?> DescriptionIn(JsonElement json) =>
        json.GetText("description") is { Length: > MaxDescription } ? SchemaErrors.DescriptionTooLong : json.GetText("description");

    /// <summary>The id that a new thing is to have, so that a base which moves here keeps those its clients have stored; null when there is none.</summary>
    public static Result<string?> IdIn(JsonElement json, string prefix) => !json.TryGet("id", out _) ? (string?)null
        : json.GetText("id") is { } id && Ids.Id.Is(id, prefix) ? id : SchemaErrors.InvalidId;

    /// <summary>From the body of a metadata request.</summary>
    public static Result<TableSpec> Read(JsonElement json)
    {
        var name = json.GetText("name")?.Trim() ?? "";
        if (name.Length is 0 or > MaxName)
            return SchemaErrors.TableNameTaken("");
        if (!json.TryGetList("fields", out var items) || items.Count == 0)
            return SchemaErrors.NoFields;
        if (items.Count > MaxFields)
            return FieldErrors.TooMany;
        if (!DescriptionIn(json).TryGet(out var description, out var tooLong) && tooLong is not null)
            return tooLong;
        var fields = new List<FieldSpec>(items.Count);
        foreach (var item in items)
        {
            if (!FieldSpec.Read(item).TryGet(out var field, out var error))
                return error;
            if (fields.Any(f => f.Name == field.Name))
                return FieldErrors.NameTaken(field.Name);
            fields.Add(field);
        }
        if (!IdIn(json, "tbl").TryGet(out var id, out var invalid) && invalid is not null)
            return invalid;
        var views = new List<ViewSpec>();
        foreach (var item in json.TryGetList("views", out var given) ? given : [])
            if (!ViewSpec.Read(item).TryGet(out var view, out var error))
                return error;
            else if (views.Count == ViewErrors.MaxViews || views.Any(v => v.Name == view.Name))
                return views.Count == ViewErrors.MaxViews ? ViewErrors.TooMany : ViewErrors.NameTaken(view.Name);
            else
                views.Add(view);
        return new TableSpec(name, description is "" ? null : description, fields) { Id = id, Views = views };
    }
}

/// <summary>A view that a new table begins with.</summary>
public sealed record ViewSpec(string? Id, string Name, string Type)
{
    internal static Result<ViewSpec> Read(JsonElement json)
    {
        if (json.GetText("name")?.Trim() is not { Length: > 0 and <= TableSpec.MaxName } name)
            return ViewErrors.NameTaken("");
        var type = json.GetText("type") ?? "grid";
        return !ViewTypes.Has(type) ? ViewErrors.UnknownType(type) : TableSpec.IdIn(json, "viw").Then<ViewSpec>(id => new ViewSpec(id, name, type));
    }
}

/// <summary>A field as somebody asks for it; <paramref name="InverseName"/> names the field that a link gets at its other end.</summary>
public sealed record FieldSpec(string Name, string Type, JsonElement Options = default, string? Description = null, string? InverseName = null, JsonElement Constraints = default)
{
    /// <summary>The id that it is to have; null for a fresh one.</summary>
    public string? Id { get; init; }

    /// <summary>From the body of a metadata request.</summary>
    public static Result<FieldSpec> Read(JsonElement json)
    {
        var name = json.GetText("name")?.Trim() ?? "";
        if (name.Length is 0 or > TableSpec.MaxName)
            return FieldErrors.NameTaken("");
        if (!TableSpec.DescriptionIn(json).TryGet(out var description, out var tooLong) && tooLong is not null)
            return tooLong;
        if (!TableSpec.IdIn(json, "fld").TryGet(out var id, out var invalid) && invalid is not null)
            return invalid;
        return json.GetText("type") is { } type
            ? new FieldSpec(name, type, json.TryGet("options", out var options) ? options.Clone() : default, description is "" ? null : description,
                Constraints: json.TryGet("constraints", out var constraints) ? constraints.Clone() : default) { Id = id }
            : FieldErrors.UnknownType("");
    }
}
