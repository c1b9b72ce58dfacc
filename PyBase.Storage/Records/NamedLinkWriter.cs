using System.Text.Json;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Ids;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Records;

/// <summary>Airtable's typecast of links: a primary value stands for the first record that has it, and for a new one where none has.</summary>
sealed class NamedLinkWriter(BaseTransaction transaction)
{
    /// <summary>Puts ids in place of the names of one field of the plan.</summary>
    public async Task<Error?> ResolveAsync(RecordPlan plan, int index, CancellationToken cancellation)
    {
        var cells = plan.Records.Where(r => r.Values[index] is NamedLinks).ToList();
        if (cells.Count == 0)
            return null;
        var far = transaction.Schema.Find(((MultipleRecordLinks)plan.Fields[index].Type).LinkedTableId)!;
        string[] names = [.. cells.SelectMany(r => ((NamedLinks)r.Values[index]!).Items).Where(item => !Id.Is(item, "rec")).Distinct()];
        var known = await FindAsync(far, names, cancellation);
        if (names.Where(name => !known.ContainsKey(name)).ToArray() is { Length: > 0 } missing)
        {
            if (far.Primary.Type.IsComputed)
                return CellErrors.UnknownRecord(missing[0]);
            var inputs = missing.Select(name => new RecordInput(null, JsonSerializer.SerializeToElement(new Dictionary<string, string> { [far.PrimaryFieldId] = name }))).ToList();
            if (!RecordPlanner.Plan(far, inputs, typecast: true).TryGet(out var made, out var error))
                return error;
            if (!(await new RecordWriter(transaction).CreateAsync(made, cancellation)).TryGet(out var ids, out error))
                return error;
            for (var n = 0; n < missing.Length; n++)
                known[missing[n]] = ids[n];
        }
        foreach (var record in cells)
            record.Values[index] = ((NamedLinks)record.Values[index]!).Items.Select(item => known.GetValueOrDefault(item, item)).Distinct().ToArray();
        return null;
    }

    async Task<Dictionary<string, string>> FindAsync(Table far, string[] names, CancellationToken cancellation)
    {
        var (seen, column) = (transaction.Seen, Sql.Column(far.Primary));
        var text = far.Primary.Type.Column is ColumnType.Text ? column : $"{column}::text";
        var found = await transaction.ListAsync(
            $"select distinct on (name) {text} as name, _id from {ReadableRows.Of(seen, seen.Find(far.Id)!)} far where {text} = any($1) order by name, _number",
            row => (Name: row.GetString(0), Id: row.GetString(1)), cancellation, [names]);
        return found.ToDictionary(f => f.Name, f => f.Id);
    }
}
