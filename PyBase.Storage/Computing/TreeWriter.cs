using Npgsql;
using NpgsqlTypes;
using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;
using PyBase.Storage.Queries;

namespace PyBase.Storage.Computing;

/// <summary>
/// Keeps recursive roll-ups true. What a change touches is everything above it: those records and what they consist of are read once, rolled up, and only
/// what came out otherwise is written. A ring of records is refused, under the lock of the table, so that two writers cannot close one together.
/// </summary>
sealed class TreeWriter(BaseTransaction transaction)
{
    /// <summary>The refusal of a ring, if there is one; what is changed is known when the answer comes.</summary>
    public async Task<Error?> UpdateAsync(Table table, Field field, string[] ids, Touched touched, CancellationToken cancellation)
    {
        var rollup = (RecursiveRollup)field.Type;
        var (nodes, known) = await ReadAsync(table, field, rollup, ids, cancellation);
        var (values, ring) = Tree.Roll(nodes, rollup.Aggregation, known);
        if (ring is not null)
            return ComputeErrors.Ring(rollup.Link!.Name, string.Join(" → ", ring.Take(10)), ring.Count - 1);
        var statement = new Statement();
        var rolled = $"{statement.Value(values.Keys.ToArray())}, {statement.Value(values.Values.Select(v => v is { } n && double.IsFinite(n) ? n : (double?)null).ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Double)}";
        var made = transaction.Created(table.Id);
        var isTold = made.Count == 0 ? "true" : $"c._id not in (select unnest({statement.Value(made.ToArray())}))";
        statement.Text = $"""
            with c as (update {Sql.Table(transaction.Schema.Id, table.Id)} t set {Sql.Column(field)} = v.value from unnest({rolled}) as v(id, value)
                where t._id = v.id and t.{Sql.Column(field)} is distinct from v.value returning t._id, true as "d_{field.Id}"),
            logged as ({transaction.LogInto(statement, table.Id, ChangeKinds.CellsChanged, LevelSql.Entry([field], 0, isTold))})
            select {LevelSql.ChangedRows([field])} from c
            """;
        transaction.Ask(statement, touched.Await([field]));
        return null;
    }

    /// <summary>The records and everything above them, and the stored roll-ups of what these consist of besides.</summary>
    async Task<(Dictionary<string, TreeNode> Nodes, Dictionary<string, (double?, double?)> Known)> ReadAsync(
        Table table, Field field, RecursiveRollup rollup, string[] ids, CancellationToken cancellation)
    {
        var link = (MultipleRecordLinks)rollup.Link!.Type;
        var (near, far) = Sql.Ends(link);
        var (rows, links) = (Sql.Table(transaction.Schema.Id, table.Id), Sql.LinkTable(transaction.Schema.Id, link));
        var quantity = rollup.Quantity is { } q ? NotatedSql.Order($"t.{Sql.Column(q)}", q.Type) : "null::double precision";
        var (nodes, known) = (new Dictionary<string, TreeNode>(), new Dictionary<string, (double?, double?)>());
        await transaction.ListAsync($"""
            with recursive above(id) as (
                select v.id collate "C" from unnest($1) as v(id) union select l.{near}_id from above join {links} l on l.{far}_id = above.id),
            needed as (select id, true as rolled from above
                union all select distinct l.{far}_id, false from above join {links} l on l.{near}_id = above.id where l.{far}_id not in (select id from above))
            select n.id, n.rolled, {NotatedSql.Order($"t.{Sql.Column(rollup.Source!)}", rollup.Source!.Type)}, {quantity}, t.{Sql.Column(rollup.Link)}, t.{Sql.Column(field)}
            from needed n join {rows} t on t._id = n.id
            """, row =>
        {
            if (row.GetBoolean(1))
                nodes[row.GetString(0)] = new TreeNode(Number(row, 2), Number(row, 3), row.IsDBNull(4) ? [] : row.GetFieldValue<string[]>(4));
            else
                known[row.GetString(0)] = (Number(row, 5), Number(row, 3));
            return true;
        }, cancellation, [ids]);
        return (nodes, known);

        static double? Number(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
    }
}
