-- Undo, redo and restore are transactions as well, which say what they take back; a redo brings an effect again (takes_back is false).
alter table pybase.transactions add column reverts bigint;
alter table pybase.transactions add column takes_back boolean not null default false;
-- The action whose effect goes or comes, however often it was undone and done again.
alter table pybase.transactions add column root bigint;
-- What somebody did last, and what was done about it.
create index on pybase.transactions (base, actor, number);
create index on pybase.transactions (base, reverts) where reverts is not null;
-- The transaction of a log entry has its time.
create index on pybase.transactions (base, time);
-- The trash reads what was deleted among all that happened.
create index on pybase.changes (table_id, version) where kind = 'recordsDeleted';
