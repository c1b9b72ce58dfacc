-- What a field asks of its cells beyond their type, as in the API; null: nothing.
alter table pybase.fields add column constraints jsonb;

-- Fields that together tell a table's records apart. The index of one is named by its id and lives beside the table.
create table pybase.unique_constraints (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    table_id text collate "C" not null references pybase.tables on delete cascade,
    fields text[] collate "C" not null,
    ignores_case boolean not null,
    position bigint generated always as identity
);
create index on pybase.unique_constraints (base);

-- Cells name people for ever, so whoever leaves a workspace is remembered there. A trigger, since members go through several doors.
create table pybase.former_members (
    workspace_id text collate "C" not null,
    user_id text collate "C" not null,
    primary key (workspace_id, user_id)
);

create function pybase.remember_member() returns trigger language plpgsql as $$
begin
    insert into pybase.former_members (workspace_id, user_id) values (old.workspace_id, old.user_id) on conflict do nothing;
    return null;
end $$;

create trigger remember_member after delete on catalog.members for each row execute function pybase.remember_member();
