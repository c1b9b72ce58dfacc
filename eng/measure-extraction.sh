#!/usr/bin/env bash
# Speed of the readers beside ezdxf (Debian's python3-ezdxf) and web-ifc (npm), written to docs/benchmarks/extraction.md. Needs shared/data beside the checkout.
#   eng/measure-extraction.sh          MEASURE=… stands before each timed command, to have the machine alone; NO_BUILD=1 takes what is built
# Takes four minutes on a free machine of two cores. A program that takes longer than its share is said to, and the report is made all the same.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
folder=artifacts/extraction measure=${MEASURE:-}
mkdir -p "$folder" docs/benchmarks
[[ ${NO_BUILD:-} ]] || dotnet build PyBase.Benchmarks -c Release -v q
[[ -d $folder/node_modules/web-ifc ]] || npm install --prefix "$folder" --no-audit --no-fund web-ifc@0.0.78 >/dev/null
cat >"$folder/web-ifc.cjs" <<'JS'
const fs = require('fs'), { IfcAPI } = require('web-ifc');
(async () => {
  const api = new IfcAPI(); await api.Init();
  for (const path of process.argv.slice(2)) {
    const times = [];
    for (let round = 0; round < 3; round++) {
      const bytes = fs.readFileSync(path), started = process.hrtime.bigint();
      const model = api.OpenModel(bytes);
      if (round) times.push(Number(process.hrtime.bigint() - started) / 1e9);
      api.CloseModel(model);
    }
    times.sort((a, b) => a - b);
    console.log(`| web-ifc 0.0.78, opening ${(fs.statSync(path).size / 1e6).toFixed(1)} MB of IFC, no rows | ${times[0].toFixed(3)} s |`);
  }
})();
JS
cat >"$folder/read-dxf.py" <<'PY'
import os, sys, time, ezdxf
path = sys.argv[1]
started = time.perf_counter(); drawing = ezdxf.readfile(path); count = sum(1 for _ in drawing.modelspace())
print(f"| ezdxf {ezdxf.__version__}, reading {os.path.getsize(path) / 1e6:.1f} MB of DXF, {count:,} entities | {time.perf_counter() - started:.3f} s |")
PY
program="dotnet artifacts/bin/PyBase.Benchmarks/release/PyBase.Benchmarks.dll extraction $folder"
export DOTNET_gcServer=0
# 124 is timeout's own; what fails otherwise is no result, and there is no report.
others() { timeout "$1" "${@:2}" || { [ $? = 124 ] && echo "| ${*:2:1} ${*: -1} | no answer within $1 s |"; }; }
{
  echo "# Extraction: speed and memory"
  echo
  echo '`eng/measure-extraction.sh` ('"$(date -u +%Y-%m-%d), $(nproc) cores, .NET $(dotnet --version), load at the start $(cut -d' ' -f1 /proc/loadavg)"')'
  echo
  echo "One thread, warm, median of five; every row of every table is made. Files are real ones repeated by the tools beside the data. Memory is how far the process' high-water mark rises:"
  echo "a file of a few megabytes costs what the runtime sets aside before it collects at all. \"Of the processor\" counts all threads, the runtime's own too."
  echo
  timeout 240 $measure $program
  echo
  echo "In the same run, other programs on the same files; they open them and make no rows (the better of two runs, warm; ezdxf one):"
  echo
  echo "| program | time |"
  echo "|---|---|"
  for file in duplex-100.ifc duplex-341.ifc; do (cd "$folder" && others 40 $measure node web-ifc.cjs "$file"); done
  others 60 $measure /usr/bin/python3 "$folder/read-dxf.py" "$folder/floorplan-60.dxf"
} | tee "$folder/report.md"
mv "$folder/report.md" docs/benchmarks/extraction.md
