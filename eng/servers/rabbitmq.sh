#!/bin/sh
# RabbitMQ from the installed binaries, for the AppHost's --mode executables.
# SERVER_DATA, SERVER_PORT, SERVER_MANAGEMENT_PORT, SERVER_PASSWORD.
# Every start is a new node: what has to last is in PostgreSQL, and an old node would keep its old password.
set -eu
home=${RABBITMQ_HOME:-/usr/lib/rabbitmq}
# Never the default epmd port: any tool run with the default environment leaves an epmd on 0.0.0.0:4369.
epmd_port=$((SERVER_PORT > 40000 ? SERVER_PORT - 20000 : SERVER_PORT + 20000))
dist_port=$((epmd_port + 1))
umask 022
rm -rf "$SERVER_DATA"; mkdir -p "$SERVER_DATA"
printf '%s' "pybase-$$-$SERVER_PORT" > "$SERVER_DATA/.erlang.cookie"; chmod 400 "$SERVER_DATA/.erlang.cookie"
printf '[rabbitmq_management,rabbitmq_prometheus].\n' > "$SERVER_DATA/enabled_plugins"
cat > "$SERVER_DATA/rabbitmq.conf" <<END
listeners.tcp.1 = 127.0.0.1:$SERVER_PORT
management.tcp.ip = 127.0.0.1
management.tcp.port = $SERVER_MANAGEMENT_PORT
prometheus.tcp.ip = 127.0.0.1
prometheus.tcp.port = $((epmd_port + 2))
default_user = pybase
default_pass = $SERVER_PASSWORD
vm_memory_high_watermark.absolute = 512MB
log.console = true
log.file = false
END
printf '[{kernel,[{inet_dist_use_interface,{127,0,0,1}}]}].\n' > "$SERVER_DATA/advanced.config"
chmod 600 "$SERVER_DATA/rabbitmq.conf"

as=
if [ "$(id -u)" = 0 ]; then
  chown -R rabbitmq "$SERVER_DATA"
  as="setpriv --reuid=rabbitmq --regid=$(id -g rabbitmq) --init-groups"
fi
cd /
export HOME="$SERVER_DATA" ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$epmd_port \
  RABBITMQ_CONF_ENV_FILE=/dev/null RABBITMQ_NODENAME="pybase$SERVER_PORT@localhost" RABBITMQ_DIST_PORT=$dist_port \
  RABBITMQ_CONFIG_FILE="$SERVER_DATA/rabbitmq.conf" RABBITMQ_ADVANCED_CONFIG_FILE="$SERVER_DATA/advanced.config" \
  RABBITMQ_ENABLED_PLUGINS_FILE="$SERVER_DATA/enabled_plugins" RABBITMQ_MNESIA_BASE="$SERVER_DATA/mnesia" RABBITMQ_LOG_BASE="$SERVER_DATA/log" \
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 2:2 +sbwt none"

# Our own epmd, in the foreground, so that it ends with us; the node would start one that stays behind.
$as epmd -address 127.0.0.1 -port "$epmd_port" &
epmd=$!
# Debian's wrapper changes directory and user; this is the script behind it.
$as "$home/bin/rabbitmq-server" &
server=$!
stopping=
trap 'stopping=yes; kill -TERM $server 2>/dev/null' TERM INT
status=0; wait $server || status=$?
[ -z "$stopping" ] || { status=0; wait $server || status=$?; }
kill $epmd 2>/dev/null || true
rm -rf "$SERVER_DATA"
exit $status
