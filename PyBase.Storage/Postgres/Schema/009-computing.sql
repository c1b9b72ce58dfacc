-- Computed cells that are not true yet: a change reached more rows than its own transaction may write. Each entry is worked off in chunks, each a version.
create table pybase.stale (
    id bigint generated always as identity primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    table_id text collate "C" not null references pybase.tables on delete cascade,
    fields text[] collate "C" not null,
    -- The records that this link field leads to these sources from; all records of the table when there is none.
    link text collate "C",
    sources text[] collate "C",
    -- The last record done: its id, or its number where all are to be done.
    after text collate "C" not null default '',
    -- Tried again later, with the reason, when a chunk fails.
    due timestamptz not null default now(),
    attempts int not null default 0,
    trouble text
);
create index on pybase.stale (table_id);
create index on pybase.stale (due, id);

-- Fields that follow the clock, and when they are to be looked at again.
create table pybase.clocks (
    field text collate "C" primary key references pybase.fields on delete cascade,
    base text collate "C" not null references pybase.bases on delete cascade,
    table_id text collate "C" not null references pybase.tables on delete cascade,
    clock text not null check (clock in ('today', 'now')),
    due timestamptz not null,
    -- Somebody looked at the table: NOW() is kept to five minutes while they do.
    read timestamptz not null default '-infinity'
);
create index on pybase.clocks (due);

do $$
declare known record;
begin
    for known in select base, id from pybase.tables loop
        execute format('alter table %I.%I add column _modified timestamptz, add column _modified_by text collate "C"', known.base, known.id);
        execute format('update %I.%I set _modified = _created, _modified_by = _created_by', known.base, known.id);
        execute format('alter table %I.%I alter column _modified set not null', known.base, known.id);
    end loop;
end $$;

-- PostgreSQL counts a dropped column for ever and ends at 1,600: writes a table anew, with the columns that it has today and everything else as it was.
create function pybase.rebuild_table(base text, name text, options text) returns void language plpgsql as $$
declare
    old regclass := format('%I.%I', base, name)::regclass;
    again text[];
    step text;
begin
    select array_agg(statement order by place, statement) into again from (
        select 0 as place, format('alter table %I.%I add constraint %I %s', base, name, conname, pg_get_constraintdef(oid)) as statement
        from pg_constraint where conrelid = old and contype in ('p', 'u', 'c')
        union all
        select 1, pg_get_indexdef(indexrelid) from pg_index i where indrelid = old and not exists (select from pg_constraint c where c.conindid = i.indexrelid)) made;
    execute format('create table %I.rebuilt (like %s including defaults including identity including storage including compression) with (%s)', base, old, options);
    execute format('insert into %I.rebuilt overriding system value select * from %s', base, old);
    execute format('select setval(pg_get_serial_sequence(%L, ''_number''), (select coalesce(max(_number), 0) + 1 from %s), false)', format('%I.rebuilt', base), old);
    execute format('drop table %s', old);
    execute format('alter table %I.rebuilt rename to %I', base, name);
    foreach step in array again loop
        execute step;
    end loop;
end $$;
