using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Schema;

namespace PyBase.Core.Queries;

/// <summary>
/// Reads filters in the form of Airtable's views: <c>{"conjunction":"and","filterSet":[{"fieldId","operator","value"}, {nested}]}</c>. A field may be named
/// instead (<c>field</c>), a choice too.
/// </summary>
/// <param name="Table">Whose cells it asks.</param>
/// <param name="Zone">Where days begin when a condition does not say.</param>
/// <param name="IsStored">It comes from a view: a condition on a field that is gone, or has another type since, is left out instead of refused.</param>
public sealed record FilterScope(Table Table, TimeZoneInfo Zone, bool IsStored = false)
{
    const int MaxText = 10_000, MaxList = 1_000;

    /// <summary>Null when nothing is asked.</summary>
    public Result<Filter?> Read(JsonElement json)
    {
        if (json.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return (Filter?)null;
        var conditions = 0;
        return Read(json, 1, ref conditions);
    }

    Result<Filter?> Read(JsonElement json, int depth, ref int conditions)
    {
        if (json.ValueKind is not JsonValueKind.Object)
            return QueryErrors.InvalidFilter("""it is an object such as {"conjunction":"and","filterSet":[{"fieldId":"fld…","operator":"isNotEmpty"}]}""");
        if (!json.TryGetList("filterSet", out var parts) && !json.TryGetList("filters", out parts))
            return ++conditions > Filter.MaxConditions ? QueryErrors.InvalidFilter($"it has more than {Filter.MaxConditions} conditions") : Condition(json);
        if (depth > Filter.MaxDepth)
            return QueryErrors.InvalidFilter($"its groups are nested deeper than {Filter.MaxDepth}");
        if (json.GetText("conjunction") is not (null or "and" or "or"))
            return QueryErrors.InvalidFilter("conjunction is and or or");
        var read = new List<Filter>(parts.Count);
        foreach (var part in parts)
        {
            if (!Read(part, depth + 1, ref conditions).TryGet(out var filter, out var error) && error is not null)
                return error;
            if (filter is not null)
                read.Add(filter);
        }
        return read.Count == 0 ? (Filter?)null : read is [var only] ? only : new Filter.Group(json.GetText("conjunction") is not "or", read);
    }

    Result<Filter?> Condition(JsonElement json)
    {
        var name = json.GetText("fieldId") ?? json.GetText("field") ?? json.GetText("field_id");
        if (name is null || json.GetText("operator") is not { } spelled)
            return QueryErrors.InvalidFilter("a condition has a fieldId and an operator");
        if (Table.Find(name) is not { } field)
            return IsStored ? (Filter?)null : QueryErrors.InvalidFilter($"there is no field \"{name.Excerpt()}\"");
        var notated = Notated.Of(field.Type);
        Part? part = null;
        if (json.GetText("part") is { } named && (part = notated?.FindPart(named)) is null)
            return IsStored ? (Filter?)null : QueryErrors.InvalidFilter(
                $"field \"{field.Name}\" has no part \"{named.Excerpt()}\"{(notated is null ? "" : $", but {string.Join(", ", notated.Parts.Select(p => p.Name))}")}");
        // The number of a quantity is its value, which an index serves.
        part = part == notated?.Order ? null : part;
        if ((part is null ? FilterKinds.KindOf(field.Type) : FilterKinds.KindOf(part, field.Type)) is not { } kind)
            return IsStored ? (Filter?)null : QueryErrors.InvalidFilter($"nothing can be asked of field \"{field.Name}\"");
        if (FilterOperators.Find(spelled) is not { } asked || !kind.Operators().Contains(asked))
            return IsStored ? (Filter?)null : QueryErrors.InvalidFilter(
                $"field \"{field.Name}\" does not answer \"{spelled.Excerpt()}\", but {string.Join(", ", kind.Operators().Select(o => o.Name()))}");
        if (asked is FilterOperator.IsEmpty or FilterOperator.IsNotEmpty)
            return Compare(asked, null);
        json.TryGet("value", out var value);
        var isList = asked is FilterOperator.IsAnyOf or FilterOperator.IsNoneOf or FilterOperator.HasAnyOf or FilterOperator.HasAllOf or FilterOperator.HasNoneOf or FilterOperator.IsExactly;
        // To be nothing is to be empty.
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined || (value.ValueKind is JsonValueKind.String && value.GetString() is ""))
            return asked is FilterOperator.Is ? Compare(FilterOperator.IsEmpty, null)
                : asked is FilterOperator.IsNot ? Compare(FilterOperator.IsNotEmpty, null)
                : value.ValueKind is JsonValueKind.String && !isList ? (Filter?)null
                : QueryErrors.InvalidFilter($"\"{asked.Name()}\" on field \"{field.Name}\" needs a value");
        var operand = kind switch
        {
            FilterKind.Number or FilterKind.Numbers => Number(field, part ?? notated?.Order, asked, value),
            FilterKind.Notation => Notation(field, (Notated)field.Type, asked, value),
            _ => isList ? Ids(field, kind, value) : One(field, kind, asked, value),
        };
        return operand.TryGet(out var known, out var error) ? Compare(asked, known) : IsStored ? (Filter?)null : error;

        Filter.Compare Compare(FilterOperator by, object? with) => new(field, kind, by, with) { Part = part };
    }

    Result<object> One(Field field, FilterKind kind, FilterOperator asked, JsonElement value) => kind switch
    {
        FilterKind.Boolean or FilterKind.Booleans => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Operand(value.GetBoolean()) : Wrong(field, "true or false"),
        FilterKind.Date or FilterKind.Dates or FilterKind.Instant or FilterKind.Instants => DaySpan.Read(value, Zone).Then<object>(Operand),
        FilterKind.Choice or FilterKind.Person when asked is FilterOperator.Is or FilterOperator.IsNot => Id(field, kind, value),
        FilterKind.Choice or FilterKind.Choices => Text(field, value).Then<object>(text => ChoicesWith(field, (string)text)),
        _ => Text(field, value),
    };

