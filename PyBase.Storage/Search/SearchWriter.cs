using Npgsql;
using PyBase.Core.Schema;
using PyBase.Storage.Changes;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Search;

/// <summary>Keeps a table's search table true, in the transaction that writes the records.</summary>
static class SearchWriter
{
    /// <summary>
    /// Takes over the text of these records as it is now; those that are gone go. One statement; to be called after the last that writes them, when a field
    /// of <see cref="SearchTable.Holds"/> was among the written or the computed.
    /// </summary>
    public static Task RefreshAsync(BaseTransaction transaction, Table table, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        if (ids.Count == 0 || !table.Fields.Any(SearchTable.Holds))
            return Task.CompletedTask;
        var (baseId, search) = (transaction.Schema.Id, SearchTable.Of(transaction.Schema.Id, table.Id));
        return transaction.ExecuteAsync($"""
            with now as materialized (select t._id, {SearchTable.Text(transaction.Schema, table, "t")} as text from {Sql.Table(baseId, table.Id)} t where t._id = any($1)),
            gone as (delete from {search} where record = any($1) and record not in (select _id from now where text <> ''))
            insert into {search} as s (record, text) select _id, text from now where text <> ''
            on conflict (record) do update set text = excluded.text where s.text <> excluded.text
            """, cancellation, new NpgsqlParameter { Value = ids.ToArray() });
    }

    /// <summary>The text of new records.</summary>
    public static Task AddAsync(BaseTransaction transaction, Table table, IReadOnlyCollection<string> ids, CancellationToken cancellation) =>
        !table.Fields.Any(SearchTable.Holds) ? Task.CompletedTask : transaction.ExecuteAsync($"""
            insert into {SearchTable.Of(transaction.Schema.Id, table.Id)} (record, text)
            select _id, text from (select t._id, {SearchTable.Text(transaction.Schema, table, "t")} as text from {Sql.Table(transaction.Schema.Id, table.Id)} t where t._id = any($1)) now where text <> ''
            """, cancellation, new NpgsqlParameter { Value = ids.ToArray() });

    /// <summary>The search table of a new table.</summary>
    public static Task CreateAsync(BaseTransaction transaction, string tableId, CancellationToken cancellation) =>
        transaction.ExecuteAsync("select pybase.make_search($1, $2)", cancellation, transaction.Schema.Id, tableId);

    /// <summary>Takes it away with its table.</summary>
    public static Task DropAsync(BaseTransaction transaction, string tableId, CancellationToken cancellation) =>
        transaction.ExecuteAsync($"drop table if exists {SearchTable.Of(transaction.Schema.Id, tableId)}", cancellation);

    /// <summary>All text of a table anew: after a field was filled or converted by one statement, or taken away.</summary>
    public static async Task RebuildAsync(BaseTransaction transaction, Table table, CancellationToken cancellation)
    {
        var search = SearchTable.Of(transaction.Schema.Id, table.Id);
        await transaction.ExecuteAsync($"delete from {search}", cancellation);
        if (table.Fields.Any(SearchTable.Holds))
            await transaction.ExecuteAsync($"""
                insert into {search} (record, text)
                select _id, text from (select t._id, {SearchTable.Text(transaction.Schema, table, "t")} as text from {Sql.Table(transaction.Schema.Id, table.Id)} t) now where text <> ''
                """, cancellation);
    }
}
