using System.Globalization;
using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Queries;
using PyBase.Core.Records;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>cellFormat=string</c>: every cell as the text that a person in this zone, with this locale, reads.</summary>
/// <param name="Zone">Where the reader's clock is.</param>
/// <param name="Locale">How the reader writes days.</param>
public sealed record CellDisplay(TimeZoneInfo Zone, CultureInfo Locale)
{
    const int MaxLocale = 35;

    /// <summary>Whom ids of people stand for.</summary>
    public People? People { get; init; }

    /// <summary>What linked records are called, by id.</summary>
    public IReadOnlyDictionary<string, string> Records { get; init; } = new Dictionary<string, string>();

    /// <summary>From the parameters of a request; null for <c>json</c>. Text needs to know for whom, so it is refused without zone and locale, as in Airtable.</summary>
    public static Result<CellDisplay?> Read(string? cellFormat, string? timeZone, string? userLocale)
    {
        if (cellFormat is null or "" or "json")
            return (CellDisplay?)null;
        if (cellFormat is not "string")
            return RecordErrors.InvalidRequest("cellFormat is json or string.");
        if (string.IsNullOrEmpty(timeZone) || string.IsNullOrEmpty(userLocale))
            return RecordErrors.InvalidRequest("cellFormat=string needs timeZone and userLocale.");
        if (!DaySpan.ZoneOf(timeZone).TryGet(out var zone, out var error))
            return error;
        return LocaleOf(userLocale) is { } locale ? new CellDisplay(zone, locale) : RecordErrors.InvalidRequest($"userLocale \"{userLocale.Excerpt()}\" is not a locale such as en-gb.");
    }

    /// <summary>A stored cell, not empty, as text.</summary>
    public string Of(FieldType type, object stored) => (type, stored) switch
    {
        (Lookup { Item: { } item }, Array items) => Join(items.Cast<object?>().OfType<object>().Select(value => Of(item, value))),
        (Lookup { Item: Barcode or MultipleAttachments or Notated }, string json) => Join(Items(json)),
        (ISelect select, string id) => select.Choices.NameOf(id),
        (ISelect select, string[] ids) => Join(ids.Select(select.Choices.NameOf)),
        (IShowsPeople, string id) => NameOf(id),
        (IShowsPeople, string[] ids) => Join(ids.Select(NameOf)),
        (MultipleRecordLinks, string id) => RecordOf(id),
        (MultipleRecordLinks, string[] ids) => Join(ids.Select(RecordOf)),
        (MultipleAttachments, string json) => Join(Items(json)),
        (Barcode, string json) => Join(Items($"[{json}]")),
        (Notated, string json) => Notated.TextOf(json),
        (AiText, string json) => ValueOf(json),
        (Button button, _) => button.Label,
        (IShownNumber shown, double number) => shown.Show(number),
        (Date day, DateOnly date) => Dates.Show(day.Format, date, Locale),
        (DateTimeField moment, DateTime utc) => moment.Show(utc, this),
        (TimeOfDay time, string text) => time.Show(text),
        (_, double number) => Plain(number),
        (_, bool ticked) => ticked ? "checked" : "",
        (_, DateOnly date) => Dates.Show("iso", date, Locale),
        (_, DateTime utc) => $"{Dates.Show("iso", DateOnly.FromDateTime(InZone(utc)), Locale)} {Dates.Show("24hour", InZone(utc))}",
        (_, string text) => text,
        (_, Array items) => Join(items.Cast<object?>().OfType<object>().Select(value => Of(type, value))),
        _ => Convert.ToString(stored, CultureInfo.InvariantCulture)!,
    };

    /// <summary>What the reader's clock shows.</summary>
    public DateTime InZone(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc, Zone);

    /// <summary>All digits that the number has.</summary>
    internal static string Plain(double number) => Math.Abs(number) is > 0 and (< 1e-9 or >= 1e15) || !double.IsFinite(number)
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : ((decimal)number).ToString("0.############################", CultureInfo.InvariantCulture);

    /// <summary>As many decimals as the field shows, halves away from zero.</summary>
    internal static string Rounded(double number, int precision) => Math.Abs(number) >= 1e15 || !double.IsFinite(number)
        ? number.ToString("R", CultureInfo.InvariantCulture)
        : Math.Round((decimal)number, precision, MidpointRounding.AwayFromZero).ToString($"F{precision}", CultureInfo.InvariantCulture);

    string NameOf(string id) => People?.Find(id)?.Name ?? id;

    string RecordOf(string id) => Records.GetValueOrDefault(id, "");

    static string Join(IEnumerable<string> items) => string.Join(", ", items);

    /// <summary>Barcodes and notations by their text, files by name.</summary>
    static IEnumerable<string> Items(string json)
    {
        using var items = JsonDocument.Parse(json);
        return [.. items.RootElement.EnumerateArray().Select(item => item.GetText("filename") ?? item.GetText("text") ?? "")];
    }

    static string ValueOf(string json)
    {
        using var cell = JsonDocument.Parse(json);
        return cell.RootElement.GetText("value") ?? "";
    }

    /// <summary>Only locales that are known; days are always those of the Gregorian calendar, as Airtable's are.</summary>
    static CultureInfo? LocaleOf(string name)
    {
        if (name.Length > MaxLocale)
            return null;
        try
        {
            var locale = CultureInfo.GetCultureInfo(name, predefinedOnly: true);
            if (locale.Calendar is GregorianCalendar)
                return locale;
            locale = (CultureInfo)locale.Clone();
            if (locale.OptionalCalendars.FirstOrDefault(calendar => calendar is GregorianCalendar) is not { } gregorian)
                return CultureInfo.InvariantCulture;
            locale.DateTimeFormat.Calendar = gregorian;
            return locale;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}

/// <summary>A type whose numbers people see in another form than their digits.</summary>
interface IShownNumber
{
    /// <summary>The number as the field's options want it.</summary>
    string Show(double number);
}
