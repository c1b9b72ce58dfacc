using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>rating</c>: a whole number from 1 to at most 10; 0 is an empty cell.</summary>
public sealed class Rating(int max, string icon, string colour) : Numeric
{
    static readonly string[] Icons = ["star", "heart", "thumbsUp", "flag", "dot"];

    /// <inheritdoc/>
    public override string Name => "rating";

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteString("icon", icon);
        json.WriteNumber("max", max);
        json.WriteString("color", colour);
        json.WriteEndObject();
    };

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && number == 0 ? Empty : base.Parse(value, input);

    /// <inheritdoc/>
    protected override double? Accept(double number) => number >= 1 && number <= max && double.IsInteger(number) ? number : null;

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope)
    {
        var icon = options.GetText("icon") ?? "star";
        var colour = options.GetText("color") ?? "yellowBright";
        var max = options.TryGetInt("max", out var given) ? given : 5;
        return Icons.Contains(icon) && Choice.IsColour(colour) && max is >= 1 and <= 10
            ? new Rating(max, icon, colour)
            : FieldErrors.InvalidOptions("rating", $"max is 1 to 10, icon is one of {string.Join(", ", Icons)}, color a colour of the palette");
    }
}
