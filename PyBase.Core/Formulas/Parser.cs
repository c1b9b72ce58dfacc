using System.Runtime.CompilerServices;
using PyBase.Core.Errors;

namespace PyBase.Core.Formulas;

/// <summary>Tokens → <see cref="Syntax"/>: comparisons bind least, then <c>&amp;</c>, <c>+ -</c>, <c>* /</c>, <c>^</c>, and a leading minus most.</summary>
sealed class Parser(IReadOnlyList<Token> tokens)
{
    /// <summary>Deepest nesting of parentheses and calls.</summary>
    public const int MaxDepth = 1_000;

    /// <summary>Most operands and calls in one formula.</summary>
    public const int MaxTerms = 20_000;

    static readonly string[][] Levels = [["=", "!=", "<>", "<", "<=", ">", ">="], ["&"], ["+", "-"], ["*", "/"]];

    int next;
    int depth;
    int terms;

    Token Current => tokens[next];

    public static Result<Syntax> Parse(IReadOnlyList<Token> tokens)
    {
        var parser = new Parser(tokens);
        if (parser.Current.Kind is TokenKind.End)
            return FormulaErrors.Invalid(0, "it is empty");
        if (!parser.Level(0).TryGet(out var syntax, out var error))
            return error;
        return parser.Current.Kind is TokenKind.End ? syntax : FormulaErrors.Invalid(parser.Current.Start, parser.Current.Is(")") ? "this ) closes nothing" : "an operator is missing here");
    }

    Result<Syntax> Level(int level)
    {
        if (level == Levels.Length)
            return Power();
        var start = Current.Start;
        if (!Level(level + 1).TryGet(out var first, out var error))
            return error;
        List<(Token, Syntax)>? rest = null;
        while (Current.Kind is TokenKind.Sign && Array.IndexOf(Levels[level], Current.Text) >= 0)
        {
            var sign = Current;
            next++;
            if (!Level(level + 1).TryGet(out var operand, out error))
                return error;
            (rest ??= []).Add((sign, operand));
        }
        return rest is null ? first : new ChainSyntax(first, rest, start);
    }

    /// <summary>From right to left: <c>2 ^ 3 ^ 2</c> is <c>2 ^ 9</c>.</summary>
    Result<Syntax> Power()
    {
        if (!Signed().TryGet(out var first, out var error) || !Current.Is("^"))
            return error is null ? first! : error;
        var sign = Current;
        next++;
        if (Enter() is { } tooDeep)
            return tooDeep;
        if (!Power().TryGet(out var exponent, out error))
            return error;
        depth--;
        return new ChainSyntax(first, [(sign, exponent)], first.Position);
    }

    Result<Syntax> Signed()
    {
        var start = Current.Start;
        var isNegative = false;
        var isSigned = false;
        for (; Current.Is("-") || Current.Is("+"); next++, isSigned = true)
            isNegative ^= Current.Is("-");
        if (!Operand().TryGet(out var operand, out var error))
            return error;
        return isNegative ? new NegativeSyntax(operand, start) : isSigned ? new NegativeSyntax(new NegativeSyntax(operand, start), start) : operand;
    }

    Result<Syntax> Operand()
    {
        var token = Current;
        if (++terms > MaxTerms)
            return FormulaErrors.Invalid(token.Start, $"it has more than {MaxTerms} terms");
        if (token.Kind is TokenKind.End)
            return FormulaErrors.Invalid(token.Start, "it ends where a value is expected");
        next++;
        switch (token.Kind)
        {
            case TokenKind.Number:
                return new NumberSyntax(token.Number, token.Start);
            case TokenKind.Text:
                return new TextSyntax(token.Text, token.Start);
            case TokenKind.Field:
            case TokenKind.Name when !Current.Is("("):
                return new NameSyntax(token);
            case TokenKind.Name:
                next++;
                return Call(token);
            case TokenKind.Sign when token.Text is "(":
                if (Enter() is { } tooDeep)
                    return tooDeep;
                if (!Level(0).TryGet(out var inner, out var error))
                    return error;
                depth--;
                return Close(token.Start) ?? (Result<Syntax>)inner;
            default:
                return FormulaErrors.Invalid(token.Start, $"a value is expected before \"{token.Text}\"");
        }
    }

    Result<Syntax> Call(Token name)
    {
        var arguments = new List<Syntax>();
        if (Enter() is { } tooDeep)
            return tooDeep;
        for (; !Current.Is(")"); next += Current.Is(",") ? 1 : 0)
        {
            if (!Level(0).TryGet(out var argument, out var error))
                return error;
            arguments.Add(argument);
            if (!Current.Is(",") && !Current.Is(")"))
                return FormulaErrors.Invalid(Current.Start, $"a comma or ) is expected among the arguments of {name.Text.Excerpt()}");
            if (Current.Is(",") && tokens[next + 1].Is(")"))
                return FormulaErrors.Invalid(Current.Start, "an argument is expected behind this comma");
        }
        depth--;
        return Close(name.Start) ?? (Result<Syntax>)new CallSyntax(name.Text, arguments, name.Start);
    }

    Error? Close(int opened)
    {
        if (!Current.Is(")"))
            return FormulaErrors.Invalid(opened, "this ( is never closed");
        next++;
        return null;
    }

    Error? Enter() => ++depth > MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack()
        ? FormulaErrors.Invalid(Current.Start, $"it is nested more than {MaxDepth} deep") : null;
}
