using System.Text.Json;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;

namespace PyBase.Core.Records;

/// <summary>A record as a client sends it: an object of cells by field name or id.</summary>
public readonly record struct RecordInput(string? Id, JsonElement Fields)
{
    /// <summary>The id that a new record is to have; null for a fresh one.</summary>
    public string? NewId { get; init; }

    /// <summary>When a record that moves here was made; null for now.</summary>
    public DateTimeOffset? CreatedTime { get; init; }
}

/// <summary>Turns what a client sent into a <see cref="RecordPlan"/>, or the reason why not. Pure.</summary>
public static class RecordPlanner
{
    /// <summary>Plans new records, or changes to those that carry an id.</summary>
    /// <param name="table">The table written to.</param>
    /// <param name="inputs">Records in the order of the request.</param>
    /// <param name="typecast">Airtable's <c>typecast</c>.</param>
    /// <param name="replace">Airtable's PUT: cells that are not named are emptied.</param>
    /// <param name="people">Whom cells may name; null: nobody.</param>
    public static Result<RecordPlan> Plan(Table table, IReadOnlyList<RecordInput> inputs, bool typecast, bool replace = false, People? people = null)
    {
        var columns = new Dictionary<string, int>();
        var fields = new List<Field>();
        var cellInputs = new List<CellInput>();
        if (replace)
            foreach (var field in table.Fields.Where(f => !f.Type.IsComputed && table.MayWrite(f)))
                Column(field);

        var links = 0;
        var parsed = new List<(string Id, DateTimeOffset? CreatedTime, Dictionary<int, object?> Cells)>(inputs.Count);
        foreach (var input in inputs)
        {
            var cells = new Dictionary<int, object?>();
            foreach (var cell in input.Fields.EnumerateObject())
            {
                if (table.Find(cell.Name) is not { } field)
                    return RecordErrors.UnknownFieldName(cell.Name);
                if (!table.MayWrite(field))
                    return PermissionErrors.FieldNotWritable(field.Name);
                var column = Column(field);
                if (!field.Type.Parse(cell.Value, cellInputs[column]).TryGet(out var value, out var error) && error is not null)
                    return error;
                if (field.Constraints.Check(field, value) is { } broken)
                    return broken;
                if ((value is string[] or NamedLinks) && (links += value is string[] many ? many.Length : ((NamedLinks)value).Items.Count) > RecordPlan.MaxLinks)
                    return RecordErrors.TooManyLinks;
                cells[column] = value;
            }
            if (replace && fields.Where((_, column) => !cells.ContainsKey(column)).FirstOrDefault(f => f.Constraints.Required) is { } emptied)
                return emptied.Constraints.Check(emptied, null)!;
            parsed.Add((input.Id ?? input.NewId ?? Ids.Id.New("rec"), input.CreatedTime, cells));
        }

        var records = parsed.Select(record =>
        {
            var values = new object?[fields.Count];
            var isSet = new bool[fields.Count];
            foreach (var (column, value) in record.Cells)
                (values[column], isSet[column]) = (value, true);
            if (replace)
                Array.Fill(isSet, true);
            return new PlannedRecord(record.Id, values, isSet) { CreatedTime = record.CreatedTime };
        });
        return new RecordPlan(table, fields, [.. records],
            cellInputs.Where(i => i.NewChoices.Count > 0).ToDictionary(i => i.FieldId, i => i.NewChoices));

        int Column(Field field)
        {
            if (!columns.TryGetValue(field.Id, out var column))
            {
                columns[field.Id] = column = fields.Count;
                fields.Add(field);
                cellInputs.Add(new CellInput(field.Id, field.Name, typecast, people, FieldConstraints.TakesNewChoices(field)));
            }
            return column;
        }
    }
}
