using PyBase.Core.Formulas;

namespace PyBase.Storage.Formulas;

/// <summary>Text functions.</summary>
static class TextSql
{
    public static readonly Dictionary<string, FunctionSql> All = new()
    {
        ["CONCATENATE"] = new(Concatenate),
        ["CONCAT"] = new(Concatenate),
        ["ENCODE_URL_COMPONENT"] = FunctionSql.Solid(a => $"pybase.encode_url({a[0].Text})"),
        ["FIND"] = FunctionSql.Solid(a => $"pybase.find({a[0].Text}, {a[1].Text}, {Whole(a, 2, 0)})::float8"),
        ["LEFT"] = FunctionSql.Solid(a => $"left({a[0].Text}, greatest({Whole(a, 1, 1)}, 0))"),
        ["LEN"] = FunctionSql.Solid(a => $"length({a[0].Text})::float8"),
        ["LOWER"] = FunctionSql.Solid(a => $"pybase.lower({a[0].Text})"),
        ["MID"] = FunctionSql.Solid(a => $"substr({a[0].Text}, greatest({Whole(a, 1, 1)}, 1), greatest({Whole(a, 2, 1)}, 0))"),
        ["PROPER"] = FunctionSql.Solid(a => $"pybase.proper({a[0].Text})"),
        ["REPLACE"] = new(Replace),
        ["REPT"] = new(Repeat),
        ["RIGHT"] = FunctionSql.Solid(a => $"right({a[0].Text}, greatest({Whole(a, 1, 1)}, 0))"),
        ["SEARCH"] = new((_, _, a) => new Piece($"nullif(pybase.find(pybase.lower({a[0].Text}), pybase.lower({a[1].Text}), {Whole(a, 2, 0)}), 0)::float8")),
        ["SUBSTITUTE"] = FunctionSql.Solid(a => $"pybase.substitute({a[0].Text}, {a[1].Text}, {a[2].Text}, {(a.Count > 3 ? Whole(a, 3, 1) : "null")})"),
        ["T"] = new((_, call, a) => call.Arguments[0].Type.Kind is ValueKind.Text ? a[0] : new Piece("null::text") { IsNeverEmpty = true }),
        ["TRIM"] = FunctionSql.Solid(a => $"pybase.trim({a[0].Text})"),
        ["UPPER"] = FunctionSql.Solid(a => $"pybase.upper({a[0].Text})"),
        ["VALUE"] = new((builder, call, a) =>
        {
            var text = builder.Atom(call.Arguments[0]);
            var value = builder.Let(new Piece($"pybase.to_number({text.Sql})") { Level = text.Level });
            return value with { Error = $"case when {value.Sql} is null and {text.Sql} <> '' then {ConversionSql.Failed} end" };
        }),
    };

    /// <summary>A count; null is 0.</summary>
    static string Whole(IReadOnlyList<Piece> arguments, int index, int otherwise) =>
        index < arguments.Count ? $"pybase.whole({arguments[index].Number})" : otherwise.ToString(System.Globalization.CultureInfo.InvariantCulture);

    public static string Join(IReadOnlyList<Piece> texts) => texts.Count switch
    {
        0 => "''::text",
        1 => texts[0].Text,
        <= 10 => $"left({string.Join(" || ", texts.Select(t => t.Text))}, 100000)",
        // Deep chains of || are deep trees to PostgreSQL.
        _ => $"left(array_to_string(array[{string.Join(", ", texts.Select(t => t.Sql))}], ''), 100000)",
    };

    static Piece Concatenate(FormulaBuilder builder, Call call, IReadOnlyList<Piece> arguments) =>
        Piece.Solid(Join([.. arguments.Select((a, i) => call.Arguments[i].Type.IsList ? new Piece($"array_to_string({a.Sql}, '')") : a)]));

    static Piece Replace(FormulaBuilder builder, Call call, IReadOnlyList<Piece> arguments)
    {
        var (text, start) = (builder.Atom(call.Arguments[0]), builder.Atom(call.Arguments[1]));
        var from = $"greatest(pybase.whole({start.Number}), 1)";
        return Piece.Solid($"left(left({text.Text}, {from} - 1) || {arguments[3].Text} || substr({text.Text}, {from} + greatest(pybase.whole({arguments[2].Number}), 0)), 100000)");
    }

    static Piece Repeat(FormulaBuilder builder, Call call, IReadOnlyList<Piece> arguments)
    {
        var text = builder.Atom(call.Arguments[0]);
        return Piece.Solid($"left(repeat({text.Text}, least(greatest(pybase.whole({arguments[1].Number}), 0), 100000 / greatest(length({text.Text}), 1) + 1)), 100000)");
    }
}
