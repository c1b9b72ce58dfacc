using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>singleSelect</c>: one of a list of named, coloured choices; cells hold the choice's id.</summary>
public class SingleSelect(Choices choices) : FieldType, ISelect
{
    /// <inheritdoc/>
    public Choices Choices => choices;

    /// <inheritdoc/>
    public override string Name => "singleSelect";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Id;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => choices.Write;

    /// <inheritdoc/>
    public virtual bool TakesNewChoices => true;

    /// <inheritdoc/>
    public virtual FieldType With(IEnumerable<Choice> added) => new SingleSelect(choices.With(added));

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.String => choices.Choose(value.GetString()!, input).Then<object?>(id => id is null ? Empty : Cell(id)),
        JsonValueKind.Number when input.Typecast => choices.Choose(value.GetRawText(), input).Then<object?>(id => id is null ? Empty : Cell(id)),
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => json.WriteStringValue(choices.NameOf(CellBytes.Of(row, column)));

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Choices.Read("singleSelect", options, known: scope.Known).Then<FieldType>(choices => new SingleSelect(choices));
}
