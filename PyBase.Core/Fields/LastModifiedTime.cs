using System.Text.Json;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Schema;

namespace PyBase.Core.Fields;

/// <summary>
/// Airtable's <c>lastModifiedTime</c>: when somebody last changed a cell of the record, or one of the cells named in <c>referencedFieldIds</c>. A new record
/// counts as changed when it was made; what happened before somebody first asked for some cells is not known of them.
/// </summary>
public sealed class LastModifiedTime : Computed
{
    readonly IReadOnlyList<string> watched;

    LastModifiedTime(IReadOnlyList<string> watched)
    {
        this.watched = watched;
        Dependencies = [.. watched.Select(id => new Dependency(id))];
    }

    /// <inheritdoc/>
    public override string Name => "lastModifiedTime";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Instant;

    /// <inheritdoc/>
    public override string? SystemColumn => watched.Count == 0 ? "_modified" : null;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Watched => Fault is null ? watched : [];

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteBoolean("isValid", Fault is null);
        FormulaField.WriteReferences(json, Dependencies);
        WriteResult(json, Value);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Computed Resolve(BaseSchema schema, Table table)
    {
        if (watched.Count == 0)
            return this;
        string[] found = [.. watched.Select(name => table.Find(name)).Where(f => f is { Type.IsComputed: false }).Select(f => f!.Id)];
        return found.Length == watched.Count ? new LastModifiedTime(found) : new LastModifiedTime(watched)
        {
            Fault = FieldErrors.InvalidOptions("lastModifiedTime", "referencedFieldIds names fields of the same table that people write"),
        };
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) => new LastModifiedTime(
        options.TryGetList("referencedFieldIds", out var ids) ? [.. ids.Where(i => i.ValueKind is JsonValueKind.String).Select(i => i.GetString()!)] : []);
}
