using System.Buffers;
using System.Text.Json;
using PyBase.Core.Schema;

namespace PyBase.Core.Imports;

/// <summary>
/// What the cells of a column have in common, told one after the other: which field would hold them all without loss. Remembers no cells but some examples and
/// the different values of a list short enough to choose from.
/// </summary>
public sealed class ColumnGuess
{
    /// <summary>More different values than a person would pick from a list.</summary>
    public const int MostChoices = 100;
    const int LongestChoice = 60;
    const int Examples = 5;

    static readonly SearchValues<char> Integer = SearchValues.Create("0123456789+-"), NotInEmail = SearchValues.Create(" ,;<>\"\n"), InPhone = SearchValues.Create("0123456789 ()/-.");

    [Flags]
    enum May
    {
        None = 0, Point = 1, Comma = 2, Percent = 4, Currency = 8, YearFirst = 16, DayFirst = 32, MonthFirst = 64, Checkbox = 128, Email = 256, Url = 512, Phone = 1024, List = 2048,
        Numbers = Point | Comma, Dates = YearFirst | DayFirst | MonthFirst,
    }

    readonly HashSet<string> values = new(StringComparer.Ordinal);
    readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> byText;
    readonly List<string> examples = [];
    May may = (May)4095;
    string? symbol;
    bool hasTime, repeats, hasLines, isBeyondDouble;
    int decimals;

    /// <summary>Nothing told yet.</summary>
    public ColumnGuess() => byText = values.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Cells with content.</summary>
    public long Filled { get; private set; }

    /// <summary>The longest text, in characters.</summary>
    public int MaxLength { get; private set; }

    /// <summary>Some different cells, the first of them.</summary>
    public IReadOnlyList<string> Samples => examples;

    /// <summary>A cell of the column.</summary>
    public void Add(ReadOnlySpan<char> raw, SourceKind kind)
    {
        var text = raw.Trim();
        if (text.IsEmpty)
            return;
        Filled++;
        MaxLength = Math.Max(MaxLength, raw.Length);
        Keep(text);
        if (may == May.None)
        {
            hasLines = hasLines || text.Contains('\n');
            return;
        }
        if (kind is SourceKind.Json)
            may &= IsListOfTexts(text) ? May.List : May.None;
        else
            may &= ~May.List & (kind switch
            {
                SourceKind.Number => May.Point,
                SourceKind.Date => May.YearFirst,
                SourceKind.Boolean => May.Checkbox,
                _ => (May)4095,
            });
        if ((may & May.Numbers) != 0)
            TestNumber(text, kind);
        if ((may & (May.Percent | May.Currency)) != 0)
            TestAmount(text);
        if ((may & May.Dates) != 0)
            TestDate(text);
        if ((may & May.Checkbox) != 0 && CheckboxText.Read(text) is null)
            may &= ~May.Checkbox;
        if ((may & May.Email) != 0 && !IsEmail(text))
            may &= ~May.Email;
        if ((may & May.Url) != 0 && !IsUrl(text))
            may &= ~May.Url;
        if ((may & May.Phone) != 0 && !IsPhone(text))
            may &= ~May.Phone;
        hasLines = hasLines || text.Contains('\n');
    }

    void Keep(ReadOnlySpan<char> text)
    {
        if (values.Count > MostChoices || byText.Contains(text))
        {
            if (values.Count <= MostChoices)
                repeats = true;
            return;
        }
        var kept = text.Length > 200 ? text[..200].ToString() : text.ToString();
        values.Add(kept);
        if (examples.Count < Examples)
            examples.Add(kept);
    }

