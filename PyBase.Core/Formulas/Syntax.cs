namespace PyBase.Core.Formulas;

/// <summary>A formula as it is written; names mean nothing yet.</summary>
abstract record Syntax(int Position);

sealed record NumberSyntax(double Value, int Position) : Syntax(Position);

sealed record TextSyntax(string Value, int Position) : Syntax(Position);

/// <summary>A name without an argument list: a field, <c>values</c>, or a function that may stand without parentheses.</summary>
sealed record NameSyntax(Token Token) : Syntax(Token.Start);

sealed record CallSyntax(string Name, IReadOnlyList<Syntax> Arguments, int Position) : Syntax(Position);

/// <summary>
/// Operands with operators of one precedence between them, from left to right: <c>a + b - c</c>. One node however long it is, so that no walk over a formula is as deep as a chain is long.
/// </summary>
sealed record ChainSyntax(Syntax First, IReadOnlyList<(Token Operator, Syntax Operand)> Rest, int Position) : Syntax(Position);

sealed record NegativeSyntax(Syntax Operand, int Position) : Syntax(Position);
