#!/usr/bin/env bash
# Makes a server that was the primary a standby of the one that is it now. Run it on that server, while it is stopped, as the user whom PostgreSQL runs as.
#   follow.sh DATA PRIMARY       DATA its data directory, PRIMARY as psql takes it: 'host=db2 user=pybase password=…'
# What it had written last and the other never got is thrown away: copy DATA first if somebody wants to look for that. It needs wal_log_hints = on since before the
# loss (or data checksums) in postgresql.conf and not on a command line, the log since then on the new primary (wal_keep_size), and there a superuser; without them
# make a new standby by pg_basebackup.
set -euo pipefail
[ $# = 2 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
data=$1 primary=$2
bin=${PYBASE_PG_BIN:+$PYBASE_PG_BIN/}
[ -f "$data/PG_VERSION" ] || { echo "$data is no data directory of PostgreSQL." >&2; exit 1; }
if "${bin}pg_ctl" -D "$data" status >/dev/null 2>&1; then echo "Stop the server on $data first." >&2; exit 1; fi
[ "$("${bin}psql" -XqtA -d "$primary dbname=postgres" -c 'select pg_is_in_recovery()')" = f ] || { echo "That server is no primary." >&2; exit 1; }
# Until its first checkpoint the control file of a server that was promoted names the old timeline, and pg_rewind of PostgreSQL 15 would find nothing to rewind.
"${bin}psql" -Xq -v ON_ERROR_STOP=1 -d "$primary dbname=postgres" -c checkpoint
# Goes back to where the two parted, takes what changed since from the other, and writes whom to follow.
"${bin}pg_rewind" --target-pgdata="$data" --source-server="$primary dbname=postgres" --write-recovery-conf
echo "Start PostgreSQL on $data: it is a standby."
