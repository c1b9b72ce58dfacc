-- Answers to writes that carried an Idempotency-Key, kept for a day in the transaction that they tell of: the same request again gets them again.
create table pybase.answers (
    actor text collate "C" not null,
    key text not null,
    base text collate "C" not null references pybase.bases on delete cascade,
    request bytea not null,
    body bytea not null,
    created_ids text[] collate "C",
    updated_ids text[] collate "C",
    versions jsonb not null,
    time timestamptz not null,
    primary key (actor, key)
);
create index on pybase.answers (time);
