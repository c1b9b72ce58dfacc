using System.Runtime.CompilerServices;
using PyBase.Core.Errors;
using PyBase.Core.Formulas.Functions;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas;

/// <summary><see cref="Syntax"/> → <see cref="Expression"/>: names become fields and functions, types are settled.</summary>
sealed class Binder(FormulaScope scope)
{
    readonly OrderedDictionary<string, Field> fields = [];

    public IReadOnlyList<Field> Fields => [.. fields.Values];

    public bool ReadsValues { get; private set; }

    /// <summary>Fields of which it asks when each was last changed.</summary>
    public List<string> Watched { get; } = [];

    /// <summary>It asks when the record was last changed.</summary>
    public bool ReadsModified { get; private set; }

    /// <summary>Names of fields by where they stand, for the text that is stored.</summary>
    public List<(Token Token, Field Field)> References { get; } = [];

    public Result<Expression> Bind(Syntax syntax)
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return TooDeep(syntax.Position);
        var bound = syntax switch
        {
            NumberSyntax number => Literal(number.Value, Number, number.Position),
            TextSyntax text => Literal(text.Value, Text, text.Position),
            NameSyntax name => Name(name.Token),
            NegativeSyntax negative => Negative(negative),
            ChainSyntax chain => Chain(chain),
            CallSyntax call => Call(call),
            _ => throw new InvalidOperationException($"No way to bind {syntax}."),
        };
        return bound.IsOk && bound.Value.Depth > Parser.MaxDepth ? TooDeep(syntax.Position) : bound;
    }

    static Error TooDeep(int position) => FormulaErrors.Invalid(position, $"it is nested more than {Parser.MaxDepth} deep");

    static Result<Expression> Literal(object value, ValueKind kind, int position) => new Constant { Type = new(kind), Value = value, Position = position };

    Result<Expression> Name(Token token)
    {
        if (token.IsNamed("values") && scope.Values is { } values)
        {
            ReadsValues = true;
            return new GatheredValues { Type = values with { IsList = true }, Position = token.Start };
        }
        if (token.Kind is TokenKind.Name && Catalogue.Find(token.Text) is { IsBare: true } bare)
            return bare.Bind(new Invocation(bare, [], token.Start, scope.Table));
        if (scope.Table.Find(token.Text) is { } field)
        {
            fields.TryAdd(field.Id, field);
            References.Add((token, field));
            return new FieldValue { Type = field.Type.Value, Field = field, Position = token.Start };
        }
        return FormulaErrors.Invalid(token.Start, token.Kind is TokenKind.Name && Catalogue.Find(token.Text) is { } function
            ? $"{function.Name} is a function: {function.Usage}"
            : $"there is no field \"{token.Text.Excerpt()}\"");
    }

    Result<Expression> Call(CallSyntax call)
    {
        if (scope.Reader is { } reader && call.Arguments.Count == 0 && Current(call.Name, reader) is { } current)
            return Literal(current, Text, call.Position);
        if (Catalogue.Find(call.Name) is not { } function)
            return FormulaErrors.Invalid(call.Position, $"there is no function {call.Name.Excerpt()}");
        if (call.Arguments.Count < function.Fewest || call.Arguments.Count > function.Most)
            return FormulaErrors.Invalid(call.Position, $"{function.Usage} does not take {call.Arguments.Count} arguments");
        var arguments = new Expression[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
            if (!Bind(call.Arguments[i]).TryGet(out arguments[i]!, out var error))
                return error;
        var bound = function.Bind(new Invocation(function, arguments, call.Position, scope.Table));
        if (bound is { IsOk: true, Value: Call { Function.Name: "LAST_MODIFIED_TIME", Settled: string[] watched } })
        {
            Watched.AddRange(watched);
            ReadsModified |= watched.Length == 0;
        }
        return bound;
    }

    /// <summary>Functions of rules alone: who reads or writes.</summary>
    static string? Current(string name, Reader reader) => name.ToUpperInvariant() switch
    {
        "CURRENT_USER" => reader.UserId,
        "CURRENT_USER_EMAIL" => reader.Email,
        _ => null,
    };

    Result<Expression> Negative(NegativeSyntax negative)
    {
        if (!Bind(negative.Operand).TryGet(out var operand, out var error))
            return error;
        if (operand is Constant { Value: double number })
            return Literal(-number, Number, negative.Position);
        var call = new Invocation(Operators.Subtract, [operand], negative.Position, scope.Table);
        return call.As(0, Wanted.Number).Then<Expression>(value => call.Give(new(Number), [value]));
    }

    Result<Expression> Chain(ChainSyntax chain)
    {
        if (!Bind(chain.First).TryGet(out var value, out var error))
            return error;
        var links = new ChainOfOperands(scope.Table, chain.Position, value);
        foreach (var (sign, operand) in chain.Rest)
        {
            if (!Bind(operand).TryGet(out var next, out error) || (error = links.Add(sign, next)) is not null)
                return error;
            if (links.Depth > Parser.MaxDepth)
                return TooDeep(sign.Start);
        }
        return links.End();
    }
}
