using System.Text.Json;

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
