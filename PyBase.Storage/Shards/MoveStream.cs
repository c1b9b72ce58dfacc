using Npgsql;

namespace PyBase.Storage.Shards;

/// <summary>
/// The rows of a moving base on their way, by PostgreSQL's logical replication: first a copy of them all, then every commit, in order. What is a base's own is
/// streamed (its schema and its part of the log); what it has in the tables of all bases is little and goes at the switch (<see cref="MovedRows"/>).
/// </summary>
sealed class MoveStream(NpgsqlConnection source, NpgsqlConnection target, string baseId)
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Publications, subscription and slot are called this; slots take no capitals.</summary>
    readonly string name = $"move_{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(baseId))}";

    /// <summary>Begins; the tables are there and empty.</summary>
    public async Task BeginAsync(string sourceAddress, CancellationToken cancellation)
    {
        var tables = await source.ListAsync($"select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = '{baseId}' and c.relkind = 'r' and c.relpersistence = 'p'", cancellation);
        await source.DoAsync($"""
            create publication {name} for table {string.Concat(tables.Select(table => table + ", "))}pybase.move_marks where (base = '{baseId}');
            create publication {name}_transactions for table pybase.transactions where (base = '{baseId}') with (publish = 'insert, update', publish_via_partition_root = true);
            create publication {name}_changes for table pybase.changes where (base = '{baseId}') with (publish = 'insert', publish_via_partition_root = true);
            """, cancellation);
        await target.DoAsync($"create subscription {name} connection {Libpq.Literal(Libpq.Of(sourceAddress))} publication {name}, {name}_transactions, {name}_changes", cancellation);
    }

    /// <summary>Until every table is copied and follows.</summary>
    public async Task CopiedAsync(CancellationToken cancellation)
    {
        while (await target.ScalarAsync($"select count(*) from pg_subscription_rel r join pg_subscription s on s.oid = r.srsubid where s.subname = '{name}' and r.srsubstate <> 'r'", cancellation) is not 0L)
            await Task.Delay(Look, cancellation);
    }

    /// <summary>Until everything has come that was committed before this was called; false when it did not within the time.</summary>
    /// <param name="beside">A connection to the source that holds nothing.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="cancellation">Of the whole move.</param>
    public async Task<bool> CaughtUpAsync(NpgsqlConnection beside, TimeSpan patience, CancellationToken cancellation)
    {
        var mark = Guid.NewGuid().ToString("n");
        await beside.DoAsync($"insert into pybase.move_marks (base, mark) values ('{baseId}', '{mark}') on conflict (base) do update set mark = excluded.mark", cancellation);
        var began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (await target.ScalarAsync($"select mark from pybase.move_marks where base = '{baseId}'", cancellation) is not string come || come != mark)
        {
            if (System.Diagnostics.Stopwatch.GetElapsedTime(began) > patience)
                return false;
            await Task.Delay(5, cancellation);
        }
        return true;
    }

    /// <summary>Ends, also what an attempt before left: a slot that nobody reads keeps the source's log for ever.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        if (await target.ScalarAsync($"select true from pg_subscription where subname = '{name}'", cancellation) is true)
        {
            // Without the slot, so that it ends also when the source does not know it any more.
            await target.DoAsync($"alter subscription {name} disable", cancellation);
            await target.DoAsync($"alter subscription {name} set (slot_name = none)", cancellation);
            await target.DoAsync($"drop subscription {name}", cancellation);
        }
        // Copies of single tables have slots of their own while they last: pg_…_sync_…. They end with their subscription.
        while (await source.ScalarAsync($"select active from pg_replication_slots where slot_name = '{name}'", cancellation) is bool isRead)
            if (isRead)
                await Task.Delay(Look, cancellation);
            else
                await source.DoAsync($"select pg_drop_replication_slot('{name}')", cancellation);
        await source.DoAsync($"drop publication if exists {name}, {name}_transactions, {name}_changes; delete from pybase.move_marks where base = '{baseId}'", cancellation);
        await target.DoAsync($"delete from pybase.move_marks where base = '{baseId}'", cancellation);
    }
}
