using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>A field type whose cells hold choices.</summary>
public interface ISelect
{
    /// <summary>What there is to choose from.</summary>
    Choices Choices { get; }

    /// <summary>The same field with these choices added.</summary>
    FieldType With(IEnumerable<Choice> added);

    /// <summary>Does typecast add choices, where the field's constraints say nothing else?</summary>
    bool TakesNewChoices => true;
}

/// <summary>The choices of a select, in the order people see them.</summary>
public sealed class Choices
{
    readonly FrozenDictionary<string, Choice> byId;
    readonly FrozenDictionary<string, Choice>.AlternateLookup<ReadOnlySpan<char>> bySpan;
    readonly FrozenDictionary<string, Choice> byName;

    Choices(IReadOnlyList<Choice> list)
    {
        List = list;
        byId = list.ToFrozenDictionary(c => c.Id, StringComparer.Ordinal);
        bySpan = byId.GetAlternateLookup<ReadOnlySpan<char>>();
        byName = list.ToFrozenDictionary(c => c.Name);
    }

    /// <summary>In the order people see them.</summary>
    public IReadOnlyList<Choice> List { get; }

    /// <summary>These and more.</summary>
    public Choices With(IEnumerable<Choice> added) => new([.. List, .. added]);

    /// <summary>The name of a stored choice; the id itself where the choice is gone.</summary>
    public string NameOf(string id) => byId.TryGetValue(id, out var choice) ? choice.Name : id;

    /// <summary>The same for an id as the database sends it.</summary>
    public string NameOf(ReadOnlySpan<byte> id)
    {
        Span<char> text = stackalloc char[32];
        if (id.Length > text.Length)
            return NameOf(Encoding.UTF8.GetString(id));
        text = text[..Encoding.UTF8.GetChars(id, text)];
        return bySpan.TryGetValue(text, out var choice) ? choice.Name : text.ToString();
    }

    /// <summary>The id of the choice that a client names, made when typecast asks for it; null for blank text.</summary>
    public Result<string?> Choose(string text, CellInput input)
    {
        var name = text.Trim();
        if (name.Length == 0)
            return (string?)null;
        if (byName.TryGetValue(name, out var choice) || byId.TryGetValue(name, out choice))
            return choice.Id;
        if (!input.Typecast || !input.TakesNewChoices)
            return input.TakesNewChoices ? CellErrors.UnknownChoice(name) : CellErrors.ChoicesAreFixed(name);
        return name.Length > Choice.MaxName || List.Count + input.NewChoices.Count >= Choice.MaxCount
            ? CellErrors.InvalidValue(input.FieldName)
            : input.NewChoice(name, List.Count).Id;
    }

    /// <summary><c>{"choices":[{"id","name","color"}]}</c></summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("choices");
        foreach (var choice in List)
        {
            json.WriteStartObject();
            json.WriteString("id", choice.Id);
            json.WriteString("name", choice.Name);
            json.WriteString("color", choice.Colour);
            if (choice.Group is not null)
                json.WriteString("group", choice.Group);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// From a client's or the stored options; with <paramref name="groups"/> each choice belongs to one of them, the first when none is named. A choice without an
    /// id is the one of <paramref name="known"/> with its name, and keeps what is not said anew.
    /// </summary>
    public static Result<Choices> Read(string type, JsonElement options, IReadOnlyList<string>? groups = null, Choices? known = null)
    {
        if (!options.TryGetList("choices", out var items))
            return new Choices([]);
        if (items.Count > Choice.MaxCount)
            return FieldErrors.InvalidOptions(type, $"a field has at most {Choice.MaxCount} choices");
        var given = items.Select(item => item.GetText("id")).OfType<string>().ToHashSet();
        var choices = new List<Choice>(items.Count);
        var (names, ids) = (new HashSet<string>(), new HashSet<string>());
        foreach (var item in items)
        {
            var name = item.GetText("name")?.Trim();
            if (name is not { Length: > 0 and <= Choice.MaxName } || !names.Add(name))
                return FieldErrors.InvalidOptions(type, $"every choice has a name of its own, of at most {Choice.MaxName} characters");
            var same = known is not null && known.byName.TryGetValue(name, out var named) && !given.Contains(named.Id) ? named.Id : null;
            var id = item.GetText("id") is { } own && Ids.Id.Is(own, "sel") ? own : same ?? Ids.Id.New("sel");
            if (!ids.Add(id))
                return FieldErrors.InvalidOptions(type, "every choice has an id of its own");
            var before = known?.byId.GetValueOrDefault(id);
            var colour = item.GetText("color") ?? before?.Colour;
            var group = groups is null ? null : item.GetText("group") ?? before?.Group ?? groups[0];
            if (groups is not null && !groups.Contains(group!))
                return FieldErrors.InvalidOptions(type, $"the group of a choice is one of {string.Join(", ", groups)}");
            choices.Add(new Choice(id, name, Choice.IsColour(colour) ? colour! : Choice.ColourOf(choices.Count), group));
        }
        return new Choices(choices);
    }
}
