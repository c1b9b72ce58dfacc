using PyBase.Core.Formulas;

namespace PyBase.Storage.Formulas;

/// <summary>Number functions.</summary>
static class NumberSql
{
    public static readonly Dictionary<string, FunctionSql> All = new()
    {
        ["ABS"] = FunctionSql.Solid(a => $"abs({a[0].Number})"),
        ["AVERAGE"] = new(Average),
        ["AVG"] = new(Average),
        ["CEILING"] = FunctionSql.Solid(a => a.Count == 1 ? $"ceil({a[0].Number})" : $"pybase.multiple({a[0].Number}, {a[1].Number}, true)"),
        ["CONVERT"] = new(ArithmeticSql.Compile, IsStrict: false, IsLazy: true),
        ["COUNT"] = new((_, call, a) => Count(call, a, numbersOnly: true, i => $"{i} is not null")),
        ["COUNTA"] = new((_, call, a) => Count(call, a, numbersOnly: false, i => $"{i} is not null")),
        ["COUNTALL"] = new((_, call, a) => Count(call, a, numbersOnly: false, _ => "true")),
        ["COUNTBLANK"] = new((_, call, a) => Count(call, a, numbersOnly: false, i => $"{i} is null")),
        ["EVEN"] = FunctionSql.Solid(a => $"pybase.multiple({a[0].Number}, 2, true)"),
        ["EXP"] = FunctionSql.Solid(a => $"pybase.exp({a[0].Number})"),
        ["FLOOR"] = FunctionSql.Solid(a => a.Count == 1 ? $"floor({a[0].Number})" : $"pybase.multiple({a[0].Number}, {a[1].Number}, false)"),
        ["INT"] = FunctionSql.Solid(a => $"floor({a[0].Number})"),
        ["LN"] = FunctionSql.Solid(a => $"pybase.ln({a[0].Number})"),
        ["LOG"] = FunctionSql.Solid(a => $"pybase.log({a[0].Number}, {(a.Count > 1 ? a[1].Number : "10")})"),
        ["MAX"] = new((_, call, a) => Extreme(call, a, "greatest", "max")),
        ["MIN"] = new((_, call, a) => Extreme(call, a, "least", "min")),
        ["MOD"] = FunctionSql.Solid(a => $"pybase.mod({a[0].Number}, {a[1].Number})"),
        ["ODD"] = new((builder, call, _) =>
        {
            var value = builder.Atom(call.Arguments[0]);
            // The next odd number away from 0 is one more than the even one that |x| - 1 comes to.
            return Piece.Solid($"(case when abs({value.Number}) <= 1 then case when {value.Number} < 0 then -1 else 1 end "
                + $"when abs({value.Number}) >= 9007199254740992 then {value.Number} else sign({value.Number}) * (ceil((abs({value.Number}) - 1) / 2) * 2 + 1) end)::float8");
        }),
        ["PI"] = new((_, _, _) => Piece.Solid("pi()") with { IsAtom = true }),
        ["POWER"] = FunctionSql.Solid(a => $"pybase.power({a[0].Number}, {a[1].Number})"),
        ["ROUND"] = FunctionSql.Solid(a => Round(a, 0)),
        ["ROUNDDOWN"] = FunctionSql.Solid(a => Round(a, -1)),
        ["ROUNDUP"] = FunctionSql.Solid(a => Round(a, 1)),
        ["SQRT"] = new((builder, call, _) => builder.Atom(call.Arguments[0]) is var value
            ? Piece.Solid($"(case when {value.Number} >= 0 then sqrt({value.Number}) else 'NaN' end)") with { Level = value.Level } : null!),
        ["SUM"] = new((_, call, a) => Piece.Solid($"(select pybase.double(coalesce(sum(i::text::numeric), 0)) from unnest({Numbers(call, a)}) i)")),
    };

