using System.Data.Common;
using System.Text.Json;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>lastModifiedBy</c>: who last changed a cell of the record.</summary>
public sealed class LastModifiedBy : Computed, IShowsPeople
{
    /// <inheritdoc/>
    public override string Name => "lastModifiedBy";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Id;

    /// <inheritdoc/>
    public override string SystemColumn => "_modified_by";

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => PersonCell.Write(json, row.GetString(column), format);
}