    void TestNumber(ReadOnlySpan<char> text, SourceKind kind)
    {
        // Leading zeros and more digits than a double holds belong to a name: an article, a telephone, a card.
        // So does 12E4 among them.
        var isName = kind is SourceKind.Text && ((text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1])) || text[0] == '+' || text.IndexOfAny('e', 'E') > 0 && text.IndexOfAny('.', ',') < 0);
        double? point = null, comma = null;
        if ((may & May.Point) != 0 && (isName || (point = NumberText.Read(text, NumberForm.Point)) is null))
            may &= ~May.Point;
        if ((may & May.Comma) != 0 && (isName || (comma = NumberText.Read(text, NumberForm.Comma)) is null))
            may &= ~May.Comma;
        if ((point ?? comma) is not { } number)
            return;
        isBeyondDouble |= Math.Abs(number) > 1L << 53 && text.IndexOfAnyExcept(Integer) < 0;
        decimals = Math.Max(decimals, Decimals(text, (may & May.Point) != 0 ? '.' : ','));
    }

    static int Decimals(ReadOnlySpan<char> text, char point) => text.IndexOf(point) is >= 0 and var at ? Math.Min(8, text[(at + 1)..].IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length - at - 1) : 0;

    void TestAmount(ReadOnlySpan<char> text)
    {
        if ((may & May.Percent) != 0 && (text[^1] != '%' || !IsNumber(text[..^1])))
            may &= ~May.Percent;
        if ((may & May.Currency) == 0)
            return;
        if (CurrencyText.Split(text) is { } amount && IsNumber(amount.Number) && (symbol is null || amount.Symbol == symbol))
        {
            symbol ??= amount.Symbol;
            decimals = Math.Max(decimals, Decimals(amount.Number, mayPoint ? '.' : ','));
        }
        else
            may &= ~May.Currency;
    }

    // Amounts with a sign or symbol decide about the point on their own.
    bool mayPoint = true, mayComma = true;

    bool IsNumber(ReadOnlySpan<char> text)
    {
        mayPoint = mayPoint && NumberText.Read(text, NumberForm.Point) is not null;
        mayComma = mayComma && NumberText.Read(text, NumberForm.Comma) is not null;
        return mayPoint || mayComma;
    }

    void TestDate(ReadOnlySpan<char> text)
    {
        for (var form = DateForm.YearFirst; form <= DateForm.MonthFirst; form++)
            if ((may & (May)((int)May.YearFirst << (int)form)) is not May.None and var flag)
            {
                if (DateText.Read(text, form) is { } date)
                    hasTime |= date.HasTime;
                else
                    may &= ~flag;
            }
    }

    static bool IsEmail(ReadOnlySpan<char> text) => text.IndexOf('@') is > 0 and var at && text[(at + 1)..] is var host && host.IndexOf('.') > 0 && host[^1] != '.' && text.IndexOfAny(NotInEmail) < 0 && !host.Contains('@');

    static bool IsUrl(ReadOnlySpan<char> text) => (text.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("https://", StringComparison.OrdinalIgnoreCase)) && text.IndexOfAny(" \n") < 0;

    static bool IsPhone(ReadOnlySpan<char> text) => text.Length is >= 7 and <= 30 && (text[0] == '+' || text.StartsWith("00")) && text[1..].IndexOfAnyExcept(InPhone) < 0;

    static bool IsListOfTexts(ReadOnlySpan<char> json)
    {
        if (json[0] != '[' || json.Length > 10_000)
            return false;
        using var list = JsonDocument.Parse(json.ToString());
        return list.RootElement.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String && item.GetString() is { Length: > 0 and <= LongestChoice });
    }

    /// <summary>The field that would hold the column.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="prefersComma">Of a number that may be either: the file separates its cells by something else than commas.</param>
    /// <param name="isPrimary">It has to name the records.</param>
    public GuessedField Field(string name, bool prefersComma, bool isPrimary)
    {
        if (Filled == 0)
            return new(new FieldSpec(name, "singleLineText"), new CellForm());
        if ((may & May.List) != 0 && !isPrimary && ListChoices() is { } items)
            return new(new FieldSpec(name, "multipleSelects", items), new CellForm());
        var numbers = (may & May.Numbers) switch { May.Numbers => prefersComma && decimals > 0 ? NumberForm.Comma : NumberForm.Point, May.Comma => NumberForm.Comma, _ => NumberForm.Point };
        if ((may & May.Checkbox) != 0 && !isPrimary)
            return new(new FieldSpec(name, "checkbox"), new CellForm());
        if ((may & May.Numbers) != 0 && !isBeyondDouble)
            return new(new FieldSpec(name, "number", Options(new { precision = decimals })), new CellForm(numbers), IsAmbiguous: (may & May.Numbers) == May.Numbers && decimals > 0);
        var forms = mayPoint && !(mayComma && prefersComma && decimals > 0) ? NumberForm.Point : NumberForm.Comma;
        if ((may & May.Percent) != 0)
            return new(new FieldSpec(name, "percent", Options(new { precision = 1 })), new CellForm(forms));
        if ((may & May.Currency) != 0)
            return new(new FieldSpec(name, "currency", Options(new { precision = Math.Min(decimals, 7), symbol })), new CellForm(forms));
        if ((may & May.Dates) != 0)
        {
            var order = (may & May.YearFirst) != 0 ? DateForm.YearFirst : (may & May.Dates) == (May.DayFirst | May.MonthFirst) ? prefersComma || examples[0].Contains('.', StringComparison.Ordinal) ? DateForm.DayFirst : DateForm.MonthFirst
                : (may & May.DayFirst) != 0 ? DateForm.DayFirst : DateForm.MonthFirst;
            var isAmbiguous = (may & May.Dates) == (May.DayFirst | May.MonthFirst) && !examples[0].Contains('.', StringComparison.Ordinal);
            return new(hasTime ? new FieldSpec(name, "dateTime", Options(new { timeZone = "utc", dateFormat = new { name = "iso" }, timeFormat = new { name = "24hour" } })) : new FieldSpec(name, "date"), new CellForm(Dates: order), isAmbiguous);
        }
        if (hasLines)
            return new(new FieldSpec(name, "multilineText"), new CellForm());
        var type = (may & May.Email) != 0 ? "email" : (may & May.Url) != 0 ? "url" : (may & May.Phone) != 0 ? "phoneNumber" : null;
        if (type is null && !isPrimary && IsChoice())
            return new(new FieldSpec(name, "singleSelect", Options(new { choices = values.Order(StringComparer.Ordinal).Select(value => new { name = value }) })), new CellForm());
        return new(new FieldSpec(name, type ?? "singleLineText"), new CellForm());
    }

    /// <summary>Few short values that come again and again.</summary>
    bool IsChoice() => repeats && values.Count <= MostChoices && Filled >= 3L * values.Count && values.All(value => value.Length <= LongestChoice && value.AsSpan().IndexOfAnyInRange('\0', '\u001F') < 0);

    JsonElement? ListChoices()
    {
        if (values.Count > MostChoices)
            return null;
        var names = values.Where(value => value.Length < 200).SelectMany(value => JsonSerializer.Deserialize<string[]>(value)!).Select(value => value.Trim()).Where(value => value.Length > 0).Distinct().Order(StringComparer.Ordinal).ToArray();
        return values.Any(value => value.Length >= 200) || names.Length > MostChoices ? null : Options(new { choices = names.Select(value => new { name = value }) });
    }

    static JsonElement Options(object options) => JsonSerializer.SerializeToElement(options);
}

/// <summary>A field that would hold a column.</summary>
/// <param name="Spec">Name, type and options.</param>
/// <param name="Form">How its texts are read.</param>
/// <param name="IsAmbiguous">They could be read another way too: <c>1,234</c>, <c>01/02/2026</c>.</param>
public sealed record GuessedField(FieldSpec Spec, CellForm Form, bool IsAmbiguous = false);
