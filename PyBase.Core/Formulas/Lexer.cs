using System.Globalization;
using System.Text;
using PyBase.Core.Errors;

namespace PyBase.Core.Formulas;

/// <summary>
/// Text → tokens: <c>12.5e3</c>, <c>"a \"b\""</c>, <c>'a'</c>, <c>{Field \} name}</c>, <c>Name</c>, signs, <c>/* a remark */</c> and <c>// one to the end of the line</c>.
/// </summary>
static class Lexer
{
    static readonly string[] Signs = ["!=", "<>", "<=", ">=", "=", "<", ">", "&", "+", "-", "*", "/", "^", "(", ")", ","];

    public static Result<IReadOnlyList<Token>> Read(string text)
    {
        var tokens = new List<Token>();
        for (var at = 0; ;)
        {
            if (Skip(text, ref at) is { } open)
                return FormulaErrors.Invalid(open, "this remark has no end");
            if (at == text.Length)
            {
                tokens.Add(new(TokenKind.End, "", 0, at, at));
                return tokens;
            }
            if (!Next(text, at).TryGet(out var token, out var error))
                return error;
            tokens.Add(token);
            at = token.End;
        }
    }

    static int? Skip(string text, ref int at)
    {
        while (at < text.Length)
        {
            if (char.IsWhiteSpace(text[at]) || text[at] is '\uFEFF')
                at++;
            else if (string.CompareOrdinal(text, at, "//", 0, 2) == 0)
                at = text.IndexOf('\n', at) is >= 0 and var line ? line : text.Length;
            else if (string.CompareOrdinal(text, at, "/*", 0, 2) != 0)
                break;
            else if (text.IndexOf("*/", at + 2, StringComparison.Ordinal) is >= 0 and var end)
                at = end + 2;
            else
                return at;
        }
        return null;
    }

    static Result<Token> Next(string text, int start)
    {
        var c = text[start];
        if (char.IsAsciiDigit(c) || c is '.' && start + 1 < text.Length && char.IsAsciiDigit(text[start + 1]))
            return Number(text, start);
        if (c is '"' or '\'')
            return Quoted(text, start, c, TokenKind.Text);
        if (c is '{')
            return Quoted(text, start, '}', TokenKind.Field);
        if (char.IsLetter(c) || c is '_')
        {
            var end = start + 1;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '_'))
                end++;
            return new Token(TokenKind.Name, text[start..end], 0, start, end);
        }
        foreach (var sign in Signs)
            if (string.CompareOrdinal(text, start, sign, 0, sign.Length) == 0)
                return new Token(TokenKind.Sign, sign, 0, start, start + sign.Length);
        return FormulaErrors.Invalid(start, c is '“' or '”' or '‘' or '’' ? "text stands in straight quotation marks" : $"\"{Printable(text, start)}\" means nothing here");
    }

    static string Printable(string text, int at) => char.IsSurrogatePair(text, at) ? text.Substring(at, 2) : char.IsSurrogate(text[at]) || char.IsControl(text[at]) ? "\uFFFD" : text[at].ToString();

    static Result<Token> Number(string text, int start)
    {
        var end = start;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.'))
            end++;
        var exponent = end + (end + 1 < text.Length && text[end] is 'e' or 'E' && text[end + 1] is '+' or '-' ? 2 : 1);
        if (end < text.Length && text[end] is 'e' or 'E' && exponent < text.Length && char.IsAsciiDigit(text[exponent]))
            for (end = exponent; end < text.Length && char.IsAsciiDigit(text[end]);)
                end++;
        if (!double.TryParse(text.AsSpan(start, end - start), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number))
            return FormulaErrors.Invalid(start, $"\"{text[start..end].Excerpt()}\" is not a number");
        return double.IsFinite(number)
            ? new Token(TokenKind.Number, text[start..end], number, start, end)
            : FormulaErrors.Invalid(start, "this number is larger than any that can be computed with");
    }

    static char Escaped(char c) => c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', _ => c };

    static Result<Token> Quoted(string text, int start, char close, TokenKind kind)
    {
        var content = new StringBuilder();
        for (var at = start + 1; at < text.Length; at++)
        {
            if (text[at] == close)
                return kind is TokenKind.Field && content.Length == 0
                    ? FormulaErrors.Invalid(start, "a field's name stands between { and }")
                    : new Token(kind, content.ToString(), 0, start, at + 1);
            if (text[at] is '\\' && at + 1 < text.Length && (kind is TokenKind.Text || text[at + 1] is '}' or '\\'))
                content.Append(kind is TokenKind.Field ? text[++at] : Escaped(text[++at]));
            else
                content.Append(text[at]);
        }
        return FormulaErrors.Invalid(start, kind is TokenKind.Field ? "this { is never closed" : "this text has no closing quotation mark");
    }
}
