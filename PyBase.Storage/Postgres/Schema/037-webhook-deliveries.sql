-- What became of each try to ring at a webhook's address.
create table pybase.webhook_deliveries (
    job text collate "C" not null,
    try int not null,
    webhook text collate "C" not null references pybase.webhooks on delete cascade,
    status int not null,
    error text,
    duration_ms int not null,
    next_try timestamptz,
    time timestamptz not null,
    primary key (job, try)
);
create index on pybase.webhook_deliveries (webhook, time desc);

-- One ring of a webhook at a time.
create unique index webhook_pings on pybase.jobs ((input ->> 'webhook')) where kind = 'ping' and state in ('queued', 'running');
