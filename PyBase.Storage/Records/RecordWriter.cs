using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Schema;

namespace PyBase.Storage.Records;

/// <summary>Rows inside a transaction, always as sets: one statement writes any number of records and their entry in the change log.</summary>
public sealed class RecordWriter(BaseTransaction transaction)
{
    string BaseId => transaction.Schema.Id;

    /// <summary>New rows in the plan's order.</summary>
    public async Task<Result<IReadOnlyList<string>>> CreateAsync(RecordPlan plan, CancellationToken cancellation)
    {
        if (plan.Records.Count == 0)
            return Array.Empty<string>();
        await AddChoicesAsync(plan, cancellation);
        var columns = Columns(plan);
        var (version, position) = transaction.NextLogEntry(plan.Table.Id);
        await using var command = transaction.Command($"""
            with input as (select * from unnest({Placeholders(columns.Count + 1, 6)}) with ordinality as v(id{Names(columns, "c")}, n)),
            made as (insert into {Sql.Table(BaseId, plan.Table.Id)} (_id, _created, _created_by{Spell(columns)})
                select id, $1, $2{Names(columns, "c")} from input order by n returning _id)
            insert into pybase.changes (table_id, version, position, base, kind, count, body)
            select $3, $4, $5, '{BaseId}', '{ChangeKinds.RecordsCreated}', count(*), jsonb_build_object('ids', jsonb_agg(_id)) from made
            """, transaction.Time, Nullable(transaction.Actor), plan.Table.Id, version, position);
        AddArrays(command, plan, columns, withFlags: false);
        await command.ExecuteNonQueryAsync(cancellation);

        foreach (var (field, index) in Links(plan))
            if (await new LinkWriter(transaction).SetAsync(plan.Table, field, Cells(plan, index), areNew: true, cancellation) is { } error)
                return error;
        return plan.Records.Select(r => r.Id).ToArray();
    }

