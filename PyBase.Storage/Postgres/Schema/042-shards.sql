-- Bases in several databases (docs/scaling.md, "Shards"): what moving one from database to database needs.

alter table pybase.bases
    -- It is being copied to another database: its definitions stand still, its records do not.
    add column frozen_since timestamptz,
    -- The shard it went to; it is 'gone' here. Whoever still asks is told to come again and not that there is no such base.
    add column moved_to text collate "C";

-- Travels in the same stream as the rows of a moving base: where it has come, everything has that was committed before it.
create table pybase.move_marks (base text collate "C" primary key, mark text not null);

-- Bases that were deleted in other shards, told by these, so that the trash of a workspace shows them too.
create table pybase.removed_elsewhere (
    base text collate "C" primary key,
    workspace_id text collate "C" not null,
    name text not null,
    removed timestamptz not null,
    removed_by text collate "C",
    shard text collate "C" not null
);
create index on pybase.removed_elsewhere (workspace_id);

-- As before (012), and whoever changes definitions is turned away while they stand still.
create or replace function pybase.enter(base_id text, known_epoch text, known_version bigint, tables text[], is_alone boolean)
returns table (table_name text, table_version bigint) language plpgsql as $$
begin
    -- A process that is paused or cut off from the network in the middle would keep the base locked until TCP gives up, which takes hours.
    perform set_config('idle_in_transaction_session_timeout', '10s', true), set_config('lock_timeout', '5s', true);
    -- A queue at the door: row locks alone let new sharers pass one who waits for all, so that busy writers would keep definitions from ever changing.
    if is_alone then
        perform pg_advisory_xact_lock(hashtextextended(base_id, 0));
        perform from pybase.bases b where b.id = base_id and b.epoch = known_epoch and b.schema_version = known_version and b.state = 'open' for no key update;
        if found and exists (select from pybase.bases b where b.id = base_id and b.frozen_since is not null) then
            raise exception 'The base is on its way to another database.' using errcode = 'PB003';
        end if;
    else
        perform pg_advisory_xact_lock_shared(hashtextextended(base_id, 0));
        perform from pybase.bases b where b.id = base_id and b.epoch = known_epoch and b.schema_version = known_version and b.state = 'open' for share;
    end if;
    if not found then
        perform pybase.must_not_move(base_id);
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

-- Refuses for a while what is asked of a base that is between two databases.
create function pybase.must_not_move(base_id text) returns void language plpgsql stable as $$
begin
    if exists (select from pybase.bases b where b.id = base_id and (b.moved_to is not null or b.state = 'moving')) then
        raise exception 'The base is on its way to another database.' using errcode = 'PB003';
    end if;
end $$;

-- What is not written through the door: nothing may be put down for a base that has moved away meanwhile.
create function pybase.must_be_here() returns trigger language plpgsql as $$
begin
    perform pybase.must_not_move(new.base);
    return new;
end $$;

do $$
declare
    named text;
begin
    foreach named in array array['jobs', 'files', 'shares', 'dashboards', 'webhooks', 'automations', 'import_mappings'] loop
        execute format('create trigger must_be_here before insert on pybase.%I for each row execute function pybase.must_be_here()', named);
    end loop;
end $$;

