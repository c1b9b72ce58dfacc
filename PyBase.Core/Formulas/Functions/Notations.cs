using PyBase.Core.Errors;
using Notated = PyBase.Core.Fields.Notated;
using Part = PyBase.Core.Fields.Part;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas.Functions;

/// <summary>Cells in an engineering notation: their parts, and what a text beside one of them means.</summary>
public static class Notations
{
    /// <summary>The family.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        new("PART", Read, "A part of a cell in an engineering notation, by its name in JSON: PART({Thread}, \"pitch\"). Lengths of a quantity are in the unit of its field.",
            new("field", Wanted.Any), new("part", Wanted.LiteralText)),
    ];

    static Result<Expression> Read(Invocation call)
    {
        if (call.Arguments[0] is not FieldValue { Part: null } cell || Notated.Of(cell.Field.Type) is not { } type)
            return FormulaErrors.Invalid(call.Arguments[0].Position, "PART needs a field in an engineering notation here");
        if (call.Literal(1) is not { } name)
            return FormulaErrors.Invalid(call.Arguments[1].Position, "PART needs text in quotation marks here");
        return type.FindPart(name) is { } part
            ? new FieldValue { Type = new(part.Kind, cell.Type.IsList), Field = cell.Field, Part = part, Position = call.Position }
            : FormulaErrors.Invalid(call.Arguments[1].Position, $"\"{name.Excerpt()}\" is no part of \"{cell.Field.Name}\": {string.Join(", ", type.Parts.Select(p => p.Name))}");
    }

    /// <summary>
    /// Two sides of a comparison, of which one may be a cell and the other a text in the formula itself: <c>{Length} > "0.5 in"</c> compares numbers in the field's unit,
    /// <c>{Revision} > "B"</c> the order of the revisions.
    /// </summary>
    internal static Result<(Expression, Expression)> Beside(Invocation call, Expression left, Expression right)
    {
        if (left is FieldValue cell && right is Constant { Value: string { Length: > 0 } text })
            return Meant(call, cell, text, right.Position, call.Function.Name).Then<(Expression, Expression)>(meant => meant ?? (left, right));
        if (right is FieldValue other && left is Constant { Value: string { Length: > 0 } written })
            return Meant(call, other, written, left.Position, call.Function.Name.Replace('<', '\0').Replace('>', '<').Replace('\0', '>')).Then<(Expression, Expression)>(meant => meant is { } both ? (both.Item2, both.Item1) : (left, right));
        return (left, right);
    }

    /// <summary>The cell and the text as values that compare; null where the text is only a text.</summary>
    static Result<(Expression, Expression)?> Meant(Invocation call, FieldValue cell, string text, int position, string sign)
    {
        if (cell.Type.IsList || cell.Field.Type is not Notated type)
            return ((Expression, Expression)?)null;
        if ((cell.Part ?? type.Order) is { Kind: Number } number)
            return number.Measure(text, out var fault) is { } measured ? (cell, Constant(Number, measured))
                : cell.Part is null && type.TryRead(text, out var read, out _) ? (cell, Constant(Number, read.Number!.Value))
                : FormulaErrors.Invalid(position, $"\"{text.Excerpt()}\" is no value for \"{cell.Field.Name}\": {fault!.TrimEnd('.')}");
        if (cell.Part is not null || !type.TryRead(text, out var value, out _))
            return ((Expression, Expression)?)null;
        var key = new FieldValue { Type = new(Text), Field = cell.Field, Part = Part.Key, Position = cell.Position };
        // A key begins with its place in the order and a blank; all keys of that place are less than it with a sign behind the blank.
        return (key, Constant(Text, sign switch { "=" or "!=" => value.Key, ">" or "<=" => value.Order + "!", _ => value.Order }));

        Constant Constant(ValueKind kind, object known) => new() { Type = new(kind), Value = known, Position = position };
    }
}
