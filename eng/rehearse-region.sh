#!/usr/bin/env bash
# Kills a whole region under writers while its standby is behind a slow connection, promotes the other, and brings the first back: the runbook of docs/backup.md, with
# what was lost and how long it took.
#   eng/rehearse-region.sh [--report]      the report is artifacts/region.md, with --report in docs/backup.md too
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[[ ${1:-} == --report ]] && export PYBASE_WRITE_DOCS=1
export NO_COLOR=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
[[ ${REHEARSE_NO_BUILD:-} ]] || dotnet build PyBase.Tests/PyBase.Tests.csproj -c Release -v q
dotnet test --project PyBase.Tests/PyBase.Tests.csproj -c Release --no-build --no-ansi --no-progress --explicit only --filter-class '*RegionLossTests'
cat artifacts/region.md
