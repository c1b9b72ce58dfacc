-- Dashboards of a base. A widget is a question, asked anew for whoever looks; it names tables and fields by id, and is told to be broken when they are gone.
create table pybase.dashboards (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    name text not null,
    description text,
    widgets jsonb not null,
    version bigint not null default 1,
    created_by text collate "C" not null,
    created timestamptz not null
);
create index on pybase.dashboards (base, created);

-- A link may lead to one; its id is in the column view.
alter table pybase.shares drop constraint shares_kind_check;
alter table pybase.shares add constraint shares_kind_check check (kind in ('view', 'form', 'dashboard'));
