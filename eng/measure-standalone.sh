#!/usr/bin/env bash
# How long Standalone takes to its first healthy answer on a fresh data directory, and its own memory (without the database's).
#   dotnet build PyBase.Standalone -c Release && eng/measure-standalone.sh [runs]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
port=8765
for run in $(seq "${1:-3}"); do
  # Everybody may pass through it: as root the database runs as another user.
  folder=$(mktemp -d) && chmod 755 "$folder"
  began=$(date +%s%N)
  dotnet run -c Release --no-build --project PyBase.Standalone -- --data "$folder/data" --urls "http://127.0.0.1:$port" >"$folder/log" 2>&1 &
  runner=$!
  until curl -sf -o /dev/null "http://127.0.0.1:$port/health"; do
    kill -0 $runner 2>/dev/null || { cat "$folder/log"; exit 1; }
    sleep 0.02
  done
  ready=$(( ($(date +%s%N) - began) / 1000000 ))
  process=$(cat "$folder/data/pybase.pid")
  at_start=$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$process/status")
  sleep 10
  later=$(awk '/VmRSS/ { print int($2 / 1024) }' "/proc/$process/status")
  echo "run $run: healthy after $ready ms, RSS $at_start MB then, $later MB ten seconds later"
  kill -TERM "$process"
  wait $runner || true
  rm -rf "$folder"
done
