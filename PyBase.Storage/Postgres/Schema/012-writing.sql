-- The two ends of a writing transaction, each one statement whose plans PostgreSQL keeps in the session, so that everything between lock and commit can be one
-- round trip and costs little to parse.

create index on pybase.table_versions (base);

-- The door: locks, then makes sure that the definitions are those the writer planned with (PB001: plan again). Gives the versions of the locked tables.
create function pybase.enter(base_id text, known_epoch text, known_version bigint, tables text[], is_alone boolean)
returns table (table_name text, table_version bigint) language plpgsql as $$
begin
    -- A process that is paused or cut off from the network in the middle would keep the base locked until TCP gives up, which takes hours.
    perform set_config('idle_in_transaction_session_timeout', '10s', true), set_config('lock_timeout', '5s', true);
    -- A queue at the door: row locks alone let new sharers pass one who waits for all, so that busy writers would keep definitions from ever changing.
    if is_alone then
        perform pg_advisory_xact_lock(hashtextextended(base_id, 0));
        perform from pybase.bases b where b.id = base_id and b.epoch = known_epoch and b.schema_version = known_version and b.state = 'open' for no key update;
    else
        perform pg_advisory_xact_lock_shared(hashtextextended(base_id, 0));
        perform from pybase.bases b where b.id = base_id and b.epoch = known_epoch and b.schema_version = known_version and b.state = 'open' for share;
    end if;
    if not found then
        raise exception 'The definitions are not those any more.' using errcode = 'PB001';
    end if;
    if is_alone then
        return query select v.table_id, v.version from pybase.table_versions v where v.base = base_id order by v.table_id for update;
        -- From here DDL waits for readers only, and stops every reader behind it while it waits: give up soon and come again.
        perform set_config('lock_timeout', '200ms', true);
    else
        return query select v.table_id, v.version from pybase.table_versions v where v.table_id = any(tables) and v.base = base_id order by v.table_id for update;
    end if;
end $$;

-- A condition of the writer's that is checked on the way: when it does not hold, everything is refused, for the reason of this number.
create function pybase.must(holds boolean, refusal integer, detail text default '') returns void language plpgsql as $$
begin
    if holds is not true then
        raise exception '% %', refusal, detail using errcode = 'PB002';
    end if;
end $$;

-- The end: the next version of each table that something was logged of, and the transaction's own row with the base's next number.
create function pybase.finish(base_id text, tables text[], is_changed boolean, at timestamptz, by text, what text, mark text, together text, told jsonb, trail text, via text)
returns table (taken bigint, made jsonb) language plpgsql as $$
declare
    bumped jsonb;
begin
    with versions as (
        update pybase.table_versions v set version = v.version + 1
        where v.table_id = any(tables) and exists (select from pybase.changes c where c.table_id = v.table_id and c.version = v.version + 1 and c.time = at)
        returning v.table_id, v.version)
    select coalesce(jsonb_object_agg(v.table_id, v.version), '{}') into bumped from versions v;
    if is_changed then
        update pybase.bases b set schema_version = b.schema_version + 1 where b.id = base_id;
    end if;
    return query
        with next as (update pybase.transaction_numbers n set number = n.number + 1 where n.base = base_id returning n.number),
        kept as (
            insert into pybase.transactions (base, number, time, actor, command, mutation, undo_group, versions, changes, trace, source)
            select base_id, next.number, at, by, what, mark, together, bumped, told, trail, via from next)
        select next.number, bumped from next;
end $$;

-- When single cells were last changed, by field, of those fields that a computed field asks for.
do $$
declare known record;
begin
    for known in select base, id from pybase.tables loop
        execute format('alter table %I.%I add column _times jsonb', known.base, known.id);
    end loop;
end $$;
