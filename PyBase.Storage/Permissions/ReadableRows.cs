using PyBase.Core.Fields;
using PyBase.Core.Permissions;
using PyBase.Core.Schema;
using PyBase.Storage.Formulas;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Permissions;

/// <summary>
/// A table as its reader may see it, in place of the table itself in FROM: the rows that pass the filter, and in their cells only links to rows that pass theirs. So a
/// filter, an order, a group or a count over it cannot tell of others. Without a rule it is the table.
/// </summary>
static class ReadableRows
{
    static readonly string[] System = ["_id", "_number", "_created", "_created_by", "_modified", "_modified_by", "_times", "errors"];

    /// <summary>What stands in FROM before the alias; <paramref name="source"/> has the columns of the table.</summary>
    public static string Of(BaseSchema schema, Table table, string? source = null)
    {
        var rows = source ?? Sql.Table(schema.Id, table.Id);
        if (table.Scope is not { } scope || (scope.Rows is null && scope.FilteredLinks.Count == 0))
            return rows;
        var columns = System.Select(c => $"r.{c}").Concat(table.Fields.Where(f => f.Type.SystemColumn is null).Select(f => scope.FilteredLinks.Contains(f) ? $"{Links(schema, f)} as {Sql.Column(f)}" : $"r.{Sql.Column(f)}"));
        var (laterals, condition) = Condition(schema, scope.Rows);
        return $"(select {string.Join(", ", columns)} from {rows} r{laterals} where {condition})";
    }

    /// <summary>What to add to the condition of a statement over rows whose id is <paramref name="id"/>; nothing for a table of which all rows are seen.</summary>
    public static string And(BaseSchema schema, Table table, string id) => table.Scope?.Rows is { } rows ? $" and {Has(schema, table, rows, id)}" : "";

    static string Has(BaseSchema schema, Table table, RowScope rows, string id)
    {
        var (laterals, condition) = Condition(schema, rows);
        return $"exists (select from {Sql.Table(schema.Id, table.Id)} r{laterals} where r._id = {id} and {condition})";
    }

    static (string Laterals, string Condition) Condition(BaseSchema schema, RowScope? rows)
    {
        if (rows is null)
            return ("", "true");
        // A rule that means nothing any more lets nobody in.
        if (rows.Formula is null)
            return ("", "false");
        var compiled = FormulaSql.CompileCondition(rows.Formula, new FormulaRow("r", schema.Id, rows.Schema, rows.Table));
        return (compiled.Laterals, compiled.Condition);
    }

    static string Links(BaseSchema schema, Field field)
    {
        var link = (MultipleRecordLinks)field.Type;
        return schema.Tables.FirstOrDefault(t => t.Id == link.LinkedTableId) is { Scope.Rows: { } rows } far
            ? $"(select array_agg(l.id order by l.place) from unnest(r.{Sql.Column(field)}) with ordinality as l(id, place) where {Has(schema, far, rows, "l.id")})"
            : $"r.{Sql.Column(field)}";
    }
}
