using System.Text.RegularExpressions;
using PyBase.Core.Errors;

namespace PyBase.Core.Constraints;

/// <summary>
/// A regular expression for whole texts, in time linear in the text: without looking around and without references back, which is what makes other engines
/// slow for ever on <c>(a+)+$</c>.
/// </summary>
public sealed class TextPattern : IEquatable<TextPattern>
{
    const int MaxExpression = 1_000;
    const int MaxText = 10_000;
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    readonly Lazy<Regex> regex;

    // Definitions are read far more often than texts are matched, so it is built when it is needed first.
    TextPattern(string expression) => (Expression, regex) = (expression, new Lazy<Regex>(() => Build(expression)));

    /// <summary>As it was written.</summary>
    public string Expression { get; }

    /// <summary>From the first character to the last. A text too long to be matched quickly does not.</summary>
    public bool Matches(string text)
    {
        try
        {
            return text.Length <= MaxText && regex.Value.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    /// <summary>Refused when it is no regular expression, or one that cannot be matched in linear time.</summary>
    public static Result<TextPattern> Read(string expression)
    {
        if (expression.Length is 0 or > MaxExpression)
            return ConstraintErrors.Invalid($"pattern is a regular expression of 1 to {MaxExpression} characters");
        var pattern = new TextPattern(expression);
        try
        {
            _ = pattern.regex.Value;
            return pattern;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or NotSupportedException)
        {
            return ConstraintErrors.Invalid("pattern is a regular expression without look-around, back references and large repetitions");
        }
    }

    /// <inheritdoc/>
    public bool Equals(TextPattern? other) => other?.Expression == Expression;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TextPattern);

    /// <inheritdoc/>
    public override int GetHashCode() => Expression.GetHashCode(StringComparison.Ordinal);

    static Regex Build(string expression)
    {
        // Alone first: ")(" would be whole only inside the brackets.
        _ = new Regex(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
        return new Regex($"^(?:{expression})\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, Patience);
    }
}
