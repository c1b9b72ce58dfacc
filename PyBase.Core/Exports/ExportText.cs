using System.Globalization;
using System.Text.Json;
using PyBase.Core.Conversions;
using PyBase.Core.Fields;
using PyBase.Core.Imports;

namespace PyBase.Core.Exports;

/// <summary>
/// Cells as text that an import reads back as the same cells: numbers with all their digits, days and moments in ISO form, people by address, lists as
/// <see cref="ListText"/> writes them.
/// </summary>
/// <param name="people">Whom ids of people stand for.</param>
/// <param name="records">What linked records are called.</param>
/// <param name="fileUrl">An address for an attachment id.</param>
public sealed class ExportText(People? people, IReadOnlyDictionary<string, string> records, Func<string, string> fileUrl)
{
    readonly CellText text = new(people, records);
    readonly CellDisplay display = new(TimeZoneInfo.Utc, CultureInfo.InvariantCulture) { People = people, Records = records };

    /// <summary>A stored cell that is not empty.</summary>
    public string Of(FieldType type, object stored) => (type, stored) switch
    {
        (Lookup { Item: { } item }, Array items) => ListText.Join(items.Cast<object?>().OfType<object>().Select(value => Of(item, value))),
        (IShowsPeople, string id) => AddressOf(id),
        (IShowsPeople, string[] ids) => ListText.Join(ids.Select(AddressOf)),
        (MultipleAttachments, string json) => Files(json),
        (AiText or Button or Lookup, _) => display.Of(type, stored),
        (MultipleRecordLinks, string id) => records.GetValueOrDefault(id, id),
        (_, string[]) => ListText.Join(text.Items(type, stored)),
        (_, Array items) => ListText.Join(items.Cast<object?>().OfType<object>().Select(value => Of(type, value))),
        _ => text.Of(type, stored),
    };

    string AddressOf(string id) => people?.Find(id)?.Email ?? id;

    string Files(string json)
    {
        using var files = JsonDocument.Parse(json);
        return ListText.Join(files.RootElement.EnumerateArray().Select(file => $"{file.GetText("filename")} ({fileUrl(file.GetText("id") ?? "")})"));
    }
}
