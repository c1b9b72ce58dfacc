-- A file has a picture of each layout or page that somebody asked for: '' is the one it shows first, and knows the names of all.
alter table pybase.pictures add column sheet text not null default '', add column sheets text[] not null default '{}';
alter table pybase.pictures drop constraint pictures_pkey, add primary key (file, sheet);
drop index pybase.jobs_file_idx;
create unique index jobs_picture on pybase.jobs (file, (coalesce(input ->> 'sheet', ''))) where kind = 'picture';
-- Pictures drawn before know no sheets; they are drawn again when somebody asks.
delete from pybase.pictures;
delete from pybase.jobs where kind = 'picture' and state in ('succeeded', 'failed', 'cancelled', 'parked');
