using System.Globalization;
using PyBase.Tests.Support;

namespace PyBase.Tests.Formulas;

/// <summary>
/// The date functions in the database. <c>Samples/Formulas/moment.tsv</c> holds what moment.js 2.30 and moment-timezone answered to 2,980 questions made
/// at random; zones, weeks and workdays are compared with .NET.
/// </summary>
public sealed class DateFunctionTests(Servers servers)
{
    const string Iso = "'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"'";
    static readonly string[] Zones = ["UTC", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns"];

    [Theory]
    [InlineData("format", 880, "pybase.date_format(a::timestamptz, pybase.date_tokens(b, d), pybase.zone(c), d)")]
    [InlineData("diff", 650, "pybase.date_diff(a::timestamptz, b::timestamptz, c)::text")]
    [InlineData("between", 650, "pybase.time_between(a::timestamptz, b::timestamptz)")]
    [InlineData("add", 350, $"to_char(pybase.date_add(a::timestamptz, b::float8, c) at time zone 'UTC', {Iso})")]
    [InlineData("parse", 450, $"to_char(pybase.date_parse(a, pybase.date_patterns(b, c), c, d::timestamptz) at time zone 'UTC', {Iso})")]
    public async Task Dates_are_as_in_moment(string question, int count, string sql)
    {
        // In a session whose own zone and date order are others.
        await using var database = await DateFunctionsDatabase.OpenAsync(servers, ";Timezone=Asia/Tokyo;Options=-c DateStyle=German");
        var rows = (await File.ReadAllLinesAsync(Samples.Path("Formulas/moment.tsv"), TestContext.Current.CancellationToken))
            .Select(line => line.Split('\t')).Where(row => row[0] == question).ToList();
        Assert.Equal(count, rows.Count);
        string[] Column(int at) => [.. rows.Select(row => at < row.Length - 1 ? row[at] : "")];
        var answers = await database.AskAsync<string>($"select coalesce({sql}, '') from unnest($1, $2, $3, $4) with ordinality as q (a, b, c, d, n) order by n", Column(1), Column(2), Column(3), Column(4));
        var wrong = rows.Zip(answers).Where(pair => pair.First[^1] != pair.Second).Select(pair => $"{string.Join(" | ", pair.First)}, got {pair.Second}").ToList();
        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n{string.Join('\n', wrong.Take(10))}");
    }

    [Fact]
    public async Task A_clock_in_any_zone_shows_what_dotnet_shows_also_where_summer_time_begins_and_ends()
    {
        await using var database = await DateFunctionsDatabase.OpenAsync(servers);
        var random = new Random(5);
        var (instants, zones, expected) = (new List<DateTime>(), new List<string>(), new List<string?>());
        foreach (var zone in Zones)
        {
            var found = TimeZoneInfo.FindSystemTimeZoneById(zone);
            for (var i = 0; i < 300; i++)
            {
                // Every other one within hours of a Sunday night, where clocks change.
                var instant = new DateTime(random.NextInt64(new DateTime(1975, 1, 1).Ticks, new DateTime(2037, 1, 1).Ticks) / 10_000_000 * 10_000_000, DateTimeKind.Utc);
                if (i % 2 == 0)
                    instant = instant.Date.AddDays(-(int)instant.DayOfWeek).AddMinutes(random.Next(-600, 600));
                instants.Add(instant);
                zones.Add(zone);
                var wall = TimeZoneInfo.ConvertTimeFromUtc(instant, found);
                var offset = wall - instant;
                expected.Add($"{wall:yyyy-MM-dd HH:mm:ss}{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}");
            }
        }
        Assert.Equal(expected, await database.AskAsync<string>(
            "select pybase.date_format(d, pybase.date_tokens('YYYY-MM-DD HH:mm:ssZ', 'en'), pybase.zone(z), 'en') from unnest($1, $2) with ordinality as q (d, z, n) order by n", instants.ToArray(), zones.ToArray()));
    }

    [Fact]
    public async Task Weeks_and_workdays_are_counted_as_a_person_with_a_calendar_would()
    {
        await using var database = await DateFunctionsDatabase.OpenAsync(servers);
        var random = new Random(7);
        var days = Enumerable.Range(0, 400).Select(_ => new DateOnly(1, 1, 1).AddDays(random.Next(2, 3_652_000))).Concat([new(2020, 12, 31), new(2021, 1, 3), new(2024, 2, 29), new(9999, 12, 20)]).ToArray();
        var steps = days.Select(_ => random.Next(-60, 60)).ToArray();
        var holidays = days.Select((day, i) => string.Join(", ", Enumerable.Range(0, i % 5).Select(_ => Clamp(day.DayNumber + random.Next(-60, 60)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))).ToArray();
        Assert.Equal(days.Select(day => ISOWeek.GetWeekOfYear(day.ToDateTime(default))), await database.AskAsync<int>("select pybase.week_number(d, 1, 4) from unnest($1) with ordinality as q (d, n) order by n", days));
        Assert.Equal(days.Select(SundayWeek), await database.AskAsync<int>("select pybase.week_number(d, 0, 1) from unnest($1) with ordinality as q (d, n) order by n", days));
        const string rows = "from unnest($1, $2, $3) with ordinality as q (d, i, h, n) order by n";
        Assert.Equal(days.Select((day, i) => Walk(day, steps[i], holidays[i])), await database.AskAsync<DateOnly?>($"select pybase.workday(d, i, pybase.holidays(h)) {rows}", days, steps, holidays));
        Assert.Equal(days.Select((day, i) => Count(day, Clamp(day.DayNumber + steps[i]), holidays[i])),
            await database.AskAsync<double>($"select pybase.workday_diff(d, (d + i)::date, pybase.holidays(h)) {rows}", days, days.Select((day, i) => Clamp(day.DayNumber + steps[i]).DayNumber - day.DayNumber).ToArray(), holidays));
    }

    [Theory]
    [InlineData("2024-02-29", "2024-02-29T00:00:00.000Z")]
    [InlineData(" 2024-02-29T13:05:06.789Z ", "2024-02-29T13:05:06.789Z")]
    [InlineData("2024-02-29 13:05", "2024-02-29T13:05:00.000Z")]
    [InlineData("2024-02-29T13:05:06+05:30", "2024-02-29T07:35:06.000Z")]
    [InlineData("2024-02-29T24:00", "2024-03-01T00:00:00.000Z")]
    [InlineData("20240229", "2024-02-29T00:00:00.000Z")]
    [InlineData("20240229T130506Z", "2024-02-29T13:05:06.000Z")]
    [InlineData("2024-W09-4", "2024-02-29T00:00:00.000Z")]
    [InlineData("2024-02", "2024-02-01T00:00:00.000Z")]
    [InlineData("2024", "2024-01-01T00:00:00.000Z")]
    [InlineData("2/29/2024", "2024-02-29T00:00:00.000Z")]
    [InlineData("02/29/24 1:05 pm", "2024-02-29T13:05:00.000Z")]
    [InlineData("12/31/69", "1969-12-31T00:00:00.000Z")]
    [InlineData("29.2.2024", "2024-02-29T00:00:00.000Z")]
    [InlineData("29 Feb 2024", "2024-02-29T00:00:00.000Z")]
    [InlineData("February 29th, 2024 12:00 am", "2024-02-29T00:00:00.000Z")]
    [InlineData("Thursday, February 29, 2024 at 9 pm", "2024-02-29T21:00:00.000Z")]
    [InlineData("Thu, 29 Feb 2024 13:05:06 GMT", "2024-02-29T13:05:06.000Z")]
    [InlineData("Feb 2024", "2024-02-01T00:00:00.000Z")]
    [InlineData("2023-02-29", null)]
    [InlineData("13/1/2024", null)]
    [InlineData("2024-02-29T25:00", null)]
    [InlineData("2024-W54", null)]
    [InlineData("0000-01-01", null)]
    [InlineData("13:05 pm", null)]
    [InlineData("2024-01-01T00:00+99:99", null)]
    [InlineData("soon", null)]
    [InlineData("", null)]
    public async Task Dates_are_read_as_people_and_programs_write_them(string text, string? expected)
    {
        await using var database = await DateFunctionsDatabase.OpenAsync(servers);
        Assert.Equal([expected], await database.AskAsync<string>($"select to_char(pybase.date_read($1, 'en') at time zone 'UTC', {Iso})", text));
    }

    [Fact]
    public async Task No_argument_makes_a_date_function_raise()
    {
        await using var database = await DateFunctionsDatabase.OpenAsync(servers);
        const string instants = """
            (values (null::timestamptz), ('infinity'), ('-infinity'), ('4714-11-24 00:00:00+00 BC'), ('294276-12-31 23:59:59.999999+00'), ('0001-01-01 00:00+00'), ('0001-01-01 00:00+00 BC'),
                ('9999-12-31 23:59:59.999999+00'), ('10000-01-01 00:00+00'), ('2024-02-29 12:34:56.789+00'), ('1969-12-31 23:59:59.9995+00'))
            """;
        const string numbers = "(values (null::float8), ('NaN'), ('Infinity'), ('-Infinity'), (0), (-0.5), (0.5), (1e308), (-1e308), (1e-320), (2147483648), (-2147483648), (1e15), (119999), (-119999), (3.9e14), (1.5), (-3652058), (3652058))";
        const string units = "(values (null), (''), ('millisecond'), ('second'), ('minute'), ('hour'), ('day'), ('week'), ('month'), ('quarter'), ('year'), ('fortnight'))";
        const string formats = """
            (values (null), (''), ('['), (']'), ('\'), ('"'), ('%'), ('LLLL llll LTS'), (repeat('Y', 500)), (repeat('L', 501)), ('SSSSSSSSSS zzz ZZZ'), ('w gg GG W ww wo k kk e E d do DDDo x X y yy yyyy a A'), ('DDDD gggg ww e YYYYY'), ('hmmss Hmm'), (E'\n\t日本'))
            """;
        const string texts = "(values (null), (''), (' '), ('99999999999999999999'), ('0000-00-00'), ('9999-12-31T24:00'), ('9999-12-31T23:59:60'), ('+-:/.,'), ('99/99/9999'), ('9999999999 999999 99999'), (repeat('9', 600)), ('2024-W99-9'), ('a'), ('12 12 12 12 12 am'), ('-1 -2 -3'), (E'\\u0001\\n'), ('366 53 99'), ('1e10'), ('0001-W01-1'), ('9999-W52-7'), ('午後 12月'))";
        string[] questions =
        [
            $"select count(pybase.date_add(d, n, u)) from {instants} a (d), {numbers} b (n), {units} c (u)",
            $"select count(pybase.date_diff(d, e, u)) from {instants} a (d), {instants} b (e), {units} c (u)",
            $"select count(pybase.time_between(d, e)) from {instants} a (d), {instants} b (e)",
            $"select count(pybase.date_start(d, coalesce(u, 'day'))) from {instants} a (d), {units} c (u) where u is null or u not in ('', 'fortnight')",
            $"select count(pybase.month_end(d, n)) + count(pybase.workday(d, n, '{{2024-01-01}}')) + count(pybase.workday(d::date, n, null)) from {instants} a (d), {numbers} b (n)",
            $"select count(pybase.workday_diff(d::date, e::date, '{{}}')) + count(pybase.week_number(d::date, 0, 1)) + count(pybase.midnight(d::date)) + count(pybase.day_of(d::timestamp)) from {instants} a (d), {instants} b (e)",
            $"select count(pybase.date_format(d, pybase.date_tokens(f, pybase.locale(l)), pybase.zone(z), pybase.locale(l))) from {instants} a (d), {formats} b (f), (values ('en'), ('xx'), (null), ('pl'), ('ja-JP'), ('PT_br')) c (l), (values ('utc'), (null), ('Mars/Base'), ('Pacific/Kiritimati'), ('Pacific/Pago_Pago')) e (z)",
            $"select count(pybase.date_parse(t, pybase.date_patterns(f, l), l, d)) from {texts} a (t), {formats} b (f), (values ('en'), ('ja'), ('es')) c (l), {instants} e (d)",
            $"select count(pybase.date_parse(t, pybase.date_patterns(f, 'en'), 'en', '2024-05-05Z')) from {texts} a (t), (values ('DDDD YYYY'), ('gggg ww e'), ('GGGG-[W]WW-E'), ('X'), ('x'), ('hmm'), ('Hmmss'), ('Q YY'), ('k:mm a Z'), ('dddd'), ('YYYYYY-MM-DD')) b (f)",
            $"select count(pybase.date_read(t, l)) + count(pybase.holidays(t)) from {texts} a (t), (values ('en'), ('fr')) c (l)",
        ];
        foreach (var question in questions)
            Assert.Single(await database.AskAsync<long>(question));
    }

    [Fact]
    public async Task Results_beyond_the_calendar_are_no_dates()
    {
        await using var database = await DateFunctionsDatabase.OpenAsync(servers);
        Assert.Equal([null], await database.AskAsync<DateTime?>("select pybase.date_add('9999-12-31Z', 1, 'day')"));
        Assert.Equal([null], await database.AskAsync<DateTime?>("select pybase.date_add('0001-01-01Z', -1, 'millisecond')"));
        Assert.Equal([null], await database.AskAsync<DateTime?>("select pybase.date_add('2024-01-01Z', 7976, 'year')"));
        Assert.Equal([new DateTime(9999, 1, 1, 0, 0, 0, DateTimeKind.Utc)], await database.AskAsync<DateTime?>("select pybase.date_add('2024-01-01Z', 7975, 'year')"));
        Assert.Equal([null], await database.AskAsync<string>("select pybase.date_format('9999-12-31 23:30Z', '{%YYYY}', pybase.zone('Europe/Zurich'), 'en')"));
        Assert.Equal([null], await database.AskAsync<DateOnly?>("select pybase.month_end('9999-12-01Z', 1)"));
        Assert.Equal([new DateOnly(9999, 12, 31)], await database.AskAsync<DateOnly?>("select pybase.month_end('9999-12-01Z', 0)"));
        Assert.Equal([null], await database.AskAsync<DateOnly?>("select pybase.workday(date '9999-12-31', 1, '{}')"));
    }

    static DateOnly Clamp(int day) => DateOnly.FromDayNumber(Math.Clamp(day, 0, DateOnly.MaxValue.DayNumber));

    /// <summary>Weeks from Sunday; week 1 is the one with January 1.</summary>
    static int SundayWeek(DateOnly day)
    {
        var saturday = day.DayNumber + (6 - (int)day.DayOfWeek);
        return saturday > DateOnly.MaxValue.DayNumber ? 1 : (DateOnly.FromDayNumber(saturday).DayOfYear - 1) / 7 + 1;
    }

    static bool Works(DateOnly day, string holidays) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !holidays.Contains(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    static DateOnly? Walk(DateOnly day, int steps, string holidays)
    {
        for (var left = Math.Abs(steps); left > 0;)
        {
            if (day == (steps > 0 ? DateOnly.MaxValue : DateOnly.MinValue))
                return null;
            day = day.AddDays(Math.Sign(steps));
            left -= Works(day, holidays) ? 1 : 0;
        }
        return day;
    }

    static double Count(DateOnly from, DateOnly to, string holidays)
    {
        var (low, high) = from < to ? (from, to) : (to, from);
        var count = Enumerable.Range(low.DayNumber, high.DayNumber - low.DayNumber + 1).Count(day => Works(DateOnly.FromDayNumber(day), holidays));
        return from > to ? -count : count;
    }
}
