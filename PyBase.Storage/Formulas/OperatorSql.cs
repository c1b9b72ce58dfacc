using PyBase.Core.Formulas;

namespace PyBase.Storage.Formulas;

/// <summary>The operators; a chain of one precedence is one call.</summary>
static class OperatorSql
{
    public static readonly Dictionary<string, FunctionSql> All = new()
    {
        ["+"] = new(ArithmeticSql.Compile, IsStrict: false, IsLazy: true),
        ["-"] = new(ArithmeticSql.Compile, IsStrict: false, IsLazy: true),
        ["*"] = new(ArithmeticSql.Compile, IsStrict: false, IsLazy: true),
        ["/"] = new(ArithmeticSql.Compile, IsStrict: false, IsLazy: true),
        ["^"] = FunctionSql.Solid(a => $"pybase.power({a[0].Number}, {a[1].Number})"),
        ["&"] = FunctionSql.Solid(TextSql.Join),
        ["="] = new(ComparisonSql.Compile),
        ["!="] = new(ComparisonSql.Compile),
        ["<"] = new(ComparisonSql.Compile),
        ["<="] = new(ComparisonSql.Compile),
        [">"] = new(ComparisonSql.Compile),
        [">="] = new(ComparisonSql.Compile),
        ["days later"] = new((builder, call, a) =>
        {
            var date = builder.Atom(call.Arguments[0]);
            // All the years that dates have are fewer days than this.
            var days = $"{((int)call.Settled! < 0 ? "-" : "")}greatest(least({a[1].Number}, 1e7), -1e7)";
            var later = call.Type.Kind is ValueKind.Date
                ? $"pybase.day_of(pybase.utc(pybase.date_add(pybase.midnight({date.Sql}), floor({days}), 'day')))"
                : $"pybase.date_add({date.Sql}, {days} * 24, 'hour')";
            var result = builder.Let(new Piece(later) { Level = Math.Max(date.Level, a[1].Level) });
            return result with { Error = $"case when {result.Sql} is null and {date.Sql} is not null then {ConversionSql.Failed} end" };
        }),
        ["days between"] = new((_, _, a) => new Piece($"((extract(epoch from {a[0].Sql}) - extract(epoch from {a[1].Sql}))::float8 / 86400)")),
    };
}
