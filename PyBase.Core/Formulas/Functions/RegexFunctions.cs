using PyBase.Core.Errors;
using static PyBase.Core.Formulas.ValueKind;

namespace PyBase.Core.Formulas.Functions;

/// <summary>Regular expressions of RE2. The pattern stands in the formula itself, so that it is judged when the formula is written.</summary>
public static class RegexFunctions
{
    static readonly Parameter Of = new("text", Wanted.Text);
    static readonly Parameter Pattern = new("pattern", Wanted.LiteralText);

    /// <summary>The family.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        new("REGEX_EXTRACT", i => Bind(i, Text, RegularExpressions.Extract(i.Literal(1) ?? ""), canFail: true), "The first match of a pattern; an error when there is none.", Of, Pattern),
        new("REGEX_MATCH", i => Bind(i, ValueKind.Boolean, RegularExpressions.Match(i.Literal(1) ?? ""), canFail: false), "Whether a pattern matches anywhere in the text.", Of, Pattern),
        new("REGEX_REPLACE", Replace, "Every match of a pattern replaced; $1 is what its first group matched, $0 the match.", Of, Pattern, new("replacement", Wanted.LiteralText)),
    ];

    static Result<Expression> Replace(Invocation call)
    {
        var expression = RegularExpressions.Replace(call.Literal(1) ?? "", call.Literal(2) ?? "");
        return Bind(call, Text, expression, canFail: expression.Added > 0 || expression.References > 1);
    }

    /// <summary>A call whose only argument is the text; the pattern is settled.</summary>
    static Result<Expression> Bind(Invocation call, ValueKind kind, RegularExpression expression, bool canFail) =>
        !call.Convert().TryGet(out var arguments, out var error) ? error
        : expression.Refusal is { } why ? call.Refuse($"this regular expression cannot be used: {why}")
        : call.Give(new(kind), [arguments[0]], canFail || arguments[0].CanFail, expression);
}
