#!/bin/sh
# Builds the checks of deploy/ that need the libraries of Helm, Kubernetes, Compose, BuildKit and Prometheus. Needs Go.
set -eu
cd "$(dirname "$0")"
go build -ldflags '-s -w' -o .bin/checks .
