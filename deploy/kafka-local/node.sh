#!/bin/sh
# Runs one node in this process, with the file server.properties of its folder; formats its data when there are none.
# usage: node.sh FOLDER CLUSTER_ID 4.3|3.9 [ARGUMENT FOR FORMATTING]...
set -eu
folder=$1
cluster=$2
version=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
jars=$("$here/jars.sh" "$version")
# In the variable, not as an argument: the launcher itself expands the star.
export CLASSPATH="$jars/*"

small="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ActiveProcessorCount=2 -Xss512k"
logging="-Dlog4j2.configurationFile=$here/log4j2.properties -Dlog4j.configuration=file:$here/log4j.properties"

data=$(sed -n 's/^log\.dirs=//p' "$folder/server.properties")
if [ ! -f "$data/meta.properties" ]; then
  # shellcheck disable=SC2086
  java $small $logging kafka.tools.StorageTool format --cluster-id="$cluster" -c "$folder/server.properties" "$@" >/dev/null
fi
# shellcheck disable=SC2086
exec java $small $logging -Xms128m -Xmx256m -XX:MaxMetaspaceSize=128m -XX:ReservedCodeCacheSize=48m \
  -XX:MaxDirectMemorySize=64m -XX:+ExitOnOutOfMemoryError kafka.Kafka "$folder/server.properties"
