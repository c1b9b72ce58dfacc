using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Conversions;

/// <summary>What became of a cell.</summary>
/// <param name="Value">As the new type stores it; null when nothing is left.</param>
/// <param name="IsWhole">Nothing of it was lost.</param>
public readonly record struct ConvertedValue(object? Value, bool IsWhole);

/// <summary>
/// Cells of one type → cells of another, by the rules of typecast: a conversion does what typing all the values again would do. What the new type cannot hold
/// becomes an empty cell. Pure.
/// </summary>
/// <param name="from">The field as it is.</param>
/// <param name="to">Its new type.</param>
/// <param name="text">Old cells as text.</param>
/// <param name="people">Whom new cells may name.</param>
/// <param name="recordsByName">Whom new links may name.</param>
public sealed class CellConversion(Field from, FieldType to, CellText text, People? people, IReadOnlyDictionary<string, string> recordsByName)
{
    readonly CellInput input = new(from.Id, from.Name, Typecast: true, people);

    /// <summary>The new type, with the choices that the cells asked for.</summary>
    public FieldType To => to is ISelect select && input.NewChoices.Count > 0 ? select.With(input.NewChoices) : to;

    /// <summary>Can a field of the one type become one of the other?</summary>
    public static Error? Refusal(Field from, FieldType to) =>
        from.Type.IsComputed || to.IsComputed || to is MultipleAttachments && from.Type is not MultipleAttachments ? ConversionErrors.NotConvertible(from.Type.Name, to.Name) : null;

    /// <summary>The cell as the new type holds it.</summary>
    public ConvertedValue Convert(object stored) => (from.Type, to, stored) switch
    {
        (Numeric, Numeric or Checkbox, double number) => Parse(JsonSerializer.SerializeToElement(number)),
        (Checkbox, Numeric, bool ticked) => Parse(JsonSerializer.SerializeToElement(ticked ? 1 : 0)),
        (Barcode, Barcode, _) or (MultipleAttachments, MultipleAttachments, _) or (DateTimeField, DateTimeField, _) => new(stored, true),
        // What a number cannot say is lost: the unit stays in the field's name at best.
        (QuantityField, Numeric, string json) => Number(json),
        (MaterialField, MaterialField, string json) => Parse(JsonSerializer.Deserialize<JsonElement>(json)),
        (DateTimeField zoned, Date, DateTime instant) => new(DateOnly.FromDateTime(zoned.ToWall(instant)), true),
        (IShowsPeople, IShowsPeople, string id) => new(to.Column is ColumnType.Ids ? new[] { id } : id, true),
        (IShowsPeople, IShowsPeople, string[] ids) => to.Column is ColumnType.Ids ? new(ids, true) : new(ids[0], ids.Length == 1),
        (_, MultipleRecordLinks link, _) => Link(stored, link.IsSingle),
        (not Text, MultipleSelects, _) => Parse(JsonSerializer.SerializeToElement(text.Items(from.Type, stored))),
        (_, SingleSelect, string[]) => First(text.Items(from.Type, stored)),
        (_, MultipleCollaborators, _) => Several(Parts(text.Of(from.Type, stored))),
        _ => Parse(JsonSerializer.SerializeToElement(text.Of(from.Type, stored))),
    };

    /// <summary>Names that a text may mean: the whole of it, and what stands between its commas.</summary>
    public static IEnumerable<string> Names(string text) => Parts(text).Append(text.Trim());

    ConvertedValue Parse(JsonElement json)
    {
        var value = to.Parse(json, input) is { IsOk: true } parsed ? parsed.Value : null;
        return new(value, value is not null);
    }

    ConvertedValue Number(string quantity)
    {
        var cell = JsonSerializer.Deserialize<JsonElement>(quantity);
        return Parse(cell.GetProperty("number")) is { Value: not null } number ? number with { IsWhole = !cell.TryGet("tolerance", out _) && !cell.TryGet("fit", out _) && !cell.TryGet("symbol", out _) } : new(null, false);
    }

    ConvertedValue First(IReadOnlyList<string> items) => Parse(JsonSerializer.SerializeToElement(items[0])) with { IsWhole = items.Count == 1 };

    ConvertedValue Several(IReadOnlyList<string> names)
    {
        string[] ids = [.. names.Select(name => people?.Member(name) ?? people?.MemberNamed(name)).OfType<Collaborator>().Select(person => person.Id).Distinct()];
        return new(ids.Length > 0 ? ids : null, ids.Length == names.Count);
    }

    ConvertedValue Link(object stored, bool single)
    {
        var items = text.Items(from.Type, stored);
        // A record may have a comma in its name.
        var names = items.SelectMany(item => recordsByName.ContainsKey(item.Trim()) ? [item.Trim()] : Parts(item)).ToArray();
        var ids = names.Select(name => recordsByName.GetValueOrDefault(name)).OfType<string>().Distinct().ToArray();
        var isWhole = names.All(recordsByName.ContainsKey);
        return ids.Length == 0 ? new(null, false) : single ? new(ids[..1], isWhole && ids.Length == 1) : new(ids, isWhole);
    }

    static string[] Parts(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
