using Microsoft.Extensions.Logging;
using Npgsql;
using PyBase.Storage.Catalog;
using PyBase.Storage.Postgres;

namespace PyBase.Storage.Shards;

/// <summary>
/// What a further shard has of the first. People, workspaces, members, tokens and sessions come over by PostgreSQL's logical replication and are only read here; the
/// row of a base is written here, with the base, and there, in the same transaction, by a foreign table: so the first shard's list of bases is whole.
/// https://www.postgresql.org/docs/15/logical-replication.html, https://www.postgresql.org/docs/15/postgres-fdw.html
/// </summary>
public sealed class Borrowing(ShardSettings settings, TimeProvider clock, ILogger<Borrowing> logger)
{
    const string People = "pybase_people";

    /// <summary>How long the first copy of everybody may take before the start is given up; it goes on meanwhile.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Joins the first shard, or renews what joins: addresses, passwords and tables that came with a later version. Afterwards everybody is here.
    /// </summary>
    /// <param name="here">A direct connection to this shard's database, whose schema is of this version.</param>
    public async Task JoinAsync(NpgsqlConnection here, CancellationToken cancellation)
    {
        var main = settings.Find(BaseEntry.MainShard)!.Database!;
        await using var there = new NpgsqlConnection(main);
        await there.OpenAsync(cancellation);
        await PublishAsync(there, cancellation);
        await TellAsync(here, main, cancellation);
        await SubscribeAsync(here, there, main, cancellation);
    }

    /// <summary>The first shard offers its people to whoever may read them.</summary>
    static async Task PublishAsync(NpgsqlConnection main, CancellationToken cancellation)
    {
        if (await main.ScalarAsync("show wal_level", cancellation) is not "logical")
            throw new InvalidOperationException("The first shard's PostgreSQL must run with wal_level = logical, so that others can borrow its people.");
        var tables = await main.ListAsync(Tables, cancellation);
        // Changes of rows without a key can be told only by all that they were.
        foreach (var table in await main.ListAsync($"select t from unnest(array(select t from ({Tables}) known (t))) t where not exists (select from pg_index where indrelid = t::regclass and indisprimary)", cancellation))
            await main.DoAsync($"alter table {table} replica identity full", cancellation);
        var list = string.Join(", ", tables);
        await main.DoAsync($"""
            do $$ begin
                perform pg_advisory_xact_lock(hashtextextended('{People}', 0));
                if exists (select from pg_publication where pubname = '{People}') then
                    alter publication {People} set table {list};
                else
                    create publication {People} for table {list};
                end if;
            end $$
            """, cancellation);
    }

    /// <summary>All of the catalog but bases, which live where they live, and what only the first shard needs; and what else hangs on people.</summary>
    const string Tables = """
        select format('%I.%I', schemaname, tablename) from pg_tables
        where schemaname = 'catalog' and tablename not in ('bases', 'setup', 'recovery_codes', 'directory_tokens', '__migrations')
           or schemaname = 'pybase' and tablename in ('former_members', 'confirmed_addresses', 'notification_preferences', 'digest_times')
        order by 1
        """;

    async Task SubscribeAsync(NpgsqlConnection here, NpgsqlConnection there, string main, CancellationToken cancellation)
    {
        // Borrowed rows are nobody's here. What sweeps find old is swept where it lives, so deleting does nothing instead of failing.
        foreach (var table in await here.ListAsync(Tables, cancellation))
            await here.DoAsync($"create or replace trigger borrowed before insert or delete on {table} for each row execute function pybase.borrowed()", cancellation);
        var name = $"{People}_{settings.Here}";
        var isJoined = await here.ScalarAsync($"select true from pg_subscription where subname = '{name}'", cancellation) is true;
        // A standby that became the primary knows no slots of the one before it, and one that fell too far behind was given up: what was missed is not told again, so all of it is.
        if (isJoined && await there.ScalarAsync($"select true from pg_replication_slots where slot_name = '{name}' and wal_status is distinct from 'lost'", cancellation) is not true)
        {
            logger.LogWarning("The first shard does not know what {Shard} has of its people: all of them come again", settings.Here);
            await here.DoAsync($"alter subscription {name} disable", cancellation);
            await here.DoAsync($"alter subscription {name} set (slot_name = none)", cancellation);
            await here.DoAsync($"drop subscription {name}", cancellation);
            await there.DoAsync($"select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '{name}'", cancellation);
            var forget = string.Concat((await here.ListAsync(Tables, cancellation)).Select(table => $"delete from {table}; "));
            await here.DoAsync($"begin; set local session_replication_role = replica; {forget}commit", cancellation);
            isJoined = false;
        }
        if (isJoined)
        {
            await here.DoAsync($"alter subscription {name} connection {Libpq.Literal(Libpq.Of(main))}", cancellation);
            await here.DoAsync($"alter subscription {name} refresh publication", cancellation);
        }
        else
            await here.DoAsync($"create subscription {name} connection {Libpq.Literal(Libpq.Of(main))} publication {People}", cancellation);
        var began = clock.GetTimestamp();
        while (await here.ScalarAsync($"select count(*) from pg_subscription_rel r join pg_subscription s on s.oid = r.srsubid where s.subname = '{name}' and r.srsubstate <> 'r'", cancellation) is not 0L)
        {
            if (clock.GetElapsedTime(began) > Patience)
                throw new TimeoutException("The people of the first shard have not come over yet; PostgreSQL's log says why.");
            await Task.Delay(TimeSpan.FromMilliseconds(200), clock, cancellation);
        }
        logger.LogInformation("Shard {Shard} has the people of the first", settings.Here);
    }

    /// <summary>The rows of bases, the list of deleted ones and the audit log go to the first shard as they are written.</summary>
    async Task TellAsync(NpgsqlConnection here, string main, CancellationToken cancellation)
    {
        var (place, person) = (Options(Libpq.Place(main)), Options(Libpq.Person(main)));
        await here.DoAsync($"""
            create extension if not exists postgres_fdw;
            do $$ begin perform pg_advisory_xact_lock(hashtextextended('{People}', 0)); end $$;
            drop server if exists pybase_main cascade;
            create server pybase_main foreign data wrapper postgres_fdw options ({place});
            create user mapping for current_user server pybase_main options ({person});
            create foreign table pybase.main_bases (id text, workspace_id text, name text, shard text, created_time timestamptz) server pybase_main options (schema_name 'catalog', table_name 'bases');
            create foreign table pybase.main_removed (base text, workspace_id text, name text, removed timestamptz, removed_by text, shard text)
                server pybase_main options (schema_name 'pybase', table_name 'removed_elsewhere');
            create foreign table pybase.main_audit (time timestamptz, act text, actor text, workspace text, base text, subject text, address text, details jsonb)
                server pybase_main options (schema_name 'pybase', table_name 'audit');
            create or replace trigger tell_main after insert or update of name or delete on catalog.bases for each row execute function pybase.tell_main();
            create or replace trigger tell_main_removed after insert or delete on pybase.removed_bases for each row execute function pybase.tell_main_removed('{settings.Here}');
            create or replace trigger tell_main_audit after insert on pybase.audit for each row execute function pybase.tell_main_audit();
            """, cancellation);
    }

    static string Options(IEnumerable<(string Name, string Value)> parts) => string.Join(", ", parts.Select(part => $"{part.Name} {Libpq.Literal(part.Value)}"));
}
