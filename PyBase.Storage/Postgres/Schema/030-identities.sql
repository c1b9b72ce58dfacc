-- Whom a provider vouches for: the issuer's name for somebody, which stays when their address changes.
create table catalog.external_identities (
    issuer text collate "C" not null,
    subject text collate "C" not null,
    user_id text collate "C" not null references catalog.users on delete cascade,
    created_time timestamptz not null,
    last_used_time timestamptz not null,
    primary key (issuer, subject)
);
create index on catalog.external_identities (user_id);

-- Places in workspaces that somebody has because a directory says so. A member without a row here was added by hand, and stays as they are.
create table catalog.granted_members (
    -- The directory: oidc:corp.
    source text collate "C" not null,
    workspace_id text collate "C" not null references catalog.workspaces on delete cascade,
    user_id text collate "C" not null references catalog.users on delete cascade,
    role text collate "C" not null check (role in ('admin', 'editor', 'commenter', 'viewer')),
    primary key (source, workspace_id, user_id)
);
create index on catalog.granted_members (user_id, workspace_id);
