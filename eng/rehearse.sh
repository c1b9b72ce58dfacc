#!/usr/bin/env bash
# Losses that take longer to rehearse than a run of all tests has time for; what was lost and how long it took is a report.
#   eng/rehearse.sh region [--report]     a whole region, killed under writers while its standby is behind a slow connection, and brought back: the runbook of docs/backup.md
#   eng/rehearse.sh broker [--report]     the node of a RabbitMQ cluster of three that leads the queues, killed twice under writers, subscribers and jobs of every kind
#   eng/rehearse.sh shard [--report]      a base of a million rows that moves to another database and back under writers, its mover killed twice
# The report is artifacts/region.md, broker.md or shard.md; with --report it goes into docs/backup.md, docs/reliability.md or docs/scaling.md too.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
case ${1:-} in
  region) class=RegionLossTests ;;
  broker) class=BrokerLossTests ;;
  shard) class=MoveRehearsalTests ;;
  *) sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
[[ ${2:-} == --report ]] && export PYBASE_WRITE_DOCS=1
export NO_COLOR=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
[[ ${REHEARSE_NO_BUILD:-} ]] || dotnet build PyBase.Tests/PyBase.Tests.csproj -c Release -v q
dotnet test --project PyBase.Tests/PyBase.Tests.csproj -c Release --no-build --no-ansi --no-progress --explicit only --filter-class "*$class"
cat "artifacts/$1.md"
