-- What processes say of themselves, for two hours: the operations page and the autoscaler read it, whatever else watches them.
create table pybase.process_samples (
    time timestamptz not null,
    process text collate "C" not null,
    sample jsonb not null,
    primary key (time, process)
);

-- How quick answers usually are at an hour of the day.
create table pybase.latency_hours (
    hour timestamptz primary key,
    requests bigint not null,
    p95 real not null
);

-- The queues, as the leading autoscaler saw them, for an hour.
create table pybase.queue_samples (
    time timestamptz not null,
    queue text collate "C" not null,
    sample jsonb not null,
    primary key (time, queue)
);

-- How many jobs of a queue a worker process does at once, where that is not what it was started with.
create table pybase.queue_limits (
    queue text collate "C" primary key,
    concurrency int not null check (concurrency > 0),
    changed timestamptz not null
);

create table pybase.scaling_decisions (
    id bigint generated always as identity primary key,
    time timestamptz not null,
    pool text collate "C" not null,
    -- What was told to change: 'dry-run', 'concurrency' or 'kubernetes'.
    actuator text collate "C" not null,
    was int not null,
    desired int not null,
    reason text collate "C" not null,
    explanation text not null,
    error text
);
create index on pybase.scaling_decisions (pool, time desc);
create index on pybase.scaling_decisions (time);

-- One process at a time does what bears one alone; it says again and again that it is there.
create table pybase.leases (
    name text collate "C" primary key,
    owner text collate "C" not null,
    until timestamptz not null
);

-- How many jobs came to an end in the last minute.
create index jobs_finished on pybase.jobs (finished) where finished is not null;
