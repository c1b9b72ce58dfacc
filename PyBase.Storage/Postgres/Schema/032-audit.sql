-- Who did what to accounts, permissions, tokens, exports and links. Never a secret, and no cell.
create table pybase.audit (
    number bigint generated always as identity primary key,
    time timestamptz not null default now(),
    act text collate "C" not null,
    -- Null for strangers, directories and the installation itself. Neither they nor what it is about need exist any more.
    actor text collate "C",
    workspace text collate "C",
    base text collate "C",
    subject text collate "C",
    address text,
    details jsonb not null default '{}'
);
create index on pybase.audit (time);
create index on pybase.audit (workspace, number) where workspace is not null;
create index on pybase.audit (base, number) where base is not null;
create index on pybase.audit (actor, number) where actor is not null;
create index on pybase.audit (subject, number) where subject is not null;

-- Most entries are written by triggers: in the transaction of the act, whoever acts and by whatever way. A statement says who acts by having this among its conditions; it
-- always holds, and ends with the transaction.
create function pybase.acts(actor text) returns boolean language sql volatile as $$ select set_config('pybase.actor', coalesce(actor, ''), true) is not null $$;

create function pybase.actor() returns text language sql stable as $$ select nullif(current_setting('pybase.actor', true), '') $$;

create function pybase.note(act text, actor text, workspace text, base text, subject text, address text, details jsonb) returns void language sql as $$
    insert into pybase.audit (act, actor, workspace, base, subject, address, details)
    values (act, actor, coalesce(workspace, (select b.workspace_id from catalog.bases b where b.id = note.base)), base, subject, address, jsonb_strip_nulls(details))
$$;

create function pybase.note_session() returns trigger language plpgsql as $$
begin
    perform pybase.note('sign-in', new.user_id, null, null, new.user_id, new.address, jsonb_build_object('method', new.method, 'device', new.device));
    return null;
end $$;
create trigger note_session after insert on catalog.sessions for each row execute function pybase.note_session();

create function pybase.note_account() returns trigger language plpgsql as $$
declare actor text := coalesce(pybase.actor(), new.id);
begin
    if tg_op = 'INSERT' then
        perform pybase.note('account-made', actor, null, null, new.id, null, jsonb_build_object('isService', new.is_service));
        return null;
    end if;
    -- A hash alone changes when it is only computed anew.
    if new.password_hash <> old.password_hash and new.security_stamp <> old.security_stamp and new.password_hash <> '' then
        perform pybase.note('password-changed', actor, null, null, new.id, null, '{}');
    end if;
    if (new.deactivated_time is null) <> (old.deactivated_time is null) then
        perform pybase.note(case when new.deactivated_time is null then 'account-activated' else 'account-deactivated' end, pybase.actor(), null, null, new.id, null, '{}');
    end if;
    return null;
end $$;
create trigger note_account after insert or update of password_hash, deactivated_time on catalog.users for each row execute function pybase.note_account();

create function pybase.note_second_factor() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        perform pybase.note('second-factor-off', coalesce(pybase.actor(), old.user_id), null, null, old.user_id, null, '{}');
    else
        perform pybase.note('second-factor-on', coalesce(pybase.actor(), new.user_id), null, null, new.user_id, null, '{}');
    end if;
    return null;
end $$;
create trigger note_second_factor_on after update of confirmed_time on catalog.second_factors for each row
    when (old.confirmed_time is null and new.confirmed_time is not null) execute function pybase.note_second_factor();
create trigger note_second_factor_off after delete on catalog.second_factors for each row when (old.confirmed_time is not null) execute function pybase.note_second_factor();

create function pybase.note_token() returns trigger language plpgsql as $$
declare
    token catalog.tokens := coalesce(new, old);
    only_one text := case when cardinality(token.limited_to) = 1 then token.limited_to[1] end;
