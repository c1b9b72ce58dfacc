#!/usr/bin/env bash
# From PyBase.Standalone's data directory to servers of your own: the database and the files, ids and all. Redis and RabbitMQ start empty, since what they hold is
# made again from the database. Nothing is changed in the data directory except that its database is started and stopped.
#   migrate.sh DATA TARGET FILES       stop Standalone first
# TARGET is the empty database, as psql takes it ("host=db1 user=pybase dbname=pybase"; PGPASSWORD for its password). FILES is the folder that all processes will
# see; for a bucket take a folder first and `PyBase.Api --move-files bucket` then. Ends with 0 when every table and every file has been compared and is the same.
set -euo pipefail
[ $# = 3 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd) data=$(cd "$1" && pwd) target=$2 files=$3
[ -f "$data/postgres/PG_VERSION" ] || { echo "$data is no data directory of PyBase.Standalone." >&2; exit 1; }
pid=$(head -1 "$data/postgres/postmaster.pid" 2>/dev/null || true)
if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then echo "Stop PyBase.Standalone first: its database runs as process $pid." >&2; exit 1; fi
major=$(cat "$data/postgres/PG_VERSION")
bin=${PYBASE_PG_BIN:-/usr/lib/postgresql/$major/bin}
[ -x "$bin/pg_dump" ] || { echo "PostgreSQL $major's programs are needed, pg_dump among them: apt install postgresql-$major, or name their folder in PYBASE_PG_BIN." >&2; exit 1; }

work=$(mktemp -d) && chmod 711 "$work"
as=
if [ "$(id -u)" = 0 ]; then
  owner=$(stat -c %U "$data/postgres")
  as="setpriv --reuid=$owner --regid=$(id -g "$owner") --init-groups"
  install -d -o "$owner" "$work/server"
else
  mkdir "$work/server"
fi
mkdir -p "$files" && files=$(cd "$files" && pwd)
cd "$work"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
trap '$as "$bin/pg_ctl" -D "$data/postgres" -m fast -w stop >/dev/null 2>&1 || true; rm -rf "$work"' EXIT
$as "$bin/pg_ctl" -D "$data/postgres" -l "$work/server/log" -w -t 300 -o "-h 127.0.0.1 -p $port -k ''" start >/dev/null || { cat "$work/server/log" >&2; exit 1; }
umask 077
printf '127.0.0.1:%s:*:*:%s\n' "$port" "$(cat "$data/postgres.password")" > source.pass
umask 022
source() { env -u PGPASSWORD PGPASSFILE="$work/source.pass" "$@"; }
from="host=127.0.0.1 port=$port user=pybase dbname=pybase"

[ "$("$bin/psql" -XqtA -d "$target" -c "select count(*) from information_schema.schemata where schema_name in ('pybase', 'catalog')")" = 0 ] \
  || { echo "The target has a PyBase already: take an empty database." >&2; exit 1; }
began=$SECONDS
source "$bin/pg_dump" -d "$from" -Fd -j 2 -f dump
"$bin/pg_restore" -d "$target" --no-owner --no-privileges --exit-on-error --single-transaction dump
echo "database copied in $((SECONDS - began)) s"

# Each table: how many rows, and a sum over the hash of each, which no order changes.
tables="select format('select %L, count(*), coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) from %I.%I t', table_schema || '.' || table_name, table_schema, table_name)
  from information_schema.tables where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema') order by table_schema collate \"C\", table_name collate \"C\""
source "$bin/psql" -XqtA -v ON_ERROR_STOP=1 -d "$from" > there <<END
$tables \gexec
END
"$bin/psql" -XqtA -v ON_ERROR_STOP=1 -d "$target" > here <<END
$tables \gexec
END
diff there here || { echo "The tables differ (< there, > here)." >&2; exit 1; }
echo "$(wc -l < here) tables, $(awk -F'|' '{ sum += $2 } END { print sum }' here) rows, all the same"

if [ -d "$data/files" ]; then
  for folder in "$data"/files/??; do
    [ -d "$folder" ] || continue
    mkdir -p "$files/${folder##*/}"
    cp -n --preserve=timestamps "$folder"/* "$files/${folder##*/}/"
  done
fi
PYBASE_PG_BIN=$bin "$here/check-files.sh" "$target" "$files"
