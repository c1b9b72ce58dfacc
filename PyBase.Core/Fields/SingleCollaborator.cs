using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>singleCollaborator</c>: a member of the base's workspace.</summary>
public sealed class SingleCollaborator : FieldType, IShowsPeople
{
    /// <inheritdoc/>
    public override string Name => "singleCollaborator";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Id;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.String when input.Typecast && string.IsNullOrWhiteSpace(value.GetString()) => Empty,
        _ => PersonCell.Read(value, input).Then<object?>(id => Cell(id)),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => PersonCell.Write(json, row.GetString(column), format);
}
