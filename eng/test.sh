#!/usr/bin/env bash
# Installs what is missing, builds everything and runs all tests, in Release, since some of them measure.
# Arguments go to the test run: eng/test.sh --filter-class '*ClusterTests'
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export NO_COLOR=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 MSBUILDTERMINALLOGGER=off

times=()
part() {
  local name=$1 began=$SECONDS code=0
  shift
  echo "== $name"
  "$@" || code=$?
  times+=("$name $((SECONDS - began)) s")
  return $code
}

give_up() {
  echo "$1" >&2
  tell_times
  exit 1
}

tell_times() {
  local IFS=,
  echo "Time: ${times[*]}" | sed 's/,/, /g'
}

tools() {
  local missing=0 node=0
  if ! dotnet --version >/dev/null 2>&1; then
    echo "PyBase is built with the .NET SDK 10: https://dotnet.microsoft.com/download (Debian: add Microsoft's package feed, then apt install dotnet-sdk-10.0)" >&2
    missing=1
  fi
  node=$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')
  if [ "${node:-0}" -lt 20 ] || ! command -v npm >/dev/null; then
    echo "The web application is built with Node.js 20 or later and npm: https://nodejs.org (Debian 13, Ubuntu 25.04: apt install nodejs npm)" >&2
    missing=1
  fi
  return $missing
}

web() {
  if [ ! -f PyBase.Web/package.json ]; then
    echo "No web application yet."
    return
  fi
  # `npm ci` starts from nothing; what is already there and fits stays.
  if [ ! PyBase.Web/node_modules/.package-lock.json -nt PyBase.Web/package-lock.json ]; then
    npm --prefix PyBase.Web ci --no-audit --no-fund || return
  fi
  npm --prefix PyBase.Web test && npm --prefix PyBase.Web run build
}

# Airtable's client, which the tests run.
clients() {
  if [ ! PyBase.Tests/Clients/node_modules/.package-lock.json -nt PyBase.Tests/Clients/package-lock.json ]; then
    npm --prefix PyBase.Tests/Clients ci --no-audit --no-fund
  fi
}

tests() {
  # Some hundred processes start and end: profiling for their long run, which they do not have, costs a tenth of each start.
  DOTNET_TieredPGO=0 dotnet test --project PyBase.Tests/PyBase.Tests.csproj -c Release --no-build --no-ansi --no-progress "$@" </dev/null 2>&1 | tee artifacts/tests.log
}

part tools tools || give_up "Install what is named above and start again."
part install eng/install-servers.sh || give_up "The servers could not be installed."
part restore dotnet restore PyBase.sln --locked-mode -v q || give_up "The packages could not be restored."
part web web || give_up "The web application was not built."
part clients clients || give_up "Airtable's client could not be installed."
part build dotnet build PyBase.sln -c Release --no-restore -v q || give_up "The build failed."
code=0
part tests tests "$@" || code=$?
tell_times

# The run's summary, by line: "  total: 3", "  failed: 0", "  succeeded: 3", "  skipped: 0"
count() { sed -n "s/^ *$1: *\([0-9]*\)$/\1/p" artifacts/tests.log | tail -1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
# What failed and why, without the logs of the processes that took part, as the last thing that is read.
awk '/^failed /{on=1} /^  (Standard output|Error output)/||/^(passed|skipped|Test run) /{on=0} on' artifacts/tests.log | cut -c1-400
if [ "${passed:-0}" = 0 ] && [ $code = 0 ]; then
  echo "No test ran." >&2
  code=1
fi
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
exit $code
