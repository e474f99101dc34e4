#!/bin/sh
# Makes the passwords compose.yaml names, in the folder secrets/, where there are none yet.
set -eu
secrets=$(cd "$(dirname "$0")/.." && pwd)/secrets
mkdir -p "$secrets"
chmod 700 "$secrets"
# What a new event store begins with. Change it there and here when others reach it.
[ -f "$secrets/eventstore" ] || printf 'changeit' >"$secrets/eventstore"
for name in owner ledger relay projector; do
  [ -f "$secrets/$name" ] || head -c 24 /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_' >"$secrets/$name"
done
# Compose mounts each file into the containers that name it, where several users must read it. Here the folder guards them.
chmod 644 "$secrets"/*
