using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PyBase.Core.Fields;

/// <summary>How people see dates and times: Airtable's named formats. They change what is shown, never what is stored or sent.</summary>
static class Dates
{
    static readonly Dictionary<string, string> Days = new() { ["local"] = "l", ["friendly"] = "LL", ["us"] = "M/D/YYYY", ["european"] = "D/M/YYYY", ["iso"] = "YYYY-MM-DD" };
    static readonly Dictionary<string, string> Times = new() { ["12hour"] = "h:mma", ["24hour"] = "HH:mm" };

    public static string DayRule => $"dateFormat is one of {string.Join(", ", Days.Keys)}";

    public static string TimeRule => $"timeFormat is one of {string.Join(", ", Times.Keys)}";

    /// <summary>The format's name in <c>{"dateFormat":{"name"}}</c>; null when there is no such format.</summary>
    public static string? Day(JsonElement options) => Named(options, "dateFormat", "iso", Days);

    /// <summary>The format's name in <c>{"timeFormat":{"name"}}</c>; null when there is no such format.</summary>
    public static string? Time(JsonElement options) => Named(options, "timeFormat", "24hour", Times);

    public static void WriteDay(Utf8JsonWriter json, string name) => Write(json, "dateFormat", name, Days[name]);

    public static void WriteTime(Utf8JsonWriter json, string name) => Write(json, "timeFormat", name, Times[name]);

    /// <summary>A day in the named format.</summary>
    public static string Show(string format, DateOnly day, CultureInfo locale) => format switch
    {
        "us" => day.ToString("M'/'d'/'yyyy", CultureInfo.InvariantCulture),
        "european" => day.ToString("d'/'M'/'yyyy", CultureInfo.InvariantCulture),
        "local" => day.ToString(Short(locale.DateTimeFormat.ShortDatePattern), locale),
        "friendly" => day.ToString(Long(locale.DateTimeFormat.LongDatePattern), locale),
        _ => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
    };

    /// <summary>The time of a day in the named format.</summary>
    public static string Show(string format, DateTime wall) => format == "12hour"
        ? string.Create(CultureInfo.InvariantCulture, $"{(wall.Hour + 11) % 12 + 1}:{wall:mm}{(wall.Hour < 12 ? "am" : "pm")}")
        : wall.ToString("HH':'mm", CultureInfo.InvariantCulture);

    /// <summary>The order and signs of the locale, without leading zeros and with the whole year.</summary>
    static string Short(string pattern) => Regex.Replace(Regex.Replace(Regex.Replace(pattern, "d+", "d"), "M+", "M"), "y+", "yyyy");

    /// <summary>Without the day of the week.</summary>
    static string Long(string pattern) => Regex.Replace(pattern, @"[\s,،]*dddd?[\s,،.]*(?=$|[^d])", " ").Trim();

    static string? Named(JsonElement options, string property, string usual, Dictionary<string, string> formats)
    {
        var name = options.TryGet(property, out var format) ? format.GetText("name") ?? usual : usual;
        return formats.ContainsKey(name) ? name : null;
    }

    static void Write(Utf8JsonWriter json, string property, string name, string format)
    {
        json.WriteStartObject(property);
        json.WriteString("name", name);
        json.WriteString("format", format);
        json.WriteEndObject();
    }
}
