using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>What the number types share: a double, as in Airtable, of which the type accepts some.</summary>
public abstract class Numeric : FieldType
{
    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Number;

    /// <summary>The number as it is kept; null when this field does not take it.</summary>
    protected virtual double? Accept(double number) => number;

    /// <summary>With typecast: the number that a text means; null when it means none.</summary>
    protected virtual double? Read(string text) =>
        double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) => value.ValueKind switch
    {
        JsonValueKind.Null => Empty,
        JsonValueKind.Number when value.TryGetDouble(out var number) => Keep(number, input),
        JsonValueKind.String when input.Typecast && string.IsNullOrWhiteSpace(value.GetString()) => Empty,
        JsonValueKind.String when input.Typecast => Keep(Read(value.GetString()!.Trim()), input),
        _ => Refuse(input),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format) => Write(json, row.GetDouble(column));

    /// <summary>Up to here a double writes all digits of a whole number.</summary>
    const long MaxWhole = 1_000_000_000_000_000;

    /// <summary>A number as Airtable sends it; JSON has no NaN and no infinities.</summary>
    public static void Write(Utf8JsonWriter json, double number)
    {
        // Most numbers are whole; as such they are written five times as fast.
        if ((long)number is var whole and > -MaxWhole and < MaxWhole && whole == number)
        {
            json.WriteNumberValue(whole);
            return;
        }
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
            return;
        }
        json.WriteStartObject();
        json.WriteString("specialValue", double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        json.WriteEndObject();
    }

    Result<object?> Keep(double? number, CellInput input) =>
        number is { } given && double.IsFinite(given) && Accept(given) is { } kept && double.IsFinite(kept) ? Cell(kept) : Refuse(input);

    /// <summary>The option <c>precision</c>, 0 when it is not given; null when it is out of range.</summary>
    protected static int? Precision(JsonElement options, int most) =>
        !options.TryGet("precision", out _) ? 0 : options.TryGetInt("precision", out var precision) && precision >= 0 && precision <= most ? precision : null;
}
