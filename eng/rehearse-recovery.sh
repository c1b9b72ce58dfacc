#!/usr/bin/env bash
# Rehearses point-in-time recovery with deploy/postgres/backup.sh and restore.sh on a server of its own: somebody writes all the time, a base backup is made
# meanwhile, later "everything" is deleted, and the database comes back as it was at the moment before.
#   eng/rehearse-recovery.sh
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PYBASE_PG_BIN=${PYBASE_PG_BIN:-$(dirname "$(readlink -f "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb | sort -t/ -k5 -n | tail -1)")")}
scripts=$PWD/deploy/postgres
work=$(mktemp -d) && chmod 755 "$work"
as=
if [ "$(id -u)" = 0 ]; then
  user=postgres; id postgres >/dev/null 2>&1 || user=nobody
  as="setpriv --reuid=$user --regid=$(id -g "$user") --init-groups"
  chown "$user" "$work"
fi
# The scripts, where that user may read them.
cp "$scripts"/*.sh "$work" && chmod 755 "$work"/*.sh
cd "$work"
export PGHOST=127.0.0.1 PGUSER=pybase PGDATABASE=postgres
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
start() { $as "$PYBASE_PG_BIN/pg_ctl" -D "$1" -l "$1.log" -w -t 60 -o "-h 127.0.0.1 -p $PGPORT -k ''" start >/dev/null; }
sql() { "$PYBASE_PG_BIN/psql" -XqtA -v ON_ERROR_STOP=1 -c "$1"; }
finish() {
  [ -z "${writer:-}" ] || kill "$writer" 2>/dev/null || true
  for data in data restored; do [ ! -d $data ] || $as "$PYBASE_PG_BIN/pg_ctl" -D "$work/$data" -m immediate stop >/dev/null 2>&1 || true; done
  rm -rf "$work"
}
trap finish EXIT

PGPORT=$(free_port); export PGPORT
$as mkdir wal backup
$as "$PYBASE_PG_BIN/initdb" -D "$work/data" -U pybase -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
$as tee -a data/postgresql.conf >/dev/null <<END
archive_mode = on
archive_command = 'test ! -f $work/wal/%f && cp %p $work/wal/.%f && mv $work/wal/.%f $work/wal/%f'
END
start "$work/data"
sql "create table writes (number bigint primary key, time timestamptz not null default clock_timestamp(), text text)"
while :; do sql "insert into writes (number, text) select (select coalesce(max(number), 0) from writes) + n, repeat(md5(n::text), 8) from generate_series(1, 50) n" || break; done 2>/dev/null &
writer=$!
until [ "$(sql 'select count(*) from writes')" -ge 200 ]; do sleep 0.1; done

began=$(date +%s%N)
base=$($as ./backup.sh backup)
echo "base backup while somebody writes: $(( ($(date +%s%N) - began) / 1000000 )) ms"
more=$(( $(sql 'select max(number) from writes') + 300 ))
until [ "$(sql 'select max(number) from writes')" -ge $more ]; do sleep 0.1; done
kill $writer; wait $writer 2>/dev/null || true; writer=
until [ "$(sql "select count(*) from pg_stat_activity where query like 'insert into writes%' and state = 'active' and pid <> pg_backend_pid()")" = 0 ]; do sleep 0.1; done
wanted=$(sql "select count(*) || ' rows ' || md5(string_agg(number || time::text || text, ',' order by number)) from writes")
moment=$(sql "select clock_timestamp()")
sql "delete from writes; insert into writes (number) values (-1)"
# What is not in the archive yet: a server that is lost at this moment costs at most archive_timeout.
last=$(sql "select pg_walfile_name(pg_switch_wal())")
until [ -f "wal/$last" ]; do sleep 0.1; done
$as "$PYBASE_PG_BIN/pg_ctl" -D "$work/data" -m immediate stop >/dev/null

began=$(date +%s%N)
$as ./restore.sh "$base" wal "$work/restored" "$moment"
PGPORT=$(free_port); export PGPORT
start "$work/restored"
until [ "$(sql 'select pg_is_in_recovery()')" = f ]; do sleep 0.1; done
took=$(( ($(date +%s%N) - began) / 1000000 ))
found=$(sql "select count(*) || ' rows ' || md5(string_agg(number || time::text || text, ',' order by number)) from writes")
[ "$found" = "$wanted" ] || { echo "Wanted $wanted and found $found." >&2; exit 1; }
echo "restored to $moment: $found, the same; $took ms"
