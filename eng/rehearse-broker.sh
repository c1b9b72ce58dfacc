#!/usr/bin/env bash
# Kills the node of a RabbitMQ cluster of three that leads the queues, twice, under writers, subscribers and jobs of every kind; compares what clients were told
# with what is there, and measures how long it took.
#   eng/rehearse-broker.sh [--report]      the report is artifacts/broker.md, with --report in docs/reliability.md too
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[[ ${1:-} == --report ]] && export PYBASE_WRITE_DOCS=1
export NO_COLOR=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
[[ ${REHEARSE_NO_BUILD:-} ]] || dotnet build PyBase.Tests/PyBase.Tests.csproj -c Release -v q
dotnet test --project PyBase.Tests/PyBase.Tests.csproj -c Release --no-build --no-ansi --no-progress --explicit only --filter-class '*BrokerLossTests'
cat artifacts/broker.md
