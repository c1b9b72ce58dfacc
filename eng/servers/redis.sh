#!/bin/sh
# Redis from the installed binary, for the AppHost's --mode executables.
# SERVER_DATA, SERVER_PORT, SERVER_PASSWORD; SERVER_KEEP=no deletes the data at the end.
set -eu
mkdir -p "$SERVER_DATA"
# The password goes through stdin: an argument is readable by everybody on the machine.
redis-server - <<END &
bind 127.0.0.1
port $SERVER_PORT
dir "$SERVER_DATA"
requirepass "$SERVER_PASSWORD"
save 60 1
END
server=$!
stopping=
trap 'stopping=yes; kill -TERM $server 2>/dev/null' TERM INT
status=0; wait $server || status=$?
[ -z "$stopping" ] || { status=0; wait $server || status=$?; }
[ "$SERVER_KEEP" != no ] || rm -rf "$SERVER_DATA"
exit $status
