using PyBase.Core.Errors;
using PyBase.Core.Schema;

namespace PyBase.Core.Formulas;

/// <summary>A function with the arguments that somebody wrote, while it is typed.</summary>
public sealed class Invocation
{
    internal Invocation(Function function, IReadOnlyList<Expression> arguments, int position, Table table) =>
        (Function, Arguments, Position, Table) = (function, arguments, position, table);

    /// <summary>What is called.</summary>
    public Function Function { get; }

    /// <summary>As written.</summary>
    public IReadOnlyList<Expression> Arguments { get; }

    /// <summary>Where the call stands in the text.</summary>
    public int Position { get; }

    /// <summary>The table whose rows the formula is computed for.</summary>
    public Table Table { get; }

    /// <summary>The text of an argument that stands in the formula itself; null when it is left out or computed.</summary>
    public string? Literal(int argument) => argument < Arguments.Count && Arguments[argument] is Constant { Value: string text } ? text : null;

    /// <summary>The refusal of this call.</summary>
    public Error Refuse(string reason) => FormulaErrors.Invalid(Position, reason);

    /// <summary>Every argument as its parameter wants it.</summary>
    public Result<IReadOnlyList<Expression>> Convert()
    {
        var converted = new Expression[Arguments.Count];
        for (var i = 0; i < converted.Length; i++)
            if (!As(i, Function.Parameters[Math.Min(i, Function.Parameters.Count - 1)].Wanted).TryGet(out converted[i]!, out var error))
                return error;
        return converted;
    }

    /// <summary>One argument as something is wanted.</summary>
    public Result<Expression> As(int argument, Wanted wanted)
    {
        var given = Arguments[argument];
        return wanted switch
        {
            Wanted.Any => given,
            Wanted.One => given.Type.IsList ? As(argument, new FormulaType(ValueKind.Text)) : given,
            Wanted.LiteralText => given is Constant { Value: string } ? given : FormulaErrors.Invalid(given.Position, $"{Function.Name} needs text in quotation marks here"),
            Wanted.Number => As(argument, new FormulaType(ValueKind.Number)),
            Wanted.Condition => As(argument, new FormulaType(ValueKind.Boolean)),
            Wanted.Instant => As(argument, new FormulaType(ValueKind.Instant)),
            _ => As(argument, new FormulaType(ValueKind.Text)),
        };
    }

    /// <summary>One argument as a type.</summary>
    public Result<Expression> As(int argument, FormulaType type) => As(Arguments[argument], type);

    /// <summary>An expression as a type.</summary>
    public Result<Expression> As(Expression given, FormulaType type) =>
        given.To(type) is { } converted ? converted : FormulaErrors.Invalid(given.Position, $"{Function.Name} cannot take a {Word(given.Type)} as a {Word(type)}");

    /// <summary>The call, typed.</summary>
    /// <param name="type">What it gives.</param>
    /// <param name="arguments">As the function wants them.</param>
    /// <param name="canFail">Null: when the function or an argument can.</param>
    /// <param name="settled">What was found out while typing.</param>
    public Expression Give(FormulaType type, IReadOnlyList<Expression> arguments, bool? canFail = null, object? settled = null) =>
        new Call(Function, arguments, canFail, settled) { Type = type, Position = Position };

    static string Word(FormulaType type) => (type.IsList ? "list of " : "") + type.Kind switch
    {
        ValueKind.Boolean => "truth value",
        ValueKind.Instant => "moment",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
