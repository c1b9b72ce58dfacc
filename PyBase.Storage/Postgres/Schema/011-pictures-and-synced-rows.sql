-- Pictures say how large they are, so that a list can lay itself out before it has loaded them.
alter table pybase.files add column width int, add column height int;

-- Rows that a sync of a CSV file made: each sync keeps to its own, and finds them again by their first column.
create table pybase.synced (
    table_id text collate "C" not null references pybase.tables (id) on delete cascade,
    sync text collate "C" not null,
    key text collate "C" not null,
    record text collate "C" not null,
    primary key (table_id, sync, key)
);
