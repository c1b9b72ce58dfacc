using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Formulas;

/// <summary>A formula with its names resolved and its types settled. What the database evaluates is compiled from this.</summary>
public abstract class Expression
{
    /// <summary>What it gives.</summary>
    public required FormulaType Type { get; init; }

    /// <summary>Where it stands in the text, from 0.</summary>
    public required int Position { get; init; }

    /// <summary>Some row may give an error.</summary>
    public virtual bool CanFail => false;

    /// <summary>How it depends on the time.</summary>
    public virtual FormulaClock Clock => FormulaClock.None;

    /// <summary>How many expressions are inside one another here.</summary>
    public virtual int Depth => 1;
}

/// <summary>The same for every row: a double, string, bool or null, of the type it stands for.</summary>
public sealed class Constant : Expression
{
    /// <summary>Null is blank.</summary>
    public required object? Value { get; init; }
}

/// <summary>A cell of the row.</summary>
public sealed class FieldValue : Expression
{
    /// <summary>Its field.</summary>
    public required Field Field { get; init; }

    /// <summary>The part of a cell in an engineering notation that is read; null for what formulas see of it.</summary>
    public Part? Part { get; init; }

    /// <inheritdoc/>
    public override bool CanFail => Field.Type.CanFail;
}

/// <summary>The list that a rollup gathers: the name <c>values</c>.</summary>
public sealed class GatheredValues : Expression;

/// <summary>The same value as another type; what was asked for decides, as <c>docs/formulas.md</c> tells.</summary>
public sealed class Conversion : Expression
{
    /// <summary>What is converted.</summary>
    public required Expression Source { get; init; }

    /// <inheritdoc/>
    public override bool CanFail => Source.CanFail || Conversions.CanFail(Source.Type, Type);

    /// <inheritdoc/>
    public override FormulaClock Clock => Source.Clock;

    /// <inheritdoc/>
    public override int Depth => Source.Depth + 1;
}

/// <summary>A function or an operator with its arguments, each already of the type that the function wants.</summary>
public sealed class Call : Expression
{
    readonly bool canFail;

    internal Call(Function function, IReadOnlyList<Expression> arguments, bool? canFail, object? settled)
    {
        (Function, Arguments, Settled) = (function, arguments, settled);
        this.canFail = canFail ?? (function.CanFail || arguments.Any(a => a.CanFail));
        Clock = arguments.Select(a => a.Clock).Append(function.Clock).Max();
        Depth = 1 + arguments.Select(a => a.Depth).DefaultIfEmpty().Max();
    }

    /// <summary>What is called.</summary>
    public Function Function { get; }

    /// <summary>In the order they were given.</summary>
    public IReadOnlyList<Expression> Arguments { get; }

    /// <summary>What the function found out when the formula was compiled, for instance the factor between two units.</summary>
    public object? Settled { get; }

    /// <inheritdoc/>
    public override bool CanFail => canFail;

    /// <inheritdoc/>
    public override FormulaClock Clock { get; }

    /// <inheritdoc/>
    public override int Depth { get; }
}