begin
    perform pybase.note(case tg_op when 'INSERT' then 'token-made' else 'token-revoked' end, coalesce(pybase.actor(), case tg_op when 'INSERT' then token.user_id end),
        case when only_one like 'wsp%' then only_one end, case when only_one like 'app%' then only_one end, token.id, null,
        jsonb_build_object('name', token.name, 'user', token.user_id, 'scopes', token.scopes, 'limitedTo', token.limited_to, 'expires', token.expires));
    return null;
end $$;
create trigger note_token after insert or delete on catalog.tokens for each row execute function pybase.note_token();

create function pybase.note_directory_token() returns trigger language plpgsql as $$
begin
    perform pybase.note(case tg_op when 'DELETE' then 'directory-token-revoked' else 'directory-token-made' end, pybase.actor(), null, null, null, null, '{}');
    return null;
end $$;
create trigger note_directory_token after insert or update or delete on catalog.directory_tokens for each row execute function pybase.note_directory_token();

create function pybase.note_member() returns trigger language plpgsql as $$
declare member catalog.members := coalesce(new, old);
begin
    perform pybase.note(case tg_op when 'INSERT' then 'member-added' when 'UPDATE' then 'member-changed' else 'member-removed' end, pybase.actor(), member.workspace_id, null, member.user_id, null,
        jsonb_build_object('role', new.role, 'was', old.role));
    return null;
end $$;
create trigger note_member after insert or delete on catalog.members for each row execute function pybase.note_member();
create trigger note_member_changed after update of role on catalog.members for each row when (old.role <> new.role) execute function pybase.note_member();

create function pybase.note_invitation() returns trigger language plpgsql as $$
declare invitation catalog.invitations := coalesce(new, old);
begin
    perform pybase.note(case tg_op when 'INSERT' then 'invitation-made' else 'invitation-withdrawn' end, coalesce(pybase.actor(), new.created_by), invitation.workspace_id, null, invitation.id, null,
        jsonb_build_object('role', invitation.role));
    return null;
end $$;
create trigger note_invitation after insert on catalog.invitations for each row execute function pybase.note_invitation();
create trigger note_invitation_withdrawn after delete on catalog.invitations for each row when (old.accepted_time is null) execute function pybase.note_invitation();

create function pybase.note_table() returns trigger language plpgsql as $$
begin
    if new.rules is distinct from old.rules then
        perform pybase.note('rules-changed', pybase.actor(), null, new.base, new.id, null, jsonb_build_object('removed', case when new.rules is null then true end));
    end if;
    if new.release is distinct from old.release then
        perform pybase.note('release-rule-changed', pybase.actor(), null, new.base, new.id, null, jsonb_build_object('removed', case when new.release is null then true end));
    end if;
    return null;
end $$;
create trigger note_table after update of rules, release on pybase.tables for each row execute function pybase.note_table();

create function pybase.note_share() returns trigger language plpgsql as $$
begin
    perform pybase.note(
        case when tg_op = 'INSERT' then 'share-made' when new.revoked is not null and old.revoked is null then 'share-revoked' else 'share-changed' end,
        coalesce(pybase.actor(), case tg_op when 'INSERT' then new.created_by end), null, new.base, new.id, null,
        jsonb_build_object('kind', new.kind, 'of', new.view, 'hasPassword', new.password_hash is not null, 'expires', new.expires));
    return null;
end $$;
create trigger note_share after insert on pybase.shares for each row execute function pybase.note_share();
create trigger note_share_changed after update on pybase.shares for each row
    when (old.revoked is distinct from new.revoked or old.password_hash is distinct from new.password_hash or old.expires <> new.expires) execute function pybase.note_share();

create function pybase.note_export() returns trigger language plpgsql as $$
begin
    perform pybase.note(case new.kind when 'snapshot' then 'snapshot-made' else 'export-made' end, new.created_by, null, new.base, new.id, null, jsonb_build_object('table', new.input ->> 'table', 'format', new.input ->> 'format'));
    return null;
end $$;
create trigger note_export after insert on pybase.jobs for each row when (new.kind in ('export', 'snapshot')) execute function pybase.note_export();
