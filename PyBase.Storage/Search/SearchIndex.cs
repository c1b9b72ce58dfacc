using System.Globalization;
using Npgsql;
using PyBase.Storage.Indexes;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Search;

/// <summary>
/// The trigram index of a search table: with it a text is found at once, and a text written costs as much as writing its row ten times. So a small table has none,
/// and of one whose texts are mostly written anew it is taken away first; <see cref="IndexBuilder"/> makes it (again).
/// </summary>
static class SearchIndex
{
    /// <summary>Fewer texts are written into the index.</summary>
    const int ManyTexts = 5_000;

    /// <summary>
    /// The statements that make those that are wanted: of search tables of so many rows, unless their texts are about to be computed. A search that comes before
    /// reads all rows of its table.
    /// </summary>
    public static string Missing(long rows) => $"""
        select format('create index concurrently if not exists %I on %I.%I using gin (text %I.gin_trgm_ops)', '{IndexSql.Prefix}' || c.relname, n.nspname, c.relname, t.nspname)
        from pg_catalog.pg_extension e join pg_catalog.pg_namespace t on t.oid = e.extnamespace and e.extname = 'pg_trgm'
        cross join pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and c.relname like 'src\_tbl%' and n.nspname like 'app%'
          and greatest(c.reltuples, pg_catalog.pg_stat_get_live_tuples(c.oid)) >= {rows.ToString(CultureInfo.InvariantCulture)}
          and not exists (select from pg_catalog.pg_index i where i.indrelid = c.oid and not i.indisprimary)
          and not exists (select from pybase.stale s where 'src_' || s.table_id = c.relname and s.link is null and s.attempts = 0)
        limit 5
        """;

    /// <summary>Takes it away when so many texts are to be written that making it anew is cheaper: at least a third of the table's. Waits for nobody who reads.</summary>
    public static async Task SuspendAsync(NpgsqlDataSource data, string baseId, string tableId, long texts, CancellationToken cancellation)
    {
        if (texts < ManyTexts)
            return;
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var size = new NpgsqlCommand("select greatest(c.reltuples, pg_catalog.pg_stat_get_live_tuples(c.oid))::float8 from pg_catalog.pg_class c where c.oid = to_regclass($1)", connection, transaction)
        {
            Parameters = { new() { Value = SearchTable.Of(baseId, tableId) } },
        };
        if (await size.ExecuteScalarAsync(cancellation) is not double rows || texts < rows / 3)
            return;
        try
        {
            await using var drop = new NpgsqlCommand($"set local lock_timeout = '200ms'; drop index if exists {Sql.Table(baseId, $"{IndexSql.Prefix}src_{tableId}")}", connection, transaction);
            await drop.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (PostgresException held) when (held.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.InvalidSchemaName)
        {
            // Somebody reads for long, or makes the index just now; or the base is gone.
        }
    }
}