    /// <summary>Numbers; of quantities also texts such as <c>0.5 in</c>, which become numbers in the field's unit.</summary>
    static Result<object> Number(Field field, Part? part, FilterOperator asked, JsonElement value)
    {
        if (asked is not (FilterOperator.Between or FilterOperator.IsAnyOf or FilterOperator.IsNoneOf))
            return Number(field, part, value).Then<object>(one => one);
        if (value.ValueKind is not JsonValueKind.Array || value.GetArrayLength() > MaxList)
            return Wrong(field, "a list of numbers");
        var numbers = new List<double>();
        foreach (var item in value.EnumerateArray())
        {
            if (!Number(field, part, item).TryGet(out var number, out var error))
                return error;
            numbers.Add(number);
        }
        return asked is not FilterOperator.Between || (numbers is [var low, var high] && low <= high) ? Operand(numbers.ToArray()) : Wrong(field, "the least and the greatest number");
    }

    static Result<double> Number(Field field, Part? part, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number))
            return number;
        if (part is null || value.ValueKind is not JsonValueKind.String)
            return QueryErrors.InvalidFilter($"the value for field \"{field.Name}\" is a number");
        var text = value.GetString()!;
        // Ra 1.6 and N7 are values of a surface finish, though no lengths.
        return part.Measure(text, out var fault) is { } measured ? measured
            : Notated.Of(field.Type) is { } notated && part == notated.Order && notated.TryRead(text, out var cell, out _) ? cell.Number!.Value
            : QueryErrors.InvalidFilter($"\"{text.Excerpt()}\" is no value for field \"{field.Name}\": {fault!.TrimEnd('.')}");
    }

    /// <summary>Texts in the field's notation, or words to be found in it.</summary>
    static Result<object> Notation(Field field, Notated type, FilterOperator asked, JsonElement value)
    {
        if (asked is FilterOperator.Contains or FilterOperator.DoesNotContain or FilterOperator.StartsWith or FilterOperator.EndsWith)
            return Text(field, value);
        JsonElement[] items = value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (items.Length is 0 or > MaxList || (asked is FilterOperator.Between ? items.Length != 2 : asked is not (FilterOperator.IsAnyOf or FilterOperator.IsNoneOf) && items.Length != 1))
            return Wrong(field, asked is FilterOperator.Between ? "the least and the greatest" : "one value");
        var texts = new List<string>();
        foreach (var item in items)
        {
            var text = item.ValueKind is JsonValueKind.String ? item.GetString()! : item.ValueKind is JsonValueKind.Number ? item.GetRawText() : item.GetText("text") ?? "";
            text = text.Replace("\0", "", StringComparison.Ordinal);
            if (!type.TryRead(text, out _, out var fault))
                return QueryErrors.InvalidFilter($"\"{text.Excerpt()}\" is no value for field \"{field.Name}\": {fault.TrimEnd('.')}");
            texts.Add(text);
        }
        return asked is FilterOperator.Between or FilterOperator.IsAnyOf or FilterOperator.IsNoneOf ? Operand(texts.ToArray()) : Operand(texts[0]);
    }

    static Result<object> Text(Field field, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String when value.GetString()!.Length <= MaxText => Operand(value.GetString()!.Replace("\0", "", StringComparison.Ordinal)),
        JsonValueKind.Number => Operand(value.GetRawText()),
        _ => Wrong(field, $"a text of at most {MaxText} characters"),
    };

    /// <summary>Texts as they are, or ids of choices, records or people.</summary>
    static Result<object> Ids(Field field, FilterKind kind, JsonElement value)
    {
        JsonElement[] items = value.ValueKind is JsonValueKind.Array ? [.. value.EnumerateArray()] : [value];
        if (items.Length > MaxList)
            return Wrong(field, $"at most {MaxList} items");
        var ids = new List<string>(items.Length);
        foreach (var item in items)
        {
            if (!(kind is FilterKind.Text or FilterKind.Texts or FilterKind.Barcode ? Text(field, item) : Id(field, kind, item)).TryGet(out var id, out var error))
                return error;
            ids.Add((string)id);
        }
        return Operand(ids.Distinct().ToArray());
    }

    static Result<object> Id(Field field, FilterKind kind, JsonElement value)
    {
        var text = value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetText("id") ?? value.GetText("name");
        if (text is null or { Length: > Choice.MaxName })
            return Wrong(field, "an id");
        if (field.Type is not ISelect select)
            return PyBase.Core.Ids.Id.Is(text, kind is FilterKind.Records ? "rec" : "usr") ? Operand(text) : Wrong(field, kind is FilterKind.Records ? "a record id" : "a user id");
        var choice = select.Choices.List.FirstOrDefault(c => c.Id == text) ?? select.Choices.List.FirstOrDefault(c => c.Name == text);
        return choice is not null ? Operand(choice.Id)
            // A choice that is gone is in no cell.
            : PyBase.Core.Ids.Id.Is(text, "sel") ? Operand(text) : Wrong(field, "the id or name of a choice");
    }

    /// <summary>Few choices and many rows: which of them contain the text is settled here.</summary>
    static object ChoicesWith(Field field, string text) =>
        ((ISelect)field.Type).Choices.List.Where(c => c.Name.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(c => c.Id).ToArray();

    static Result<object> Operand(object value) => value;

    static Result<object> Wrong(Field field, string wanted) => QueryErrors.InvalidFilter($"the value for field \"{field.Name}\" is {wanted}");
}
