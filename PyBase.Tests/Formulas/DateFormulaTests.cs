using PyBase.Core.Formulas;
using PyBase.Storage.Formulas;

namespace PyBase.Tests.Formulas;

/// <summary>Dates and regular expressions as formulas over the row of <see cref="SampleTable"/>: what they give as JSON, <c>blank</c>, or an error.</summary>
public sealed class DateFormulaTests(FormulaDatabase database) : IClassFixture<FormulaDatabase>
{
    static readonly (string Formula, string Result)[] Cases =
    [
        ("DATEADD({Day}, 1, 'months')", "\"2026-02-28\""),
        ("DATEADD({Day}, 1.5, 'hours')", "\"2026-01-31T01:30:00+00:00\""),
        ("DATEADD({No day}, 1, 'days')", "blank"),
        ("DATEADD('2024-02-29', -1, 'y')", "\"2023-02-28T00:00:00+00:00\""),
        ("DATEADD('soon', 1, 'days')", "#ERROR!"),
        ("DATEADD({Day}, 9999, 'years')", "#ERROR!"),
        ("DATEADD({Day}, 1/0, 'days')", "#ERROR!"),
        ("DATEADD({Day}, {None}, 'days')", "\"2026-01-31\""),
        ("DATEADD({Day}, 1, {Text})", "#ERROR!"),
        ("DATEADD({Days}, 1, 'days')", "#ERROR!"),
        ("DATETIME_DIFF({Moment}, {Day}, 'hours')", "13"),
        ("DATETIME_DIFF({Day}, {Moment})", "-49530"),
        ("DATEDIFF('2024-03-31', '2024-02-29', 'M')", "1"),
        ("DATEDIF('2024-02-29', '2025-02-28', 'Y')", "1"),
        ("DATETIME_DIFF({Day}, {No day})", "blank"),
        ("DATETIME_FORMAT({Moment}, 'dddd D MMMM YYYY, h:mm a')", "\"Saturday 31 January 2026, 1:45 pm\""),
        ("DATETIME_FORMAT({Moment})", "\"2026-01-31T13:45:30.500+00:00\""),
        ("DATETIME_FORMAT({Day})", "\"2026-01-31\""),
        ("DATETIME_FORMAT(SET_LOCALE(SET_TIMEZONE({Moment}, 'Europe/Zurich'), 'de'), 'dddd, D. MMMM YYYY HH:mm Z z')", "\"Samstag, 31. Januar 2026 14:45 +01:00 CET\""),
        ("DATETIME_FORMAT(SET_TIMEZONE({Moment}, {Text}), 'HH')", "#ERROR!"),
        ("DATETIME_FORMAT({Moment}, {Empty})", "blank"),
        ("DATETIME_FORMAT({No day}, 'YYYY')", "blank"),
        ("DATETIME_PARSE('31 janvier 2026', 'D MMMM YYYY', 'fr')", "\"2026-01-31T00:00:00+00:00\""),
        ("DATETIME_PARSE('12/31/2026')", "\"2026-12-31T00:00:00+00:00\""),
        ("DATETIME_PARSE({Text}, 'YYYY')", "#ERROR!"),
        ("DATETIME_PARSE({Empty}, 'YYYY')", "blank"),
        ("DATETIME_DIFF(DATETIME_PARSE('13:30', 'HH:mm'), TODAY(), 'minutes')", "810"),
        ("DATESTR({Moment}) & ' ' & TIMESTR({Moment})", "\"2026-01-31 13:45:30\""),
        ("YEAR({Day}) & '/' & MONTH({Day}) & '/' & DAY({Day})", "\"2026/1/31\""),
        ("HOUR(SET_TIMEZONE({Moment}, 'Asia/Kathmandu')) * 10000 + MINUTE(SET_TIMEZONE({Moment}, 'Asia/Kathmandu')) * 100 + SECOND({Moment})", "193030"),
        ("YEAR({No day})", "blank"),
        ("WEEKDAY({Day})", "6"),
        ("WEEKDAY({Day}, 'Monday')", "5"),
        ("WEEKNUM('2013-02-17')", "8"),
        ("WEEKNUM('2013-02-17', 'Monday')", "7"),
        ("WORKDAY({Day}, 5)", "\"2026-02-06\""),
        ("WORKDAY({Moment}, 1, '2026-02-02, 2026-02-03')", "\"2026-02-04T13:45:30.5+00:00\""),
        ("WORKDAY('2025-12-23', 1, {Days})", "\"2025-12-25T00:00:00+00:00\""),
        ("WORKDAY({Day}, 1, 'soon')", "#ERROR!"),
        ("WORKDAY_DIFF('2026-02-02', '2026-02-08')", "5"),
        ("WORKDAY_DIFF('2026-02-08', '2026-02-02', '2026-02-03')", "-4"),
        ("EOMONTH({Day}, 1)", "\"2026-02-28\""),
        ("IF(IS_BEFORE({Day}, {Moment}), 'yes', 'no')", "\"yes\""),
        ("IF(IS_AFTER({No day}, {Moment}), 'yes', 'no')", "\"no\""),
        ("IF(IS_SAME({Day}, {Moment}), 'yes', 'no')", "\"no\""),
        ("IF(IS_SAME({Day}, {Moment}, 'day'), 'yes', 'no')", "\"yes\""),
        ("IS_SAME({Day}, {Moment}, {Text})", "#ERROR!"),
        ("FROMNOW(DATEADD(NOW(), -3, 'days'))", "\"3 days\""),
        ("TONOW(DATEADD(NOW(), 40, 'days'))", "\"a month\""),
        ("IS_SAME(TODAY(), NOW(), 'day')", "1"),
        ("DATETIME_DIFF(NOW(), CREATED_TIME(), 'minutes')", "0"),
        ("DATETIME_DIFF(NOW(), LAST_MODIFIED_TIME({Text}), 'minutes')", "0"),
        ("REGEX_MATCH({Code}, '^[0-9]{13}$')", "1"),
        ("REGEX_MATCH({Empty}, '^$')", "1"),
        ("REGEX_MATCH({Number}, '\\\\.')", "1"),
        ("REGEX_EXTRACT({Text}, '\\\\pL+')", "\"Grüße\""),
        ("REGEX_EXTRACT({Text}, '[0-9]+')", "#ERROR!"),
        ("REGEX_EXTRACT({Empty}, '^$')", "blank"),
        ("REGEX_REPLACE({Code}, '^([0-9])([0-9]{6})([0-9]{6})$', '$1-$2-$3')", "\"4-006381-333931\""),
        ("REGEX_REPLACE({Text}, '[^[:ascii:]]', '')", "\"Gre,  \""),
        ("REGEX_REPLACE(REPT('a', 1000), 'a', REPT('b', 2))", "refused"),
        ("REGEX_MATCH({Text}, {Text})", "refused"),
        ("REGEX_MATCH({Text}, 'a(?=b)')", "refused"),
        ("SET_TIMEZONE({Moment}, 'Mars/Base')", "refused"),
        ("DATEADD({Day}, 1, 'fortnights')", "refused"),
        ("YEAR({Number})", "refused"),
        ("WEEKDAY({Day}, 'Tuesday')", "refused"),
    ];

