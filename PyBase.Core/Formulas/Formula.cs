using System.Text;
using PyBase.Core.Errors;
using PyBase.Core.Schema;

namespace PyBase.Core.Formulas;

/// <summary>A compiled formula: parsed, names resolved, typed. Pure and immutable.</summary>
public sealed class Formula
{
    /// <summary>Longest text of a formula.</summary>
    public const int MaxLength = 100_000;

    Formula(Expression root, Binder binder, string text) =>
        (Root, Fields, ReadsValues, ReadsModified, Watched, Text) = (root, binder.Fields, binder.ReadsValues, binder.ReadsModified, binder.Watched, text);

    /// <summary>What is computed.</summary>
    public Expression Root { get; }

    /// <summary>Whether a row passes, when the formula is a filter: 0, false, blank, NaN, empty lists and errors do not.</summary>
    public Expression Condition => Root.To(new(ValueKind.Boolean))!;

    /// <summary>The type of the result.</summary>
    public FormulaType Type => Root.Type;

    /// <summary>The fields of its own table that it reads, each once.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary>Its strongest dependence on the time.</summary>
    public FormulaClock Clock => Root.Clock;

    /// <summary>It uses <c>values</c>, the list of a rollup.</summary>
    public bool ReadsValues { get; }

    /// <summary>It asks when the record was last changed.</summary>
    public bool ReadsModified { get; }

    /// <summary>The fields of which it asks when each was last changed.</summary>
    public IReadOnlyList<string> Watched { get; }

    /// <summary>Some row may give an error.</summary>
    public bool CanFail => Root.CanFail;

    /// <summary>The text with every field as <c>{fld…}</c>: what is stored, so that renaming a field breaks nothing.</summary>
    public string Text { get; }

    /// <summary>Reads a formula as somebody wrote it, or as it is stored.</summary>
    public static Result<Formula> Compile(string text, FormulaScope scope)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(scope);
        if (text.Length > MaxLength)
            return FormulaErrors.Invalid(MaxLength, $"it is longer than {MaxLength} characters");
        if (!Lexer.Read(text).TryGet(out var tokens, out var error) || !Parser.Parse(tokens).TryGet(out var syntax, out error))
            return error;
        var binder = new Binder(scope);
        if (!binder.Bind(syntax).TryGet(out var root, out error))
            return error;
        return new Formula(root, binder, Replace(text, binder.References.OrderBy(r => r.Token.Start).Select(r => (r.Token, $"{{{r.Field.Id}}}"))));
    }

    /// <summary>A stored formula with names in place of ids, for people.</summary>
    public static string Show(string storedText, Table table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Lexer.Read(storedText).TryGet(out var tokens, out _)
            ? Replace(storedText, tokens.Where(t => t.Kind is TokenKind.Field).Select(t => (t, table.Fields.FirstOrDefault(f => f.Id == t.Text)))
                .Where(r => r.Item2 is not null).Select(r => (r.t, "{" + Escape(r.Item2!.Name) + "}")))
            : storedText;
    }

    static string Escape(string name) => name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("}", "\\}", StringComparison.Ordinal);

    static string Replace(string text, IEnumerable<(Token Token, string New)> replacements)
    {
        var (result, at) = (new StringBuilder(), 0);
        foreach (var (token, replacement) in replacements)
        {
            result.Append(text, at, token.Start - at).Append(replacement);
            at = token.End;
        }
        return result.Append(text, at, text.Length - at).ToString();
    }
}