-- The statements that make a base's schema in another database: first tables with their keys, then, when the rows are there, everything else about them.
-- Tables of imports under way are unlogged and stay behind. An index may be there already: large tables get theirs from any worker.
create function pybase.structure_of(base text, rows_are_there boolean) returns setof text language sql stable as $$
    with tables as (
        select c.oid, c.relname, c.reloptions from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = structure_of.base and c.relkind = 'r' and c.relpersistence = 'p'
    ), steps (step, name, statement) as (
        select 0, '', format('create schema %I', base)
        union all
        select 1, c.relname, format('create sequence %I.%I', base, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = structure_of.base and c.relkind = 'S' and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'i')
        union all
        select 2, t.relname, format('create table %I.%I (%s)%s', base, t.relname, (
            select string_agg(concat(
                quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod),
                case a.attcompression when 'l' then ' compression lz4' when 'p' then ' compression pglz' end,
                case when a.attcollation <> 0 and a.attcollation <> y.typcollation then format(' collate %I.%I', cn.nspname, co.collname) end,
                case when a.attidentity = 'a' then ' generated always as identity' when a.attidentity = 'd' then ' generated by default as identity'
                     when a.attgenerated = 's' then format(' generated always as (%s) stored', pg_get_expr(d.adbin, d.adrelid))
                     when d.adbin is not null then ' default ' || pg_get_expr(d.adbin, d.adrelid) end,
                case when a.attnotnull then ' not null' end), ', ' order by a.attnum)
            from pg_attribute a join pg_type y on y.oid = a.atttypid left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
            left join pg_collation co on co.oid = a.attcollation left join pg_namespace cn on cn.oid = co.collnamespace
            where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped), ' with (' || array_to_string(t.reloptions, ', ') || ')')
        from tables t
        union all
        select 3, k.conname, format('alter table %I.%I add constraint %I %s', base, t.relname, k.conname, pg_get_constraintdef(k.oid)) from tables t join pg_constraint k on k.conrelid = t.oid and k.contype = 'p'
        union all
        select 4, k.conname, format('alter table %I.%I add constraint %I %s', base, t.relname, k.conname, pg_get_constraintdef(k.oid)) from tables t join pg_constraint k on k.conrelid = t.oid and k.contype in ('u', 'c')
        union all
        select 5, t.relname, regexp_replace(pg_get_indexdef(i.indexrelid), '^CREATE (UNIQUE )?INDEX', 'CREATE \1INDEX IF NOT EXISTS') from tables t join pg_index i on i.indrelid = t.oid and i.indisvalid and not exists (select from pg_constraint k where k.conindid = i.indexrelid)
        union all
        select 6, t.relname, format('analyze %I.%I', base, t.relname) from tables t
    )
    select statement from steps where (step > 3) = rows_are_there order by step, name
$$;

-- The statements that set the sequences of a copy to where those of the base stand.
create function pybase.sequences_of(base text) returns setof text language sql stable as $$
    select format('select setval(%s, %s, %s)',
        case when t.oid is null then format('%L', format('%I.%I', base, s.relname)) else format('pg_get_serial_sequence(%L, %L)', format('%I.%I', base, t.relname), a.attname) end,
        coalesce(pg_sequence_last_value(s.oid), 1), case when pg_sequence_last_value(s.oid) is null then 'false' else 'true' end)
    from pg_class s join pg_namespace n on n.oid = s.relnamespace
    left join pg_depend d on d.objid = s.oid and d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype = 'i'
    left join pg_class t on t.oid = d.refobjid left join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
    where n.nspname = sequences_of.base and s.relkind = 'S' and (t.oid is null or t.relpersistence = 'p')
$$;

-- What belongs to a base in the tables that all bases share: those with its id, and those that hang on one of these alone. Numbers that PostgreSQL gives are given anew.
-- Not among them: the base's own row, the log (it travels in the stream) and its months, the uses of its indexes (counted anew), the audit log (all of it is in the first shard).
create function pybase.rows_of(base text) returns table (name text, columns text, condition text, ordering text) language sql stable as $$
    with recursive belongs (oid, relname, condition, depth) as (
        select c.oid, c.relname::text collate "C", format('base = %L', rows_of.base) collate "C", 0
        from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'base' and not a.attisdropped
        where c.relnamespace = 'pybase'::regnamespace and c.relkind = 'r' and not c.relispartition and c.relname not in ('audit', 'index_uses', 'move_marks', 'removed_elsewhere')
        union all
        select child.oid, child.relname::text collate "C", format('%I in (select %I from pybase.%I where %s)', near.attname, far.attname, parent.relname, parent.condition) collate "C", parent.depth + 1
        from belongs parent join pg_constraint k on k.confrelid = parent.oid and k.contype = 'f' and cardinality(k.conkey) = 1
        join pg_class child on child.oid = k.conrelid and child.relnamespace = 'pybase'::regnamespace and child.relkind = 'r' and not child.relispartition
        join pg_attribute near on near.attrelid = child.oid and near.attnum = k.conkey[1] and near.attnotnull
        join pg_attribute far on far.attrelid = parent.oid and far.attnum = k.confkey[1]
        where parent.depth < 4 and not exists (select from pg_attribute a where a.attrelid = child.oid and a.attname = 'base' and not a.attisdropped)
    ), once as (select distinct on (b.oid) b.* from belongs b order by b.oid, b.depth, b.condition)
    select o.relname, (select string_agg(quote_ident(a.attname), ', ' order by a.attnum) from pg_attribute a where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped and a.attidentity <> 'a' and a.attgenerated = ''), o.condition,
        (select 'order by ' || quote_ident(a.attname) from pg_attribute a where a.attrelid = o.oid and a.attidentity = 'a')
    from once o order by o.depth desc, o.relname
