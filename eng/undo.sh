#!/usr/bin/env bash
# The random test of undo, for longer: eng/undo.sh [commands] [seed]
set -euo pipefail
cd "$(dirname "$0")/.."
export PYBASE_UNDO_COMMANDS="${1:-10000}" PYBASE_UNDO_SEED="${2:-$RANDOM}"
echo "$PYBASE_UNDO_COMMANDS commands, seed $PYBASE_UNDO_SEED"
export NO_COLOR=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
exec dotnet test --project PyBase.Tests/PyBase.Tests.csproj -c Release --filter-class '*RandomUndoOnStandaloneTests'
