using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>multipleCollaborators</c>: members of the base's workspace, each once, in the order they were given.</summary>
public sealed class MultipleCollaborators : FieldType, IShowsPeople
{
    /// <inheritdoc/>
    public override string Name => "multipleCollaborators";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Ids;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <summary><c>[{"id"},{"email"}]</c>; with typecast also <c>"a@example.org, b@example.org"</c>.</summary>
    public override Result<object?> Parse(JsonElement value, CellInput input)
    {
        if (value.ValueKind is JsonValueKind.Null)
            return Empty;
        if (value.ValueKind is JsonValueKind.String && input.Typecast)
        {
            var names = value.GetString()!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            value = JsonSerializer.SerializeToElement(names);
        }
        if (value.ValueKind is not JsonValueKind.Array)
            return Refuse(input);
        var ids = new OrderedDictionary<string, bool>();
        foreach (var item in value.EnumerateArray())
        {
            if (!PersonCell.Read(item, input).TryGet(out var id, out var error))
                return error;
            ids.TryAdd(id, true);
        }
        return ids.Count == 0 ? Empty : Cell(ids.Keys.ToArray());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        json.WriteStartArray();
        foreach (var id in row.GetFieldValue<string[]>(column))
            PersonCell.Write(json, id, format);
        json.WriteEndArray();
    }
}
