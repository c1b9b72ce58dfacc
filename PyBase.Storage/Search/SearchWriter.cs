using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Search;

/// <summary>Keeps a table's search table true, in the transaction that writes the records.</summary>
static class SearchWriter
{
    /// <summary>
    /// Takes over the text of these records as it is when the statement runs. To be called after the last that writes them, when a field of
    /// <see cref="SearchTable.Holds"/> was among the written or the computed.
    /// </summary>
    /// <param name="ids">What <c>_id</c> is to be compared with, behind an equals sign.</param>
    public static void Refresh(BaseTransaction transaction, Table table, Func<Statement, string> ids)
    {
        if (!table.Fields.Any(SearchTable.Holds))
            return;
        var (statement, baseId, search) = (new Statement(), transaction.Schema.Id, SearchTable.Of(transaction.Schema.Id, table.Id));
        statement.Text = $"""
            with now as materialized (select t._id, {SearchTable.Text(transaction.Schema, table, "t")} as text from {Sql.Table(baseId, table.Id)} t where t._id = {ids(statement)}),
            gone as (delete from {search} where record in (select _id from now where text = ''))
            insert into {search} as s (record, text) select _id, text from now where text <> ''
            on conflict (record) do update set text = excluded.text where s.text <> excluded.text
            """;
        transaction.Do(statement);
    }

    /// <summary>The records are gone.</summary>
    public static void Forget(BaseTransaction transaction, Table table, string[] ids)
    {
        if (table.Fields.Any(SearchTable.Holds))
            transaction.Do($"delete from {SearchTable.Of(transaction.Schema.Id, table.Id)} where record = any($1)", [ids]);
    }

    /// <summary>The text of new records.</summary>
    public static void Add(BaseTransaction transaction, Table table, IReadOnlyCollection<string> ids)
    {
        if (table.Fields.Any(SearchTable.Holds))
            transaction.Do($"""
                insert into {SearchTable.Of(transaction.Schema.Id, table.Id)} (record, text)
                select _id, text from (select t._id, {SearchTable.Text(transaction.Schema, table, "t")} as text from {Sql.Table(transaction.Schema.Id, table.Id)} t where t._id = any($1)) now where text <> ''
                """, [ids.ToArray()]);
    }

    /// <summary>
    /// The same inside the statement that makes the rows: what it returns besides, of the row <c>t</c>, and the part that takes it over from its rows of this
    /// name. Null when text is computed after it.
    /// </summary>
    public static (string Text, string Insert)? With(BaseSchema schema, Table table, string rows) =>
        !table.Fields.Any(SearchTable.Holds) ? ("", "")
        : table.Fields.Any(field => field.Type.IsComputed && SearchTable.Holds(field)) ? null
        : ($", {SearchTable.Text(schema, table, "t")} as text", $" searched as (insert into {SearchTable.Of(schema.Id, table.Id)} (record, text) select _id, text from {rows} where text <> ''),");

    /// <summary>The search table of a new table.</summary>
    public static void Create(BaseTransaction transaction, string tableId) =>
        transaction.Ask(new Statement("select pybase.make_search($1, $2)", transaction.Schema.Id, tableId), _ => Task.CompletedTask);

    /// <summary>Takes it away with its table.</summary>
    public static void Drop(BaseTransaction transaction, string tableId) => transaction.Do($"drop table if exists {SearchTable.Of(transaction.Schema.Id, tableId)}");

    /// <summary>All text of a table anew: after a field was filled or converted by one statement, or taken away.</summary>
    public static void Rebuild(BaseTransaction transaction, Table table)
    {
        var search = SearchTable.Of(transaction.Schema.Id, table.Id);
        transaction.Do($"delete from {search}");
        if (table.Fields.Any(SearchTable.Holds))
            transaction.Do($"""
                insert into {search} (record, text)
                select _id, text from (select t._id, {SearchTable.Text(transaction.Schema, table, "t")} as text from {Sql.Table(transaction.Schema.Id, table.Id)} t) now where text <> ''
                """);
    }
}
