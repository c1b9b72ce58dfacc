using System.Globalization;
using System.Text;
using System.Text.Json;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;

namespace PyBase.Core.Imports;

/// <summary>
/// Texts of a column → values of a field as it stores them, by its type, its constraints and the way the column is written. A text that the field cannot hold
/// is an error, never another value.
/// </summary>
/// <param name="target">Nobody computes its cells.</param>
/// <param name="form">How the column is written.</param>
/// <param name="people">Whom cells may name.</param>
public sealed class CellReader(Field target, CellForm form, People? people)
{
    readonly CellInput input = new(target.Id, target.Name, Typecast: true, people, FieldConstraints.TakesNewChoices(target));

    /// <summary>The field.</summary>
    public Field Field => target;

    /// <summary>Choices that the texts asked for and the field does not have yet.</summary>
    public IReadOnlyList<Choice> NewChoices => input.NewChoices;

    /// <summary>The value; null for an empty cell.</summary>
    public Result<object?> Read(ReadOnlySpan<char> text, SourceKind kind)
    {
        var read = text.IsWhiteSpace() ? Empty : kind is SourceKind.Json ? Json(text.ToString()) : Value(text, kind);
        if (!read.TryGet(out var value, out var error) && error is not null)
            return error;
        return target.Constraints.Check(target, value) is { } broken ? broken : read;
    }

    Result<object?> Value(ReadOnlySpan<char> text, SourceKind kind) => target.Type switch
    {
        TimeOfDay => Parse(text.Trim().ToString()),
        Text => PlainText(text),
        Number or Currency or Percent => Amount(text.Trim(), kind),
        Rating => NumberOf(text, kind) is { } stars ? Parse(stars) : Refusal,
        Duration => !text.Contains(':') && NumberOf(text, kind) is { } seconds ? Parse(seconds) : Parse(text.Trim().ToString()),
        Date => DateText.Read(text, FormOf(kind)) is { } day ? Cell(DateOnly.FromDateTime(day.Wall)) : Refusal,
        DateTimeField => Moment(text, kind),
        Checkbox => Tick(text.Trim(), kind),
        SingleSelect select => Choose(select.Choices, text.Trim().ToString()),
        MultipleSelects select => Several(select.Choices, text.Trim().ToString()),
        MultipleRecordLinks or MultipleCollaborators => Parse(ListText.Split(text.ToString())),
        MultipleAttachments => Parse(ListText.Split(text.ToString()).Select(Address)),
        _ => Parse(text.Trim().ToString()),
    };

    static readonly Result<object?> Empty = (object?)null;

    // Said outright: among bare objects an error would be taken for a value.
    static Result<object?> Cell(object value) => value;

    Result<object?> Refusal => ImportErrors.CellNotRead(target.Name, target.Type.Name);

    Result<object?> PlainText(ReadOnlySpan<char> text)
    {
        if (text.Length > Text.MaxLength)
            return Refusal;
        var whole = text.ToString();
        // What PostgreSQL cannot store: NUL, and halves of characters.
        if (text.Contains('\0'))
            whole = whole.Replace("\0", "", StringComparison.Ordinal);
        if (text.IndexOfAnyInRange('\uD800', '\uDFFF') >= 0)
            whole = Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(whole));
        return whole.Length == 0 ? Empty : Cell(whole);
    }

    double? NumberOf(ReadOnlySpan<char> text, SourceKind kind) => NumberText.Read(text, kind is SourceKind.Number ? NumberForm.Point : form.Numbers);

    Result<object?> Amount(ReadOnlySpan<char> text, SourceKind kind)
    {
        if (NumberOf(text, kind) is { } number)
            return Cell(number);
        if (text[^1] == '%' && NumberOf(text[..^1], kind) is { } percent)
            return target.Type is Percent ? Cell(Math.Abs(percent) < 1e13 ? (double)((decimal)percent / 100) : percent / 100) : Refusal;
        return target.Type is Currency && CurrencyText.Split(text) is { } amount && NumberOf(amount.Number, kind) is { } price ? Cell(price) : Refusal;
    }

    DateForm FormOf(SourceKind kind) => kind is SourceKind.Date ? DateForm.YearFirst : form.Dates;

    Result<object?> Moment(ReadOnlySpan<char> text, SourceKind kind)
    {
        if (DateText.Read(text, FormOf(kind)) is not { } date)
            return Refusal;
        // Without an offset it is a time of the field's zone, which the type knows.
        return date.Offset is { } offset
            ? Cell(new DateTime((date.Wall - offset).Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc))
            : Parse(date.Wall.ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture));
    }

    Result<object?> Tick(ReadOnlySpan<char> text, SourceKind kind) =>
        (CheckboxText.Read(text) ?? (NumberOf(text, kind) is { } number && number is 0 or 1 ? number == 1 : null)) is not { } ticked ? Refusal : ticked ? Cell(true) : Empty;

    Result<object?> Choose(Choices choices, string name) => choices.Choose(name, input).Then<object?>(id => id is null ? Empty : Cell(id));

    Result<object?> Several(Choices choices, string text)
    {
        var ids = new List<string>();
        foreach (var name in choices.List.Any(choice => choice.Name == text) ? [text] : ListText.Split(text))
        {
            if (!choices.Choose(name, input).TryGet(out var id, out var error) && error is not null)
                return error;
            if (id is not null && !ids.Contains(id))
                ids.Add(id);
        }
        return ids.Count == 0 ? Empty : Cell(ids.ToArray());
    }

    /// <summary><c>drawing.pdf (https://…)</c>, as Airtable writes it, or the address alone.</summary>
    static object Address(string item) =>
        item.EndsWith(')') && item.LastIndexOf('(') is > 0 and var at ? new { url = item[(at + 1)..^1], filename = item[..at].Trim() } : new { url = item };

    Result<object?> Json(string json)
    {
        using var value = JsonDocument.Parse(json);
        if (target.Type is not Text)
            return target.Type.Parse(value.RootElement, input);
        var root = value.RootElement;
        return PlainText(root.ValueKind is JsonValueKind.Array && root.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String)
            ? ListText.Join(root.EnumerateArray().Select(item => item.GetString()!)) : json);
    }

    Result<object?> Parse<T>(T value) => target.Type.Parse(JsonSerializer.SerializeToElement(value), input);
}
