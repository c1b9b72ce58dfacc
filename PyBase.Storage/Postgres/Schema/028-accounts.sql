-- A cookie names a session; a row that is gone, or whose stamp is no longer the account's, is a session that has ended.
create table catalog.sessions (
    id text collate "C" primary key,
    user_id text collate "C" not null references catalog.users on delete cascade,
    security_stamp text not null,
    -- password, or the name of the provider that vouched.
    method text not null,
    device text not null,
    address text not null,
    created_time timestamptz not null,
    last_seen_time timestamptz not null
);
create index on catalog.sessions (user_id, last_seen_time);

-- Bases and workspaces that a token is limited to; none is everything its user may enter.
alter table catalog.tokens add column limited_to text[] collate "C" not null default '{}';
create index on catalog.tokens (user_id);

alter table catalog.users
    -- A program of a workspace: has tokens, never a password.
    add column is_service boolean not null default false,
    -- Since then nobody signs in as them.
    add column deactivated_time timestamptz;
