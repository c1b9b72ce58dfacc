-- Definitions, change log and jobs of all bases of this database. The rows of a base live in a schema of its own, named by its id.

create table pybase.bases (
    id text collate "C" primary key,
    epoch text collate "C" not null,
    state text not null default 'open' check (state in ('open', 'moving', 'gone')),
    -- Counts schema changes. Writers hold this row FOR SHARE, schema changes FOR UPDATE.
    schema_version bigint not null default 1
);

-- The dense number of a base's transactions is its own row: taken last, so that nothing waits for it longer than a commit.
create table pybase.transaction_numbers (
    base text collate "C" primary key references pybase.bases on delete cascade,
    number bigint not null default 0
) with (fillfactor = 50);

create table pybase.tables (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    name text not null,
    description text,
    primary_field text collate "C" not null,
    position double precision not null,
    unique (base, name)
);

create table pybase.table_versions (
    table_id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    version bigint not null default 0
) with (fillfactor = 50);

create table pybase.fields (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    table_id text collate "C" not null references pybase.tables on delete cascade,
    name text not null,
    description text,
    type text not null,
    options jsonb,
    position double precision not null,
    unique (table_id, name)
);

create table pybase.views (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    table_id text collate "C" not null references pybase.tables on delete cascade,
    name text not null,
    type text not null,
    position double precision not null,
    unique (table_id, name)
);

-- One row for each writing transaction, numbered without gaps in commit order.
create table pybase.transactions (
    base text collate "C" not null references pybase.bases on delete cascade,
    number bigint not null,
    time timestamptz not null,
    actor text collate "C",
    command text not null,
    mutation text,
    undo_group text,
    versions jsonb not null,   -- {"tbl…": 42}
    changes jsonb,             -- what happened to the base itself: [{"kind":"tableAdded","id":"tbl…"}]
    trace text,                -- W3C traceparent of the request
    primary key (base, number)
);
-- Who listens to a base asks for these few among the many.
create index on pybase.transactions (base, number) where changes is not null;

-- The undo log of a table: what was, never what is. Computed cells are named, not logged.
create table pybase.changes (
    table_id text collate "C" not null,
    version bigint not null,
    position int not null,
    base text collate "C" not null references pybase.bases on delete cascade,
    kind text not null,
    count int not null default 0,
    body jsonb not null,
    -- As in pybase.transactions, so that a table's log reads alone.
    time timestamptz not null,
    actor text collate "C",
    mutation text,
    primary key (table_id, version, position)
);

create table pybase.files (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    name text not null,
    media_type text not null,
    size bigint not null,
    sha256 bytea not null,
    created_by text collate "C",
    created timestamptz not null
);

-- A file as it stands in cells.
create table pybase.attachments (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    file text collate "C" not null references pybase.files on delete cascade
);

create table pybase.jobs (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    parent text collate "C" references pybase.jobs on delete cascade,
    kind text not null,
    queue text not null,
    state text not null check (state in ('queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'parked')),
    file text collate "C" references pybase.files,
    input jsonb not null default '{}',
    progress_done bigint not null default 0,
    progress_total bigint not null default 0,
    progress_step text,
    attempts int not null default 0,
    -- While running: who, and until when it need not show a sign of life.
    owner text,
    lease_until timestamptz,
    cancel_requested boolean not null default false,
    -- What is done already; written in the transaction that did it, so that a successor goes on from there.
    checkpoint jsonb,
    findings jsonb not null default '[]',
    error jsonb,
    result jsonb,
    idempotency_key text,
    trace text,
    created_by text collate "C",
    created timestamptz not null,
    started timestamptz,
    finished timestamptz
) with (fillfactor = 70);
create index on pybase.jobs (base, created desc);
create index on pybase.jobs (parent) where parent is not null;
create index on pybase.jobs (lease_until) where state = 'running';
create index on pybase.jobs (created) where state = 'queued';
create unique index on pybase.jobs (created_by, idempotency_key) where idempotency_key is not null;

-- Messages that leave after commit. The dispatcher publishes what is due and deletes it.
create table pybase.outbox (
    id bigint generated always as identity primary key,
    job text collate "C" not null references pybase.jobs on delete cascade,
    queue text not null,
    due timestamptz not null,
    attempts int not null default 0,
    error text
);
create index on pybase.outbox (due, id);
