-- Mails are jobs of the installation, not of a base.
alter table pybase.jobs alter column base drop not null;
create index on pybase.jobs (created desc, id desc) where base is null and state <> 'succeeded';

-- Joins a mail to the transaction that is its reason. The link in it opens a door, so it stands in the input sealed.
create function pybase.enqueue_mail(job text, input jsonb, trace text) returns void language sql as $$
    insert into pybase.jobs (id, kind, queue, state, input, trace, created) values (job, 'email', 'email', 'queued', input, trace, now());
    insert into pybase.outbox (job, queue, due) values (job, 'email', now());
$$;

-- Links that open a door once, by the hash of their secret.
create table pybase.account_links (
    hash bytea primary key,
    user_id text collate "C" not null references catalog.users on delete cascade,
    purpose text not null check (purpose in ('reset', 'confirm')),
    expires timestamptz not null,
    created timestamptz not null
);
create index on pybase.account_links (user_id, purpose, created);

-- Whose address is known to be theirs: they used a link that was sent there.
create table pybase.confirmed_addresses (
    user_id text collate "C" primary key references catalog.users on delete cascade,
    time timestamptz not null
);
