-- What a file looks like, made once by a worker and kept in the file store.
create table pybase.pictures (
    file text collate "C" primary key references pybase.files on delete cascade,
    media_type text not null,
    size bigint not null,
    sha256 bytea not null
);
-- The sweep of files asks whether any row names a content.
create index on pybase.pictures (sha256);
-- A file is asked for by many at once and drawn by one.
create unique index on pybase.jobs (file) where kind = 'picture';
