using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Records;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Formulas;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Releases;

namespace PyBase.Storage.Records;

/// <summary>
/// A plan → one statement that writes its rows, cells and everything that is computed from them within the row, together with the entries in the log.
/// Link cells are read from their link table, which is written before.
/// </summary>
sealed class WriteSql(BaseTransaction transaction, RecordPlan plan, Stage stage, string now)
{
    readonly Statement statement = new();
    readonly BaseSchema schema = transaction.Schema;
    readonly string table = Sql.Table(transaction.Schema.Id, plan.Table.Id);

    /// <summary>The fields that live in a column of their own; link cells are copies.</summary>
    readonly List<(Field Field, int Index)> cells = [.. plan.Fields.Select((field, index) => (field, index)).Where(f => f.field.Type is not MultipleRecordLinks)];

    readonly List<Field> links = [.. plan.Fields.Where(f => f.Type is MultipleRecordLinks)];

    IEnumerable<Field> Written => cells.Select(c => c.Field).Concat(links);

    Field[] Computed => [.. stage.Fields];

    /// <summary>What somebody asks the last change of.</summary>
    readonly List<(Field Field, int Index)> watched = [.. plan.Fields.Select((field, index) => (field, index)).Where(f => DependencyGraph.Of(transaction.Schema).Watched.Contains(f.field.Id))];

    /// <summary>New rows in the plan's order.</summary>
    public Statement Insert()
    {
        var (time, actor) = Origin();
        var input = $"select * from unnest({statement.Value(Ids())}{Arrays()}) with ordinality as v(id{Names()}, n)";
        // Records that come from elsewhere were made when they say.
        var created = plan.Records.All(r => r.CreatedTime is null) ? time
            : $"coalesce(({statement.Value(plan.Records.Select(r => r.CreatedTime?.UtcDateTime).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.TimestampTz)})[v.n], {time})";
        var numbered = Computed.Any(f => f.Type is AutoNumber);
        var rows = $"""
            select v.n, v.id as _id, {created} as _created, {actor} as _created_by, {time} as _modified, {actor} as _modified_by, null::jsonb as _times
            {(numbered ? $", nextval(pg_get_serial_sequence('{table}', '_number')) as _number" : "")}{string.Concat(cells.Select((c, n) => $", {Cell(c.Field, n)} as \"v_{c.Field.Id}\""))}{LinkCells("v.id")}
            from ({input}) v
            """;
        rows = LevelSql.Compile(schema, stage.Levels, rows, Written, new FormulaRow("r", schema.Id, schema, plan.Table, StoredInNew, field => field.Type.CanFail ? "null::text" : null, Now: now));
        var errors = LevelSql.Errors(Computed, "'{}'::jsonb");
        string[] columns = ["_id", "_created", "_created_by", "_modified", "_modified_by", .. numbered ? (string[])["_number"] : []];
        statement.Text = $"""
            with c as ({rows}),
            made as (insert into {table} ({string.Join(", ", columns)}{string.Concat(Written.Concat(Computed).Select(f => $", {Sql.Column(f)}"))}{(errors is null ? "" : ", errors")})
                select {string.Join(", ", columns)}{string.Concat(Written.Concat(Computed).Select(f => $", c.\"v_{f.Id}\""))}{(errors is null ? "" : $", {errors}")} from c order by n returning _id)
            {transaction.LogInto(statement, plan.Table.Id, ChangeKinds.RecordsCreated, $"select 0, count(*), jsonb_build_object('ids', jsonb_agg(_id)){MadeLinks()} from made")}
            """;
        return statement;
    }

    /// <summary>
    /// Cells of existing rows; refuses everything when one is not there. The answer is one row whose first column is of no interest, the others are lists of ids: those
    /// in which each field of the stage came out otherwise.
    /// </summary>
    public Statement Update(Error notThere)
    {
        var (time, actor) = Origin();
        var ids = Ids();
        var input = $"unnest({statement.Value(ids)}{Arrays()}{string.Concat(Flagged.Select(f => $", {statement.Value(plan.Records.Select(r => r.IsSet[f]).ToArray())}"))}) as v(id{Names()}{string.Concat(Flagged.Select(f => $", s{f}"))})";
        var rows = $"""
            select t.*, {time} as v_modified, {actor} as v_modified_by{(watched.Count == 0 ? "" : $", {Times(time)} as v_times")}
            {string.Concat(cells.Select((c, n) => $", {(IsFlagged(c.Index) ? $"case when v.s{c.Index} then {Cell(c.Field, n)} else t.{Sql.Column(c.Field)} end" : Cell(c.Field, n))} as \"v_{c.Field.Id}\""))}{LinkCells("t._id")}{string.Concat(Kept.Select(c => $", v.s{c.Index}"))}
            from {input} join {table} t on t._id = v.id{ReleaseLock.Condition(transaction, plan, "t")}{RuleLock.Condition(transaction, plan.Table, "t._id")}
            """;
        rows = LevelSql.Compile(schema, stage.Levels, rows, Written, new FormulaRow("r", schema.Id, schema, plan.Table, StoredInChanged,
            Now: now, Modified: "r.v_modified", Times: watched.Count == 0 ? null : "r.v_times"));
        var errors = LevelSql.Errors(Computed, "coalesce(c.errors, '{}')");
        var sets = Written.Concat(Computed).Select(f => $"{Sql.Column(f)} = c.\"v_{f.Id}\"").Prepend("_modified_by = c.v_modified_by").Prepend("_modified = c.v_modified");
        var entries = $"select 0, count(*), jsonb_build_object('ids', jsonb_agg(c._id), 'old', {Old()}){KeptCells()} from c";
        statement.Text = $"""
            with c as materialized (select r._id, r.v_modified, r.v_modified_by{(watched.Count == 0 ? "" : ", r.v_times")}{(errors is null ? "" : ", r.errors")}
                {string.Concat(Written.Select(f => $", r.{Sql.Column(f)} as \"o_{f.Id}\", r.\"v_{f.Id}\""))}{string.Concat(Computed.Select(f => $"{LevelSql.Kept(f)}, {LevelSql.Changed(f)} as \"d_{f.Id}\""))}{string.Concat(Kept.Select(c => $", r.s{c.Index}"))}
                from ({rows} offset 0) r),
            done as (update {table} t set {string.Join(", ", sets)}{(watched.Count == 0 ? "" : ", _times = c.v_times")}{(errors is null ? "" : $", errors = {errors}")} from c where t._id = c._id),
            logged as ({transaction.LogInto(statement, plan.Table.Id, ChangeKinds.CellsChanged,
                Computed.Length == 0 ? entries : $"{entries} union all {LevelSql.Entry(Computed, 1)}", Computed.Length == 0 ? 1 : 2)})
            select {ReleaseLock.Must(transaction, statement, plan.Table, ids, notThere)}{(Computed.Length == 0 ? "" : ", " + LevelSql.ChangedRows(Computed))} from c
            """;
        return statement;
    }

