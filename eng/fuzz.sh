#!/usr/bin/env bash
# Feeds broken files to the readers: always an envelope, in bounded time and memory. Bad inputs are kept in artifacts/fuzz.
#   eng/fuzz.sh [format|all] [count] [seed] [first]      formats: step ifc dxf dwg pdf sheets; 100000 inputs each, seed 1, from the first
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
formats=${1:-all} count=${2:-100000} seed=${3:-1} first=${4:-0} bad=0
[[ $formats != all ]] || formats="step ifc dxf dwg pdf sheets"
[[ ${FUZZ_NO_BUILD:-} ]] || dotnet build PyBase.Benchmarks -c Release -v q
for format in $formats; do
  dotnet artifacts/bin/PyBase.Benchmarks/release/PyBase.Benchmarks.dll fuzz "$format" "$count" "$seed" artifacts/fuzz "$first" || bad=1
done
exit $bad
