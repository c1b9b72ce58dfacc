using System.Data.Common;
using System.Text.Json;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>createdBy</c>: who made the record; empty for what the system made.</summary>
public sealed class CreatedBy : Computed, IShowsPeople
{
    /// <inheritdoc/>
    public override string Name => "createdBy";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Id;

    /// <inheritdoc/>
    public override string SystemColumn => "_created_by";

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => PersonCell.Write(json, row.GetString(column), format);
}
