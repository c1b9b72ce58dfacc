using PyBase.Core.Computing;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Formulas;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Computing;

/// <summary>
/// A stage → its one UPDATE. Each level is a sub-select around the one before, kept apart by OFFSET 0 so that nothing is computed twice; only rows that come
/// out otherwise than stored are written. The answer is one row: for each field, in the order of <see cref="Stage.Fields"/>, the ids of the changed records.
/// </summary>
static class StageSql
{
    public static string Compile(BaseSchema schema, Stage stage, string now)
    {
        var table = Sql.Table(schema.Id, stage.Table.Id);
        var source = $"select * from {table} where _id = any($1)";
        var (known, n) = (new HashSet<string>(), 0);
        foreach (var level in stage.Levels)
        {
            var row = new FormulaRow("r", schema.Id, schema, stage.Table)
            {
                Column = field => known.Contains(field.Id) ? $"r.\"v_{field.Id}\"" : $"r.{Sql.Column(field)}",
                ErrorOf = field => !field.Type.CanFail ? null : known.Contains(field.Id) ? $"r.\"e_{field.Id}\"" : $"(r.errors ->> '{field.Id}')",
                Now = now,
            };
            var (columns, laterals) = ("", "");
            foreach (var field in level)
            {
                var sql = ComputedSql.Of(field, row, n++);
                columns += $", ({sql.Value})::{Sql.Type(field.Type.Column)} as \"v_{field.Id}\"";
                if (field.Type.CanFail)
                    columns += $", ({sql.Error ?? "null"})::text as \"e_{field.Id}\"";
                laterals += sql.Laterals;
            }
            source = $"select r.*{columns} from ({source} offset 0) r{laterals}";
            known.UnionWith(level.Select(f => f.Id));
        }
        Field[] fields = [.. stage.Fields];
        var changes = string.Join(", ", fields.Select(f => $"{Changed(f)} as \"d_{f.Id}\""));
        return $"""
            with c as materialized (select r._id, r.errors{string.Concat(fields.Select(Kept))}, {changes} from ({source} offset 0) r),
            done as (update {table} t set {string.Join(", ", fields.Select(f => $"{Sql.Column(f)} = c.\"v_{f.Id}\""))}{Errors(fields)}
                from c where t._id = c._id and ({string.Join(" or ", fields.Select(f => $"c.\"d_{f.Id}\""))})
                returning {string.Join(", ", fields.Select(f => $"c.\"d_{f.Id}\""))}, t._id)
            select {string.Join(", ", fields.Select(f => $"array_agg(_id) filter (where \"d_{f.Id}\")"))} from done
            """;
    }

    static string Kept(Field field) => $", r.\"v_{field.Id}\"{(field.Type.CanFail ? $", r.\"e_{field.Id}\"" : "")}";

    static string Changed(Field field)
    {
        var value = $"r.{Sql.Column(field)} is distinct from r.\"v_{field.Id}\"";
        return field.Type.CanFail ? $"({value} or (r.errors ->> '{field.Id}') is distinct from r.\"e_{field.Id}\")" : $"({value})";
    }

    /// <summary>The row's errors with those of these fields put in and the rest left; null when there is none.</summary>
    static string Errors(Field[] fields)
    {
        Field[] failing = [.. fields.Where(f => f.Type.CanFail)];
        if (failing.Length == 0)
            return "";
        // PostgreSQL passes at most 100 arguments to a function.
        var own = string.Join(" || ", failing.Chunk(50).Select(some => $"jsonb_build_object({string.Join(", ", some.Select(f => $"'{f.Id}', c.\"e_{f.Id}\""))})"));
        return $", errors = nullif(jsonb_strip_nulls(coalesce(c.errors, '{{}}') || {own}), '{{}}')";
    }
}
