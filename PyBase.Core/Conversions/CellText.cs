using System.Globalization;
using System.Text.Json;
using PyBase.Core.Fields;

namespace PyBase.Core.Conversions;

/// <summary>
/// A stored cell as text that means the same to every type: numbers with all their digits, days and moments in ISO form, durations as <c>h:mm:ss</c>, choices,
/// people and linked records by name.
/// </summary>
/// <param name="people">Whom ids of people stand for.</param>
/// <param name="records">What linked records are called.</param>
public sealed class CellText(People? people, IReadOnlyDictionary<string, string> records)
{
    /// <summary>The items of a list, or the one value.</summary>
    public IReadOnlyList<string> Items(FieldType type, object stored) => (type, stored) switch
    {
        (ISelect select, string id) => [select.Choices.NameOf(id)],
        (ISelect select, string[] ids) => [.. ids.Select(select.Choices.NameOf)],
        (IShowsPeople, string id) => [NameOf(id)],
        (IShowsPeople, string[] ids) => [.. ids.Select(NameOf)],
        (MultipleRecordLinks, string[] ids) => [.. ids.Select(id => records.GetValueOrDefault(id, id))],
        (MultipleAttachments, string json) => Names(json),
        (Barcode, string json) => [TextOf(json)],
        (Notated, string json) => [Notated.TextOf(json)],
        (Duration, double seconds) => [Spell(seconds)],
        (Percent, double share) => [Spell(share, '%')],
        (_, double number) => [number.ToString("R", CultureInfo.InvariantCulture)],
        (_, bool ticked) => ticked ? ["checked"] : [],
        (_, DateOnly day) => [day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
        (_, DateTime instant) => [instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)],
        (_, string[] texts) => texts,
        _ => [Convert.ToString(stored, CultureInfo.InvariantCulture)!],
    };

    /// <summary>The items in one text.</summary>
    public string Of(FieldType type, object stored) => string.Join(", ", Items(type, stored));

    string NameOf(string id) => people?.Find(id)?.Name ?? id;

    static string[] Names(string json)
    {
        using var files = JsonDocument.Parse(json);
        return [.. files.RootElement.EnumerateArray().Select(file => file.GetText("filename") ?? "")];
    }

    static string TextOf(string json)
    {
        using var barcode = JsonDocument.Parse(json);
        return barcode.RootElement.GetText("text") ?? "";
    }

    /// <summary><c>12.5%</c> where that is the same number when it is read again, else the number itself.</summary>
    static string Spell(double share, char sign)
    {
        if (Math.Abs(share) < 1e20 && (decimal)share is var exact && (double)exact == share)
            return (exact * 100).ToString("0.############################", CultureInfo.InvariantCulture) + sign;
        return share.ToString("R", CultureInfo.InvariantCulture);
    }

    static string Spell(double seconds)
    {
        var total = Math.Abs(seconds);
        if (total >= 1e15)
            return seconds.ToString("R", CultureInfo.InvariantCulture);
        var (minutes, rest) = (Math.Floor(total / 60), (decimal)total % 60);
        return string.Create(CultureInfo.InvariantCulture, $"{(seconds < 0 ? "-" : "")}{Math.Floor(minutes / 60):0}:{minutes % 60:00}:{rest:00.###}");
    }
}
