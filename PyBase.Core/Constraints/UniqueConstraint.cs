using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Constraints;

/// <summary>No two records of a table hold the same in all of these fields. A record with an empty cell among them is nobody's equal.</summary>
/// <param name="Id"><c>unq…</c></param>
/// <param name="FieldIds">In the order they were named.</param>
/// <param name="Uniqueness">How they are compared.</param>
public sealed record UniqueConstraint(string Id, IReadOnlyList<string> FieldIds, Uniqueness Uniqueness)
{
    /// <summary>Most fields of one constraint.</summary>
    public const int MaxFields = 5;

    /// <summary>Most constraints of a table: each is an index that every write keeps.</summary>
    public const int MaxCount = 10;

    /// <summary><c>{"type":"unique","fields":["Part number","Revision"],"caseSensitive":false}</c></summary>
    public static Result<UniqueConstraint> Read(JsonElement json, Table table)
    {
        if (json.GetText("type") is not (null or "unique"))
            return ConstraintErrors.Invalid("type is unique");
        if (!json.TryGetList("fields", out var names) || names.Count is 0 or > MaxFields || names.Any(name => name.ValueKind is not JsonValueKind.String))
            return ConstraintErrors.Invalid($"fields is a list of 1 to {MaxFields} names or ids of fields");
        var uniqueness = json.GetFlag("caseSensitive") is false ? Uniqueness.IgnoringCase : Uniqueness.Exact;
        var ids = new List<string>();
        foreach (var name in names)
        {
            if (table.Find(name.GetString()!) is not { } field)
                return Records.RecordErrors.UnknownFieldName(name.GetString()!);
            if (!Tells(field.Type))
                return NotUnique(field.Type);
            if (ids.Contains(field.Id))
                return ConstraintErrors.Invalid("every field stands in the list once");
            ids.Add(field.Id);
        }
        return new UniqueConstraint(Ids.Id.New("unq"), ids, uniqueness);
    }

    /// <summary><c>true</c>, <c>false</c> or <c>{"caseSensitive":false}</c></summary>
    internal static Result<Uniqueness> ReadUniqueness(JsonElement json, FieldType type)
    {
        var wanted = json.ValueKind switch
        {
            JsonValueKind.True => Uniqueness.Exact,
            JsonValueKind.False => Uniqueness.None,
            JsonValueKind.Object => json.GetFlag("caseSensitive") is false ? Uniqueness.IgnoringCase : Uniqueness.Exact,
            _ => (Uniqueness?)null,
        };
        return wanted is null ? ConstraintErrors.Invalid("unique is true, false or {\"caseSensitive\":false}")
            : wanted is Uniqueness.None || Tells(type) ? wanted.Value : NotUnique(type);
    }

    /// <summary><c>{id,type,fields,caseSensitive}</c></summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("id", Id);
        json.WriteString("type", "unique");
        json.WriteStartArray("fields");
        foreach (var field in FieldIds)
            json.WriteStringValue(field);
        json.WriteEndArray();
        json.WriteBoolean("caseSensitive", Uniqueness is Uniqueness.Exact);
        json.WriteEndObject();
    }

    /// <summary>Can a cell of this type tell its record from others?</summary>
    static bool Tells(FieldType type) => !type.IsComputed && (type is Barcode or Notated || type.Column is ColumnType.Text or ColumnType.Id or ColumnType.Number or ColumnType.Date or ColumnType.Instant);

    static Error NotUnique(FieldType type) => ConstraintErrors.Invalid($"a field of type {type.Name} cannot be unique");
}
