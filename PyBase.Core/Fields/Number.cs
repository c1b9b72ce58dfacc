using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>number</c>: a double, shown with <paramref name="precision"/> decimals.</summary>
public sealed class Number(int precision) : FieldType
{
    /// <summary>Decimals shown, 0 to 8. The stored value keeps its own.</summary>
    public int Precision => precision;

    /// <inheritdoc/>
    public override string Name => "number";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Number;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteNumber("precision", precision);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => Cell(number),
        JsonValueKind.String when input.Typecast => FromText(value.GetString()!, input),
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => Write(json, row.GetDouble(column));

    /// <summary>A number as Airtable sends it; JSON has no NaN and no infinities.</summary>
    public static void Write(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
            return;
        }
        json.WriteStartObject();
        json.WriteString("specialValue", double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        json.WriteEndObject();
    }

    static Result<object?> FromText(string text, CellInput input) =>
        text.Length == 0 ? Empty
        : double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? Cell(number)
        : Refuse(input);

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        !options.TryGetInt("precision", out var precision) ? new Number(0)
        : precision is >= 0 and <= 8 ? new Number(precision)
        : FieldErrors.InvalidOptions("number", "precision is a whole number from 0 to 8");
}