    string[] Ids() => [.. plan.Records.Select(r => r.Id)];

    (string Time, string Actor) Origin() => (statement.Value(transaction.Time), $"{statement.Value(transaction.Actor, NpgsqlDbType.Text)} collate \"C\"");

    string Arrays() => string.Concat(cells.Select(c => $", {statement.Value(Sql.Values(c.Field.Type.Column, plan.Records.Select(r => r.Values[c.Index])), Sql.ArrayType(c.Field.Type.Column))}"));

    string Names() => string.Concat(cells.Select((_, n) => $", c{n}"));

    static string Cell(Field field, int n) => $"({Sql.FromArray(field.Type.Column, $"v.c{n}")})::{Sql.Type(field.Type.Column)}";

    string LinkCells(string id) => string.Concat(links.Select((f, n) =>
        $", {ComputedSql.Of(f, new FormulaRow("", schema.Id, schema, plan.Table, Id: id), n).Value} as \"v_{f.Id}\""));

    /// <summary>Fields that some records set and others do not, where that is of interest.</summary>
    IEnumerable<int> Flagged => cells.Select(c => c.Index).Union(watched.Select(w => w.Index)).Where(IsFlagged);

    bool IsFlagged(int index) => plan.Records.Any(r => !r.IsSet[index]);

    string Times(string time) => "coalesce(t._times, '{}')" + string.Concat(watched.Select(w =>
        $" || {(IsFlagged(w.Index) ? $"case when v.s{w.Index} then jsonb_build_object('{w.Field.Id}', {time}) else '{{}}' end" : $"jsonb_build_object('{w.Field.Id}', {time})")}"));

    /// <summary>The cells of before, column-wise.</summary>
    string Old() => ByField(Written.Select(f => (f, $"jsonb_agg(c.\"o_{f.Id}\")")));

    /// <summary>Records of one request may set different fields; which cells were not set is told, where there are any.</summary>
    IEnumerable<(Field Field, int Index)> Kept => cells.Where(c => IsFlagged(c.Index));

    string KeptCells() => Kept.Any() ? $" || jsonb_build_object('kept', {ByField(Kept.Select(c => (c.Field, $"jsonb_agg(not c.s{c.Index})")))})" : "";

    // PostgreSQL passes at most 100 arguments to a function.
    static string ByField(IEnumerable<(Field Field, string Sql)> values) =>
        string.Join(" || ", values.Chunk(50).Select(some => $"jsonb_build_object({string.Join(", ", some.Select(v => $"'{v.Field.Id}', {v.Sql}"))})").DefaultIfEmpty("'{}'::jsonb"));

    /// <summary>The links that come with new rows: whoever takes the other end away would take them too.</summary>
    string MadeLinks()
    {
        var made = plan.Fields.Select((field, index) => (field, index)).Where(f => f.field.Type is MultipleRecordLinks)
            .Select(f => (f.field.Id, Pairs: plan.Records.Where(r => r.IsSet[f.index]).SelectMany(r => ((string[]?)r.Values[f.index] ?? []).Select((target, order) => new StoredLink(r.Id, target, order, null))).ToArray()))
            .Where(f => f.Pairs.Length > 0).ToArray();
        return made.Length == 0 ? "" : $" || jsonb_build_object('links', {statement.Value(LoggedLinks.Write(made.Select(f => (f.Id, (IReadOnlyList<StoredLink>)f.Pairs))), NpgsqlDbType.Jsonb)})";
    }

    string StoredInNew(Field field) => field.Type.SystemColumn is { } column ? $"r.{column}"
        : field.Type.Initial is { } initial ? $"'{initial}'::{Sql.Type(field.Type.Column)}" : $"null::{Sql.Type(field.Type.Column)}";

    static string StoredInChanged(Field field) => field.Type.SystemColumn is "_modified" or "_modified_by" ? $"r.v{field.Type.SystemColumn}" : $"r.{Sql.Column(field)}";
}
