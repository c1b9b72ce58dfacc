-- What happens because something happened.
create table pybase.automations (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    name text not null,
    is_enabled boolean not null,
    kind text collate "C" not null,
    trigger jsonb not null,
    conditions jsonb,
    actions jsonb not null,
    max_runs_per_hour int not null,
    retries int not null,
    -- Names and values, sealed with the installation's keys.
    secrets text,
    -- With whose rights it acts: whoever changed it last.
    owner text collate "C" not null,
    -- The address at which another system asks, hashed.
    hook_hash bytea unique,
    -- Hears of transactions after this number.
    since bigint not null default 0,
    -- When the clock has to be looked at for it, and up to when that was done.
    due timestamptz,
    looked timestamptz,
    begun timestamptz,
    created timestamptz not null,
    updated timestamptz not null
);
create index on pybase.automations (base);
create index on pybase.automations (due) where due is not null;

-- Up to which transaction the automations of a base have heard; bases none of whose automations listens to records have no row.
create table pybase.automation_cursors (
    base text collate "C" primary key references pybase.bases on delete cascade,
    seen bigint not null
);

-- Which records meet the conditions that an automation waits for, so that it hears when one does anew.
create table pybase.automation_members (
    automation text collate "C" not null references pybase.automations on delete cascade,
    record_id text collate "C" not null,
    primary key (automation, record_id)
);

-- The source says what began it: the same thing begins an automation once.
create table pybase.automation_runs (
    id text collate "C" primary key,
    automation text collate "C" not null references pybase.automations on delete cascade,
    source text collate "C" not null,
    state text not null check (state in ('queued', 'running', 'waiting', 'succeeded', 'failed', 'refused')),
    is_test boolean not null default false,
    depth int not null default 0,
    count bigint not null default 1,
    record_id text collate "C",
    trigger jsonb not null,
    error jsonb,
    created timestamptz not null,
    finished timestamptz,
    unique (automation, source)
);
create index on pybase.automation_runs (automation, created desc, id desc);
create index on pybase.automation_runs (created);

create table pybase.automation_steps (
    run text collate "C" not null references pybase.automation_runs on delete cascade,
    step text collate "C" not null,
    kind text not null,
    state text not null,
    input jsonb,
    output jsonb,
    error jsonb,
    due timestamptz,
    started timestamptz not null,
    finished timestamptz,
    primary key (run, step)
);

-- Automations tell people things in their own words.
alter table pybase.notifications add column text text;
alter table pybase.notifications drop constraint notifications_kind_check;
alter table pybase.notifications add constraint notifications_kind_check check (kind in ('mention', 'assignment', 'job', 'automation'));
