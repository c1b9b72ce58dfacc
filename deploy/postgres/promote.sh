#!/usr/bin/env bash
# Makes a standby the primary. PyBase's processes find it by themselves when both servers are named in ConnectionStrings:pybase.
#   promote.sh --standby HOST:PORT --primary HOST:PORT [--asynchronous] [--force]
# PGUSER, PGPASSWORD and PGDATABASE as for psql. Refuses while the old primary answers: two primaries are two truths. --force is for a primary that answers,
# but from where no process of PyBase can reach it. With --asynchronous some of what was acknowledged last may be missing: everybody who shows a base
# loads it anew, and jobs whose messages were in the broker that was lost as well are sent again at once (by themselves they are after ten minutes).
set -euo pipefail
usage() { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
standby= primary= asynchronous= force=
while [ $# -gt 0 ]; do
  case $1 in
    --standby) standby=${2:-}; shift 2 || usage ;;
    --primary) primary=${2:-}; shift 2 || usage ;;
    --asynchronous) asynchronous=yes; shift ;;
    --force) force=yes; shift ;;
    *) usage ;;
  esac
done
[ -n "$standby" ] && [ -n "$primary" ] || usage
export PGUSER=${PGUSER:-pybase} PGDATABASE=${PGDATABASE:-pybase} PGCONNECT_TIMEOUT=${PGCONNECT_TIMEOUT:-3}
bin=${PYBASE_PG_BIN:+$PYBASE_PG_BIN/}
at() { "${bin}psql" -h "${1%:*}" -p "${1##*:}" -XqtA -v ON_ERROR_STOP=1 -c "$2"; }

[ "$(at "$standby" 'select pg_is_in_recovery()')" = t ] || { echo "$standby is no standby." >&2; exit 1; }
# "No answer" is 2; one that starts or stops (1) may still come back.
answer=0; "${bin}pg_isready" -q -t 3 -h "${primary%:*}" -p "${primary##*:}" || answer=$?
if [ $answer -lt 2 ] && [ -z "$force" ]; then
  echo "$primary still answers. Stop it and keep it from starting, then try again." >&2
  exit 1
fi
[ "$(at "$standby" 'select pg_promote(true, 60)')" = t ] || { echo "$standby was not promoted within 60 seconds; its log says why." >&2; exit 1; }
# It would wait for a standby that it does not have yet.
at "$standby" "alter system set synchronous_standby_names = ''"
at "$standby" 'select pg_reload_conf()' >/dev/null
if [ -n "$asynchronous" ]; then
  at "$standby" "update pybase.bases set epoch = 'epo' || substr(md5(random()::text || id), 1, 14)"
  # A message too many does no harm.
  at "$standby" "insert into pybase.outbox (job, queue, due) select id, queue, now() from pybase.jobs j
    where state = 'queued' and kind <> 'bulk' and not exists (select from pybase.outbox o where o.job = j.id)"
fi
echo "$standby is the primary since $(at "$standby" 'select now()')."
