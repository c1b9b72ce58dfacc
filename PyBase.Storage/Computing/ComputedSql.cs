using PyBase.Core.Fields;
using PyBase.Core.Formulas;
using PyBase.Core.Schema;
using PyBase.Storage.Formulas;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Computing;

/// <summary>
/// A computed field, or a link whose cell is a copy of its link table → the SQL of its value and its error in a row; null for one that has neither.
/// </summary>
static class ComputedSql
{
    /// <param name="field">The field; its type is computed and valid.</param>
    /// <param name="row">How the row is spelled that it is computed in.</param>
    /// <param name="n">Tells apart the aliases of several fields in one statement.</param>
    public static FormulaSql Of(Field field, FormulaRow row, int n) => field.Type switch
    {
        FormulaField { Formula: { } formula } => FormulaSql.Compile(formula, row),
        Button { Formula: { } address } when FormulaSql.Compile(address, row) is var sql => sql with { Value = $"coalesce({sql.Value}, '')", Error = null },
        Button => new("''", null, ""),
        Rollup { Fault: null } rollup => Of(rollup, row, n),
        Lookup { Fault: null } lookup => Of(lookup, row, n),
        Count { Fault: null, Condition: null } count => new($"coalesce(cardinality({row.ColumnOf(count.Link!)}), 0)::double precision", null, ""),
        Count { Fault: null } count => Of(count, row, n),
        AutoNumber => new($"{row.Alias}._number::double precision", null, ""),
        LastModifiedTime { Watched: { Count: > 0 } watched } => new(row.ModifiedOf(watched), null, ""),
        MultipleRecordLinks link when Sql.Ends(link) is var (near, far) => new(
            $"(select array_agg(link{n}.{far}_id order by link{n}.{near}_order, link{n}.{far}_id) from {Sql.LinkTable(row.BaseId, link)} link{n} where link{n}.{near}_id = {row.RecordId})", null, ""),
        _ => new($"null::{Sql.Type(field.Type.Column)}", null, ""),
    };

    static FormulaSql Of(Rollup rollup, FormulaRow row, int n)
    {
        var (far, order, from) = Linked(rollup, row, n);
        var item = FormulaSql.Compile(rollup.Item!, far);
        var (laterals, where) = Conditioned(rollup, far, item.Laterals);
        var (value, place) = (item.Value, order);
        if (rollup.Item!.Type.IsList)
        {
            laterals += $" left join lateral unnest({item.Value}) with ordinality items{n}(item, place) on true";
            (value, place) = ($"items{n}.item", $"{order}, items{n}.place");
        }
        var failed = item.Error is null ? "null::text" : $"min({item.Error})";
        var values = $" cross join lateral (select array_agg({value} order by {place}) as list, {failed} as failed from {from}{laterals} where {where} offset 0) values{n}";
        var formula = FormulaSql.Compile(rollup.Formula!, row with { Values = $"values{n}.list" });
        return item.Error is null
            ? formula with { Laterals = values + formula.Laterals }
            : new($"case when values{n}.failed is null then {formula.Value} end", $"coalesce(values{n}.failed, {formula.Error ?? "null"})", values + formula.Laterals);
    }

    static FormulaSql Of(Lookup lookup, FormulaRow row, int n)
    {
        var (far, order, from) = Linked(lookup, row, n);
        var column = $"{far.Alias}.{Sql.Column(lookup.Source!)}";
        var (laterals, where) = Conditioned(lookup, far, "");
        var (value, place, present) = (column, order, $"{column} is not null");
        if (lookup.Source!.Type.Column is ColumnType.Ids or ColumnType.Texts or ColumnType.Numbers or ColumnType.Booleans or ColumnType.Dates or ColumnType.Instants)
        {
            laterals += $" cross join lateral unnest({column}) with ordinality items{n}(item, place)";
            (value, place, present) = ($"items{n}.item", $"{order}, items{n}.place", $"items{n}.item is not null");
        }
        else if (lookup.Source.Type.Column is ColumnType.Json && (lookup.Item is MultipleAttachments || lookup.Source.Type is Lookup))
        {
            laterals += $" cross join lateral jsonb_array_elements({column}) with ordinality items{n}(item, place)";
            (value, place) = ($"items{n}.item", $"{order}, items{n}.place");
        }
        var list = lookup.Column is ColumnType.Json
            ? $"jsonb_agg({value} order by {place})"
            : $"(array_agg({value} order by {place}))[:{Lookup.MaxItems}]";
        return new($"(select {list} from {from}{laterals} where {where} and {present})", null, "");
    }

    static FormulaSql Of(Count count, FormulaRow row, int n)
    {
        var (far, _, from) = Linked(count, row, n);
        var (laterals, where) = Conditioned(count, far, "");
        return new($"(select count(*)::double precision from {from}{laterals} where {where})", null, "");
    }

    /// <summary>The linked records of the row: how a row of theirs is spelled, their order, and where they come from.</summary>
    static (FormulaRow Far, string Order, string From) Linked(Linked field, FormulaRow row, int n)
    {
        var link = (MultipleRecordLinks)field.Link!.Type;
        var (near, far) = Sql.Ends(link);
        var alias = $"far{n}";
        return (new FormulaRow(alias, row.BaseId, row.Schema, field.Far!) { Now = row.Now }, $"link{n}.{near}_order, link{n}.{far}_id",
            $"{Sql.LinkTable(row.BaseId, link)} link{n} join {Sql.Table(row.BaseId, field.Far!.Id)} {alias} on {alias}._id = link{n}.{far}_id and link{n}.{near}_id = {row.Alias}._id");
    }

    static (string Laterals, string Where) Conditioned(Linked field, FormulaRow far, string laterals)
    {
        if (field.Condition is null)
            return (laterals, "true");
        var condition = FormulaSql.CompileCondition(field.Condition, far);
        return (laterals + condition.Laterals, condition.Condition);
    }
}
