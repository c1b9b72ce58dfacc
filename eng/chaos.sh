#!/usr/bin/env bash
# Kills, pauses and restarts everything under writers, subscribers and jobs, and then compares what clients were told with what is there.
#   eng/chaos.sh [--report] [minutes] [seed] [faults] [writers] [subscribers]
# 15 minutes or more, and 200 faults or more; the report is artifacts/chaos.md, and with --report docs/reliability.md has it too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[[ ${1:-} == --report ]] && { export PYBASE_WRITE_DOCS=1; shift; }
export PYBASE_CHAOS_MINUTES="${1:-15}" PYBASE_CHAOS_SEED="${2:-$RANDOM}" PYBASE_CHAOS_FAULTS="${3:-200}" PYBASE_CHAOS_WRITERS="${4:-22}" PYBASE_CHAOS_SUBSCRIBERS="${5:-52}"
echo "$PYBASE_CHAOS_MINUTES minutes, seed $PYBASE_CHAOS_SEED"
export NO_COLOR=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
[[ ${CHAOS_NO_BUILD:-} ]] || dotnet build PyBase.Tests/PyBase.Tests.csproj -c Release -v q
dotnet test --project PyBase.Tests/PyBase.Tests.csproj -c Release --no-build --no-ansi --no-progress --filter-class '*Chaos.ChaosTests'
cat artifacts/chaos.md