    [Fact]
    public async Task Every_case_gives_what_it_says()
    {
        var faults = new List<string>();
        foreach (var (text, expected) in Cases)
            if (await EvaluateAsync(text) is var got && got != expected)
                faults.Add($"{text}\n  gave   {got}\n  wanted {expected}");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void Every_date_and_pattern_function_has_a_case()
    {
        var families = Catalogue.Families.Where(family => family.Title is "Dates" or "Regular expressions").SelectMany(family => family.Functions).ToList();
        Assert.Equal(33, families.Count);
        Assert.Empty(families.Where(function => !Cases.Any(c => c.Formula.Contains(function.Name + "(", StringComparison.Ordinal))).Select(function => function.Name));
    }

    [Theory]
    [InlineData("DATETIME_PARSE('13:30', 'HH:mm')", FormulaClock.Today)]
    [InlineData("DATETIME_PARSE('13:30', 'LT')", FormulaClock.Today)]
    [InlineData("DATETIME_PARSE('2026', 'YYYY')", FormulaClock.None)]
    [InlineData("DATETIME_PARSE('2026')", FormulaClock.None)]
    [InlineData("FROMNOW({Day})", FormulaClock.Now)]
    [InlineData("DATEADD(TODAY(), 1, 'd')", FormulaClock.Today)]
    public void A_formula_knows_whether_time_changes_it(string formula, FormulaClock clock) => Assert.Equal(clock, Formula.Compile(formula, SampleTable.Scope).Value.Clock);

    async Task<string> EvaluateAsync(string text)
    {
        if (!Formula.Compile(text, SampleTable.Scope).TryGet(out var formula, out _))
            return "refused";
        var sql = FormulaSql.Compile(formula, new FormulaRow("t", SampleTable.BaseId, SampleTable.Schema, SampleTable.Table));
        Assert.True(formula.CanFail || sql.Error is null, $"{text} was said not to fail.");
        await using var command = database.Data.CreateCommand(
            $"set timezone = 'UTC'; select coalesce({sql.Error ?? "null"}, to_jsonb({sql.Value})::text, 'blank') from (select r.*, now() as _modified, null::jsonb as _times from ({SampleTable.Row}) r offset 0) t{sql.Laterals}");
        return (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
