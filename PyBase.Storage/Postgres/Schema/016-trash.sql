-- Fields that were taken away: the column stays in its table, unseen, until the field is purged, so that the field can be restored with its cells.
create table pybase.removed_fields (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    table_id text collate "C" not null references pybase.tables on delete cascade,
    name text not null,
    description text,
    type text not null,
    options jsonb,
    constraints jsonb,
    position double precision not null,
    removed timestamptz not null,
    removed_by text collate "C"
);
create index on pybase.removed_fields (base, removed);
create index on pybase.removed_fields (table_id);

-- A table that was taken away stays where it is, unseen, until it is purged; its name is free for others.
alter table pybase.tables add column removed timestamptz;
alter table pybase.tables add column removed_by text collate "C";
alter table pybase.tables drop constraint tables_base_name_key;
create unique index tables_base_name on pybase.tables (base, name) where removed is null;

-- When records of the table are released, as in the API; null: never.
alter table pybase.tables add column release jsonb;

-- Bases that were deleted: closed, and out of the catalog, until they are purged.
create table pybase.removed_bases (
    base text collate "C" primary key references pybase.bases on delete cascade,
    workspace_id text collate "C" not null,
    name text not null,
    removed timestamptz not null,
    removed_by text collate "C"
);
create index on pybase.removed_bases (workspace_id);
