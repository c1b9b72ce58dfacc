#!/usr/bin/env bash
# Makes the images of all processes for linux-x64 and linux-arm64 and pushes them: eng/images.sh registry.example.org
# Without a registry they go to Docker or podman on this machine. Needs no Dockerfile and no Docker to push: the SDK builds them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target=()
[ $# -eq 0 ] || target=("-p:ContainerRegistry=$1")
for project in PyBase.Api PyBase.Realtime PyBase.Workers PyBase.Standalone; do
  dotnet publish "$project" -c Release -t:PublishContainer -p:Images=true "${target[@]}"
done
