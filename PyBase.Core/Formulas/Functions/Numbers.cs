using PyBase.Core.Errors;
using PyBase.Notation.Units;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas.Functions;

/// <summary>Numbers: doubles, of which sums, remainders and rounding are computed on their decimal digits.</summary>
public static class Numbers
{
    static readonly Parameter Value = new("value", Wanted.Number);
    static readonly Parameter Digits = new("digits", Wanted.Number, true);
    static readonly Parameter Step = new("step", Wanted.Number, true);
    static readonly Parameter Items = new("value", Wanted.Any, true, true);

    /// <summary>The family.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        new("ABS", Number, "Without its sign.", Value),
        new("AVERAGE", Lists.Flat(null, Number), "The mean of the numbers, blanks left out; NaN when there is none.", Items),
        new("AVG", Lists.Flat(null, Number), "The same as AVERAGE.", Items),
        new("CEILING", Number, "The next multiple of the step upwards; of 1 when none is given.", Value, Step),
        new("CONVERT", Convert, "A number of one unit in another: CONVERT({Length}, \"in\", \"mm\").", Value, new("from", Wanted.LiteralText), new("to", Wanted.LiteralText)),
        new("COUNT", Lists.Flat(null, Number), "How many numbers there are.", Items),
        new("COUNTA", Lists.Flat(null, Number), "How many values are not blank.", Items),
        new("COUNTALL", Lists.Flat(null, Number), "How many values there are, blank ones too.", Items),
        new("COUNTBLANK", Lists.Flat(null, Number), "How many values are blank.", Items),
        new("EVEN", Number, "The smallest even number that is not less.", Value),
        new("EXP", Number, "e to this power.", Value),
        new("FLOOR", Number, "The next multiple of the step downwards; of 1 when none is given.", Value, Step),
        new("INT", Number, "The greatest whole number that is not more.", Value),
        new("LN", Number, "The natural logarithm.", Value),
        new("LOG", Number, "The logarithm to a base, which is 10 when none is given.", Value, new("base", Wanted.Number, true)),
        new("MAX", Extreme, "The greatest number or latest day; 0 when there is no number.", Items),
        new("MIN", Extreme, "The smallest number or earliest day; 0 when there is no number.", Items),
        new("MOD", Number, "What division leaves over, with the sign of the divisor; NaN by 0.", Value, new("divisor", Wanted.Number)),
        new("ODD", Number, "The next odd number away from 0.", Value),
        new("PI", Number, "3.14159…"),
        new("POWER", Number, "The value to a power.", Value, new("power", Wanted.Number)),
        new("ROUND", Number, "Rounded to so many digits behind the point, halves away from 0.", Value, Digits),
        new("ROUNDDOWN", Number, "Rounded towards 0.", Value, Digits),
        new("ROUNDUP", Number, "Rounded away from 0.", Value, Digits),
        new("SQRT", Number, "The square root; NaN of less than 0.", Value),
        new("SUM", Lists.Flat(null, Number), "The sum of the numbers, blanks left out.", Items),
    ];

    /// <summary>Days have a first and a last; everything else is compared as numbers.</summary>
    static Result<Expression> Extreme(Invocation call)
    {
        var common = Conversions.Unify(call.Arguments.Select(a => a.Type with { IsList = false }));
        return common.Kind is Date or Instant ? Lists.Flat(call, common.Kind, common) : call.Give(new(Number), call.Arguments);
    }

    static Result<Expression> Convert(Invocation call)
    {
        if (!call.Convert().TryGet(out var arguments, out var error))
            return error;
        Unit[] units = new Unit[2];
        for (var i = 0; i < 2; i++)
            if (!Unit.TryParse(call.Literal(i + 1), out units[i]!, out _))
                return FormulaErrors.Invalid(arguments[i + 1].Position, $"\"{call.Literal(i + 1)!.Excerpt()}\" is no unit");
        var (from, to) = (units[0], units[1]);
        if (!from.IsComparableTo(to))
            return call.Refuse($"{from.Symbol} cannot be converted to {to.Symbol}: one measures {from.Dimension}, the other {to.Dimension}");
        // value·f + o. The two ends are exact decimals; π and the last division round.
        var factor = (double)(from.Numerator * to.Denominator) / (double)(from.Denominator * to.Numerator);
        factor *= (from.TimesPi, to.TimesPi) switch { (true, false) => Math.PI, (false, true) => 1 / Math.PI, _ => 1 };
        var offset = (double)((from.Offset - to.Offset) * to.Denominator / to.Numerator);
        return call.Give(new(Number), [arguments[0]], settled: (factor, offset));
    }
}
