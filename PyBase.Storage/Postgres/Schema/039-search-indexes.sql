-- The trigram index of a search table is made once it holds enough rows to pay for it (IndexBuilder): rows that come by the hundred thousand are written
-- in half the time without it, and a small table is read whole as quickly.
create or replace function pybase.make_search(base text, table_id text) returns void language plpgsql as $$
begin
    execute format('create table %I.%I (record text collate "C" primary key, text text not null) with (fillfactor = 85, autovacuum_vacuum_scale_factor = 0.05)', base, 'src_' || table_id);
end $$;
