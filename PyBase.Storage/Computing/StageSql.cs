using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Formulas;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Computing;

/// <summary>
/// A stage → its one UPDATE with its entry in the log; only rows that come out otherwise than stored are written. The answer is one row: for each field, in the
/// order of <see cref="Stage.Fields"/>, the ids of the changed records.
/// </summary>
static class StageSql
{
    /// <param name="transaction">Where it is to run.</param>
    /// <param name="stage">What is computed.</param>
    /// <param name="ids">What <c>_id</c> is to be compared with, behind an equals sign: <c>any(…)</c>.</param>
    /// <param name="now">The moment of NOW().</param>
    public static Statement Compile(BaseTransaction transaction, Stage stage, Func<Statement, string> ids, string now)
    {
        var (statement, schema) = (new Statement(), transaction.Schema);
        var table = Sql.Table(schema.Id, stage.Table.Id);
        Field[] fields = [.. stage.Fields];
        var source = LevelSql.Compile(schema, stage.Levels, $"select t.* from {table} t where t._id = {ids(statement)}", [], new FormulaRow("r", schema.Id, schema, stage.Table, Now: now));
        var errors = LevelSql.Errors(fields, "coalesce(c.errors, '{}')");
        // Rows that this transaction made are told of whole.
        var made = transaction.Created(stage.Table.Id);
        var (links, computed) = (fields.Where(f => f.Type is MultipleRecordLinks).ToArray(), fields.Where(f => f.Type is not MultipleRecordLinks).ToArray());
        var isTold = made.Count == 0 ? "true" : $"c._id not in (select unnest({statement.Value(made.ToArray())}))";
        // A link's cell at its other end is as good as stored: what it held is kept.
        var entries = string.Join(" union all ", links.Select((f, n) =>
            $"select {n}, count(*), jsonb_build_object('ids', jsonb_agg(c._id), 'old', jsonb_build_object('{f.Id}', jsonb_agg(c.\"o_{f.Id}\")), 'far', true) from c where c.\"d_{f.Id}\" and {isTold} having count(*) > 0")
            .Concat(computed.Length == 0 ? [] : (string[])[LevelSql.Entry(computed, links.Length, isTold)]));
        statement.Text = $"""
            with c as materialized (select r._id{(errors is null ? "" : ", r.errors")}{string.Concat(fields.Select(LevelSql.Kept))}{string.Concat(links.Select(f => $", r.{Sql.Column(f)} as \"o_{f.Id}\""))}, {string.Join(", ", fields.Select(f => $"{LevelSql.Changed(f)} as \"d_{f.Id}\""))}
                from ({source} offset 0) r),
            done as (update {table} t set {string.Join(", ", fields.Select(f => $"{Sql.Column(f)} = c.\"v_{f.Id}\""))}{(errors is null ? "" : $", errors = {errors}")}
                from c where t._id = c._id and ({LevelSql.AnyOf(fields)})),
            logged as ({transaction.LogInto(statement, stage.Table.Id, ChangeKinds.CellsChanged, entries, links.Length + (computed.Length == 0 ? 0 : 1))})
            select {LevelSql.ChangedRows(fields)} from c
            """;
        return statement;
    }
}
