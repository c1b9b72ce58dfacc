#!/usr/bin/env bash
# Builds the AppHost and runs its tests: the whole system under Aspire, in containers where a runtime answers, else from installed servers (eng/install-servers.sh).
# RUN_ONLY=true leaves out what publishes and Vite, where the package feed lacks Aspire.Hosting.Docker, .Kubernetes and .JavaScript.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export NO_COLOR=1 DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 MSBUILDTERMINALLOGGER=off
dotnet build PyBase.AppHost.Tests/PyBase.AppHost.Tests.csproj -c Release -v q -p:RunOnly="${RUN_ONLY:-false}"
exec dotnet artifacts/bin/PyBase.AppHost.Tests/release/PyBase.AppHost.Tests.dll -noColor "$@"
