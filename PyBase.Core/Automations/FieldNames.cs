using System.Text.Json.Nodes;
using PyBase.Core.Schema;

namespace PyBase.Core.Automations;

/// <summary>Records that runs hold are kept with the ids of their fields; people, scripts and other systems are given the names that the fields have by then.</summary>
/// <param name="schema">The base as it is now.</param>
public sealed class FieldNames(BaseSchema schema)
{
    readonly Dictionary<string, string> names = schema.Tables.SelectMany(t => t.Fields).ToDictionary(f => f.Id, f => f.Name);

    /// <summary>A step's input or output; only some kinds have records there.</summary>
    public JsonNode? Of(string kind, JsonNode? value) => FieldPlaces.OfRecords.Contains(kind) ? Of(value) : value?.DeepClone();

    /// <summary>A record, some of them, or what began a run about one.</summary>
    public JsonNode? Of(JsonNode? value)
    {
        if (value?.DeepClone() is not JsonObject named)
            return value?.DeepClone();
        if (named["fields"] is JsonObject cells)
            named["fields"] = new JsonObject(cells.SelectMany(Cell).DistinctBy(cell => cell.Key));
        if (named["records"] is JsonArray records)
            named["records"] = new JsonArray([.. records.Select(Of)]);
        if (named["record"] is JsonObject record)
            named["record"] = Of(record);
        return named;
    }

    /// <summary>By name; by id too where no path can hold the name.</summary>
    IEnumerable<KeyValuePair<string, JsonNode?>> Cell(KeyValuePair<string, JsonNode?> cell)
    {
        var name = names.GetValueOrDefault(cell.Key, cell.Key);
        yield return KeyValuePair.Create(name, cell.Value?.DeepClone());
        if (Template.Step(name) is null)
            yield return KeyValuePair.Create(cell.Key, cell.Value?.DeepClone());
    }
}
