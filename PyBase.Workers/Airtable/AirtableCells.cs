using System.Text.Json;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Imports;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Workers.Imports;

namespace PyBase.Workers.Airtable;

/// <summary>Records of the other base as records of here; a cell that its field does not take is left out and said.</summary>
sealed class AirtableCells(CopiedTable copied, Table table, People people, ImportFindings findings, Func<string, string> idOf)
{
    /// <summary>All cells but links, of the records that are not there yet.</summary>
    public RecordPlan Records(IReadOnlyList<JsonElement> records, IReadOnlySet<string> known)
    {
        var columns = Columns(field => !AirtableTables.IsFilledHere(field.Type) && field.Type is not MultipleRecordLinks);
        var inputs = columns.Select(c => new CellInput(c.Field.Id, c.Field.Name, Typecast: true, people)).ToArray();
        var planned = records.Where(record => !known.Contains(idOf(AirtableTables.SourceOf(record)))).Select(record =>
        {
            var cells = record.TryGet("fields", out var given) ? given : default;
            return new PlannedRecord(idOf(AirtableTables.SourceOf(record)), [.. columns.Select((c, n) => cells.TryGet(c.Source, out var cell) ? Value(c.Field, cell, inputs[n]) : null)], [.. columns.Select(_ => true)]);
        }).ToArray();
        return new RecordPlan(table, [.. columns.Select(c => c.Field)], planned, inputs.Where(i => i.NewChoices.Count > 0).ToDictionary(i => i.FieldId, i => i.NewChoices));
    }

    /// <summary>The links of this table's own end; the other end follows.</summary>
    public RecordPlan Links(IReadOnlyList<JsonElement> records, IReadOnlySet<string> known)
    {
        var columns = Columns(field => field.Type is MultipleRecordLinks { IsInverse: false });
        var planned = records.Select(record =>
        {
            var cells = record.TryGet("fields", out var given) ? given : default;
            object?[] values = [.. columns.Select(c => cells.TryGetList(c.Source, out var items) ? Targets(items, known) : null)];
            return new PlannedRecord(idOf(AirtableTables.SourceOf(record)), values, [.. values.Select(value => value is not null)]);
        }).Where(record => known.Contains(record.Id) && record.IsSet.Contains(true)).ToArray();
        return new RecordPlan(table, [.. columns.Select(c => c.Field)], planned, new Dictionary<string, IReadOnlyList<Choice>>());
    }

    /// <summary>Ids of here that the page speaks of: its own, and those that it links to.</summary>
    public IEnumerable<(string Table, string Id)> Mentioned(IReadOnlyList<JsonElement> records)
    {
        var columns = Columns(field => field.Type is MultipleRecordLinks { IsInverse: false });
        foreach (var record in records)
        {
            yield return (table.Id, idOf(AirtableTables.SourceOf(record)));
            foreach (var column in columns)
                if (record.TryGet("fields", out var cells) && cells.TryGetList(column.Source, out var items))
                    foreach (var item in items.Where(item => item.ValueKind is JsonValueKind.String))
                        yield return (((MultipleRecordLinks)column.Field.Type).LinkedTableId, idOf(item.GetString()!));
        }
    }

    (string Source, Field Field)[] Columns(Func<Field, bool> wanted) =>
        [.. copied.Fields.Select(pair => (Source: pair.Key, Field: table.Find(pair.Value))).Where(c => c.Field is not null && wanted(c.Field)).Select(c => (c.Source, c.Field!))];

    string[]? Targets(IReadOnlyList<JsonElement> items, IReadOnlySet<string> known) =>
        [.. items.Where(item => item.ValueKind is JsonValueKind.String).Select(item => idOf(item.GetString()!)).Where(known.Contains).Distinct()];

    object? Value(Field field, JsonElement cell, CellInput input)
    {
        var read = field.Type.Parse(field.Type switch
        {
            // Files are fetched; their addresses there are good for two hours.
            MultipleAttachments when cell.ValueKind is JsonValueKind.Array => JsonSerializer.SerializeToElement(cell.EnumerateArray().Select(file => new { url = file.GetText("url"), filename = file.GetText("filename") })),
            SingleCollaborator => Person(cell),
            MultipleCollaborators when cell.ValueKind is JsonValueKind.Array => JsonSerializer.SerializeToElement(cell.EnumerateArray().Select(Person).Where(one => one.ValueKind is JsonValueKind.Object)),
            Text when cell.ValueKind is not JsonValueKind.String => JsonSerializer.SerializeToElement(AsText(cell)),
            _ => cell,
        }, input);
        if (read.TryGet(out var value, out var error) || error is null)
            return value;
        findings.Add(error.Code, "warning", $"{copied.Name}: {error.Message}", null);
        return null;
    }

    /// <summary>Who they are is known by address; ids are each installation's own.</summary>
    static JsonElement Person(JsonElement cell) => JsonSerializer.SerializeToElement(new { email = cell.GetText("email") ?? "" });

    static string AsText(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Array => ListText.Join(cell.EnumerateArray().Select(AsText)),
        JsonValueKind.Object => cell.GetText("name") ?? cell.GetText("value") ?? cell.GetText("text") ?? cell.GetText("error") ?? cell.GetRawText(),
        JsonValueKind.String => cell.GetString()!,
        _ => cell.GetRawText(),
    };
}
