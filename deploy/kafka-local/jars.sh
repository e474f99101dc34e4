#!/bin/sh
# Takes the jars of a Kafka version from Maven Central, once, and prints the folder they are in.
# usage: jars.sh [4.3|3.9]
set -eu
version=${1:-4.3}
here=$(cd "$(dirname "$0")" && pwd)
jars=$here/.jars/$version

if [ ! -d "$jars" ]; then
  partial=$jars.$$
  trap 'rm -rf "$partial"' EXIT
  mvn -B -q -f "$here/pom.xml" -P "kafka-$version" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$partial" >&2
  # Two that start at once both copy; the first to finish wins.
  mv -T "$partial" "$jars" 2>/dev/null || [ -d "$jars" ]
fi
echo "$jars"
