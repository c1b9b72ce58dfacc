using System.Globalization;
using PyBase.Core.Formulas;
using PyBase.Core.Formulas.Functions;

namespace PyBase.Storage.Formulas;

/// <summary>
/// Sums and products. PostgreSQL raises where IEEE 754 gives an infinity or 0, so the plain operators run only where no step can leave the range of a double:
/// how large and how small every step can become follows from the operands' magnitudes, for which one guard at the front is found when the formula is compiled.
/// The rare rest takes functions that look at every step.
/// </summary>
sealed class ArithmeticSql
{
    const double Limit = 300;
    const double Ordinary = 100;
    const double Least = 15;

    readonly FormulaBuilder builder;
    readonly OrderedDictionary<string, bool> operands = [];
    readonly List<string?> errors = [];
    double ordinary = Ordinary;
    int level;
    bool multiplies;

    ArithmeticSql(FormulaBuilder builder) => this.builder = builder;

    public static Piece Compile(FormulaBuilder builder, Call call, IReadOnlyList<Piece> arguments)
    {
        var arithmetic = new ArithmeticSql(builder);
        var term = arithmetic.Of(call);
        return Piece.Solid(arithmetic.Guarded(term)) with { Error = FormulaBuilder.FirstError(arithmetic.errors), Level = arithmetic.level, Depth = term.Depth };
    }

    /// <summary>With every operand 0 or between 1e-L and 1e+L, it is 0 or at most 1e(High·L + HighBy) and at least 1e-(Low·L + LowBy).</summary>
    readonly record struct Range(double High, double HighBy, double Low, double LowBy)
    {
        public static readonly Range Operand = new(1, 0, 1, 0);

        public double Ordinary => Math.Min(High > 0 ? (Limit - HighBy) / High : HighBy < Limit ? Limit : 0, Low > 0 ? (Limit - LowBy) / Low : LowBy < Limit ? Limit : 0);

        /// <summary>A difference that is not 0 is at least one bit of the smaller operand.</summary>
        public static Range operator +(Range a, Range b) =>
            new(Math.Max(a.High, b.High), Math.Max(a.HighBy, b.HighBy) + 0.31, Math.Max(a.Low, b.Low), Math.Max(a.LowBy, b.LowBy) + 16);

        public static Range operator *(Range a, Range b) => new(a.High + b.High, a.HighBy + b.HighBy, a.Low + b.Low, a.LowBy + b.LowBy);

        public static Range operator /(Range a, Range b) => new(a.High + b.Low, a.HighBy + b.LowBy, a.Low + b.High, a.LowBy + b.HighBy);
    }

    readonly record struct Term(string Fast, string Slow, Range Range, int Depth = 1);

    Term Of(Expression expression)
    {
        if (expression is not Call call)
            return Operand(expression, isDivisor: false);
        if (call.Function == Operators.Subtract)
            return Of(call.Arguments[0]) is var term ? term with { Fast = $"(-{term.Fast})", Slow = $"(-{term.Slow})", Depth = term.Depth + 1 } : default;
        if (call.Function.Name is "CONVERT")
            return Convert(call);
        if (call.Function != Operators.Add && call.Function != Operators.Multiply)
            return Operand(expression, isDivisor: false);
        var signs = (string)call.Settled!;
        var chain = Of(call.Arguments[0]);
        for (var i = 0; i < signs.Length; i++)
            chain = Step(chain, signs[i], signs[i] is '/' ? Operand(call.Arguments[i + 1], isDivisor: true) : Of(call.Arguments[i + 1]));
        return chain;
    }

    Term Convert(Call call)
    {
        var (factor, offset) = ((double, double))call.Settled!;
        var value = Step(Of(call.Arguments[0]), '*', Literal(factor));
        return offset == 0 ? value : Step(value, '+', Literal(offset));
    }

    Term Step(Term a, char sign, Term b)
    {
        multiplies |= sign is '*' or '/';
        if (sign is '/' && b.Fast is "0::float8")
            return Operand(new Piece($"pybase.divide({Guarded(a)}, 0)") { Level = level, IsNullable = false }, isDivisor: false);
        var range = Combine(a.Range, sign, b.Range);
        if (Math.Min(ordinary, range.Ordinary) < Least || Math.Max(a.Depth, b.Depth) >= 15)
        {
            // Too many factors for one guard, or too deep: what there is so far becomes an operand.
            a = Operand(new Piece(Guarded(a)) { Level = level, IsNullable = false }, isDivisor: false);
            if (Combine(a.Range, sign, b.Range).Ordinary < Least || b.Depth >= 15)
                b = Operand(new Piece(Guarded(b)) { Level = level, IsNullable = false }, isDivisor: sign is '/');
            range = Combine(a.Range, sign, b.Range);
        }
        ordinary = Math.Min(ordinary, range.Ordinary);
        var slow = sign switch
        {
            '+' => $"pybase.add({a.Slow}, {b.Slow})",
            '-' => $"pybase.add({a.Slow}, -{b.Slow})",
            '*' => $"pybase.multiply({a.Slow}, {b.Slow})",
            _ => $"pybase.divide({a.Slow}, {b.Slow})",
        };
        return new($"({a.Fast} {sign} {b.Fast})", slow, range, Math.Max(a.Depth, b.Depth) + 1);
    }

    static Range Combine(Range a, char sign, Range b) => sign switch { '*' => a * b, '/' => a / b, _ => a + b };

    Term Operand(Expression expression, bool isDivisor)
    {
        if (expression is Constant { Value: double number })
            return Literal(number);
        if (expression is Constant)
            return Literal(0);
        var piece = builder.Atom(expression);
        errors.Add(piece.Error);
        return Operand(piece, isDivisor);
    }

    Term Operand(Piece piece, bool isDivisor)
    {
        var operand = builder.Let(piece);
        level = Math.Max(level, operand.Level);
        operands[operand.Number] = operands.GetValueOrDefault(operand.Number) || isDivisor;
        return new(operand.Number, operand.Number, Range.Operand);
    }

    static Term Literal(double number)
    {
        var size = number == 0 ? 0 : Math.Log10(Math.Abs(number));
        return new(SqlLiterals.Number(number == 0 ? 0 : number), SqlLiterals.Number(number == 0 ? 0 : number), new(0, Math.Max(size, 0) + 0.01, 0, Math.Max(-size, 0) + 0.01));
    }

    string Guarded(Term term)
    {
        if (term.Fast == term.Slow)
            return term.Fast;
        var reach = (int)Math.Floor(Math.Min(ordinary, Ordinary));
        if (ordinary < 1)
            return term.Slow;
        var (low, high) = ($"'1e-{reach.ToString(CultureInfo.InvariantCulture)}'::float8", $"'1e{reach.ToString(CultureInfo.InvariantCulture)}'::float8");
        var guards = operands.Select(o => o.Value ? $"abs({o.Key}) between {low} and {high}"
            : multiplies ? $"(abs({o.Key}) between {low} and {high} or {o.Key} = 0)" : $"abs({o.Key}) < {high}").ToArray();
        return guards.Length == 0 ? term.Fast : $"(case when {string.Join(" and ", guards)} then {term.Fast} else {term.Slow} end)";
    }
}
