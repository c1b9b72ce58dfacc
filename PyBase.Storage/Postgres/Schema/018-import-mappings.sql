-- What people made of columns before, so that the next file of the same kind is suggested the same way.
create table pybase.import_mappings (
    base text collate "C" not null references pybase.bases on delete cascade,
    table_id text collate "C" not null references pybase.tables on delete cascade,
    -- The column's name without case, spaces and signs.
    column_key text collate "C" not null,
    -- As it was written last.
    column_name text not null,
    field text collate "C" not null references pybase.fields on delete cascade,
    -- {"numbers":"comma","dates":"dayFirst"}
    form jsonb not null,
    uses int not null default 1,
    last_used timestamptz not null,
    primary key (table_id, column_key)
);
create index on pybase.import_mappings (base, column_key);
create index on pybase.import_mappings (field);
