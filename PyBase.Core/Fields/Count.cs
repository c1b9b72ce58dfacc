using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Schema;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>count</c>: how many records a link cell names, or how many of them a condition lets pass.</summary>
public sealed class Count : Linked
{
    Count(Given given) : base(given) { }

    /// <inheritdoc/>
    public override string Name => "count";

    /// <inheritdoc/>
    public override ColumnType Column => Link is null ? ColumnType.Text : ColumnType.Number;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json => WriteOptions(json);

    /// <inheritdoc/>
    public override Computed Resolve(BaseSchema schema, Table table)
    {
        if (!Find(schema, table).TryGet(out var found, out var error))
            return new Count(Asked) { Fault = error };
        var (link, far, _, condition) = found;
        return new Count(new Given(link.Id, null, null, condition?.Text)) { Link = link, Far = far, Condition = condition, Dependencies = Reads(schema, far, link, null, readsNames: false, condition) };
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Read("count", options, hasField: false).Then<FieldType>(given => new Count(given));
}
