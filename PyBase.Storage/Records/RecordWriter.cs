using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Constraints;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Files;
using PyBase.Storage.Postgres;
using PyBase.Storage.Releases;
using PyBase.Storage.Schema;
using PyBase.Storage.Search;

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
        if (RequiredCells.Missing(plan) is { } missing)
            return missing;
        if (ReleaseLock.Refusal(transaction, plan) is { } mayNot)
            return mayNot;
        if (await PrepareAsync(plan, cancellation) is { } refused)
            return refused;
        var columns = Columns(plan);
        await transaction.LogAsync(plan.Table.Id, ChangeKinds.RecordsCreated, $"""
            with input as (select * from unnest({Arrays(columns, withFlags: false)}) with ordinality as v(id{Names(columns, "c")}, n)),
            made as (insert into {Sql.Table(BaseId, plan.Table.Id)} (_id, _created, _created_by, _modified, _modified_by{Spell(columns)})
                select id, coalesce(@created[n], @time), @actor, @time, @actor{Stored(columns)} from input order by n returning _id)
            """, "select count(*), jsonb_build_object('ids', jsonb_agg(_id)) || @links from made", cancellation,
            [
                new NpgsqlParameter<DateTime?[]>("created", NpgsqlDbType.Array | NpgsqlDbType.TimestampTz) { TypedValue = Moved(plan) },
                new NpgsqlParameter("links", NpgsqlDbType.Jsonb) { Value = MadeLinks(plan) }, .. Values(plan, columns, withFlags: false),
            ]);

        var (ids, touched) = (plan.Records.Select(r => r.Id).ToArray(), new Touched());
        transaction.Created(plan.Table.Id).UnionWith(ids);
        foreach (var (field, index) in Links(plan))
            if (await new LinkWriter(transaction, touched).SetAsync(plan.Table, field, Cells(plan, index), areNew: true, cancellation) is { } error)
                return error;
        if (await new ComputeWriter(transaction).CreatedAsync(Current(plan.Table), ids, touched, cancellation) is { } untrue)
            return untrue;
        return await SearchableAsync(plan, ids, cancellation);
    }

    /// <summary>Cells of existing rows; a record that is not there fails the whole plan.</summary>
    public async Task<Result<IReadOnlyList<string>>> UpdateAsync(RecordPlan plan, CancellationToken cancellation)
    {
        if (plan.Records.GroupBy(r => r.Id).FirstOrDefault(g => g.Count() > 1) is { } repeated)
            return RecordErrors.RepeatedRecord(repeated.Key);
        if (ReleaseLock.Refusal(transaction, plan) is { } mayNot)
            return mayNot;
        var ids = plan.Records.Select(r => r.Id).ToArray();
        if (await PrepareAsync(plan, cancellation) is { } refused)
            return refused;
        var columns = Columns(plan);
        // The statement that writes tells how many there were, so being there costs a round trip only where no column is written.
        var found = columns.Count == 0
            ? await MarkAsync(plan.Table, ids, cancellation)
            : await transaction.LogAsync(plan.Table.Id, ChangeKinds.CellsChanged, $"""
                with input as (select * from unnest({Arrays(columns, withFlags: true)}) as v(id{Names(columns, "c")}{Names(columns, "s")})),
                old as (select t.* from {Sql.Table(BaseId, plan.Table.Id)} t join input on input.id = t._id),
                done as (update {Sql.Table(BaseId, plan.Table.Id)} t set _modified = @time, _modified_by = @actor, {Assignments(columns)} from input v where t._id = v.id{ReleaseLock.Condition(transaction, plan, "t")} returning t._id)
                """, $"select count(*), jsonb_build_object('ids', jsonb_agg(old._id), 'old', {OldValues(columns)}){Kept(plan, columns)} from done join old using (_id) join input on input.id = old._id",
                cancellation, Values(plan, columns, withFlags: true));
        if (found != ids.Length)
            return await ReleaseLock.WhyAsync(transaction, plan.Table, ids, cancellation);
        var touched = new Touched();
        foreach (var (field, index) in columns)
            touched.Add(field.Id, plan.Records.Where(r => r.IsSet[index]).Select(r => r.Id));
        foreach (var (field, index) in Links(plan))
            if (await new LinkWriter(transaction, touched).SetAsync(plan.Table, field, Cells(plan, index), areNew: false, cancellation) is { } error)
                return error;
        foreach (var column in Modified)
            touched.Add(Dependency.KeyOf(plan.Table, column), ids);
        if (await new ComputeWriter(transaction).FollowAsync(touched, cancellation) is { } untrue)
            return untrue;
        return await SearchableAsync(plan, ids, cancellation);
    }

    /// <summary>Takes rows away; they stay in the change log whole.</summary>
    public async Task<Result<IReadOnlyList<string>>> DeleteAsync(Table table, IReadOnlyList<string> ids, CancellationToken cancellation)
    {
        var touched = new Touched();
        var links = new LinkWriter(transaction, touched);
        var linked = table.Fields.Where(f => f.Type is MultipleRecordLinks).ToArray();
        var gone = await transaction.LogAsync(table.Id, ChangeKinds.RecordsDeleted, $"with gone as (delete from {Sql.Table(BaseId, table.Id)} t where _id = any(@ids){ReleaseLock.Condition(table, "t")} returning *)",
            $"select count(*), jsonb_build_object('ids', jsonb_agg(_id), 'rows', jsonb_agg(to_jsonb(gone)){LinksOf(table, linked)}) from gone",
            cancellation, new NpgsqlParameter<string[]>("ids", [.. ids]));
        if (gone != ids.Count)
            return await ReleaseLock.WhyAsync(transaction, table, ids, cancellation);
        foreach (var field in linked)
            if (await links.UnlinkAsync(table, field, ids, cancellation) is { } locked)
                return locked;
        if (await new ComputeWriter(transaction).FollowAsync(touched, cancellation) is { } untrue)
            return untrue;
        await SearchWriter.RefreshAsync(transaction, table, ids, cancellation);
        return ids.ToArray();
    }

    /// <summary>The links that go with the rows, each once: those between two of them stand with the field that made the link.</summary>
    string LinksOf(Table table, Field[] linked) => linked.Length == 0 ? "" : $", 'links', {string.Join(" || ", linked.Select(field =>
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        var once = link.IsInverse && link.LinkedTableId == table.Id ? $" and not {far}_id = any(@ids)" : "";
        return $"""
            jsonb_build_object('{field.Id}', (select jsonb_build_object('was', coalesce(jsonb_agg(jsonb_build_array({near}_id, {far}_id, {near}_order, {far}_order)), '[]'))
                from {Sql.LinkTable(BaseId, link)} where {near}_id = any(@ids){once}))
            """;
    }))}";

    /// <summary>The written records' text is found from now on.</summary>
    async Task<string[]> SearchableAsync(RecordPlan plan, string[] ids, CancellationToken cancellation)
    {
        if (plan.Fields.Any(SearchTable.Holds) || plan.Table.Fields.Any(f => f.Type.IsComputed && SearchTable.Holds(f)))
            await SearchWriter.RefreshAsync(transaction, plan.Table, ids, cancellation);
        return ids;
    }

    /// <summary>The table as this transaction has it by now: typecast may have added choices.</summary>
    Table Current(Table table) => transaction.Schema.Find(table.Id)!;

    /// <summary>Columns that every update writes.</summary>
    internal static readonly string[] Modified = [Dependency.Modified, "_modified_by"];

    /// <summary>Only links change: notes who did it when, and counts the rows.</summary>
    internal Task<int> MarkAsync(Table table, string[] ids, CancellationToken cancellation) => transaction.ExecuteAsync(
        $"update {Sql.Table(BaseId, table.Id)} t set _modified = $2, _modified_by = $3 where _id = any($1){ReleaseLock.Condition(table, "t")}", cancellation,
        ids, transaction.Time, new NpgsqlParameter { Value = (object?)transaction.Actor ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });

    /// <summary>What must be there before the rows: choices that typecast adds, and what attachment ids stand for.</summary>
    async Task<Error?> PrepareAsync(RecordPlan plan, CancellationToken cancellation)
    {
        if (plan.IsStored)
            return null;
        foreach (var (fieldId, choices) in plan.NewChoices)
            await new SchemaEditor(transaction).AddChoicesAsync(plan.Table.Id, fieldId, choices, cancellation);
        for (var i = 0; i < plan.Fields.Count; i++)
        {
            if (plan.Fields[i].Type is MultipleRecordLinks && await new NamedLinkWriter(transaction).ResolveAsync(plan, i, cancellation) is { } unknown)
                return unknown;
            if (plan.Fields[i].Type is not MultipleAttachments)
                continue;
            if (!(await Attachments.CellsAsync(transaction, plan, i, cancellation)).TryGet(out var cells, out var error))
                return error;
            foreach (var (record, cell) in plan.Records.Zip(cells))
                record.Values[i] = cell;
        }
        return null;
    }

    /// <summary>When the records were made that come from elsewhere; nothing where all are made now.</summary>
    static DateTime?[] Moved(RecordPlan plan) => plan.Records.All(r => r.CreatedTime is null) ? [] : [.. plan.Records.Select(r => r.CreatedTime?.UtcDateTime)];

    /// <summary>The fields that live in a column of their own; link cells are written by <see cref="LinkWriter"/>.</summary>
    static List<(Field Field, int Index)> Columns(RecordPlan plan) =>
        [.. plan.Fields.Select((field, index) => (field, index)).Where(f => f.field.Type is not MultipleRecordLinks)];

    static IEnumerable<(Field Field, int Index)> Links(RecordPlan plan) =>
        plan.Fields.Select((field, index) => (field, index)).Where(f => f.field.Type is MultipleRecordLinks);

    /// <summary>The links that come with new rows, for the log: whoever takes the other end away would take them too.</summary>
    static string MadeLinks(RecordPlan plan)
    {
        var made = Links(plan).Select(l => (l.Field.Id, Pairs: Cells(plan, l.Index).SelectMany(cell => cell.Targets.Select((target, order) => new StoredLink(cell.RecordId, target, order, null))).ToArray()))
            .Where(l => l.Pairs.Length > 0).ToDictionary(l => l.Id, l => JsonSerializer.Deserialize<JsonElement>(LoggedLinks.Write([], l.Pairs)));
        return made.Count == 0 ? "{}" : JsonSerializer.Serialize(new { links = made });
    }

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

    static string OldValues(List<(Field Field, int Index)> columns) => ByField(columns.Select(c => (c.Field, $"jsonb_agg(old.{Sql.Column(c.Field)})")));

    /// <summary>Records of one request may set different fields; which cells were not set is told, where there are any.</summary>
    static string Kept(RecordPlan plan, List<(Field Field, int Index)> columns) =>
        columns.Select((c, n) => (c.Field, c.Index, Sql: $"jsonb_agg(not input.s{n})")).Where(c => plan.Records.Any(r => !r.IsSet[c.Index])).Select(c => (c.Field, c.Sql)).ToArray() is { Length: > 0 } some
            ? $" || jsonb_build_object('kept', {ByField(some)})" : "";

    static string ByField(IEnumerable<(Field Field, string Sql)> values) =>
        // PostgreSQL passes at most 100 arguments to a function.
        string.Join(" || ", values.Chunk(50).Select(some => $"jsonb_build_object({string.Join(", ", some.Select(v => $"'{v.Field.Id}', {v.Sql}"))})"));

    static NpgsqlParameter[] Values(RecordPlan plan, List<(Field Field, int Index)> columns, bool withFlags) =>
    [
        new NpgsqlParameter<string[]>("ids", [.. plan.Records.Select(r => r.Id)]),
        .. columns.Select((c, n) => new NpgsqlParameter($"c{n}", Sql.ArrayType(c.Field.Type.Column)) { Value = Sql.Values(c.Field.Type.Column, plan.Records.Select(r => r.Values[c.Index])) }),
        .. withFlags ? columns.Select((c, n) => new NpgsqlParameter<bool[]>($"s{n}", [.. plan.Records.Select(r => r.IsSet[c.Index])])) : [],
    ];
}