    static string Round(IReadOnlyList<Piece> a, int direction) => $"pybase.round({a[0].Number}, {(a.Count > 1 ? a[1].Number : "0")}, {direction})";

    static string Numbers(Call call, IReadOnlyList<Piece> arguments) => Numbers(arguments.Select((a, i) => (call.Arguments[i].Type, a.Sql)));

    /// <summary>The numbers among the values as one array: text counts where it shows one, days do not.</summary>
    static string Numbers(IEnumerable<(FormulaType Type, string Sql)> values)
    {
        var given = values.Where(v => v.Type.Kind is ValueKind.Number or ValueKind.Text or ValueKind.Boolean).ToArray();
        var singles = given.Where(v => !v.Type.IsList).Select(v => Number(v.Type, v.Sql)).ToArray();
        var lists = given.Where(v => v.Type.IsList).Select(v => v.Type.Kind switch
        {
            ValueKind.Text => $"pybase.numbers({v.Sql})",
            ValueKind.Boolean => $"array(select case when i then 1::float8 else 0::float8 end from unnest({v.Sql}) i)",
            _ => v.Sql,
        });
        var all = singles.Length == 0 ? lists.ToArray() : [$"array[{string.Join(", ", singles)}]", .. lists];
        return all.Length switch { 0 => "'{}'::float8[]", 1 => all[0], _ => $"({string.Join(" || ", all)})" };
    }

    static string Number(FormulaType type, string sql) => type.Kind switch
    {
        ValueKind.Number => sql,
        ValueKind.Text => $"pybase.to_number({sql})",
        ValueKind.Boolean => $"(case when {sql} then 1 else 0 end)::float8",
        _ => "null::float8",
    };

    /// <summary>Two roundings, of the sum and of the quotient; both of exact decimals, so the order of the items does not matter.</summary>
    static Piece Average(FormulaBuilder builder, Call call, IReadOnlyList<Piece> arguments) => Piece.Solid($"""
        (select case when count(i) = 0 then 'NaN' else pybase.double(round(sum(i::text::numeric), least(scale(sum(i::text::numeric)) + 25, 1000)) / count(i)) end
        from unnest({Numbers(call, arguments)}) i)
        """);

    static Piece Extreme(Call call, IReadOnlyList<Piece> arguments, string ofValues, string ofList)
    {
        var isNumber = call.Type.Kind is ValueKind.Number;
        var values = arguments.Select((a, i) => call.Arguments[i].Type switch
        {
            { IsList: true } type => $"(select {ofList}(i) from unnest({(isNumber ? Numbers([(type, a.Sql)]) : a.Sql)}) i)",
            var type => isNumber ? Number(type, a.Sql) : a.Sql,
        }).ToArray();
        var all = values.Length == 0 ? "null::float8" : $"{ofValues}({string.Join(", ", values)})";
        return isNumber ? Piece.Solid($"coalesce({all}, 0)") : new Piece(all);
    }

    static Piece Count(Call call, IReadOnlyList<Piece> arguments, bool numbersOnly, Func<string, string> counts)
    {
        var counted = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (type, sql) = (call.Arguments[i].Type, arguments[i].Sql);
            if (numbersOnly && type.Kind is not (ValueKind.Number or ValueKind.Boolean))
                continue;
            var condition = counts(Countable(type.Kind, type.IsList ? "i" : sql));
            counted.Add(type.IsList ? $"(select count(*) from unnest({sql}) i where {condition})" : $"case when {condition} then 1 else 0 end");
        }
        return Piece.Solid(counted.Count == 0 ? "0::float8" : $"(select sum(i) from unnest(array[{string.Join(", ", counted)}]) i)::float8");
    }

    /// <summary>Null when it is blank; a box is never blank.</summary>
    static string Countable(ValueKind kind, string sql) => kind switch
    {
        ValueKind.Text => $"nullif({sql}, '')",
        ValueKind.Boolean => $"coalesce({sql}, false)",
        _ => sql,
    };
}
