using PyBase.Core.Changes;
using PyBase.Core.Computing;
using PyBase.Core.Errors;
using PyBase.Core.Fields;
using PyBase.Core.Releases;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Computing;
using PyBase.Storage.Permissions;
using PyBase.Storage.Postgres;
using PyBase.Storage.Releases;

namespace PyBase.Storage.Records;

/// <summary>The records that one link cell is to hold, in order.</summary>
readonly record struct LinkCell(string RecordId, string[] Targets);

/// <summary>
/// Keeps the link table and the copy of it at the far end in step; the near end is written with its row, after this. Seen from a field, <c>near</c> is its own end:
/// <c>from</c> for the field that made the link, <c>to</c> for the inverse. No statement waits for the answer of another: whose far ends a cell leaves is read
/// from the cell as it still is. Links of rows that were there before leave an entry of their own in the log, of no record: <see cref="LoggedLinks"/>.
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

    /// <summary>
    /// Makes the link table say that these cells hold exactly these records; refuses everything when a target is not in the linked table. Of rows that the writer does
    /// not see he makes no links and takes none away, unless the cells come from where they are stored.
    /// </summary>
    public void Set(Table table, Field field, IReadOnlyList<LinkCell> cells, bool areNew, bool isStored = false)
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        var pairs = cells.SelectMany(cell => cell.Targets.Select((target, order) => (cell.RecordId, target, order))).ToArray();
        var (from, to, places) = (pairs.Select(p => p.RecordId).ToArray(), pairs.Select(p => p.target).ToArray(), pairs.Select(p => (double)p.order).ToArray());
        var (records, targets) = (cells.Select(c => c.RecordId).ToArray(), to.Distinct().ToArray());
        if (targets.Length > 0)
            transaction.Ask(new($"""
                select {transaction.Refuse("min(t)", CellErrors.UnknownRecord)} from unnest($1) as v(t)
                where not exists (select from {Sql.Table(BaseId, link.LinkedTableId)} far where _id = t{(isStored ? "" : RuleLock.Condition(transaction, link.LinkedTableId, "far._id"))}) having count(*) > 0
                """, [targets]), _ => Task.CompletedTask);
        if (!areNew)
            Replace(table, field, records, from, to, places, isStored);
        else if (pairs.Length > 0)
            transaction.Do($"""
                insert into {Sql.LinkTable(BaseId, link)} ({near}_id, {far}_id, {near}_order, {far}_order)
                select r, t, o, nextval('{Sql.Quote(BaseId)}.link_order') from unnest($1, $2, $3) as v(r, t, o)
                on conflict (from_id, to_id) do update set {near}_order = excluded.{near}_order
                """, from, to, places);
        FarEnd(link, statement => areNew ? $"any({statement.Value(targets)})"
            : $"any(array(select unnest({statement.Value(targets)}) union select unnest(n.{Sql.Column(field)}) from {Sql.Table(BaseId, table.Id)} n where n._id = any({statement.Value(records)})))");
    }

    /// <summary>Notes what was there and what comes: those that go or move with their places at both ends.</summary>
    void Replace(Table table, Field field, string[] records, string[] from, string[] to, double[] places, bool isStored)
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        var statement = new Statement();
        statement.Text = $"""
            with wanted as (select * from unnest({statement.Value(from)}, {statement.Value(to)}, {statement.Value(places)}) with ordinality as v(r, t, o, n)),
            was as (select l.{near}_id as r, l.{far}_id as t, l.{near}_order as o, l.{far}_order as p, w.o as next
                from {Sql.LinkTable(BaseId, link)} l left join wanted w on w.r = l.{near}_id and w.t = l.{far}_id where l.{near}_id = any({statement.Value(records)}){(isStored ? "" : RuleLock.Condition(transaction, link.LinkedTableId, $"l.{far}_id"))}),
            made as (select w.* from wanted w where not exists (select from was where was.r = w.r and was.t = w.t)),
            gone as (delete from {Sql.LinkTable(BaseId, link)} l using was where was.next is null and l.{near}_id = was.r and l.{far}_id = was.t),
            moved as (update {Sql.LinkTable(BaseId, link)} l set {near}_order = was.next from was where was.next <> was.o and l.{near}_id = was.r and l.{far}_id = was.t),
            put as (insert into {Sql.LinkTable(BaseId, link)} ({near}_id, {far}_id, {near}_order, {far}_order)
                select r, t, o, nextval('{Sql.Quote(BaseId)}.link_order') from (select * from made order by n) m)
            {LogLinks(statement, table, field, "select * from was where next is null or next <> o", "made")}
            """;
        transaction.Do(statement);
    }

    /// <summary>
    /// Takes a change of links back: these were made by it and go, those were there before and come again, each in its old place at both ends. Only links between rows
    /// that are there can come.
    /// </summary>
    public void Revert(Table table, Field field, IReadOnlyList<StoredLink> made, IReadOnlyList<StoredLink> was)
    {
        var link = (MultipleRecordLinks)field.Type;
        var (near, far) = Sql.Ends(link);
        var statement = new Statement();
        statement.Text = $"""
            with undone as (select * from unnest({statement.Value(made.Select(l => l.Near).ToArray())}, {statement.Value(made.Select(l => l.Far).ToArray())}) as v(r, t)),
            again as ({Again(statement, was)}),
            was as (select l.{near}_id as r, l.{far}_id as t, l.{near}_order as o, l.{far}_order as p
                from {Sql.LinkTable(BaseId, link)} l where (l.{near}_id, l.{far}_id) in (select r, t from undone union all select r, t from again)),
            made as (select a.* from again a where not exists (select from was where was.r = a.r and was.t = a.t)),
            gone as (delete from {Sql.LinkTable(BaseId, link)} l using undone u where l.{near}_id = u.r and l.{far}_id = u.t),
            put as ({Insert(link, "again")})
            {LogLinks(statement, table, field, "select * from was", "made")}
            """;
        transaction.Do(statement);
        Show(table, field, made.Concat(was).ToArray());
    }

    /// <summary>Links of rows that have come again, each in its old place at both ends; the log of the rows tells of them.</summary>
    public void Return(Table table, Field field, IReadOnlyList<StoredLink> links)
    {
        if (links.Count == 0)
            return;
        var statement = new Statement();
        statement.Text = $"with again as ({Again(statement, links)}) {Insert((MultipleRecordLinks)field.Type, "again")}";
        transaction.Do(statement);
        Show(table, field, links);
    }

    /// <summary>The cells at both ends of these links.</summary>
    void Show(Table table, Field field, IReadOnlyList<StoredLink> links)
    {
        var (near, far) = (links.Select(l => l.Near).Distinct().ToArray(), links.Select(l => l.Far).Distinct().ToArray());
        compute.Update(new Stage(table, [[field]]), statement => $"any({statement.Value(near)})", touched);
        FarEnd((MultipleRecordLinks)field.Type, statement => $"any({statement.Value(far)})");
    }

    static string Again(Statement statement, IReadOnlyList<StoredLink> links) =>
        $"select * from unnest({statement.Value(links.Select(l => l.Near).ToArray())}, {statement.Value(links.Select(l => l.Far).ToArray())}, {statement.Value(links.Select(l => l.NearOrder).ToArray())}, {statement.Value(links.Select(l => l.FarOrder).ToArray())}) with ordinality as v(r, t, o, p, n)";

    /// <summary>A link that does not say its place at the far end is the last there, or stays where it is.</summary>
    string Insert(MultipleRecordLinks link, string rows)
    {
        var (near, far) = Sql.Ends(link);
        return $"""
            insert into {Sql.LinkTable(BaseId, link)} ({near}_id, {far}_id, {near}_order, {far}_order)
            select r, t, o, coalesce(p, nextval('{Sql.Quote(BaseId)}.link_order')) from (select * from {rows} order by n) v
            on conflict (from_id, to_id) do update set {near}_order = excluded.{near}_order, {far}_order = excluded.{far}_order
            """;
    }

    string LogLinks(Statement statement, Table table, Field field, string was, string made) => transaction.LogInto(statement, table.Id, ChangeKinds.CellsChanged, $$"""
        select 0, 0, jsonb_build_object('ids', '[]'::jsonb, 'old', '{}'::jsonb, 'links', jsonb_build_object('{{field.Id}}', jsonb_build_object('was', w.links, 'made', m.links)))
        from (select coalesce(jsonb_agg(jsonb_build_array(r, t, o, p)), '[]') as links from ({{was}}) w) w, (select coalesce(jsonb_agg(jsonb_build_array(r, t)), '[]') as links from {{made}}) m
        where w.links <> '[]' or m.links <> '[]'
        """);

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
        if (ReleaseLock.Locks(table, inverse.Id))
            transaction.Ask(Locked(table, inverse, link, ids), _ => Task.CompletedTask);
        compute.Update(new Stage(table, [[inverse], .. ready.Levels]), ids, touched);
    }

    /// <summary>Refuses everything when the cell of a released record at the far end would change.</summary>
    Statement Locked(Table table, Field inverse, MultipleRecordLinks link, Func<Statement, string> ids)
    {
        var (near, far) = Sql.Ends(link);
        var statement = new Statement();
        statement.Text = $"""
            select {transaction.Refuse("min(t._id)", ReleaseErrors.Released)} from {Sql.Table(BaseId, table.Id)} t where t._id = {ids(statement)} and {ReleaseLock.IsReleased(table, "t")}
            and t.{Sql.Column(inverse)} is distinct from (select array_agg(l.{near}_id order by l.{far}_order, l.{near}_id) from {Sql.LinkTable(BaseId, link)} l where l.{far}_id = t._id)
            having count(*) > 0
            """;
        return statement;
    }
}
