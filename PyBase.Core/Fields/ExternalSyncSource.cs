using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>externalSyncSource</c>: which source a synced row came from. Written by the sync alone; empty in a table that is not synced.</summary>
public sealed class ExternalSyncSource(Choices choices) : FieldType
{
    /// <inheritdoc/>
    public override string Name => "externalSyncSource";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Id;

    /// <inheritdoc/>
    public override bool IsComputed => true;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => choices.Write;

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => CellErrors.Computed(input.FieldName);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => json.WriteStringValue(choices.NameOf(CellBytes.Of(row, column)));

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Choices.Read("externalSyncSource", options).Then<FieldType>(choices => new ExternalSyncSource(choices));
}
