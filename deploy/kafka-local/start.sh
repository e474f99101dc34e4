#!/bin/sh
# Starts one Kafka node or three on this machine, and prints their addresses once all of them serve.
# usage: start.sh [1|3] [4.3|3.9]
#   NACHWEIS_KAFKA_LOCAL_DATA  folder of the data, `.data` beside this file
#   NACHWEIS_KAFKA_LOCAL_PORT  port of the first node, 19092; the others follow in steps of ten
set -eu
nodes=${1:-1}
version=${2:-4.3}
here=$(cd "$(dirname "$0")" && pwd)
data=${NACHWEIS_KAFKA_LOCAL_DATA:-$here/.data}
first=${NACHWEIS_KAFKA_LOCAL_PORT:-19092}

port() { echo $((first + 10 * ($1 - 1))); }
voter() { echo "$1@127.0.0.1:$(($(port "$1") + 1))"; }
running() { [ -f "$1/pid" ] && kill -0 "$(cat "$1/pid")" 2>/dev/null; }

case $nodes in
1) replicas=1 inSync=1 voters=$(voter 1) ;;
3) replicas=3 inSync=2 voters=$(voter 1),$(voter 2),$(voter 3) ;;
*) echo "start.sh: one node or three, not $nodes" >&2 && exit 64 ;;
esac

"$here/jars.sh" "$version" >/dev/null
mkdir -p "$data"
[ -f "$data/cluster-id" ] || head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=' >"$data/cluster-id"

for node in $(seq "$nodes"); do
  folder=$data/$node
  if running "$folder"; then echo "start.sh: node $node runs already; stop.sh stops it" >&2 && exit 1; fi
  mkdir -p "$folder"
  sed -e "s|@node@|$node|; s|@voters@|$voters|; s|@replicas@|$replicas|; s|@inSync@|$inSync|; s|@data@|$folder/data|" \
    -e "s|@port@|$(port "$node")|; s|@advertisedPort@|$(port "$node")|" \
    -e "s|@controllerPort@|$(($(port "$node") + 1))|; s|@brokerPort@|$(($(port "$node") + 2))|g" \
    "$here/server.properties" >"$folder/server.properties"
  : >"$folder/output"
  nohup "$here/node.sh" "$folder" "$(cat "$data/cluster-id")" "$version" >"$folder/output" 2>&1 </dev/null &
  echo $! >"$folder/pid"
done

for node in $(seq "$nodes"); do
  folder=$data/$node
  attempts=600
  until grep -q 'Kafka Server started' "$folder/output"; do
    attempts=$((attempts - 1))
    if ! running "$folder" || [ "$attempts" -eq 0 ]; then
      echo "start.sh: node $node did not start:" >&2
      grep -m 5 -E 'ERROR|FATAL|xception' "$folder/output" >&2 || tail -n 5 "$folder/output" >&2
      "$here/stop.sh"
      exit 1
    fi
    sleep 0.1
  done
  echo "127.0.0.1:$(port "$node")"
done
