using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Formulas;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Computing;

/// <summary>
/// Rows with their computed cells beside them. Each level is a sub-select around the one before, kept apart by OFFSET 0 so that nothing is computed twice.
/// A value comes as <c>v_fld…</c>, an error as <c>e_fld…</c>.
/// </summary>
static class LevelSql
{
    /// <param name="schema">The base.</param>
    /// <param name="levels">What is computed, in this order.</param>
    /// <param name="source">The rows; a column <c>v_fld…</c> for each of <paramref name="written"/>.</param>
    /// <param name="written">Fields that are written along.</param>
    /// <param name="row">How a row of the source is spelled, for what is not among those.</param>
    public static string Compile(BaseSchema schema, IReadOnlyList<IReadOnlyList<Field>> levels, string source, IEnumerable<Field> written, FormulaRow row)
    {
        var (known, n) = (written.Select(f => f.Id).ToHashSet(), 0);
        foreach (var level in levels)
        {
            var now = row with
            {
                Column = field => known.Contains(field.Id) ? $"r.\"v_{field.Id}\"" : row.ColumnOf(field),
                ErrorOf = field => !field.Type.CanFail ? null : known.Contains(field.Id) ? $"r.\"e_{field.Id}\"" : row.ErrorIn(field),
            };
            var (columns, laterals) = ("", "");
            foreach (var field in level)
            {
                var sql = ComputedSql.Of(field, now, n++);
                columns += $", ({sql.Value})::{Sql.Type(field.Type.Column)} as \"v_{field.Id}\"";
                if (field.Type.CanFail)
                    columns += $", ({sql.Error ?? "null"})::text as \"e_{field.Id}\"";
                laterals += sql.Laterals;
            }
            source = $"select r.*{columns} from ({source} offset 0) r{laterals}";
            known.UnionWith(level.Select(f => f.Id));
        }
        return source;
    }

    /// <summary>The columns that <see cref="Compile"/> made of a field.</summary>
    public static string Kept(Field field) => $", r.\"v_{field.Id}\"{(field.Type.CanFail ? $", r.\"e_{field.Id}\"" : "")}";

    /// <summary>Whether it comes out otherwise than it is stored.</summary>
    public static string Changed(Field field)
    {
        var value = $"r.{Sql.Column(field)} is distinct from r.\"v_{field.Id}\"";
        return field.Type.CanFail ? $"({value} or (r.errors ->> '{field.Id}') is distinct from r.\"e_{field.Id}\")" : $"({value})";
    }

    /// <summary>The row's errors with those of these fields put in and the rest left; null when there is none, and nothing when none of them can fail.</summary>
    public static string? Errors(IEnumerable<Field> fields, string stored)
    {
        Field[] failing = [.. fields.Where(f => f.Type.CanFail)];
        if (failing.Length == 0)
            return null;
        // PostgreSQL passes at most 100 arguments to a function.
        var own = string.Join(" || ", failing.Chunk(50).Select(some => $"jsonb_build_object({string.Join(", ", some.Select(f => $"'{f.Id}', c.\"e_{f.Id}\""))})"));
        return $"nullif(jsonb_strip_nulls({stored} || {own}), '{{}}')";
    }

    /// <summary>The entry that names the computed cells that come out otherwise, of the rows of <c>c</c>; no row when none does.</summary>
    public static string Entry(IReadOnlyList<Field> fields, int place, string condition = "true") => $"""
        select {place}, count(*), jsonb_build_object('ids', jsonb_agg(c._id), 'computed',
            to_jsonb(array_remove(array[{string.Join(", ", fields.Select(f => $"case when bool_or(c.\"d_{f.Id}\") then '{f.Id}' end"))}], null)))
        from c where ({AnyOf(fields)}) and {condition} having count(*) > 0
        """;

    public static string AnyOf(IEnumerable<Field> fields) => string.Join(" or ", fields.Select(f => $"c.\"d_{f.Id}\""));

    /// <summary>For each field the ids of the rows of <c>c</c> in which it comes out otherwise.</summary>
    public static string ChangedRows(IEnumerable<Field> fields) => string.Join(", ", fields.Select(f => $"array_agg(c._id) filter (where c.\"d_{f.Id}\")"));
}
