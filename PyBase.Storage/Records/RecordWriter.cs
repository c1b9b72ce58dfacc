using Npgsql;
using PyBase.Core.Changes;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Files;
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
        if (await PrepareAsync(plan, cancellation) is { } refused)
            return refused;
        var columns = Columns(plan);
        await transaction.LogAsync(plan.Table.Id, ChangeKinds.RecordsCreated, $"""
            with input as (select * from unnest({Arrays(columns, withFlags: false)}) with ordinality as v(id{Names(columns, "c")}, n)),
            made as (insert into {Sql.Table(BaseId, plan.Table.Id)} (_id, _created, _created_by{Spell(columns)})
                select id, @time, @actor{Stored(columns)} from input order by n returning _id)
            """, "select count(*), jsonb_build_object('ids', jsonb_agg(_id)) from made", cancellation, Values(plan, columns, withFlags: false));

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
        if (await PrepareAsync(plan, cancellation) is { } refused)
            return refused;
        var columns = Columns(plan);
        // The statement that writes tells how many there were, so being there costs a round trip only where no column is written.
        var found = columns.Count == 0
            ? await CountAsync(plan.Table, ids, cancellation)
            : await transaction.LogAsync(plan.Table.Id, ChangeKinds.CellsChanged, $"""
                with input as (select * from unnest({Arrays(columns, withFlags: true)}) as v(id{Names(columns, "c")}{Names(columns, "s")})),
                old as (select t.* from {Sql.Table(BaseId, plan.Table.Id)} t join input on input.id = t._id),
                done as (update {Sql.Table(BaseId, plan.Table.Id)} t set {Assignments(columns)} from input v where t._id = v.id returning t._id)
                """, $"select count(*), jsonb_build_object('ids', jsonb_agg(old._id), 'old', {OldValues(columns)}) from done join old using (_id)",
                cancellation, Values(plan, columns, withFlags: true));
        if (found != ids.Length)
            return SchemaErrors.RecordNotFound;
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
        var gone = await transaction.LogAsync(table.Id, ChangeKinds.RecordsDeleted, $"with gone as (delete from {Sql.Table(BaseId, table.Id)} where _id = any(@ids) returning *)",
            "select count(*), jsonb_build_object('ids', jsonb_agg(_id), 'rows', jsonb_agg(to_jsonb(gone))) from gone", cancellation, new NpgsqlParameter<string[]>("ids", [.. ids]));
        return gone == ids.Count ? ids.ToArray() : SchemaErrors.RecordNotFound;
    }

    async Task<int> CountAsync(Table table, string[] ids, CancellationToken cancellation)
    {
        await using var count = transaction.Command($"select count(*)::int from {Sql.Table(BaseId, table.Id)} where _id = any($1)", [ids]);
        return (int)(await count.ExecuteScalarAsync(cancellation))!;
    }

    /// <summary>What must be there before the rows: choices that typecast adds, and what attachment ids stand for.</summary>
    async Task<Error?> PrepareAsync(RecordPlan plan, CancellationToken cancellation)
    {
        foreach (var (fieldId, choices) in plan.NewChoices)
            await new SchemaEditor(transaction).AddChoicesAsync(plan.Table.Id, fieldId, choices, cancellation);
        for (var i = 0; i < plan.Fields.Count; i++)
        {
            if (plan.Fields[i].Type is not MultipleAttachments)
                continue;
            if (!(await Attachments.CellsAsync(transaction, plan, i, cancellation)).TryGet(out var cells, out var error))
                return error;
            foreach (var (record, cell) in plan.Records.Zip(cells))
                record.Values[i] = cell;
        }
        return null;
    }

    /// <summary>The fields that live in a column of their own; link cells are written by <see cref="LinkWriter"/>.</summary>
    static List<(Field Field, int Index)> Columns(RecordPlan plan) =>
        [.. plan.Fields.Select((field, index) => (field, index)).Where(f => f.field.Type is not MultipleRecordLinks)];

    static IEnumerable<(Field Field, int Index)> Links(RecordPlan plan) =>
        plan.Fields.Select((field, index) => (field, index)).Where(f => f.field.Type is MultipleRecordLinks);

    static IReadOnlyList<LinkCell> Cells(RecordPlan plan, int index) =>
        [.. plan.Records.Where(r => r.IsSet[index]).Select(r => new LinkCell(r.Id, (string[]?)r.Values[index] ?? []))];

    /// <summary>The names of the parameters that <see cref="Values"/> makes.</summary>
    static string Arrays(List<(Field Field, int Index)> columns, bool withFlags) =>
        "@ids" + string.Concat(columns.Select((_, n) => $", @c{n}")) + (withFlags ? string.Concat(columns.Select((_, n) => $", @s{n}")) : "");

    static string Names(List<(Field Field, int Index)> columns, string prefix) => string.Concat(columns.Select((_, n) => $", {prefix}{n}"));

    static string Stored(List<(Field Field, int Index)> columns) => string.Concat(columns.Select((c, n) => $", {Sql.FromArray(c.Field.Type.Column, $"c{n}")}"));

    static string Spell(List<(Field Field, int Index)> columns) => string.Concat(columns.Select(c => $", {Sql.Column(c.Field)}"));

    static string Assignments(List<(Field Field, int Index)> columns) =>
        string.Join(", ", columns.Select((c, n) => $"{Sql.Column(c.Field)} = case when v.s{n} then {Sql.FromArray(c.Field.Type.Column, $"v.c{n}")} else t.{Sql.Column(c.Field)} end"));

    static string OldValues(List<(Field Field, int Index)> columns) =>
        // PostgreSQL passes at most 100 arguments to a function.
        string.Join(" || ", columns.Chunk(50).Select(some =>
            $"jsonb_build_object({string.Join(", ", some.Select(c => $"'{c.Field.Id}', jsonb_agg(old.{Sql.Column(c.Field)})"))})"));

    static NpgsqlParameter[] Values(RecordPlan plan, List<(Field Field, int Index)> columns, bool withFlags) =>
    [
        new NpgsqlParameter<string[]>("ids", [.. plan.Records.Select(r => r.Id)]),
        .. columns.Select((c, n) => new NpgsqlParameter($"c{n}", Sql.ArrayType(c.Field.Type.Column)) { Value = Sql.Values(c.Field.Type.Column, plan.Records.Select(r => r.Values[c.Index])) }),
        .. withFlags ? columns.Select((c, n) => new NpgsqlParameter<bool[]>($"s{n}", [.. plan.Records.Select(r => r.IsSet[c.Index])])) : [],
    ];
}
