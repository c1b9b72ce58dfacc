using System.Text;
using PyBase.Core.Errors;
using PyBase.Core.Formulas.Functions;
using PyBase.Core.Schema;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas;

/// <summary>
/// Folds <c>a + b - c</c> from the left. Operands that go together stay one flat call; only a change of what is computed (sum, text, days) starts another around it.
/// </summary>
sealed class ChainOfOperands(Table table, int position, Expression first)
{
    readonly List<Expression> operands = [first];
    readonly StringBuilder signs = new();
    Function? open;

    /// <summary>How deep it has become.</summary>
    public int Depth => operands[0].Depth;

    public Error? Add(Token sign, Expression next)
    {
        var function = Meaning(sign.Text, next);
        if (function is null || function == Operators.Shift || function == Operators.Days || open is not null && open != function)
        {
            if (!End().TryGet(out var all, out var error))
                return error;
            operands.Clear();
            operands.Add(all);
            (open, _) = (null, signs.Clear());
            // What it has become may change what the sign means.
            function = Meaning(sign.Text, next);
        }
        if (function is null)
            return Replace(Compare(sign, next));
        if (function == Operators.Shift || function == Operators.Days)
            return Replace(Dates(function, sign, next));
        open = function;
        operands.Add(next);
        signs.Append(sign.Text);
        return null;
    }

    public Result<Expression> End()
    {
        if (open is null)
            return operands[0];
        var call = new Invocation(open, operands, position, table);
        var converted = new List<Expression>(operands.Count);
        for (var i = 0; i < operands.Count; i++)
        {
            if (!call.As(i, open == Operators.Join ? Wanted.Text : Wanted.Number).TryGet(out var operand, out var error))
                return error;
            converted.Add(operand);
        }
        return call.Give(new(open == Operators.Join ? Text : Number), converted, settled: signs.ToString());
    }

    Error? Replace(Result<Expression> whole)
    {
        if (!whole.TryGet(out var value, out var error))
            return error;
        operands[0] = value;
        return null;
    }

    /// <summary>Null is a comparison.</summary>
    Function? Meaning(string sign, Expression next)
    {
        var (kind, other) = (open is null ? operands[0].Type.Kind : open == Operators.Join ? Text : Number, next.Type.Kind);
        return sign switch
        {
            "&" => Operators.Join,
            "+" when kind is Text || other is Text => Operators.Join,
            "-" when kind is Date or Instant && other is Date or Instant => Operators.Days,
            "+" when kind is Date or Instant != other is Date or Instant => Operators.Shift,
            "-" when kind is Date or Instant => Operators.Shift,
            "+" or "-" => Operators.Add,
            "*" or "/" => Operators.Multiply,
            "^" => Operators.Power,
            _ => null,
        };
    }

    Result<Expression> Compare(Token sign, Expression next)
    {
        var function = Catalogue.Find(sign.Text is "<>" ? "!=" : sign.Text)!;
        return function.Bind(new Invocation(function, [operands[0], next], position, table));
    }

    Result<Expression> Dates(Function function, Token sign, Expression next)
    {
        var call = new Invocation(function, operands[0].Type.Kind is Date or Instant ? [operands[0], next] : [next, operands[0]], sign.Start, table);
        var type = call.Arguments[0].Type with { IsList = false };
        var isDays = function == Operators.Days;
        if (!call.As(0, isDays ? new FormulaType(Instant) : type).TryGet(out var date, out var error))
            return error;
        if (!call.As(1, new FormulaType(isDays ? Instant : Number)).TryGet(out var other, out error))
            return error;
        return isDays ? call.Give(new(Number), [date, other]) : call.Give(type, [date, other], settled: sign.Text is "-" ? -1 : 1);
    }
}
