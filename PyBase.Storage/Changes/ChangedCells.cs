using System.Text.Json;
using PyBase.Core.Changes;
using PyBase.Core.Fields;

namespace PyBase.Storage.Changes;

/// <summary>
/// Cells that changed, over as many versions as are told together: each record once, with every field that changed in it. Their values are those of now anyway,
/// so that a cell written a hundred times is told once.
/// </summary>
sealed class ChangedCells
{
    readonly OrderedDictionary<string, IReadOnlyCollection<string>> fieldsOf = [];

    public void Add(string record, IReadOnlyCollection<string> fields)
    {
        if (!fieldsOf.TryGetValue(record, out var known))
            fieldsOf[record] = fields;
        else if (!ReferenceEquals(known, fields) && fields.Except(known).Any())
            fieldsOf[record] = [.. known.Union(fields)];
    }

    /// <summary>Writes <c>{kind, records:[{id,fields}]}</c>, null for a cell that is empty now, and begins anew.</summary>
    public void WriteTo(Utf8JsonWriter json, IReadOnlyDictionary<string, JsonElement> records)
    {
        if (fieldsOf.Count == 0)
            return;
        json.WriteStartObject();
        json.WriteString("kind", ChangeKinds.CellsChanged);
        json.WriteStartArray("records");
        foreach (var (id, fields) in fieldsOf)
            if (records.TryGetValue(id, out var record))
                WriteRecord(json, id, fields, record.GetProperty("fields"));
        json.WriteEndArray();
        json.WriteEndObject();
        fieldsOf.Clear();
    }

    static void WriteRecord(Utf8JsonWriter json, string id, IReadOnlyCollection<string> fields, JsonElement cells)
    {
        json.WriteStartObject();
        json.WriteString("id", id);
        json.WriteStartObject("fields");
        foreach (var field in fields)
        {
            json.WritePropertyName(field);
            if (cells.TryGet(field, out var cell))
                cell.WriteTo(json);
            else
                json.WriteNullValue();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
