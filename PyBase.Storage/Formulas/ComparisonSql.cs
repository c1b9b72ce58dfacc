using System.Globalization;
using PyBase.Core.Fields;
using PyBase.Core.Formulas;

namespace PyBase.Storage.Formulas;

/// <summary>
/// Comparisons. Against a constant the column stays bare, so that an index on it serves: what a blank cell comes to is known when the formula is compiled.
/// </summary>
static class ComparisonSql
{
    public static Piece Compile(FormulaBuilder builder, Call call, IReadOnlyList<Piece> arguments)
    {
        var (left, right) = (call.Arguments[0], call.Arguments[1]);
        var (a, b) = (arguments[0], arguments[1]);
        var sign = call.Function.Name;
        if (left is Constant && right is not Constant)
            (left, right, a, b, sign) = (right, left, b, a, Mirror(sign));
        return (left.Type.Kind, right.Type.Kind) switch
        {
            (ValueKind.Number, ValueKind.Number) => right is Constant { Value: var value } ? Number(a, sign, (double?)value ?? 0) : Plain(a.Number, sign, b.Number),
            (ValueKind.Text, ValueKind.Text) when Choice(builder, left, right, sign) is { } choice => choice,
            (ValueKind.Text, ValueKind.Text) => right is Constant { Value: var value } ? Text(a, sign, (string?)value ?? "") : Texts(a.Text, sign, b.Text),
            (ValueKind.Number, ValueKind.Text) => Mixed(builder, left, right, sign),
            (ValueKind.Text, ValueKind.Number) => Mixed(builder, right, left, Mirror(sign)),
            (ValueKind.Boolean, _) => right is Constant { Value: var value }
                ? (value is true) == (sign is "=") ? new Piece(a.Sql) { IsNullable = a.IsNullable } : Piece.Solid($"({a.Sql} is not true)")
                : Plain(a.Truth, sign, b.Truth),
            _ => right is Constant constant ? Moment(a, sign, constant.Value is null ? null : b.Sql) : Plain(Early(a), sign, Early(b)),
        };
    }

    static string Mirror(string sign) => sign switch { "<" => ">", "<=" => ">=", ">" => "<", ">=" => "<=", _ => sign };

    static string Spelled(string sign) => sign is "!=" ? "<>" : sign;

    static Piece Plain(string a, string sign, string b) => Piece.Solid($"({a} {Spelled(sign)} {b})");

    static Piece Texts(string a, string sign, string b) => Plain(sign is "=" or "!=" ? a : $"{a} collate \"C\"", sign, b);

    static bool Holds(int order, string sign) => sign switch { "=" => order == 0, "!=" => order != 0, "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 };

    /// <param name="passes">What the comparison says of a blank.</param>
    static Piece Against(Piece a, string left, string sign, string literal, bool passes) => !a.IsNullable ? Plain(left, sign, literal)
        : !passes ? new Piece($"({left} {Spelled(sign)} {literal})") { IsEqual = sign is "=" ? (left, literal) : null }
        : sign is "!=" ? Piece.Solid($"({left} is distinct from {literal})")
        : Piece.Solid($"({left} {Spelled(sign)} {literal} or {left} is null)");

    static Piece Number(Piece a, string sign, double value) => Against(a, a.Sql, sign, SqlLiterals.Number(value), Holds(0d.CompareTo(value), sign));

    static Piece Text(Piece a, string sign, string value)
    {
        var passes = Holds(string.CompareOrdinal("", value), sign);
        if (value.Length > 0)
            return Against(a, sign is "=" or "!=" ? a.Sql : $"{a.Sql} collate \"C\"", sign, SqlLiterals.Text(value) + "::text", passes);
        var empty = a.IsNeverEmpty ? $"({a.Sql} is null)" : $"({a.Text} = '')";
        return sign switch
        {
            "=" or "<=" => Piece.Solid(empty),
            "!=" or ">" => Piece.Solid(a.IsNeverEmpty ? $"({a.Sql} is not null)" : $"({a.Text} <> '')"),
            _ => Piece.Solid(sign is "<" ? "false" : "true"),
        };
    }

    /// <summary>A select beside the name of a choice: the cell's id is compared.</summary>
    static Piece? Choice(FormulaBuilder builder, Expression left, Expression right, string sign)
    {
        if (sign is not ("=" or "!=") || left is not FieldValue { Field: var field } || field.Type is not ISelect select || right is not Constant { Value: string { Length: > 0 } name })
            return null;
        var column = new Piece(builder.Row.ColumnOf(field));
        var id = select.Choices.List.FirstOrDefault(c => c.Name == name)?.Id;
        // The cells of a choice that is gone are shown by its id.
        return Against(column, column.Sql, sign, id is null ? SqlLiterals.Text(name) : $"'{id}'", passes: sign is "!=");
    }

    /// <summary>The text of the number is compared; empty text is 0.</summary>
    static Piece Mixed(FormulaBuilder builder, Expression number, Expression text, string sign)
    {
        if (text is Constant { Value: var value })
            return (string?)value is not { Length: > 0 } shown ? Number(builder.Compile(number), sign, 0)
                // Text as a number is written: no other number has it.
                : sign is "=" or "!=" && double.TryParse(shown, NumberStyles.Float, CultureInfo.InvariantCulture, out var meant) && meant != 0
                    && Math.Abs(meant) is >= 1e-4 and < 1e15 && meant.ToString("R", CultureInfo.InvariantCulture) == shown
                ? Number(builder.Compile(number), sign, meant)
                : Texts($"coalesce(pybase.number_text({builder.Compile(number).Sql}), '')", sign, SqlLiterals.Text(shown) + "::text");
        var (n, t) = (builder.Atom(number), builder.Atom(text));
        return Piece.Solid($"(case when {t.Text} = '' then {n.Number} {Spelled(sign)} 0 else {Texts($"coalesce(pybase.number_text({n.Sql}), '')", sign, t.Sql).Sql} end)") with { Level = Math.Max(n.Level, t.Level) };
    }

    /// <summary>Blank is before every other.</summary>
    static Piece Moment(Piece a, string sign, string? literal) => (sign, literal) switch
    {
        ("=" or "<=", null) => Piece.Solid($"({a.Sql} is null)"),
        ("!=" or ">", null) => Piece.Solid($"({a.Sql} is not null)"),
        (_, null) => Piece.Solid(sign is "<" ? "false" : "true"),
        _ => Against(a, a.Sql, sign, literal, passes: sign is "!=" or "<" or "<="),
    };

    static string Early(Piece a) => a.IsNullable ? $"coalesce({a.Sql}, '-infinity')" : a.Sql;
}
