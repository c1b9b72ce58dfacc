-- Who may read and write what of the table, as in the API; null: everybody what their role allows.
alter table pybase.tables add column rules jsonb;
-- When they were last set: a file that was made before for somebody may hold what they may not see any more.
alter table pybase.tables add column rules_set timestamptz;
