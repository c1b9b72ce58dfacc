using PyBase.Core.Formulas;

namespace PyBase.Storage.Formulas;

/// <summary>Days and moments. The functions of schema <c>pybase</c> give null for what has no answer; where nothing was blank, that is an error.</summary>
static class DateSql
{
    public static IReadOnlyDictionary<string, FunctionSql> All { get; } = new Dictionary<string, FunctionSql>
    {
        ["CREATED_TIME"] = new((builder, _, _) => new Piece($"{builder.Row.Alias}._created") { IsAtom = true }),
        ["LAST_MODIFIED_TIME"] = new((builder, call, _) => new Piece(builder.Row.ModifiedOf((string[])call.Settled!))),
        ["NOW"] = new((builder, _, _) => Piece.Solid(builder.Row.Now) with { IsAtom = builder.Row.Now.Length < 100 }),
        ["TODAY"] = new((builder, _, _) => Piece.Solid($"(({builder.Row.Now}) at time zone 'UTC')::date")),
        ["DATEADD"] = Total(1, (call, a) => call.Type.Kind is ValueKind.Date
            ? $"pybase.day_of(pybase.utc(pybase.date_add(pybase.midnight({a[0].Sql}), {a[1].Number}, {Unit(a[2])})))"
            : $"pybase.date_add({a[0].Sql}, {a[1].Number}, {Unit(a[2])})"),
        ["DATETIME_DIFF"] = Difference,
        ["DATEDIFF"] = Difference,
        ["DATEDIF"] = Difference,
        ["DATETIME_FORMAT"] = Written,
        ["DATESTR"] = Written,
        ["TIMESTR"] = Written,
        ["DATETIME_PARSE"] = new((builder, call, _) =>
        {
            var a = Named(builder, call);
            var locale = $"pybase.locale({a[2].Text})";
            var read = call.Arguments[1] is Constant { Value: null } ? $"pybase.date_read({a[0].Sql}, {locale})"
                : $"pybase.date_parse({a[0].Sql}, pybase.date_patterns({a[1].Text}, {locale}), {locale}, {a[3].Sql})";
            return Checked(builder, call, new Piece(read) { Level = a.Max(p => p.Level) }, $"{a[0].Sql} <> ''");
        }),
        ["YEAR"] = Part("year"),
        ["MONTH"] = Part("month"),
        ["DAY"] = Part("day"),
        ["HOUR"] = Part("hour"),
        ["MINUTE"] = Part("minute"),
        ["SECOND"] = Total(1, (_, a) => $"floor(date_part('second', {Wall(a)}))"),
        ["WEEKDAY"] = Total(1, (call, a) => $"((date_part('dow', {Wall(a)})::integer - {call.Settled} + 7) % 7)::float8"),
        ["WEEKNUM"] = Total(1, (call, a) => $"pybase.week_number(pybase.day_of({Wall(a)}), {call.Settled}, 1)::float8"),
        ["EOMONTH"] = Total(1, (call, a) => $"pybase.month_end({Clock(call, a, 0, 2)}, {a[1].Number})"),
        ["FROMNOW"] = Total(1, (_, a, now) => $"pybase.time_between({a[0].Sql}, {now})"),
        ["TONOW"] = Total(1, (_, a, now) => $"pybase.time_between({a[0].Sql}, {now})"),
        ["IS_AFTER"] = FunctionSql.Solid(a => $"(({a[0].Sql} > {a[1].Sql}) is true)"),
        ["IS_BEFORE"] = FunctionSql.Solid(a => $"(({a[0].Sql} < {a[1].Sql}) is true)"),
        ["IS_SAME"] = new((builder, call, _) =>
        {
            var a = Named(builder, call);
            if (a.Count == 2)
                return Piece.Solid($"(({a[0].Sql} = {a[1].Sql}) is true)");
            var same = Piece.Solid($"((pybase.date_start({Clock(call, a, 0, 3)}, {Unit(a[2])}) = pybase.date_start({Clock(call, a, 1, 3)}, {Unit(a[2])})) is true)");
            string[] unsure = [.. call.Arguments[2] is Constant ? (string[])[] : [$"{Unit(a[2])} is null"], .. call.Arguments[3] is Constant ? (string[])[] : [$"pybase.zone({a[3].Text}) is null"]];
            return unsure.Length == 0 ? same : same with { Error = $"case when {string.Join(" or ", unsure)} then {ConversionSql.Failed} end" };
        }),
        ["SET_LOCALE"] = new((_, _, arguments) => arguments[0] with { Error = null }),
        ["SET_TIMEZONE"] = new((builder, call, _) =>
        {
            var a = Named(builder, call);
            return a[0] with { Error = call.Arguments[1] is Constant ? null : $"case when {a[0].Sql} is not null and pybase.zone({a[1].Text}) is null then {ConversionSql.Failed} end" };
        }),
        ["WORKDAY"] = Total(1, (call, a) => IsUtc(call, 3) ? $"pybase.workday({a[0].Sql}, {a[1].Number}, {Holidays(call, a[2])})"
            // The same time of day by the clock there.
            : $"pybase.from_utc(pybase.utc(pybase.utc(pybase.workday({Clock(call, a, 0, 3)}, {a[1].Number}, {Holidays(call, a[2])})) at time zone pybase.zone({a[3].Text})))"),
        ["WORKDAY_DIFF"] = Total(2, (call, a) => $"pybase.workday_diff({Day(Clock(call, a, 0, 3))}, {Day(Clock(call, a, 1, 3))}, {Holidays(call, a[2])})"),
    };

