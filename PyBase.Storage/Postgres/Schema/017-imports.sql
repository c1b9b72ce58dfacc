-- What a person decides on while the job waits: columns, first rows, suggested mapping.
alter table pybase.jobs add column preview jsonb;

-- Files that are made for somebody to fetch go again; null: never.
alter table pybase.files add column expires timestamptz;
create index on pybase.files (expires) where expires is not null;

-- Where the cells of a record come from that a drawing filled: the job names the file, the locator the page, box or entity in it.
create table pybase.provenance (
    table_id text collate "C" not null references pybase.tables on delete cascade,
    record_id text collate "C" not null,
    field text collate "C" not null,
    job text collate "C" not null references pybase.jobs on delete cascade,
    locator text not null,
    confidence real not null,
    time timestamptz not null,
    primary key (table_id, record_id, field)
);
create index on pybase.provenance (job);
