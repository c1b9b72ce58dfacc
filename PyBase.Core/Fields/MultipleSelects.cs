using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>multipleSelects</c>: any of a list of choices, each once, in the order they were given; cells hold the choices' ids.</summary>
public sealed class MultipleSelects(Choices choices) : FieldType, ISelect
{
    /// <inheritdoc/>
    public Choices Choices => choices;

    /// <inheritdoc/>
    public override string Name => "multipleSelects";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Ids;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => choices.Write;

    /// <inheritdoc/>
    public FieldType With(IEnumerable<Choice> added) => new MultipleSelects(choices.With(added));

    /// <summary><c>["A","B"]</c>; with typecast also <c>"A, B"</c>.</summary>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.Array when value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) => Choose(value.EnumerateArray().Select(item => item.GetString()!), input),
        JsonValueKind.String when input.Typecast => Choose(value.GetString()!.Split(','), input),
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        json.WriteStartArray();
        foreach (var id in CellIds.Of(row, column))
            json.WriteStringValue(choices.NameOf(id));
        json.WriteEndArray();
    }

    Result<object?> Choose(IEnumerable<string> names, CellInput input)
    {
        var ids = new List<string>();
        var seen = new HashSet<string>();
        foreach (var name in names)
        {
            if (!choices.Choose(name, input).TryGet(out var id, out var error) && error is not null)
                return error;
            if (id is not null && seen.Add(id))
                ids.Add(id);
        }
        return ids.Count == 0 ? Empty : Cell(ids.ToArray());
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Choices.Read("multipleSelects", options, known: scope.Known).Then<FieldType>(choices => new MultipleSelects(choices));
}