    static FunctionSql Difference => Total(2, (_, a) => $"pybase.date_diff({a[0].Sql}, {a[1].Sql}, {Unit(a[2])})");

    static FunctionSql Written => Total(1, (_, a) =>
        $"pybase.date_format({a[0].Sql}, pybase.date_tokens({a[1].Text}, pybase.locale({a[3].Text})), pybase.zone({a[2].Text}), pybase.locale({a[3].Text}))");

    static FunctionSql Part(string part) => Total(1, (_, a) => $"date_part('{part}', {Wall(a)})");

    static string Wall(IReadOnlyList<Piece> a) => $"pybase.wall({a[0].Sql}, pybase.zone({a[1].Text}))";

    static string Day(string moment) => $"pybase.day_of(pybase.utc({moment}))";

    static bool IsUtc(Call call, int zone) => call.Arguments[zone] is Constant { Value: "UTC" };

    /// <summary>The moment at which UTC shows what the clock of the zone shows: what counts in days and months counts by it.</summary>
    static string Clock(Call call, IReadOnlyList<Piece> a, int date, int zone) => IsUtc(call, zone) ? a[date].Sql : $"pybase.from_utc(pybase.wall({a[date].Sql}, pybase.zone({a[zone].Text})))";

    static string Unit(Piece unit) => $"pybase.date_unit({unit.Text})";

    static string Holidays(Call call, Piece free) => call.Arguments[2].Type.IsList ? $"pybase.holidays(coalesce({free.Sql}, '{{}}'::date[]))" : $"pybase.holidays({free.Text})";

    /// <summary>A function that gives null although its first arguments are not: then it has failed.</summary>
    static FunctionSql Total(int needed, Func<Call, IReadOnlyList<Piece>, string> sql) => Total(needed, (call, arguments, _) => sql(call, arguments));

    static FunctionSql Total(int needed, Func<Call, IReadOnlyList<Piece>, string, string> sql) => new((builder, call, _) =>
    {
        var a = Named(builder, call);
        return Checked(builder, call, new Piece(sql(call, a, builder.Row.Now)) { Level = a.Max(p => p.Level) }, string.Join(" and ", a.Take(needed).Select(p => $"{p.Sql} is not null")));
    });

    /// <summary>The inlined functions of the schema write their arguments more than once.</summary>
    static List<Piece> Named(FormulaBuilder builder, Call call) => [.. call.Arguments.Select(builder.Atom)];

    static Piece Checked(FormulaBuilder builder, Call call, Piece value, string given)
    {
        if (!call.CanFail)
            return value;
        var named = builder.Let(value);
        return named with { Error = $"case when {named.Sql} is null and {given} then {ConversionSql.Failed} end" };
    }
}
