using System.Globalization;
using PyBase.Core.Formulas;

namespace PyBase.Storage.Formulas;

/// <summary>Regular expressions, translated when the formula was compiled. Collation C keeps words and case to what RE2 knows.</summary>
static class RegexSql
{
    public static IReadOnlyDictionary<string, FunctionSql> All { get; } = new Dictionary<string, FunctionSql>
    {
        ["REGEX_MATCH"] = new((_, call, a) => Piece.Solid($"({a[0].Text} ~ {Pattern(call)})")),
        ["REGEX_EXTRACT"] = new((builder, call, a) => Checked(builder, new Piece($"substring({a[0].Text}, {Pattern(call)})") { Level = a[0].Level })),
        ["REGEX_REPLACE"] = new((builder, call, a) =>
        {
            var expression = Settled(call);
            var replacement = SqlLiterals.Text(expression.Replacement!);
            // What does not grow needs no bound.
            return expression is { Added: 0, References: <= 1 }
                ? Piece.Solid($"regexp_replace({a[0].Text}, {Pattern(call)}, {replacement}, 'g')")
                : Checked(builder, new Piece(string.Create(CultureInfo.InvariantCulture,
                    $"pybase.regex_replace({a[0].Text}, {Pattern(call)}, {replacement}, {expression.Added}, {expression.References})")) { Level = a[0].Level });
        }),
    };

    static RegularExpression Settled(Call call) => (RegularExpression)call.Settled!;

    static string Pattern(Call call) => $"({SqlLiterals.Text(Settled(call).Pattern)} collate \"C\")";

    static Piece Checked(FormulaBuilder builder, Piece value)
    {
        var named = builder.Let(value);
        return named with { Error = $"case when {named.Sql} is null then {ConversionSql.Failed} end" };
    }
}
