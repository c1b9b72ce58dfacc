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
        if (WriteDecimal(json, number))
            return;
        if (double.IsFinite(number))
        {
            json.WriteNumberValue(number);
            return;
        }
        json.WriteStartObject();
        json.WriteString("specialValue", double.IsNaN(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
        json.WriteEndObject();
    }

    /// <summary>What a number of three decimals is multiplied by to be whole.</summary>
    const long Thousand = 1000;

    /// <summary>
    /// Most others have few decimals. With at most 15 digits no two texts mean the same double, so the one that is found is the shortest, which is the one that .NET
    /// looks for, and found three times as fast; false when there are more decimals or digits.
    /// </summary>
    static bool WriteDecimal(Utf8JsonWriter json, double number)
    {
        var scaled = Math.Round(number * Thousand);
        if (scaled is not (> -MaxWhole and < MaxWhole) || scaled / Thousand != number)
            return false;
        Span<byte> text = stackalloc byte[24];
        var (whole, thousandths) = Math.DivRem(Math.Abs((long)scaled), Thousand);
        var length = 0;
        if (number < 0)
            text[length++] = (byte)'-';
        whole.TryFormat(text[length..], out var digits, provider: CultureInfo.InvariantCulture);
        length += digits;
        text[length++] = (byte)'.';
        for (var place = Thousand / 10; thousandths > 0; thousandths %= place, place /= 10)
            text[length++] = (byte)('0' + thousandths / place);
        json.WriteRawValue(text[..length], skipInputValidation: true);
        return true;
    }

    Result<object?> Keep(double? number, CellInput input) =>
        number is { } given && double.IsFinite(given) && Accept(given) is { } kept && double.IsFinite(kept) ? Cell(kept) : Refuse(input);

    /// <summary>The option <c>precision</c>, 0 when it is not given; null when it is out of range.</summary>
    protected static int? Precision(JsonElement options, int most) =>
        !options.TryGet("precision", out _) ? 0 : options.TryGetInt("precision", out var precision) && precision >= 0 && precision <= most ? precision : null;
}
