-- What an authenticator app shares with us, sealed with the installation's keys; it counts from its confirmation on.
create table catalog.second_factors (
    user_id text collate "C" primary key references catalog.users on delete cascade,
    sealed_secret text not null,
    confirmed_time timestamptz,
    -- The half minute whose code was used last: neither it nor one before it is taken again.
    last_step bigint not null default 0
);

-- Each works once, in place of a code.
create table catalog.recovery_codes (
    user_id text collate "C" not null references catalog.second_factors on delete cascade,
    hash bytea not null,
    primary key (user_id, hash)
);
