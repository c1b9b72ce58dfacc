using System.Globalization;
using PyBase.Extraction.Envelope;

namespace PyBase.Workers.Extractions;

/// <summary>What the cells of one column have in common; decides which field they become.</summary>
sealed class ColumnFacts
{
    /// <summary>More different values than a person would pick from a list.</summary>
    public const int MostChoices = 200;

    readonly HashSet<string> values = [];
    readonly List<EnvelopeNotation> notations;
    int filled, rows;
    bool isSmall = true;

    ColumnFacts(ExtractedTable table, int place) => notations = [.. EnvelopeNotation.Of(table, place)];

    /// <summary>The engineering notation that every text is in; null for none.</summary>
    public EnvelopeNotation? Notation => filled > 0 ? notations.FirstOrDefault() : null;

    public int MaxLength { get; private set; }

    public bool HasLines { get; private set; }

    /// <summary>Decimals that show every number as it is, up to 8.</summary>
    public int Decimals { get; private set; }

    /// <summary>Decimals worth showing: coordinates that are the result of a calculation are shown to a few, and kept whole.</summary>
    public int Precision => Decimals < 8 || isSmall ? Decimals : 4;

    /// <summary>A whole number that a double cannot hold exactly.</summary>
    public bool IsBeyondDouble { get; private set; }

    /// <summary>Every text is a calendar day in ISO 8601.</summary>
    public bool AreDays { get; private set; } = true;

    /// <summary>Every text is a moment in ISO 8601, offset included: without one nobody knows which moment it is.</summary>
    public bool AreInstants { get; private set; } = true;

    /// <summary>Some row has a text it was read from; known of the last column, which stands for the rows.</summary>
    public bool HasRaw { get; private set; }

    /// <summary>No row is without a value.</summary>
    public bool IsFull => filled == rows && rows > 0;

    public bool IsEmpty => filled == 0;

    /// <summary>The different values, sorted; null when there are too many, or some that no choice may be called.</summary>
    public IReadOnlyList<string>? Choices => values.Count is 0 or > MostChoices || values.Any(v => v.Length > 100 || v != v.Trim() || v.AsSpan().ContainsAnyInRange('\0', '\u001F'))
        || values.Any(v => CellText.Of(v) != v) ? null : [.. values.Order(StringComparer.Ordinal)];

    /// <summary>Goes through the rows once.</summary>
    public static ColumnFacts[] Of(ExtractedTable table, CancellationToken cancellation)
    {
        var facts = table.Columns.Select((_, place) => new ColumnFacts(table, place)).ToArray();
        var seen = 0;
        foreach (var row in table.Rows)
        {
            if (++seen % 1024 == 0)
                cancellation.ThrowIfCancellationRequested();
            for (var n = 0; n < facts.Length; n++)
            {
                facts[n].Add(row.Cells[n]);
                facts[n].notations.RemoveAll(notation => !notation.Holds(row, n));
            }
            facts[^1].HasRaw |= !string.IsNullOrEmpty(row.Raw);
        }
        return facts;
    }

    void Add(Cell cell)
    {
        rows++;
        if (cell.IsEmpty || cell.Text is "")
            return;
        filled++;
        if (cell.Text is { } text)
            Add(text);
        else if (cell.Integer is { } whole)
            IsBeyondDouble |= whole is > 1L << 53 or < -(1L << 53);
        else if (cell.Number is { } number)
        {
            isSmall &= Math.Abs(number) < 0.01;
            while (Decimals < 8 && Math.Abs(number - Math.Round(number, Decimals)) > 1e-9 * Math.Max(1, Math.Abs(number)))
                Decimals++;
        }
    }

    void Add(string text)
    {
        MaxLength = Math.Max(MaxLength, text.Length);
        HasLines |= text.Contains('\n');
        AreDays = AreDays && Day(text) is not null;
        AreInstants = AreInstants && Instant(text) is not null;
        if (values.Count <= MostChoices)
            values.Add(text);
    }

    public static DateOnly? Day(string text) => text.Length == 10 && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssK"];

    public static DateTime? Instant(string text) => text.Length is >= 20 and <= 40 && (text[^1] == 'Z' || text[^6] is '+' or '-')
        && DateTime.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
}
