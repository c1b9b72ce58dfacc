#!/usr/bin/env bash
# Many listeners, edits, jobs and requests on several processes of each role; writes what it measures into docs/reliability.md and docs/benchmarks/scaling.md.
#   eng/load.sh [tables|wide|busy|idle|burst|requests]…      all of them without a name; each takes one to three minutes on a machine that does nothing else
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export NO_COLOR=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
[[ ${LOAD_NO_BUILD:-} ]] || dotnet build PyBase.Benchmarks -c Release -v q
# A connection is a file on either side.
ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"
[[ $# -gt 0 ]] || set -- tables wide busy idle burst requests
for part in "$@"; do
  dotnet artifacts/bin/PyBase.Benchmarks/release/PyBase.Benchmarks.dll load "$part" ${LOAD_OPTIONS---report}
done
