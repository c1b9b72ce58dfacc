-- What people say about a record. It is reached through its record only, so that it is gone with it, and there again when a deletion is undone.
create table pybase.comments (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    table_id text collate "C" not null references pybase.tables on delete cascade,
    record_id text collate "C" not null,
    -- The first comment of the thread, null for that one itself.
    parent text collate "C" references pybase.comments on delete cascade,
    author text collate "C",
    text text not null,
    -- Members that the text names as @[usr…].
    mentioned text[] collate "C" not null default '{}',
    created timestamptz not null,
    updated timestamptz
);
create index on pybase.comments (table_id, record_id, created desc, id desc);
create index on pybase.comments (parent) where parent is not null;

-- Through what a transaction came, in Airtable's words for a webhook's fromSources; null is the system itself.
alter table pybase.transactions add column source text collate "C";

-- Who wants to be told of changes. The changes themselves are read from transactions and log.
create table pybase.webhooks (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    notification_url text,
    specification jsonb not null,
    -- Sealed with the installation's keys.
    secret text not null,
    created_by text collate "C",
    created timestamptz not null,
    expires timestamptz not null,
    are_notifications_enabled boolean not null default true,
    is_hook_enabled boolean not null default true,
    -- Transactions up to this number have been looked at; those that match are in webhook_payloads.
    scanned bigint not null,
    next_cursor bigint not null default 1,
    -- For the delivery of notifications.
    notified_cursor bigint not null default 1,
    last_notification jsonb,
    last_success timestamptz
);
create index on pybase.webhooks (base);

-- Which transaction each cursor stands for: noted when it is first looked at, so that a cursor means the same for ever.
create table pybase.webhook_payloads (
    webhook text collate "C" not null references pybase.webhooks on delete cascade,
    cursor bigint not null,
    number bigint not null,
    time timestamptz not null,
    primary key (webhook, cursor)
);

-- An attachment given by an address has no file until a worker has fetched it; it has its name already.
alter table pybase.attachments alter column file drop not null;
alter table pybase.attachments add column name text;
