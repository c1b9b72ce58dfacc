-- The sweep of files asks whether any row names a content.
create index on pybase.files (sha256);
