#!/usr/bin/env bash
# Looks for random commands of several writers that break an invariant, for as many seconds as it is told (default 300). What it finds it prints with its seed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
PYBASE_PROPERTIES_SECONDS=${1:-300} exec dotnet test --project PyBase.Tests/PyBase.Tests.csproj -c Release --no-build --no-ansi --no-progress --filter-class '*RandomCommandTests' --filter-method '*They_hold_for_as_long*'
