-- How somebody wants to be told of a kind of thing. Who never said is told as the defaults in Core say.
create table pybase.notification_preferences (
    user_id text collate "C" not null references catalog.users on delete cascade,
    kind text not null check (kind in ('mention', 'assignment', 'job', 'automation')),
    in_app boolean not null,
    mail text not null check (mail in ('never', 'atOnce', 'hourly', 'daily')),
    primary key (user_id, kind)
);

-- When somebody's daily mail leaves, on their own clock.
create table pybase.digest_times (
    user_id text collate "C" primary key references catalog.users on delete cascade,
    zone text not null,
    hour int not null check (hour between 0 and 23)
);

-- The job of the mail that tells of it; empty when none will. What stands here already is not mailed after the fact.
alter table pybase.notifications add column mail text collate "C" default '';
alter table pybase.notifications alter column mail drop default;
create index on pybase.notifications (created) where mail is null and read is null;
create index on pybase.notifications (mail) where mail <> '';

-- The last moment at which a mail was to leave: what was told before it is due. At once is any time. An hour that the clock leaves out in spring is the one after it.
create function pybase.digest_due(now timestamptz, mail text, zone text, hour int) returns timestamptz language sql stable parallel safe as $$
    select case mail
        when 'hourly' then date_trunc('hour', now, 'UTC')
        when 'daily' then (select max(moment) from generate_series(0, 1) back,
            lateral (select (date_trunc('day', now at time zone zone) + make_interval(days => -back, hours => hour)) at time zone zone as moment) day where moment <= now)
        else 'infinity' end
$$;

-- One that ends the mails about notifications; it changes nothing else and works more than once.
alter table pybase.account_links drop constraint account_links_purpose_check;
alter table pybase.account_links add constraint account_links_purpose_check check (purpose in ('reset', 'confirm', 'unsubscribe'));
