using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>
/// Airtable's <c>multipleRecordLinks</c>: ordered records of another table (or its own). The link table is the truth, one for the two fields that
/// see a link from both ends; the cell is a copy of it for reading.
/// </summary>
/// <param name="linkedTableId">The table at the other end.</param>
/// <param name="inverseFieldId">The field that shows the same links there.</param>
/// <param name="single">At most one record in a cell (<c>prefersSingleRecordLink</c>).</param>
/// <param name="linkTable">Name of the link table, the id of the field that made it.</param>
/// <param name="isInverse">True for the field that was made at the other end.</param>
public sealed class MultipleRecordLinks(string linkedTableId, string? inverseFieldId, bool single, string linkTable, bool isInverse) : FieldType
{
    /// <summary>The table at the other end.</summary>
    public string LinkedTableId => linkedTableId;

    /// <summary>The field that shows the same links there.</summary>
    public string? InverseFieldId => inverseFieldId;

    /// <summary>At most one record in a cell.</summary>
    public bool IsSingle => single;

    /// <summary>Name of the link table.</summary>
    public string LinkTable => linkTable;

    /// <summary>True when this field sees the links from their far end.</summary>
    public bool IsInverse => isInverse;

    /// <inheritdoc/>
    public override string Name => "multipleRecordLinks";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Ids;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteString("linkedTableId", linkedTableId);
        json.WriteBoolean("isReversed", isInverse);
        json.WriteBoolean("prefersSingleRecordLink", single);
        if (inverseFieldId is not null)
            json.WriteString("inverseLinkFieldId", inverseFieldId);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input)
    {
        if (value.ValueKind is JsonValueKind.Null)
            return Empty;
        if (value.ValueKind is not JsonValueKind.Array)
            return Refuse(input);
        var ids = new OrderedDictionary<string, bool>();
        foreach (var item in value.EnumerateArray())
        {
            var id = item.ValueKind is JsonValueKind.String ? item.GetString() : item.GetText("id");
            if (!Ids.Id.Is(id, "rec"))
                return id is null ? Refuse(input) : (Result<object?>)CellErrors.UnknownRecord(id);
            ids.TryAdd(id!, true);
        }
        if (single && ids.Count > 1)
            return Refuse(input);
        return ids.Count == 0 ? Empty : Cell(ids.Keys.ToArray());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        json.WriteStartArray();
        foreach (var id in row.GetFieldValue<string[]>(column))
            json.WriteStringValue(id);
        json.WriteEndArray();
    }
}
