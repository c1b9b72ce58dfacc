#!/usr/bin/env bash
# A base backup for point-in-time recovery, checked against its own manifest.
#   backup.sh DIR        makes DIR/base-<time>; PGHOST, PGPORT, PGUSER, PGPASSWORD as for psql, a user who may replicate
# The server archives its log all the time, without which a base backup is only a moment:
#   archive_mode = on
#   archive_timeout = 60
#   archive_command = 'test ! -f /backup/wal/%f && cp %p /backup/wal/.%f && mv /backup/wal/.%f /backup/wal/%f'
set -euo pipefail
[ $# = 1 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
bin=${PYBASE_PG_BIN:+$PYBASE_PG_BIN/}
export PGUSER=${PGUSER:-pybase}
base="$1/base-$(date -u +%Y%m%dT%H%M%SZ)"
# With the log that it needs itself, so that it starts even where the archive is lost. Whole or not there: the name comes last.
trap 'rm -rf "$base.part"' EXIT
"${bin}pg_basebackup" -D "$base.part" -X stream -c fast
"${bin}pg_verifybackup" -q "$base.part"
mv "$base.part" "$base"
echo "$base"
