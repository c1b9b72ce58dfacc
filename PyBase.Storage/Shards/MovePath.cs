using Npgsql;
using PyBase.Storage.Catalog;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Shards;

/// <summary>From where to where a base moves, and what is done at either end.</summary>
sealed class MovePath(NpgsqlConnection catalog, NpgsqlConnection source, NpgsqlConnection target, string baseId, string from, string to)
{
    /// <summary>Where it is.</summary>
    public NpgsqlConnection Source => source;

    /// <summary>Where it goes.</summary>
    public NpgsqlConnection Target => target;

    /// <summary>Its id.</summary>
    public string Base => baseId;

    /// <summary>The shard where it goes.</summary>
    public string To => to;

    /// <summary>What makes a move impossible is said before anything is done.</summary>
    public async Task CheckAsync(CancellationToken cancellation)
    {
        if (await source.ScalarAsync("show wal_level", cancellation) is not "logical")
            throw new MoveException($"PostgreSQL of shard '{from}' must run with wal_level = logical.");
        const string version = "select string_agg(name, ' ' order by name) from pybase.schema_scripts";
        if ((string?)await source.ScalarAsync(version, cancellation) != (string?)await target.ScalarAsync(version, cancellation))
            throw new MoveException($"The databases of '{from}' and '{to}' are of different versions of PyBase: upgrade both.");
    }

    /// <summary>Definitions stand still, behind whoever changes them now; and every process looks anew where the base is, once what it remembers is too old.</summary>
    public async Task FreezeAsync(CancellationToken cancellation)
    {
        await catalog.DoAsync($"update catalog.bases set moving = true where id = '{baseId}'", cancellation);
        // One transaction, as one message of several statements is.
        await source.DoAsync($"select pg_advisory_xact_lock(hashtextextended('{baseId}', 0)); update pybase.bases set frozen_since = now() where id = '{baseId}'", cancellation);
    }

    /// <summary>From here on there is no way back: the base is opened where it is now, and the list says so. May be done twice.</summary>
    public async Task ArriveAsync(CancellationToken cancellation)
    {
        var entry = $"select id, workspace_id, name, '{to}', created_time from catalog.bases where id = '{baseId}'";
        if (to != BaseEntry.MainShard)
        {
            await using var read = new NpgsqlCommand(entry, catalog);
            await using var row = await read.ExecuteReaderAsync(cancellation);
            await row.ReadAsync(cancellation);
            await using var transaction = await target.BeginTransactionAsync(cancellation);
            await using var write = new NpgsqlCommand("""
                insert into catalog.bases (id, workspace_id, name, shard, created_time) select $1, $2, $3, $4, $5 where set_config('pybase.moves', 'on', true) is not null
                on conflict (id) do update set name = excluded.name, shard = excluded.shard
                """, target);
            for (var column = 0; column < 5; column++)
                write.Parameters.Add(new() { Value = row.GetValue(column) });
            await write.ExecuteNonQueryAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        await target.DoAsync($"update pybase.bases set state = 'open' where id = '{baseId}' and state = 'moving'", cancellation);
        await catalog.DoAsync($"update catalog.bases set shard = '{to}', moving = false where id = '{baseId}'", cancellation);
        // Its own list names the base until what is left there is cleared; whoever asks there is sent on.
        if (from != BaseEntry.MainShard)
            await source.DoAsync($"begin; set local pybase.moves = 'on'; update catalog.bases set shard = '{to}' where id = '{baseId}'; commit", cancellation);
    }

    /// <summary>What an attempt, or an earlier stay, left of a base that lives elsewhere.</summary>
    public static async Task ClearAsync(NpgsqlConnection target, string baseId, CancellationToken cancellation)
    {
        if (await target.ScalarAsync($"select state from pybase.bases where id = '{baseId}'", cancellation) is "open")
            throw new MoveException($"There is an open base {baseId} where it is to go: its list and this one do not agree.");
        await using var transaction = await target.BeginTransactionAsync(cancellation);
        await target.DoAsync("set local session_replication_role = replica", cancellation);
        await MovedRows.DeleteAsync(target, await MovedRows.OfAsync(target, baseId, cancellation), cancellation);
        await target.DoAsync($"""
            delete from pybase.changes where base = '{baseId}'; delete from pybase.transactions where base = '{baseId}'; delete from pybase.bases where id = '{baseId}';
            drop schema if exists {Sql.Quote(baseId)} cascade
            """, cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
