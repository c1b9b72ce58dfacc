-- Whose a personal view is; null for one that everybody sees. A locked one is changed by nobody.
alter table pybase.views add column owner text collate "C", add column locked boolean not null default false;

-- Links to a view for who has no account. Of the link itself there is only the hash.
create table pybase.shares (
    id text collate "C" primary key,
    base text collate "C" not null references pybase.bases on delete cascade,
    kind text collate "C" not null check (kind in ('view', 'form')),
    -- Without a foreign key: a view whose deletion is undone has its links again.
    view text collate "C" not null,
    token_hash bytea not null unique,
    password_hash text,
    created_by text collate "C" not null,
    created timestamptz not null,
    expires timestamptz not null,
    revoked timestamptz
);
create index on pybase.shares (base, created);

-- pybase.entry for who comes by a link: told in the statement that reads the rows, so that a link which is revoked ends with the next row.
create function pybase.share_entry(
    link bytea, wanted_base text, wanted_table text,
    out is_signed_in boolean, out role text, out epoch text, out schema_version bigint, out version bigint, out stale text[])
language plpgsql stable as $$
begin
    is_signed_in := true;
    select b.epoch, b.schema_version into epoch, schema_version from pybase.shares s join pybase.bases b on b.id = s.base and b.state = 'open'
    where s.token_hash = link and s.base = wanted_base and s.revoked is null and s.expires > now();
    if epoch is null then
        return;
    end if;
    role := 'viewer';
    select v.version into version from pybase.table_versions v where v.table_id = wanted_table and v.base = wanted_base;
end $$;
