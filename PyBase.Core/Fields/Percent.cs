using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>percent</c>: 0.5 is 50 %.</summary>
public sealed class Percent(int precision) : Numeric, IShownNumber
{
    string IShownNumber.Show(double number) => Math.Abs(number) < 1e13 ? CellDisplay.Rounded((double)((decimal)number * 100), precision) + "%" : CellDisplay.Plain(number);

    /// <inheritdoc/>
    public override string Name => "percent";

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteNumber("precision", precision);
        json.WriteEndObject();
    };

    /// <summary><c>50%</c> is 0.5, <c>0.5</c> is 0.5.</summary>
    protected override double? Read(string text) =>
        !text.EndsWith('%') ? base.Read(text)
        : decimal.TryParse(text[..^1], NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var percent) ? (double)(percent / 100) : null;

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Precision(options, most: 8) is { } precision ? new Percent(precision) : FieldErrors.InvalidOptions("percent", "precision is a whole number from 0 to 8");
}
