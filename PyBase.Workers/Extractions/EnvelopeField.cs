using System.Collections.Frozen;
using System.Text.Json;
using PyBase.Core.Schema;
using PyBase.Extraction.Envelope;

namespace PyBase.Workers.Extractions;

/// <summary>A field for a column of an extraction, and how its cells are read from a row.</summary>
sealed record EnvelopeField(FieldSpec Spec, Func<ExtractedRow, object?> Read, string? LinkRole = null)
{
    /// <summary>Columns whose values come from a list of the format or of the drawing, so that a person filters by them.</summary>
    static readonly FrozenSet<string> Lists = FrozenSet.ToFrozenSet(
    [
        "kind", "type", "class", "layer", "layout", "linetype", "style", "dimstyle", "unit", "unit_type", "value_type", "from", "source", "tolerance_source", "predefined_type",
        "storey", "space", "characteristic", "modifiers", "category", "format", "status", "color", "zone", "volume_source", "parameter", "field",
    ]);

    public static EnvelopeField Of(TableColumn column, int place, ColumnFacts facts, bool isTitle)
    {
        var name = column.Unit is { Length: > 0 and < 40 } unit ? $"{FieldNames.Of(column.Key)} ({unit})" : FieldNames.Of(column.Key);
        return column.Type switch
        {
            ColumnType.Number => new(new(name, "number", Options(new { precision = facts.Precision })), row => row.Cells[place].Number),
            ColumnType.Integer when !facts.IsBeyondDouble => new(new(name, "number", Options(new { precision = 0 })), row => row.Cells[place].Number),
            ColumnType.Boolean => new(new(name, "checkbox", Options(new { icon = "check", color = "greenBright" })), row => row.Cells[place].Boolean is true ? true : null),
            ColumnType.Text when !isTitle && facts.Notation is { } notation => new(new(name, notation.Type, notation.Options), notation.Read),
            ColumnType.Text when !isTitle && !facts.IsEmpty => OfText(column.Key, name, place, facts),
            _ => new(new(name, facts.HasLines && !isTitle ? "multilineText" : "singleLineText"), row => row.Cells[place].ToString()),
        };
    }

    /// <summary>A field that is agreed, whatever the column holds.</summary>
    public static EnvelopeField As(FieldSpec agreed, int place) => new(agreed, row => row.Cells[place] is { Text: { } text } ? text : row.Cells[place].Number);

    static EnvelopeField OfText(string key, string name, int place, ColumnFacts facts)
    {
        if (facts.AreDays)
            return new(new(name, "date", Options(new { dateFormat = new { name = "iso" } })), row => ColumnFacts.Day(row.Cells[place].ToString()));
        if (facts.AreInstants)
            return new(new(name, "dateTime", Options(new { dateFormat = new { name = "iso" }, timeFormat = new { name = "24hour" }, timeZone = "utc" })), row => ColumnFacts.Instant(row.Cells[place].ToString()));
        return Lists.Contains(key) && facts.Choices is { } choices
            ? new(new(name, "singleSelect", Options(new { choices = choices.Select(choice => new { name = choice }) })), row => row.Cells[place].Text)
            : new(new(name, facts.HasLines || facts.MaxLength > 200 ? "multilineText" : "singleLineText"), row => row.Cells[place].Text);
    }

    static JsonElement Options(object options) => JsonSerializer.SerializeToElement(options);
}