$$;

-- Processes do not remember where a base on its way lives: the switch holds for all of them at once.
alter table catalog.bases add column moving boolean not null default false;
create index on catalog.bases (shard);

-- For shards that borrow their people from the first (Borrowing.cs makes the triggers). Replication itself fires none of them.
create function pybase.borrowed() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        raise exception 'Rows of %.% are made in the first shard.', tg_table_schema, tg_table_name using errcode = '25006';
    end if;
    return null;
end $$;

-- The first shard hears of a base in the transaction that makes, renames or deletes it. A move writes both sides itself.
create function pybase.tell_main() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
    if current_setting('pybase.moves', true) = 'on' then
        return null;
    elsif tg_op = 'INSERT' then
        insert into pybase.main_bases (id, workspace_id, name, shard, created_time) values (new.id, new.workspace_id, new.name, new.shard, new.created_time);
    elsif tg_op = 'UPDATE' then
        update pybase.main_bases set name = new.name where id = new.id;
    else
        delete from pybase.main_bases where id = old.id;
    end if;
    return null;
end $$;

create function pybase.tell_main_removed() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
    if tg_op = 'INSERT' then
        insert into pybase.main_removed (base, workspace_id, name, removed, removed_by, shard) values (new.base, new.workspace_id, new.name, new.removed, new.removed_by, tg_argv[0]);
    else
        delete from pybase.main_removed where base = old.base;
    end if;
    return null;
end $$;

create function pybase.tell_main_audit() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
    insert into pybase.main_audit (time, act, actor, workspace, base, subject, address, details) values (new.time, new.act, new.actor, new.workspace, new.base, new.subject, new.address, new.details);
    return null;
end $$;

-- As before (014), and a base that is not open because it is between two databases is told from one that is not there.
create or replace function pybase.entry(
    token_hash bytea, asker text, wanted_base text, wanted_table text,
    out is_signed_in boolean, out role text, out epoch text, out schema_version bigint, out version bigint, out stale text[])
language plpgsql stable as $$
begin
    is_signed_in := token_hash is null or exists (
        select from catalog.tokens t where t.hash = token_hash and t.user_id = asker and (t.expires is null or t.expires > now()));
    if not is_signed_in then
        return;
    end if;
    select m.role into role from catalog.bases b join catalog.members m on m.workspace_id = b.workspace_id where b.id = wanted_base and m.user_id = asker;
    if role is null then
        return;
    end if;
    select b.epoch, b.schema_version into epoch, schema_version from pybase.bases b where b.id = wanted_base and b.state = 'open';
    if epoch is null then
        perform pybase.must_not_move(wanted_base);
    end if;
    select v.version into version from pybase.table_versions v where v.table_id = wanted_table and v.base = wanted_base;
    if exists (select from pybase.stale s where s.table_id = wanted_table) then
        stale := array(select distinct f from pybase.stale s, unnest(s.fields) f where s.table_id = wanted_table order by f);
    end if;
end $$;
