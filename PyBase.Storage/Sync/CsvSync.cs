using System.Text.Json;
using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Permissions;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Core.Sync;
using PyBase.Storage.Accounts;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Records;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Sync;

/// <summary>
/// Airtable's CSV sync: afterwards the rows that this sync made are those of the file. They are found again by the first column; rows of people and of other
/// syncs are left alone. One transaction, and rows that are as they should be are not written.
/// </summary>
public sealed class CsvSync(BaseWriter writer, Collaborators people)
{
    /// <summary>Brings the table to what the file says. Columns that no field has the name of become text fields, if <paramref name="mayAddFields"/>.</summary>
    public Task<Result<bool>> RunAsync(string baseId, string table, string sync, CsvRows csv, bool mayAddFields, Origin origin, CancellationToken cancellation) => people.KnowingAsync(baseId, new CellFormat(_ => ""), format =>
    {
        RecordPlan plan = null!;
        return writer.WriteAsync(baseId, origin,
            schema => schema.For(origin.Reader).Get(table).Then(found => found.Scope is null ? Collaborators.Ready(found, format) : PermissionErrors.NotWhole).Then(found => Plan(WithColumns(found, csv), csv, format)).Then<WriteScope>(planned =>
            {
                plan = planned;
                var (found, hasNewFields) = (schema.Find(table)!, planned.Table.Fields.Count > schema.Find(table)!.Fields.Count);
                if (hasNewFields && !mayAddFields)
                    return SchemaErrors.NotPermitted;
                return planned.NamedTables.Any() ? WriteScope.Schema : WriteScope.Rows(schema, found, changesSchema: planned.NewChoices.Count > 0 || hasNewFields);
            }),
            async transaction =>
            {
                var editor = new SchemaEditor(transaction);
                foreach (var field in plan.Table.Fields.Skip(transaction.Schema.Find(table)!.Fields.Count))
                    if (!(await editor.AddFieldAsync(plan.Table.Id, new FieldSpec(field.Name, field.Type.Name) { Id = field.Id }, cancellation)).TryGet(out _, out var refused))
                        return refused;
                return await WriteAsync(transaction, plan, sync, [.. csv.Rows.Select(row => row[0])], cancellation);
            }, cancellation);
    }, cancellation);

    /// <summary>The table with a text field for each column that it has no field for.</summary>
    static Table WithColumns(Table table, CsvRows csv) =>
        table with { Fields = [.. table.Fields, .. csv.Columns.Where(name => table.Find(name) is null).Select(name => new Field(Core.Ids.Id.New("fld"), name, null, new SingleLineText()))] };

    static Result<RecordPlan> Plan(Table table, CsvRows csv, CellFormat format)
    {
        var keys = new HashSet<string>();
        var inputs = new List<RecordInput>(csv.Rows.Count);
        foreach (var row in csv.Rows)
        {
            if (!keys.Add(row[0]))
                return SyncErrors.RepeatedKey(row[0]);
            inputs.Add(new RecordInput(null, JsonSerializer.SerializeToElement(csv.Columns.Zip(row).ToDictionary(c => c.First, c => c.Second.Length == 0 ? null : c.Second))));
        }
        return RecordPlanner.Plan(table, inputs, typecast: true, people: format.People);
    }

    static async Task<Result<bool>> WriteAsync(BaseTransaction transaction, RecordPlan plan, string sync, string[] keys, CancellationToken cancellation)
    {
        var known = await KnownAsync(transaction, plan.Table, sync, cancellation);
        PlannedRecord[] records = [.. plan.Records.Zip(keys, (record, key) => known.TryGetValue(key, out var id) ? record with { Id = id } : record)];
        var (news, old) = (records.Where((_, n) => !known.ContainsKey(keys[n])).ToArray(), records.Where((_, n) => known.ContainsKey(keys[n])).ToArray());
        var rows = new RecordWriter(transaction);
        if (news.Length > 0 && !(await rows.CreateAsync(plan with { Records = news }, cancellation)).TryGet(out _, out var error))
            return error;
        var rest = plan with { Records = await DifferingAsync(transaction, plan with { Records = old }, cancellation), NewChoices = news.Length > 0 ? new Dictionary<string, IReadOnlyList<Choice>>() : plan.NewChoices };
        if (rest.Records.Count > 0 && !(await rows.UpdateAsync(rest, cancellation)).TryGet(out _, out error))
            return error;
        string[] gone = [.. known.Where(row => !keys.Contains(row.Key)).Select(row => row.Value)];
        if (gone.Length > 0 && !(await rows.DeleteAsync(plan.Table, gone, cancellation)).TryGet(out _, out error))
            return error;
        transaction.Do("delete from pybase.synced where table_id = $1 and sync = $2 and not key = any($3)", plan.Table.Id, sync, keys);
        transaction.Do("""
            insert into pybase.synced (table_id, sync, key, record) select $1, $2, v.key, v.record from unnest($3, $4) as v(key, record)
            on conflict (table_id, sync, key) do update set record = excluded.record where synced.record <> excluded.record
            """, plan.Table.Id, sync, keys, records.Select(r => r.Id).ToArray());
        return true;
    }

    /// <summary>Key → record, of the rows that this sync made and nobody has deleted.</summary>
    static async Task<Dictionary<string, string>> KnownAsync(BaseTransaction transaction, Table table, string sync, CancellationToken cancellation)
    {
        var rows = await transaction.ListAsync($"select s.key, s.record from pybase.synced s join {Sql.Table(transaction.Schema.Id, table.Id)} t on t._id = s.record where s.table_id = $1 and s.sync = $2",
            row => (Key: row.GetString(0), Record: row.GetString(1)), cancellation, table.Id, sync);
        return rows.ToDictionary(row => row.Key, row => row.Record);
    }

    /// <summary>The records with a cell that is not as planned. What links and files stand for is known when they are written, so records with such are always written.</summary>
    static async Task<IReadOnlyList<PlannedRecord>> DifferingAsync(BaseTransaction transaction, RecordPlan plan, CancellationToken cancellation)
    {
        if (plan.Records.Count == 0 || plan.Fields.Any(f => f.Type is MultipleRecordLinks or MultipleAttachments))
            return plan.Records;
        var differing = await transaction.ListAsync($"""
            select v.id from unnest(@ids{string.Concat(plan.Fields.Select((_, n) => $", @c{n}"))}) as v(id{string.Concat(plan.Fields.Select((_, n) => $", c{n}"))})
            join {Sql.Table(transaction.Schema.Id, plan.Table.Id)} t on t._id = v.id
            where {string.Join(" or ", plan.Fields.Select((f, n) => $"t.{Sql.Column(f)} is distinct from {Sql.FromArray(f.Type.Column, $"v.c{n}")}"))}
            """, row => row.GetString(0), cancellation,
            [
                new NpgsqlParameter<string[]>("ids", [.. plan.Records.Select(r => r.Id)]),
                .. plan.Fields.Select((f, n) => new NpgsqlParameter($"c{n}", Sql.ArrayType(f.Type.Column)) { Value = Sql.Values(f.Type.Column, plan.Records.Select(r => r.Values[n])) }),
            ]);
        return [.. plan.Records.IntersectBy(differing, r => r.Id)];
    }
}
