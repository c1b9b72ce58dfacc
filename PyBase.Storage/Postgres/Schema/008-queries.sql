-- How a view shows its table: fields, filter, sorts, groups and what its type adds. Fields are named by id.
alter table pybase.views add column settings jsonb;

-- Trigrams find text inside text. Where the server does not have them, or this role may not add them, a search reads all text of the table.
do $$
begin
    create extension if not exists pg_trgm with schema pybase;
exception when undefined_file or feature_not_supported or insufficient_privilege then
    raise notice 'pg_trgm is not there: text search will be slow on large tables (%).', sqlerrm;
end $$;

-- The table that text search reads, beside a table of a base. The operator class is named by its schema, which another application may have chosen.
create function pybase.make_search(base text, table_id text) returns void language plpgsql as $$
declare
    trigrams text := (select format('%I.gin_trgm_ops', n.nspname) from pg_catalog.pg_extension e join pg_catalog.pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm');
begin
    execute format('create table %I.%I (record text collate "C" primary key, text text not null) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05)', base, 'src_' || table_id);
    if trigrams is not null then
        execute format('create index on %I.%I using gin (text %s)', base, 'src_' || table_id, trigrams);
    end if;
end $$;

do $$
declare
    known record;
begin
    for known in
        select t.base, t.id, (select string_agg(format('left(%I, 10000)', f.id), ', ' order by f.position) from pybase.fields f
            where f.table_id = t.id and f.type in ('singleLineText', 'multilineText', 'richText', 'email', 'url', 'phoneNumber')) as texts
        from pybase.tables t
    loop
        perform pybase.make_search(known.base, known.id);
        -- concat_ws takes 100 arguments; an array takes any number.
        if known.texts is not null then
            execute format('insert into %I.%I select _id, text from (select _id, array_to_string(array[%s], E''\n'') as text from %I.%I) now where text <> ''''',
                known.base, 'src_' || known.id, known.texts, known.base, known.id);
        end if;
    end loop;
end $$;

-- An exact sum or mean as a double, rounded once. What no double holds is infinite, or nothing, as in the arithmetic of doubles itself.
create function pybase.rounded(exact numeric) returns double precision language sql immutable strict parallel safe as $$
    select case
        when exact = 'NaN' then 'NaN'::float8
        when exact > 1.7976931348623157e308 then 'Infinity'::float8
        when exact < -1.7976931348623157e308 then '-Infinity'::float8
        when abs(exact) < 5e-324 then 0::float8
        else exact::float8 end
$$;

-- How often queries asked for an order or a condition that an index would serve, and the index that was made for it.
create table pybase.index_uses (
    table_id text collate "C" not null references pybase.tables on delete cascade,
    -- What the index would be over, with fields by id: s+fld…,-fld… an order, f+fld… a condition, g+fld… one on lists.
    shape text collate "C" not null,
    base text collate "C" not null references pybase.bases on delete cascade,
    uses bigint not null default 0,
    last_used timestamptz not null,
    index_name text collate "C",
    primary key (table_id, shape)
);
