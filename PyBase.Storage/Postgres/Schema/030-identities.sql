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
    -- The directory: oidc:corp, scim.
    source text collate "C" not null,
    workspace_id text collate "C" not null references catalog.workspaces on delete cascade,
    user_id text collate "C" not null references catalog.users on delete cascade,
    role text collate "C" not null check (role in ('admin', 'editor', 'commenter', 'viewer')),
    primary key (source, workspace_id, user_id)
);
create index on catalog.granted_members (user_id, workspace_id);

-- The directory's own name for somebody, and whether it has taken them away: what they did stays theirs, so the row does.
alter table catalog.users
    add column external_id text collate "C",
    add column withdrawn_time timestamptz;
create index on catalog.users (external_id) where external_id is not null;

-- What the directory shows to be let in; at most one.
create table catalog.directory_tokens (
    only_one boolean primary key default true check (only_one),
    hash bytea not null,
    created_time timestamptz not null
);

create table catalog.directory_groups (
    id text collate "C" primary key,
    name text not null unique,
    external_id text collate "C",
    created_time timestamptz not null
);

create table catalog.directory_group_members (
    group_id text collate "C" not null references catalog.directory_groups on delete cascade,
    user_id text collate "C" not null references catalog.users on delete cascade,
    primary key (group_id, user_id)
);
create index on catalog.directory_group_members (user_id);

-- What a group means in a workspace.
create table catalog.directory_group_roles (
    group_id text collate "C" not null references catalog.directory_groups on delete cascade,
    workspace_id text collate "C" not null references catalog.workspaces on delete cascade,
    role text collate "C" not null check (role in ('admin', 'editor', 'commenter', 'viewer')),
    primary key (group_id, workspace_id)
);
