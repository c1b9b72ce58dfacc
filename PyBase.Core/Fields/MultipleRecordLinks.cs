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

    /// <summary>
    /// <c>["rec…"]</c> or <c>[{"id":"rec…"}]</c>; with typecast also primary values of linked records, in a list or as <c>"A, B"</c>, which then are
    /// <see cref="NamedLinks"/>.
    /// </summary>
    public override Result<object?> Parse(JsonElement value, CellInput input)
    {
        if (value.ValueKind is JsonValueKind.Null)
            return Empty;
        if (value.ValueKind is JsonValueKind.String && input.Typecast)
            return Of(value.GetString()!.Split(',').Select(name => name.Trim()).Where(name => name.Length > 0), input);
        return value.ValueKind is JsonValueKind.Array
            ? Of(value.EnumerateArray().Select(item => item.ValueKind is JsonValueKind.String ? item.GetString() : item.GetText("id")), input)
            : Refuse(input);
    }

    Result<object?> Of(IEnumerable<string?> items, CellInput input)
    {
        var (ids, isNamed) = (new OrderedDictionary<string, bool>(), false);
        foreach (var id in items)
        {
            if (id is null || (input.Typecast && id.Length is 0 or > MaxName))
                return Refuse(input);
            if (!Ids.Id.Is(id, "rec") && !(isNamed = input.Typecast))
                return CellErrors.UnknownRecord(id);
            ids.TryAdd(id, true);
        }
        if (single && ids.Count > 1)
            return Refuse(input);
        return ids.Count == 0 ? Empty : isNamed ? Cell(new NamedLinks([.. ids.Keys])) : Cell(ids.Keys.ToArray());
    }

    /// <summary>Longest name by which a record is linked, in characters.</summary>
    const int MaxName = 1_000;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        json.WriteStartArray();
        foreach (var id in CellIds.Of(row, column))
            json.WriteStringValue(id);
        json.WriteEndArray();
    }
}
