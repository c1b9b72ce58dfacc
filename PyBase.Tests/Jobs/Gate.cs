using System.Globalization;
using Npgsql;
using PyBase.Tests.Support;

namespace PyBase.Tests.Jobs;

/// <summary>
/// A trigger of the database that holds whoever writes to a base at a certain place, so that a test finds a job there however quick or slow the machine is.
/// What was written before is committed; the write at the gate is not.
/// </summary>
sealed class Gate : IAsyncDisposable
{
    static int s_number;

    readonly NpgsqlDataSource data;
    readonly NpgsqlConnection holder;
    readonly int number;

    Gate(NpgsqlDataSource data, NpgsqlConnection holder, int number) => (this.data, this.holder, this.number) = (data, holder, number);

    /// <summary>Where a job makes its first table.</summary>
    public static Task<Gate> AtTablesAsync(string connectionString, string baseId) => CloseAsync(connectionString, "pybase.tables", $"new.base = '{baseId}'");

    /// <summary>Where it writes rows for the second time.</summary>
    public static Task<Gate> BehindRowsAsync(string connectionString, string baseId) => CloseAsync(connectionString, "pybase.changes", string.Create(CultureInfo.InvariantCulture, $"""
        new.base = '{baseId}' and new.kind in ('recordsCreated', 'cellsChanged') and exists (select from pybase.changes c
            where c.base = new.base and c.time > '{TimeProvider.System.GetUtcNow():O}' and c.time <> new.time and c.kind in ('recordsCreated', 'cellsChanged'))
        """));

    /// <summary>Waits until somebody stands before it.</summary>
    public async Task ReachedAsync()
    {
        await using var waiting = data.CreateCommand($"select exists (select from pg_locks where locktype = 'advisory' and not granted and classid = {Class} and objid = {number})");
        await Wait.UntilAsync(() => waiting.ExecuteScalarAsync(TestContext.Current.CancellationToken), seen => seen is true);
    }

    /// <summary>Opens it for good. The trigger stays, since to drop it would lock the table against everybody who is at work.</summary>
    public async ValueTask DisposeAsync()
    {
        await holder.DisposeAsync();
        await using (var empty = data.CreateCommand($"create or replace function gate_{number}() returns trigger language plpgsql as $$ begin return new; end $$"))
            await empty.ExecuteNonQueryAsync();
        await data.DisposeAsync();
    }

    /// <summary>Apart from the doors of bases, whose locks have one number.</summary>
    const int Class = 4711;

    static async Task<Gate> CloseAsync(string connectionString, string table, string condition)
    {
        var number = Interlocked.Increment(ref s_number);
        var data = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        var holder = await data.OpenConnectionAsync();
        await using var close = new NpgsqlCommand($"""
            select pg_advisory_lock({Class}, {number});
            create function gate_{number}() returns trigger language plpgsql as $$
            begin
                if {condition} then
                    perform pg_advisory_xact_lock_shared({Class}, {number});
                end if;
                return new;
            end $$;
            create trigger gate_{number} before insert on {table} for each row execute function gate_{number}();
            """, holder);
        await close.ExecuteNonQueryAsync();
        return new Gate(data, holder, number);
    }
}
