using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>number</c>: a double, shown with <paramref name="precision"/> decimals (0 to 8); the stored value keeps its own.</summary>
public sealed class Number(int precision) : Numeric, IShownNumber
{
    string IShownNumber.Show(double number) => CellDisplay.Rounded(number, precision);

    /// <inheritdoc/>
    public override string Name => "number";

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteNumber("precision", precision);
        json.WriteEndObject();
    };

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope) =>
        Precision(options, most: 8) is { } precision ? new Number(precision) : FieldErrors.InvalidOptions("number", "precision is a whole number from 0 to 8");
}
