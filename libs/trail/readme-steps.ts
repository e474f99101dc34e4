/** Marks the steps in README.txt that a reader can paste into a shell, or save as a Go program. */
export const stepMarks = {
  shell: ['----- begin of the steps for sh -----', '----- end of the steps for sh -----'],
  go: ['----- begin of main.go -----', '----- end of main.go -----'],
} as const;

/**
 * The offline check with sh, sha256sum and openssl: files, checkpoint signature, one leaf, its way up the tiles to the
 * root, one disclosure.
 *
 * @param entry the entry to follow; `null` when the trail holds none
 */
export const shellSteps = (entry: number | null): string =>
  [
    preparation,
    entry === null ? '' : entryStep.replace('ENTRY=', `ENTRY=${entry}`),
    rootStep,
    disclosureStep,
    "echo 'All steps passed.'\n",
  ].join('');

const preparation = `set -eu
# The verifier key of the log. Compare it with the copy you got from the operator by another way.
KEY=$(cat data/log-key.txt)
W=$(mktemp -d); trap 'rm -rf "$W"' EXIT
sha() { openssl dgst -sha256 -binary; }

echo '1. No file was changed since the trail was written.'
sha256sum --quiet -c tagmanifest-sha256.txt
sha256sum --quiet -c manifest-sha256.txt

echo '2. The log signed the checkpoint.'
NAME=$(printf %s "$KEY" | cut -d+ -f1)
sed '/^$/,$d' data/checkpoint > "$W/text"
grep -F -- "— $NAME " data/checkpoint | head -n 1 | cut -d' ' -f3 | openssl base64 -d -A | tail -c 64 > "$W/signature"
printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000' > "$W/key.der"
printf %s "$KEY" | cut -d+ -f3- | openssl base64 -d -A | tail -c 32 >> "$W/key.der"
openssl pkeyutl -verify -pubin -keyform DER -inkey "$W/key.der" -rawin -in "$W/text" -sigfile "$W/signature"

# The line of data/entries.ndjson that holds entry $1.
line() { cut -f1 data/index.tsv | grep -n -x -- "$1" | cut -d: -f1; }
# The file of tile $2 of level $1: the full one, or the partial one at the right edge.
tile() {
  n=$2; p=$(printf %03d $((n % 1000))); n=$((n / 1000))
  while [ "$n" -gt 0 ]; do p=x$(printf %03d $((n % 1000)))/$p; n=$((n / 1000)); done
  if [ -f "data/tile/$1/$p" ]; then echo "data/tile/$1/$p"; else echo "data/tile/$1/$p.p/"*; fi
}
# From the 32-byte hashes in file $1 makes the one above them all: pairs become SHA-256(01 left right), an odd last
# one moves up as it is, until one is left.
fold() {
  cp "$1" "$W/row"
  while [ "$(wc -c < "$W/row")" -gt 32 ]; do
    end=$(wc -c < "$W/row"); at=0; : > "$W/above"
    while [ $((at + 64)) -le "$end" ]; do
      { printf '\\001'; tail -c +$((at + 1)) "$W/row" | head -c 64; } | sha >> "$W/above"
      at=$((at + 64))
    done
    if [ "$at" -lt "$end" ]; then tail -c 32 "$W/row" >> "$W/above"; fi
    mv "$W/above" "$W/row"
  done
  mv "$W/row" "$2"
}
`;

const rootStep = `
echo '4. The tiles at the right edge of the tree lead to the root in the checkpoint.'
: > "$W/edge"; level=0; count=$(sed -n 2p data/checkpoint)
while [ "$count" -gt 0 ]; do
  if [ $((count % 256)) -gt 0 ]; then
    cat "$(tile "$level" $((count / 256)))" "$W/edge" > "$W/all"; fold "$W/all" "$W/edge"
  fi
  count=$((count / 256)); level=$((level + 1))
done
if [ ! -s "$W/edge" ]; then : | sha > "$W/edge"; fi
sed -n 3p data/checkpoint | openssl base64 -d -A | cmp - "$W/edge"

`;

const disclosureStep = `
if [ -s data/disclosures.ndjson ]; then
  echo '5. The first disclosed block is one the entry commits to.'
  I=$(head -n 1 data/disclosures.ndjson | sed 's/.*"i":\\([0-9]*\\)}$/\\1/')
  D=$(head -n 1 data/disclosures.ndjson | sed 's/^{"d":\\["\\([^"]*\\)".*/\\1/')
  DIGEST=$(printf %s "$D" | sha | openssl base64 -A | tr '+/' '-_' | tr -d '=')
  sed -n "$(line "$I")p" data/entries.ndjson | grep -q -F -- "\\"$DIGEST\\""
fi
`;

const entryStep = `
echo '3. One entry is in the tree: its leaf hash is in its tile, and each tile folds to its hash in the tile above.'
ENTRY=
{ printf '\\000'; sed -n "$(line "$ENTRY")p" data/entries.ndjson | tr -d '\\n'; } | sha > "$W/hash"
level=0; place=$ENTRY
while :; do
  file=$(tile "$level" $((place / 256)))
  tail -c +$((place % 256 * 32 + 1)) "$file" | head -c 32 | cmp - "$W/hash"
  if [ "$(wc -c < "$file")" -lt 8192 ]; then break; fi
  fold "$file" "$W/hash"; place=$((place / 256)); level=$((level + 1))
done
`;

/** The offline check of every entry with Go and golang.org/x/mod. */
export const goProgram = `package main

import (
	"bufio"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type tiles struct{}

func (tiles) Height() int                     { return 8 }
func (tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (tiles) ReadTiles(list []tlog.Tile) (data [][]byte, err error) {
	for _, t := range list {
		// This library writes tile/8/<level>/..., trails have tile/<level>/...
		b, err := os.ReadFile("data/" + strings.Replace(t.Path(), "tile/8/", "tile/", 1))
		if err != nil {
			return nil, err
		}
		data = append(data, b)
	}
	return data, nil
}

func main() {
	// Your own copy of the log's verifier key, not the one in the trail.
	verifier, err := note.NewVerifier(os.Args[1])
	check(err)
	signed, err := os.ReadFile("data/checkpoint")
	check(err)
	n, err := note.Open(signed, note.VerifierList(verifier))
	check(err)
	var origin, root string
	var tree tlog.Tree
	_, err = fmt.Sscanf(n.Text, "%s\\n%d\\n%s\\n", &origin, &tree.N, &root)
	check(err)
	if origin != verifier.Name() {
		log.Fatal("the checkpoint is of another log")
	}
	tree.Hash, err = tlog.ParseHash(root)
	check(err)

	// This reader checks every tile it reads against the root.
	reader := tlog.TileHashReader(tree, tiles{})
	file, err := os.Open("data/entries.ndjson")
	check(err)
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<17)
	// Which entry each line holds.
	list, err := os.Open("data/index.tsv")
	check(err)
	indexes := bufio.NewScanner(list)
	count := 0
	for ; lines.Scan(); count++ {
		if !indexes.Scan() {
			log.Fatal("data/index.tsv lists fewer entries")
		}
		index, err := strconv.ParseInt(strings.SplitN(indexes.Text(), "\t", 2)[0], 10, 64)
		check(err)
		hashes, err := reader.ReadHashes([]int64{tlog.StoredHashIndex(0, index)})
		check(err)
		if hashes[0] != tlog.RecordHash(lines.Bytes()) {
			log.Fatalf("entry %d is not the one under the root", index)
		}
	}
	check(lines.Err())
	fmt.Printf("%d entries are under the root of size %d\\n", count, tree.N)
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
`;
