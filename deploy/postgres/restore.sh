#!/usr/bin/env bash
# A data directory as it was at a time, from a base backup and the archived log. Run it as the user whom PostgreSQL runs as.
#   restore.sh BASE ARCHIVE DATA 'TIME'      BASE made by backup.sh before that time, DATA not there yet, TIME with its zone: 2030-01-31 14:00:00+00
# Then start PostgreSQL on DATA: it replays the log up to that time and becomes a primary of its own. It does not start when the log ends before that time.
set -euo pipefail
[ $# = 4 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
base=$1 archive=$(cd "$2" && pwd) data=$3 time=$4
[ -f "$base/PG_VERSION" ] || { echo "$base is no base backup." >&2; exit 1; }
[ ! -e "$data" ] || { echo "$data is there already; this makes a new directory." >&2; exit 1; }
[[ $time =~ ([+-][0-9:]+|Z|UTC)$ ]] || { echo "Say the zone of the time as well: '$time+00'." >&2; exit 1; }
[[ $archive$time != *\'* ]] || { echo "No quotes, please." >&2; exit 1; }
trap 'rm -rf "$data.part"' EXIT
cp -a "$base" "$data.part"
cat >> "$data.part/postgresql.auto.conf" <<END
restore_command = 'cp "$archive/%f" "%p"'
recovery_target_time = '$time'
recovery_target_action = 'promote'
archive_mode = 'off'
synchronous_standby_names = ''
END
touch "$data.part/recovery.signal"
chmod 700 "$data.part"
mv "$data.part" "$data"
echo "Start PostgreSQL on $data, then renew the epochs (docs/backup.md): whoever shows a base loads it anew."
