using System.Collections.Frozen;
using System.Data.Common;
using System.Text.Json;
using PyBase.Core.Errors;

namespace PyBase.Core.Fields;

/// <summary>Airtable's <c>singleSelect</c>: one of a list of named, coloured choices; cells hold the choice's id.</summary>
public sealed class SingleSelect : FieldType
{
    readonly FrozenDictionary<string, Choice> byId;
    readonly FrozenDictionary<string, Choice> byName;

    SingleSelect(IReadOnlyList<Choice> choices)
    {
        Choices = choices;
        byId = choices.ToFrozenDictionary(c => c.Id);
        byName = choices.ToFrozenDictionary(c => c.Name);
    }

    /// <summary>In the order people see them.</summary>
    public IReadOnlyList<Choice> Choices { get; }

    /// <inheritdoc/>
    public override string Name => "singleSelect";

    /// <inheritdoc/>
    public override ColumnType Column => ColumnType.Id;

    /// <inheritdoc/>
    public override bool CanBePrimary => false;

    /// <inheritdoc/>
    public override Action<Utf8JsonWriter> Options => json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("choices");
        foreach (var choice in Choices)
        {
            json.WriteStartObject();
            json.WriteString("id", choice.Id);
            json.WriteString("name", choice.Name);
            json.WriteString("color", choice.Colour);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    };

    /// <summary>The same field with these choices added.</summary>
    public SingleSelect With(IEnumerable<Choice> added) => new([.. Choices, .. added]);

    /// <inheritdoc/>
    public override Result<object?> Parse(JsonElement value, CellInput input)
    {
        if (value.ValueKind is JsonValueKind.Number && input.Typecast)
            return Choose(value.GetRawText(), input);
        return value.ValueKind switch
        {
            JsonValueKind.Null => Empty,
            JsonValueKind.String => Choose(value.GetString()!, input),
            _ => Refuse(input),
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter json, DbDataReader row, int column, CellFormat format)
    {
        var id = row.GetString(column);
        json.WriteStringValue(byId.TryGetValue(id, out var choice) ? choice.Name : id);
    }

    Result<object?> Choose(string text, CellInput input)
    {
        var name = text.Trim();
        if (name.Length == 0)
            return Empty;
        if (byName.TryGetValue(name, out var choice) || byId.TryGetValue(name, out choice))
            return choice.Id;
        if (!input.Typecast)
            return CellErrors.UnknownChoice(name);
        return name.Length > Choice.MaxName || Choices.Count + input.NewChoices.Count >= Choice.MaxCount ? Refuse(input) : Cell(input.NewChoice(name, Choices.Count).Id);
    }

    internal static Result<FieldType> FromOptions(JsonElement options, FieldScope scope)
    {
        if (!options.TryGetList("choices", out var items))
            return new SingleSelect([]);
        if (items.Count > Choice.MaxCount)
            return FieldErrors.InvalidOptions("singleSelect", $"a field has at most {Choice.MaxCount} choices");
        var choices = new List<Choice>(items.Count);
        var (names, ids) = (new HashSet<string>(), new HashSet<string>());
        foreach (var item in items)
        {
            var name = item.GetText("name")?.Trim();
            if (name is not { Length: > 0 and <= Choice.MaxName } || !names.Add(name))
                return FieldErrors.InvalidOptions("singleSelect", $"every choice has a name of its own, of at most {Choice.MaxName} characters");
            var id = item.GetText("id");
            if (Ids.Id.Is(id, "sel") && !ids.Add(id!))
                return FieldErrors.InvalidOptions("singleSelect", "every choice has an id of its own");
            var colour = item.GetText("color");
            choices.Add(new Choice(
                Ids.Id.Is(id, "sel") ? id! : Ids.Id.New("sel"), name,
                Choice.IsColour(colour) ? colour! : Choice.ColourOf(choices.Count)));
        }
        return new SingleSelect(choices);
    }
}