    /// <summary>Cells of existing rows; a record that is not there fails the whole plan.</summary>
    public async Task<Result<IReadOnlyList<string>>> UpdateAsync(RecordPlan plan, CancellationToken cancellation)
    {
        if (plan.Records.GroupBy(r => r.Id).FirstOrDefault(g => g.Count() > 1) is { } repeated)
            return RecordErrors.RepeatedRecord(repeated.Key);
        var ids = plan.Records.Select(r => r.Id).ToArray();
        await using (var count = transaction.Command($"select count(*) from {Sql.Table(BaseId, plan.Table.Id)} where _id = any($1)", [ids]))
            if ((long)(await count.ExecuteScalarAsync(cancellation))! != ids.Length)
                return SchemaErrors.RecordNotFound;

        await AddChoicesAsync(plan, cancellation);
        var columns = Columns(plan);
        if (columns.Count > 0)
        {
            var (version, position) = transaction.NextLogEntry(plan.Table.Id);
            var table = Sql.Table(BaseId, plan.Table.Id);
            await using var command = transaction.Command($"""
                with input as (select * from unnest({Placeholders(2 * columns.Count + 1, 4)}) as v(id{Names(columns, "c")}{Names(columns, "s")})),
                old as (select t.* from {table} t join input on input.id = t._id),
                done as (update {table} t set {Assignments(columns)} from input v where t._id = v.id returning t._id)
                insert into pybase.changes (table_id, version, position, base, kind, count, body)
                select $1, $2, $3, '{BaseId}', '{ChangeKinds.CellsChanged}', count(*),
                    jsonb_build_object('ids', jsonb_agg(old._id), 'old', jsonb_build_object({OldValues(columns)}))
                from done join old using (_id)
                """, plan.Table.Id, version, position);
            AddArrays(command, plan, columns, withFlags: true);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        foreach (var (field, index) in Links(plan))
            if (await new LinkWriter(transaction).SetAsync(plan.Table, field, Cells(plan, index), areNew: false, cancellation) is { } error)
                return error;
        return ids;
    }

    /// <summary>Takes rows away; they stay in the change log whole.</summary>
    public async Task<Result<IReadOnlyList<string>>> DeleteAsync(Table table, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var links = new LinkWriter(transaction);
        foreach (var field in table.Fields.Where(f => f.Type is MultipleRecordLinks))
            await links.UnlinkAsync(table, field, ids, cancellation);
        var (version, position) = transaction.NextLogEntry(table.Id);
        await using var command = transaction.Command($"""
            with gone as (delete from {Sql.Table(BaseId, table.Id)} where _id = any($4) returning *),
            logged as (insert into pybase.changes (table_id, version, position, base, kind, count, body)
                select $1, $2, $3, '{BaseId}', '{ChangeKinds.RecordsDeleted}', count(*), jsonb_build_object('ids', jsonb_agg(_id), 'rows', jsonb_agg(to_jsonb(gone))) from gone)
            select count(*) from gone
            """, table.Id, version, position, ids.ToArray());
        return (long)(await command.ExecuteScalarAsync(cancellation))! == ids.Count ? Result(ids) : SchemaErrors.RecordNotFound;
    }

    static Result<IReadOnlyList<string>> Result(IReadOnlyList<string> ids) => ids.ToArray();

    async Task AddChoicesAsync(RecordPlan plan, CancellationToken cancellation)
    {
        foreach (var (fieldId, choices) in plan.NewChoices)
            await new SchemaEditor(transaction).AddChoicesAsync(plan.Table.Id, fieldId, choices, cancellation);
    }

    /// <summary>The fields that live in a column of their own; link cells are written by <see cref="LinkWriter"/>.</summary>
    static List<(Field Field, int Index)> Columns(RecordPlan plan) =>
        [.. plan.Fields.Select((field, index) => (field, index)).Where(f => f.field.Type is not MultipleRecordLinks)];

    static IEnumerable<(Field Field, int Index)> Links(RecordPlan plan) =>
        plan.Fields.Select((field, index) => (field, index)).Where(f => f.field.Type is MultipleRecordLinks);

    static IReadOnlyList<LinkCell> Cells(RecordPlan plan, int index) =>
        [.. plan.Records.Where(r => r.IsSet[index]).Select(r => new LinkCell(r.Id, (string[]?)r.Values[index] ?? []))];

    static string Placeholders(int count, int first) => string.Join(", ", Enumerable.Range(first, count).Select(n => $"${n}"));

    static string Names(List<(Field Field, int Index)> columns, string prefix) => string.Concat(columns.Select((_, n) => $", {prefix}{n}"));

    static string Spell(List<(Field Field, int Index)> columns) => string.Concat(columns.Select(c => $", {Sql.Column(c.Field)}"));

    static string Assignments(List<(Field Field, int Index)> columns) =>
        string.Join(", ", columns.Select((c, n) => $"{Sql.Column(c.Field)} = case when v.s{n} then v.c{n} else t.{Sql.Column(c.Field)} end"));

    static string OldValues(List<(Field Field, int Index)> columns) =>
        string.Join(", ", columns.Select(c => $"'{c.Field.Id}', jsonb_agg(old.{Sql.Column(c.Field)})"));

    static void AddArrays(NpgsqlCommand command, RecordPlan plan, List<(Field Field, int Index)> columns, bool withFlags)
    {
        command.Parameters.Add(new() { Value = plan.Records.Select(r => r.Id).ToArray() });
        foreach (var (field, index) in columns)
            command.Parameters.Add(new() { NpgsqlDbType = Sql.ArrayType(field.Type.Column), Value = Sql.Values(field.Type.Column, plan.Records.Select(r => r.Values[index])) });
        if (withFlags)
            foreach (var (_, index) in columns)
                command.Parameters.Add(new() { Value = plan.Records.Select(r => r.IsSet[index]).ToArray() });
    }

    static NpgsqlParameter Nullable(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };
}
