-- The change log and the transactions, a partition a month, so that what is older than anybody may ask for is dropped and not deleted.
-- What is there already becomes the first partition as it is.

alter table pybase.changes rename to changes_before;
alter table pybase.changes_before drop constraint changes_pkey;
create table pybase.changes (
    table_id text collate "C" not null,
    version bigint not null,
    position int not null,
    base text collate "C" not null references pybase.bases on delete cascade,
    kind text not null,
    count int not null default 0,
    body jsonb not null,
    time timestamptz not null,
    actor text collate "C",
    mutation text,
    primary key (table_id, version, position, time)
) partition by range (time);

alter table pybase.transactions rename to transactions_before;
alter table pybase.transactions_before drop constraint transactions_pkey;
create table pybase.transactions (
    base text collate "C" not null references pybase.bases on delete cascade,
    number bigint not null,
    time timestamptz not null,
    actor text collate "C",
    command text not null,
    mutation text,
    undo_group text,
    versions jsonb not null,
    changes jsonb,
    trace text,
    source text collate "C",
    primary key (base, number, time)
) partition by range (time);
create index on pybase.transactions (base, number) where changes is not null;

-- The partitions, and where each ends; the default one has no end.
create view pybase.log_months as
select parent.relname::text as log, part.relname::text as name, (regexp_match(pg_get_expr(part.relpartbound, part.oid), 'TO \(''([^'']+)''\)'))[1]::timestamptz as until
from pg_inherits i join pg_class part on part.oid = i.inhrelid join pg_class parent on parent.oid = i.inhparent
where parent.oid in ('pybase.changes'::regclass, 'pybase.transactions'::regclass);

-- The partition of a month (its first day, in UTC), if it is not there. What was written meanwhile without it stands in the default one and moves over.
create function pybase.add_month(log text, month timestamptz) returns void language plpgsql as $$
declare
    name text := format('%s_%s', log, to_char(month at time zone 'UTC', 'YYYYMM'));
    until timestamptz := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
begin
    -- Two who look at once: one makes it. The first partition holds all months up to its own.
    perform pg_advisory_xact_lock(hashtextextended(log, 0));
    if to_regclass(format('pybase.%I', name)) is null and not exists (select from pybase.log_months m where m.log = add_month.log and m.name = add_month.log || '_before' and m.until > month) then
        execute format('create table pybase.%I (like pybase.%I including all)', name, log);
        execute format('with late as (delete from pybase.%I where time >= $1 and time < $2 returning *) insert into pybase.%I select * from late', log || '_other', name) using month, until;
        execute format('alter table pybase.%I attach partition pybase.%I for values from (%L) to (%L)', log, name, month, until);
    end if;
end $$;

do $$
declare
    log text;
    month timestamp := date_trunc('month', now() at time zone 'UTC');
begin
    foreach log in array array['changes', 'transactions'] loop
        execute format('create table pybase.%I partition of pybase.%I default', log || '_other', log);
        execute format('alter table pybase.%I attach partition pybase.%I for values from (minvalue) to (%L)', log, log || '_before', (month + interval '1 month') at time zone 'UTC');
        perform pybase.add_month(log, (month + interval '1 month') at time zone 'UTC'), pybase.add_month(log, (month + interval '2 months') at time zone 'UTC');
    end loop;
end $$;
