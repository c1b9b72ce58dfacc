using System.Text.Json;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>createdTime</c>: when the record was made.</summary>
public sealed class CreatedTime : Computed
{
    /// <inheritdoc/>
    public override string Name => "createdTime";

    /// <inheritdoc/>
    public override bool CanBePrimary => true;

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Instant;

    /// <inheritdoc/>
    public override string SystemColumn => "_created";

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        WriteResult(json, Value);
        json.WriteEndObject();
    };
}
