#!/bin/sh
# Stops the nodes that start.sh started. Their data stay.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${NACHWEIS_KAFKA_LOCAL_DATA:-$here/.data}

alive() { [ -f "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }

for pid in "$data"/*/pid; do
  if alive "$pid"; then kill "$(cat "$pid")"; fi
done
for pid in "$data"/*/pid; do
  attempts=150
  # The last of three has no majority left to say goodbye to, and would wait for it.
  while alive "$pid"; do
    attempts=$((attempts - 1))
    if [ "$attempts" -eq 0 ]; then kill -KILL "$(cat "$pid")"; fi
    sleep 0.1
  done
  rm -f "$pid"
done
