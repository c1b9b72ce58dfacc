using PyBase.Storage.Formulas;

namespace PyBase.Tests.Formulas;

/// <summary>Rows with blanks, huge and tiny numbers, characters beyond the first plane, and one field that has no answer now and then.</summary>
static class RandomRows
{
    static readonly double[] Numbers = [0, 1, -1, 2, 3, 0.1, -0.25, 7.5, 42, 1e15, -1e20, 1e-7, 9007199254740993, 1e200, -1e200, 1e-200, 1.7976931348623157e308, 5e-324, 123456.789];
    static readonly string[] Texts = ["a", "A", "abc", "12", "-3.5", "x y", "é世😀", "😀", "50%", " ", "NaN", "1e400", "it's \\ \"", "b"];

    public static IReadOnlyList<Dictionary<string, object?>> Take(Random random, int count)
    {
        return [.. Enumerable.Range(0, count).Select(n => new Dictionary<string, object?>
        {
            ["_id"] = $"rec{n:d14}",
            ["T1"] = Text(),
            ["T2"] = Text(),
            ["N1"] = Number(),
            ["N2"] = Number(),
            ["N3"] = random.Next(3) == 0 ? null : (double)random.Next(-3, 6),
            ["B1"] = random.Next(2) == 0 ? null : true,
            ["D1"] = Day(),
            ["D2"] = Day(),
            ["M1"] = random.Next(3) == 0 ? null : new DateTime(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc).AddMilliseconds(random.Next(-100_000_000, 100_000_000)),
            ["L1"] = List(Number),
            ["L2"] = List(Text),
            ["Wrong"] = random.Next(4) == 0 ? new NoAnswer() : Number(),
        })];

        object? Text() => random.Next(4) == 0 ? null : Texts[random.Next(Texts.Length)];
        object? Number() => random.Next(4) == 0 ? null : Numbers[random.Next(Numbers.Length)];
        object? Day() => random.Next(4) == 0 ? null : new DateOnly(2026, 1, 31).AddDays(random.Next(-2, 3));
        object? List(Func<object?> item) => random.Next(3) switch { 0 => null, 1 => new[] { item() }, _ => Enumerable.Range(0, random.Next(1, 5)).Select(_ => item()).ToArray() };
    }

    public static string Sql(IReadOnlyList<Dictionary<string, object?>> rows) => string.Join(" union all ", rows.Select(row => "select "
        + string.Join(", ", row.Select(c => $"{Literal(c.Value)}::{Type(c.Key)} as \"{c.Key}\""))
        + $", '{(row["Wrong"] is NoAnswer ? """{"Wrong": "#ERROR!"}""" : "{}")}'::jsonb as errors"));

    static string Type(string column) => column switch { "_id" => "text collate \"C\"", "L1" => "float8[]", "L2" => "text[]", "M1" => "timestamptz", "B1" => "boolean", _ => column[0] switch { 'T' => "text", 'D' => "date", _ => "float8" } };

    static string Literal(object? value) => value switch
    {
        null or NoAnswer => "null",
        double number => SqlLiterals.Number(number),
        string text => SqlLiterals.Text(text),
        bool => "true",
        DateOnly day => SqlLiterals.Date(day),
        DateTime moment => SqlLiterals.Instant(moment),
        object?[] list => $"array[{string.Join(", ", list.Select(Literal))}]",
        _ => throw new NotSupportedException(),
    };
}
