using PyBase.Core.Formulas;

namespace PyBase.Storage.Formulas;

/// <summary>Truth, choice and errors.</summary>
static class LogicSql
{
    public static readonly Dictionary<string, FunctionSql> All = new()
    {
        ["AND"] = new((_, call, a) => Every(call, a)),
        ["BLANK"] = new((_, _, _) => new Piece("null::text")),
        ["ERROR"] = new((_, _, _) => new Piece("null::text") { Error = ConversionSql.Failed, IsAtom = true }, IsStrict: false),
        ["FALSE"] = new((_, _, _) => Piece.Solid("false")),
        ["IF"] = new(Choose, IsStrict: false, IsLazy: true),
        ["IFERROR"] = new(IfError, IsStrict: false),
        ["IFS"] = new(Choose, IsStrict: false, IsLazy: true),
        ["ISBLANK"] = new((_, call, a) => Piece.Solid(Blank(call.Arguments[0].Type, a[0]))),
        ["ISERROR"] = new((_, call, a) => Piece.Solid($"({Fails(call.Arguments[0], a[0], a[0].Error)})"), IsStrict: false),
        ["ISNUMBER"] = new((_, call, a) => call.Arguments[0].Type is { Kind: ValueKind.Number, IsList: false } ? Piece.Solid($"({a[0].Sql} is not null)") : Piece.Solid("false")),
        ["ISTEXT"] = new((_, call, a) => call.Arguments[0].Type is { Kind: ValueKind.Text, IsList: false } ? Piece.Solid($"({a[0].Text} <> '')") : Piece.Solid("false")),
        ["NOT"] = FunctionSql.Solid(a => $"({a[0].Sql} is not true)"),
        ["OR"] = new((_, call, a) => Any(call, a)),
        ["SWITCH"] = new(Choose, IsStrict: false, IsLazy: true),
        ["TRUE"] = new((_, _, _) => Piece.Solid("true")),
        ["XOR"] = new((_, call, a) => Piece.Solid(a.Count == 0 ? "false"
            : $"((select sum(i) from unnest(array[{string.Join(", ", a.Select((p, n) => call.Arguments[n].Type.IsList ? $"(select count(*) from unnest({p.Sql}) i where i)" : $"case when {p.Sql} then 1 else 0 end"))}]) i) % 2 = 1)")),
    };

    static string Blank(FormulaType type, Piece value) => type switch
    {
        { IsList: true } => $"(coalesce(cardinality({value.Sql}), 0) = 0)",
        { Kind: ValueKind.Text } => $"({value.Text} = '')",
        { Kind: ValueKind.Boolean } => "false",
        _ => $"({value.Sql} is null)",
    };

    static string Fails(Expression expression, Piece value, string? error)
    {
        var isWrong = expression.Type is { Kind: ValueKind.Number, IsList: false } ? $"coalesce({value.Sql} in ('NaN', 'Infinity', '-Infinity'), false)" : null;
        return (error, isWrong) switch
        {
            (null, null) => "false",
            (null, _) => isWrong,
            (_, null) => $"{error} is not null",
            _ => $"{error} is not null or {isWrong}",
        };
    }

    static Piece Every(Call call, IReadOnlyList<Piece> conditions) => conditions.Count == 0 ? Piece.Solid("true")
        : new Piece($"({string.Join(" and ", conditions.Select((c, i) => call.Arguments[i].Type.IsList ? $"(select coalesce(bool_and(coalesce(i, false)), true) from unnest({c.Sql}) i)" : c.Sql))})")
        {
            IsNullable = conditions.Any(c => c.IsNullable),
        };

    /// <summary>Comparisons of one thing with many constants become one <c>in</c>, which an index serves.</summary>
    static Piece Any(Call call, IReadOnlyList<Piece> conditions)
    {
        if (conditions.Count == 0)
            return Piece.Solid("false");
        var equals = conditions.Where(c => c.IsEqual is not null).GroupBy(c => c.IsEqual!.Value.Left).Where(g => g.Count() > 1).ToDictionary(g => g.Key, g => g.ToArray());
        var terms = new List<string>();
        var written = new HashSet<string>();
        for (var i = 0; i < conditions.Count; i++)
        {
            var condition = conditions[i];
            if (condition.IsEqual is { } equal && equals.TryGetValue(equal.Left, out var group))
            {
                if (written.Add(equal.Left))
                    terms.Add($"{equal.Left} in ({string.Join(", ", group.Select(g => g.IsEqual!.Value.Literal).Distinct())})");
            }
            else
                terms.Add(call.Arguments[i].Type.IsList ? $"(select coalesce(bool_or(i), false) from unnest({condition.Sql}) i)" : condition.Sql);
        }
        return new Piece($"({string.Join(" or ", terms)})") { IsNullable = conditions.Any(c => c.IsNullable) };
    }

    /// <summary>IF, IFS and SWITCH: condition, value, condition, value, …, otherwise. Only the error of the way that was taken counts.</summary>
    static Piece Choose(FormulaBuilder builder, Call call, IReadOnlyList<Piece> none)
    {
        // IF … else IF … is one CASE, however many there are.
        var parts = new List<Expression>(call.Arguments);
        while (parts[^1] is Call { Function.Name: "IF" or "IFS" or "SWITCH" } inner && !builder.IsShared(inner))
        {
            parts.RemoveAt(parts.Count - 1);
            parts.AddRange(inner.Arguments);
        }
        var pieces = parts.Select(builder.Compile).ToArray();
        var canFail = pieces.Any(p => p.Error is not null);
        if (canFail)
            for (var i = 0; i + 1 < parts.Count; i += 2)
                pieces[i] = builder.Atom(parts[i]);
        var (value, error) = (new List<string>(), new List<string>());
        for (var i = 0; i + 1 < pieces.Length; i += 2)
        {
            value.Add($"when {pieces[i].Sql} then {pieces[i + 1].Sql}");
            if (pieces[i].Error is { } problem)
                error.Add($"when {problem} is not null then {problem}");
            error.Add($"when {pieces[i].Sql} then {pieces[i + 1].Error ?? "null"}");
        }
        return new Piece($"(case {string.Join(' ', value)} else {pieces[^1].Sql} end)")
        {
            Error = canFail ? $"(case {string.Join(' ', error)} else {pieces[^1].Error ?? "null::text"} end)" : null,
            IsNullable = pieces.Where((_, i) => i % 2 == 1 || i == pieces.Length - 1).Any(p => p.IsNullable),
            Level = pieces.Max(p => p.Level),
            Depth = pieces.Max(p => p.Depth) + 1,
        };
    }

    /// <summary>The value as it is, the value as the type of both, and the other.</summary>
    static Piece IfError(FormulaBuilder builder, Call call, IReadOnlyList<Piece> given)
    {
        var raw = builder.Atom(call.Arguments[0]);
        var value = builder.BindError(builder.Compile(call.Arguments[1]));
        var fails = Fails(call.Arguments[0], raw, value.Error);
        if (fails is "false")
            return value;
        return new Piece($"(case when {fails} then {given[2].Sql} else {value.Sql} end)")
        {
            Error = given[2].Error is { } other ? $"(case when {fails} then {other} end)" : null,
            Level = Math.Max(raw.Level, value.Level),
        };
    }
}
