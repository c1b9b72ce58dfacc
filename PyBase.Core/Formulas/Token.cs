namespace PyBase.Core.Formulas;

enum TokenKind { Number, Text, Field, Name, Sign, End }

/// <summary>A word of a formula, with its place in the text.</summary>
/// <param name="Text">What it says: escapes are undone.</param>
readonly record struct Token(TokenKind Kind, string Text, double Number, int Start, int End)
{
    public bool Is(string sign) => Kind is TokenKind.Sign && Text == sign;

    public bool IsNamed(string name) => Kind is TokenKind.Name && Text.Equals(name, StringComparison.OrdinalIgnoreCase);
}
