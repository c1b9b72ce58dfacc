using PyBase.Core.Formulas;
using PyBase.Notation.Quantities;
using PyBase.Notation.Units;

namespace PyBase.Core.Fields;

/// <summary>What a filter or the formula function PART may ask of a cell in an engineering notation: a property of its JSON form.</summary>
/// <param name="Name">As in JSON: <c>pitch</c>.</param>
/// <param name="Kind">Number, text or truth value.</param>
/// <param name="Unit">What its numbers are in; null for plain numbers.</param>
/// <param name="IsDifference">A width rather than a size: of temperatures, without the scale's zero.</param>
public sealed record Part(string Name, ValueKind Kind, Unit? Unit = null, bool IsDifference = false)
{
    /// <summary>The text in words: what the cell shows.</summary>
    public static readonly Part Text = new("text", ValueKind.Text);

    /// <summary>What cells are compared by where no number says it: equal cells have the same, and its bytes are in order.</summary>
    public static readonly Part Key = new("key", ValueKind.Text);

    internal static Part Number(string name, Unit? unit = null) => new(name, ValueKind.Number, unit);

    internal static Part Word(string name) => new(name, ValueKind.Text);

    internal static Part Flag(string name) => new(name, ValueKind.Boolean);

    /// <summary>A text such as <c>0.1 mm</c> as a number of this part; null and why not.</summary>
    public double? Measure(string text, out string? fault)
    {
        fault = null;
        if (Unit is null)
        {
            fault = "a number";
            return null;
        }
        if (!Quantity.TryParse(text, Unit, out var quantity, out var wrong))
        {
            fault = wrong.ToString();
            return null;
        }
        if (IsDifference ? quantity.Unit.TryConvertDifference(quantity.Value, Unit, out var number) : quantity.Unit.TryConvert(quantity.Value, Unit, out number))
            return (double)number;
        fault = "It is too large.";
        return null;
    }
}
