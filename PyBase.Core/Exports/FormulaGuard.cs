namespace PyBase.Core.Exports;

/// <summary>
/// Keeps a spreadsheet from running text as a formula: one that begins with <c>= + - @</c>, a tab or a line end gets an apostrophe in front (OWASP, CSV injection).
/// A text that looks guarded already gets another, so that an import takes exactly one away.
/// </summary>
public static class FormulaGuard
{
    /// <summary>The text as it may stand in a file.</summary>
    public static string Guard(string text) => text.AsSpan().TrimStart('\'') is [var first, ..] && first is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;
}
