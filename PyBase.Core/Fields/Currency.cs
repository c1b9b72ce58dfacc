using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>currency</c>: a number shown behind a symbol, with 0 to 7 decimals.</summary>
public sealed class Currency(int precision, string symbol) : Numeric, IShownNumber
{
    string IShownNumber.Show(double number) => $"{(number < 0 ? "-" : "")}{symbol}{CellDisplay.Rounded(Math.Abs(number), precision)}";

    /// <inheritdoc/>
    public override string Name => "currency";

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteNumber("precision", precision);
        json.WriteString("symbol", symbol);
        json.WriteEndObject();
    };

    /// <summary>The symbol may stand before or behind: <c>$1,200.50</c>, <c>12 €</c>.</summary>
    protected override double? Read(string text) => base.Read(
        text.StartsWith(symbol, StringComparison.Ordinal) ? text[symbol.Length..] : text.EndsWith(symbol, StringComparison.Ordinal) ? text[..^symbol.Length] : text);

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope)
    {
        var symbol = options.GetText("symbol") ?? "$";
        return Precision(options, most: 7) is { } precision && symbol.Length is > 0 and <= 10
            ? new Currency(precision, symbol)
            : FieldErrors.InvalidOptions("currency", "precision is a whole number from 0 to 7, symbol has 1 to 10 characters");
    }
}
