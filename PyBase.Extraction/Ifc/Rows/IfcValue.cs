using System.Globalization;

namespace PyBase.Extraction.Ifc;

/// <summary>A value of a property: at most one of the three, none when it is <c>$</c> or the LOGICAL <c>.U.</c></summary>
/// <param name="Text">A text, an enumeration's item, or several values joined by <c>; </c>.</param>
/// <param name="Number">A number, always finite.</param>
/// <param name="Truth">BOOLEAN or LOGICAL.</param>
readonly record struct IfcValue(string? Text = null, double? Number = null, bool? Truth = null)
{
    /// <summary>Whether there is no value.</summary>
    public bool IsEmpty => Text is null && Number is null && Truth is null;

    /// <summary>The value for people: a number by its shortest digits, <c>true</c>, <c>false</c>; empty for none.</summary>
    public override string ToString() =>
        Text ?? Number?.ToString(CultureInfo.InvariantCulture) ?? Truth switch { true => "true", false => "false", _ => "" };
}
