using Npgsql;
using PyBase.Core.Errors;
using PyBase.Core.History;
using PyBase.Core.Ids;
using PyBase.Core.Schema;
using PyBase.Storage.Accounts;
using PyBase.Storage.Postgres;
using PyBase.Storage.Shards;

namespace PyBase.Storage.Schema;

/// <summary>
/// Deletes bases in steps. The first is short: nobody can enter, and no writer begins any more; the base is in the trash. When it is given up for good, what it leaves,
/// which may be a lot, is taken away in small transactions.
/// </summary>
public sealed class BaseRemoval(NpgsqlDataSource data, CatalogBases catalog, ShardSettings shards)
{
    const int Batch = 5_000;

    /// <summary>Closes the base and strikes it out of the catalog, behind the last writer that is in it.</summary>
    public async Task<Result<bool>> RemoveAsync(string baseId, string userId, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        try
        {
            await ExecuteAsync(connection, "set local lock_timeout = '10s'", cancellation);
            // The door of BaseWriter: those who stand before it find the base gone.
            await ExecuteAsync(connection, "select pg_advisory_xact_lock(hashtextextended($1, 0))", cancellation, baseId);
            if (await ExecuteAsync(connection, "update pybase.bases set state = 'gone' where id = $1 and state = 'open'", cancellation, baseId) == 0)
                return SchemaErrors.ModelNotFound;
        }
        catch (PostgresException busy) when (busy.SqlState is PostgresErrorCodes.LockNotAvailable)
        {
            return SchemaErrors.BaseBusy;
        }
        await ExecuteAsync(connection, """
            insert into pybase.removed_bases (base, workspace_id, name, removed, removed_by) select id, workspace_id, name, now(), $2 from catalog.bases where id = $1
            """, cancellation, baseId, userId);
        if (!await CatalogBases.DeleteAsync(connection, transaction, userId, baseId, cancellation))
            return SchemaErrors.NotPermitted;
        await transaction.CommitAsync(cancellation);
        return true;
    }

    /// <summary>Opens a deleted base again; its name. Whatever anybody remembers of its versions means nothing any more.</summary>
    public async Task<Result<string>> RestoreAsync(string baseId, string workspaceId, string userId, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using var take = new NpgsqlCommand("delete from pybase.removed_bases where base = $1 and workspace_id = $2 returning name", connection, transaction) { Parameters = { new() { Value = baseId }, new() { Value = workspaceId } } };
        if (await take.ExecuteScalarAsync(cancellation) is not string name)
            return HistoryErrors.NotInTrash;
        if (!await catalog.AddAsync(connection, transaction, userId, workspaceId, baseId, name, cancellation))
            return SchemaErrors.NotPermitted;
        await ExecuteAsync(connection, "update pybase.bases set state = 'open', epoch = $2 where id = $1", cancellation, baseId, Id.New("epo"));
        await transaction.CommitAsync(cancellation);
        return name;
    }

    /// <summary>Gives a deleted base up for good: what it left is cleared. False when it is not in the trash.</summary>
    public async Task<bool> PurgeAsync(string baseId, string workspaceId, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        return await ExecuteAsync(connection, "delete from pybase.removed_bases where base = $1 and workspace_id = $2", cancellation, baseId, workspaceId) == 1;
    }

    /// <summary>Bases that were deleted, or moved to another shard a minute ago, and left something; a minute, for who was on the way in when it left.</summary>
    public Task<IReadOnlyList<string>> RemainsAsync(CancellationToken cancellation) => IdsAsync("""
            select id from pybase.bases b where state = 'gone' and not exists (select from pybase.removed_bases r where r.base = b.id)
              and case when moved_to is null then not exists (select from catalog.bases c where c.id = b.id) else frozen_since < now() - interval '1 minute' end
            """, cancellation);

    /// <summary>Bases of this database that are being moved by nobody; only the first shard can tell, where movers have their lock.</summary>
    public async Task<IReadOnlyList<string>> StrandedAsync(CancellationToken cancellation) => !shards.IsMain || !shards.AreSeveral ? []
        : await IdsAsync("select id from catalog.bases where moving and pg_try_advisory_xact_lock(hashtextextended('move ' || id, 0))", cancellation);

    async Task<IReadOnlyList<string>> IdsAsync(string sql, CancellationToken cancellation)
    {
        await using var command = data.CreateCommand(sql);
        var ids = new List<string>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            ids.Add(row.GetString(0));
        return ids;
    }

    /// <summary>Takes away what a deleted base left; may be broken off and begun again at any point.</summary>
    public async Task ClearAsync(string baseId, CancellationToken cancellation)
    {
        await using var connection = await data.OpenConnectionAsync(cancellation);
        foreach (var table in await ListAsync(connection, "select table_name::text from information_schema.tables where table_schema = $1", baseId, cancellation))
            await DropAsync(connection, $"drop table if exists {Sql.Quote(baseId)}.{Sql.Quote(table)} cascade", cancellation);
        await DropAsync(connection, $"drop schema if exists {Sql.Quote(baseId)} cascade", cancellation);
        foreach (var table in await ListAsync(connection, "select table_id from pybase.table_versions where base = $1", baseId, cancellation))
            await InBatchesAsync(connection, "delete from pybase.changes where (table_id, version, position, time) in (select table_id, version, position, time from pybase.changes where table_id = $1 limit $2)", table, cancellation);
        await InBatchesAsync(connection, "delete from pybase.transactions where (base, number, time) in (select base, number, time from pybase.transactions where base = $1 limit $2)", baseId, cancellation);
        // The rest hangs on this row and is small; files that no row names are swept.
        await ExecuteAsync(connection, "delete from pybase.bases where id = $1 and state = 'gone'", cancellation, baseId);
        // A further shard lists its own bases only; the first one's list is that of all.
        if (!shards.IsMain)
            await ExecuteAsync(connection, "delete from catalog.bases where id = $1 and shard <> $2 and set_config('pybase.moves', 'on', true) is not null", cancellation, baseId, shards.Here);
    }

    /// <summary>One at a time, as each takes locks, and never behind a reader for long.</summary>
    static async Task DropAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await ExecuteAsync(connection, "set local lock_timeout = '2s'", cancellation);
        await ExecuteAsync(connection, sql, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    static async Task InBatchesAsync(NpgsqlConnection connection, string sql, string id, CancellationToken cancellation)
    {
        while (await ExecuteAsync(connection, sql, cancellation, id, Batch) == Batch)
        {
        }
    }

    static async Task<List<string>> ListAsync(NpgsqlConnection connection, string sql, string id, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
        var names = new List<string>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            names.Add(row.GetString(0));
        return names;
    }

    static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
