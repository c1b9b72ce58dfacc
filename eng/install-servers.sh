#!/usr/bin/env bash
# Installs the servers that the tests use and this machine lacks (Debian, Ubuntu). Starts none of them: every test run starts its own.
set -euo pipefail

found() { command -v "$1" >/dev/null || [ -x "/usr/sbin/$1" ]; }
postgres_found() { found initdb || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }

packages=()
postgres_found || packages+=(postgresql)
found redis-server || packages+=(redis-server)
found rabbitmq-server || packages+=(rabbitmq-server)
found nginx || packages+=(nginx-core)
found haproxy || packages+=(haproxy)
found pgbouncer || packages+=(pgbouncer)
found redis-sentinel || packages+=(redis-sentinel)
found promtool || packages+=(prometheus)
found amtool || packages+=(prometheus-alertmanager)
# Without a font a page is a picture of boxes.
found chromium || found chromium-browser || found google-chrome || packages+=(chromium fonts-dejavu-core)

if [ ${#packages[@]} -eq 0 ]; then
  echo "Nothing to install."
  exit
fi
if ! command -v apt-get >/dev/null; then
  echo "Missing here: ${packages[*]}. Install them with this system's package manager; tests that need them are skipped until then." >&2
  exit
fi

as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)

# Debian starts a server as soon as it is installed; this file forbids it for the time of the installation.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap '"${as_root[@]}" rm -f '$policy EXIT
  printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $policy >/dev/null
  "${as_root[@]}" chmod 755 $policy
fi

# Whatever part of RabbitMQ runs during its installation would start an epmd on all addresses.
quietly=(env DEBIAN_FRONTEND=noninteractive ERL_EPMD_ADDRESS=127.0.0.1 RUNLEVEL=1)
echo "Installing ${packages[*]}"
"${as_root[@]}" "${quietly[@]}" apt-get -qq update </dev/null
"${as_root[@]}" "${quietly[@]}" apt-get -qq -y --no-install-recommends install "${packages[@]}" </dev/null >/dev/null
