-- The depth of the queues is read every few seconds; jobs that have ended are kept and must not be looked at for it.
create index jobs_open on pybase.jobs (queue, created) where state in ('queued', 'running', 'waiting', 'parked');
