#!/bin/sh
# PostgreSQL from the installed binaries, for the AppHost's --mode executables.
# SERVER_DATA, SERVER_PORT, SERVER_PASSWORD, SERVER_DATABASE, SERVER_MAX_CONNECTIONS; SERVER_KEEP=no deletes the data at the end.
set -eu
bin=${PYBASE_PG_BIN:-$(dirname "$(readlink -f "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb | sort -t/ -k5 -n | tail -1)")")}
umask 022
mkdir -p "$SERVER_DATA"
data=$SERVER_DATA/data sockets=$SERVER_DATA/sockets

# PostgreSQL refuses to run as root. The data may have been made by an older postgres user: hand it over.
as=
if [ "$(id -u)" = 0 ]; then
  user=postgres; id postgres >/dev/null 2>&1 || user=nobody
  chown -R "$user" "$SERVER_DATA"
  as="setpriv --reuid=$user --regid=$(id -g "$user") --init-groups"
fi
cd /

$as mkdir -p -m 700 "$sockets"
[ -f "$data/PG_VERSION" ] || $as "$bin/initdb" -D "$data" -U postgres -E UTF8 --locale=C.UTF-8 --auth-local=trust --auth-host=scram-sha-256 >/dev/null

$as "$bin/postgres" -D "$data" -h 127.0.0.1 -p "$SERVER_PORT" -k "$sockets" -c max_connections="$SERVER_MAX_CONNECTIONS" &
server=$!
# SIGINT is its fast shutdown; SIGTERM would wait for every client to leave.
stopping=
trap 'stopping=yes; kill -INT $server 2>/dev/null' TERM INT

sql() { $as "$bin/psql" -h "$sockets" -p "$SERVER_PORT" -U postgres -d postgres -v ON_ERROR_STOP=1 -qtA "$@"; }
until $as "$bin/pg_isready" -q -h "$sockets" -p "$SERVER_PORT"; do
  kill -0 $server 2>/dev/null || exit 1
  sleep 0.1
done
# The password of this run: over the socket, which only this user can open.
printf '%s\n' "alter role postgres password :'secret'" | sql -v secret="$SERVER_PASSWORD" >/dev/null
[ "$(sql -c "select count(*) from pg_database where datname = '$SERVER_DATABASE'")" = 1 ] || sql -c "create database \"$SERVER_DATABASE\""

# The signal cuts the first wait short.
status=0; wait $server || status=$?
[ -z "$stopping" ] || { status=0; wait $server || status=$?; }
[ "$SERVER_KEEP" != no ] || rm -rf "$SERVER_DATA"
exit $status
