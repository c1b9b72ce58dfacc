using System.Globalization;
using Notated = PyBase.Core.Fields.Notated;
using Part = PyBase.Core.Fields.Part;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas;

/// <summary>Which types become which, and whether that may fail in some row.</summary>
public static class Conversions
{
    /// <summary>Lists become one value first: text is joined, of other kinds the only item counts and more than one are an error.</summary>
    public static bool CanFail(FormulaType from, FormulaType to) =>
        from.IsList && !to.IsList && to.Kind is not (Text or ValueKind.Boolean)
        || !to.IsList && from.Kind is Text && to.Kind is Number or Date or Instant;

    /// <summary>The expression as that type; null when there is no way.</summary>
    internal static Expression? To(this Expression source, FormulaType type)
    {
        if (source.Type == type)
            return source;
        // Where a text is wanted, a quantity is what its cell shows.
        if (source is FieldValue { Part: null, Field.Type: Notated } cell && type == new FormulaType(Text))
            return new FieldValue { Type = type, Field = cell.Field, Part = Part.Text, Position = source.Position };
        if (source.Type.Kind is Blank && !source.CanFail || source is Constant { Value: null })
            return new Constant { Type = type, Value = null, Position = source.Position };
        if (source is Constant { Value: string text } && type == new FormulaType(Number) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
            return new Constant { Type = type, Value = number, Position = source.Position };
        if (source is Constant { Value: bool truth } && type == new FormulaType(Number))
            return new Constant { Type = type, Value = truth ? 1d : 0d, Position = source.Position };
        if (source.Type.Kind is Number or ValueKind.Boolean && type.Kind is Date or Instant || source.Type.Kind is Date or Instant && type.Kind is Number)
            return null;
        return new Conversion { Source = source, Type = type, Position = source.Position };
    }

    /// <summary>The type that values of all these types can be shown in: blank gives way, numbers take in truth values, moments take in days; else text.</summary>
    public static FormulaType Unify(IEnumerable<FormulaType> types)
    {
        FormulaType? common = null;
        foreach (var type in types)
            common = common is { } so ? Unify(so, type) : type;
        return common ?? new(Blank);
    }

    static FormulaType Unify(FormulaType a, FormulaType b) =>
        a == b || b.Kind is Blank ? a
        : a.Kind is Blank ? b
        : a.IsList != b.IsList ? new(Text)
        : (a.Kind, b.Kind) is (Number, ValueKind.Boolean) or (ValueKind.Boolean, Number) ? new(Number, a.IsList)
        : (a.Kind, b.Kind) is (Date, Instant) or (Instant, Date) ? new(Instant, a.IsList)
        : a.Kind == b.Kind ? a : new(Text, a.IsList);
}
