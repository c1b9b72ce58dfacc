-- What people are told inside PyBase. The source tells what it is about: the same thing is told once, or again as a new one.
create table pybase.notifications (
    id text collate "C" primary key default 'ntf' || substr(replace(gen_random_uuid()::text, '-', ''), 1, 14),
    user_id text collate "C" not null references catalog.users on delete cascade,
    base text collate "C" not null references pybase.bases on delete cascade,
    kind text not null check (kind in ('mention', 'assignment', 'job')),
    source text collate "C" not null,
    actor text collate "C",
    table_id text collate "C",
    record_id text collate "C",
    field_id text collate "C",
    comment_id text collate "C",
    job text collate "C" references pybase.jobs on delete cascade,
    count bigint not null default 1,
    created timestamptz not null,
    read timestamptz,
    unique (user_id, source)
);
create index on pybase.notifications (user_id, created desc, id desc);
create index on pybase.notifications (user_id) where read is null;
create index on pybase.notifications (base);
create index on pybase.notifications (job) where job is not null;
create index on pybase.notifications (created);
