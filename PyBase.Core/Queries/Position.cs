using System.Globalization;
using System.Text.Json;

namespace PyBase.Core.Queries;

/// <summary>A row's place in an order: its value for each key (null for an empty cell) and its number.</summary>
public sealed record Position(IReadOnlyList<object?> Keys, long Number)
{
    /// <summary>As text for a cursor; exact, so that the row is found again.</summary>
    public string Write()
    {
        var keys = Keys.Select(key => key switch
        {
            null => null,
            double number => number.ToString("R", CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
            DateTime instant => instant.Ticks.ToString(CultureInfo.InvariantCulture),
            _ => Convert.ToString(key, CultureInfo.InvariantCulture),
        });
        return JsonSerializer.Serialize(new { n = Number, k = keys });
    }

    /// <summary>From a cursor, whose text nobody else can have made; the keys are of the kinds of these sorts.</summary>
    public static Position Read(string text, IReadOnlyList<Sort> sorts)
    {
        using var json = JsonDocument.Parse(text);
        var keys = json.RootElement.GetProperty("k").EnumerateArray().Zip(sorts, (key, sort) => key.GetString() is { } value ? Read(value, sort.Kind) : null);
        return new Position([.. keys], json.RootElement.GetProperty("n").GetInt64());
    }

    /// <summary>A key as text that PostgreSQL reads back exactly.</summary>
    public static string Text(object key) => key switch
    {
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("O", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(key, CultureInfo.InvariantCulture)!,
    };

    static object Read(string value, SortKind kind) => kind switch
    {
        SortKind.Number or SortKind.FirstNumber or SortKind.NotatedNumber => double.Parse(value, CultureInfo.InvariantCulture),
        SortKind.Boolean or SortKind.FirstBoolean => bool.Parse(value),
        SortKind.Date or SortKind.FirstDate => DateOnly.ParseExact(value, "O", CultureInfo.InvariantCulture),
        SortKind.Instant or SortKind.FirstInstant => new DateTime(long.Parse(value, CultureInfo.InvariantCulture), DateTimeKind.Utc),
        SortKind.Choice => int.Parse(value, CultureInfo.InvariantCulture),
        _ => value,
    };
}
