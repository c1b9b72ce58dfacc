using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Records;

/// <summary>The records that one link cell is to hold, in order.</summary>
readonly record struct LinkCell(string RecordId, string[] Targets);

/// <summary>
/// Keeps the link table and the copy of it at the far end in step; the near end is written with its row, after this. Seen from a field, <c>near</c> is its own end:
/// <c>from</c> for the field that made the link, <c>to</c> for the inverse. No statement waits for the answer of another: whose far ends a cell leaves is read
/// from the cell as it still is.
/// </summary>
/// <param name="transaction">Where it happens.</param>
/// <param name="compute">What is computed at the far end of a link within its row goes with it.</param>
/// <param name="touched">Gets the changed cells of the far ends.</param>
/// <param name="affected">The fields that the transaction writes.</param>
/// <param name="reached">Everything that is computed from them.</param>
sealed class LinkWriter(BaseTransaction transaction, ComputeWriter compute, Touched touched, IReadOnlySet<string> affected, IReadOnlySet<string> reached)
{
    string BaseId => transaction.Schema.Id;

    /// <summary>Computed fields of far ends that are true already.</summary>
    public HashSet<string> Computed { get; } = [];

    /// <summary>Makes the link table say that these cells hold exactly these records; refuses everything when a target is not in the linked table.</summary>
    public void Set(Table table, Field field, IReadOnlyList<LinkCell> cells, bool areNew)
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        var pairs = cells.SelectMany(cell => cell.Targets.Select((target, order) => (cell.RecordId, target, order))).ToArray();
        var (from, to, places) = (pairs.Select(p => p.RecordId).ToArray(), pairs.Select(p => p.target).ToArray(), pairs.Select(p => (double)p.order).ToArray());
        var (records, targets) = (cells.Select(c => c.RecordId).ToArray(), to.Distinct().ToArray());
        if (targets.Length > 0)
            transaction.Ask(new($"""
                select {transaction.Refuse("min(t)", CellErrors.UnknownRecord)} from unnest($1) as v(t)
                where not exists (select from {Sql.Table(BaseId, link.LinkedTableId)} where _id = t) having count(*) > 0
                """, [targets]), _ => Task.CompletedTask);
        if (!areNew)
            transaction.Do($"""
                delete from {Sql.LinkTable(BaseId, link)} l where l.{near}_id = any($1)
                and not exists (select from unnest($2, $3) as kept(r, t) where kept.r = l.{near}_id and kept.t = l.{far}_id)
                """, records, from, to);
        if (pairs.Length > 0)
            transaction.Do($"""
                insert into {Sql.LinkTable(BaseId, link)} ({near}_id, {far}_id, {near}_order, {far}_order)
                select r, t, o, nextval('{Sql.Quote(BaseId)}.link_order') from unnest($1, $2, $3) as v(r, t, o)
                on conflict (from_id, to_id) do update set {near}_order = excluded.{near}_order
                """, from, to, places);
        FarEnd(link, statement => areNew ? $"any({statement.Value(targets)})"
            : $"any(array(select unnest({statement.Value(targets)}) union select unnest(n.{Sql.Column(field)}) from {Sql.Table(BaseId, table.Id)} n where n._id = any({statement.Value(records)})))");
    }

    /// <summary>Removes every link of rows that are about to go.</summary>
    public void Unlink(Table table, Field field, string[] records)
    {
        var link = (MultipleRecordLinks)field.Type;
        transaction.Do($"delete from {Sql.LinkTable(BaseId, link)} where {Sql.Ends(link).Near}_id = any($1)", [records]);
        FarEnd(link, statement =>
        {
            var gone = statement.Value(records);
            return $"any(array(select unnest(n.{Sql.Column(field)}) from {Sql.Table(BaseId, table.Id)} n where n._id = any({gone}) except select unnest({gone})))";
        });
    }

    /// <summary>The cells of the far end, from the link table.</summary>
    void FarEnd(MultipleRecordLinks link, Func<Statement, string> ids)
    {
        if (link.InverseFieldId is not { } id || transaction.Schema.Find(link.LinkedTableId) is not { } table || table.Find(id) is not { } inverse)
            return;
        var ready = DependencyGraph.Of(transaction.Schema).Ready(table, reached, affected);
        Computed.UnionWith(ready.Fields.Select(f => f.Id));
        compute.Update(new Stage(table, [[inverse], .. ready.Levels]), ids, touched);
    }
}
