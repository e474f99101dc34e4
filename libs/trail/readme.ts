import type { TreeHead } from '#transparency';
import { goProgram, shellSteps, stepMarks } from './readme-steps.js';
import type { BlockCounts } from './report.js';
import type { TrailSource } from './trail-source.js';

/** README.txt of a trail: what it is, what is left out and why, how to check it, what it can not show. */
export function readmeText(source: TrailSource, head: TreeHead, blocks: BlockCounts): string {
  const { from, to, selection } = source;
  const first = selection === undefined ? (from === to ? null : from) : (selection[0] ?? null);
  return [about(source, head), content(source, blocks), 'HOW TO CHECK IT\n', steps(first), limitsOf(source)].join('\n');
}

function about(source: TrailSource, head: TreeHead): string {
  const { from, to, selection } = source;
  const count = selection?.length ?? to - from;
  const all = selection === undefined ? '' : 'selected ones of ';
  const range = count === 0 ? 'no entries' : `${all}entries ${from} to ${to - 1}`;
  return `AUDIT TRAIL ${source.id}

What was asked
  Log           ${source.origin}
  Range         ${range} (${count} in all; the log had ${head.size} when this was written)
  Recipient     ${plain(source.recipient)}
  Scope         ${plain(source.scope)}
  Written       ${source.issuedAt}
  This export is itself ${source.exportEntry === null ? 'not an entry of a log' : `entry ${source.exportEntry} of the log of entries`}.
`;
}

function content(
  { log, since, selection, documents }: TrailSource,
  { disclosed, erased, notDisclosed }: BlockCounts,
): string {
  const kinds =
    log === 'registry'
      ? 'Entries of this log are open: they have no sealed blocks, so nothing is redacted.'
      : `An entry commits to sealed blocks. Of those in this trail ${disclosed} are disclosed, ${erased} were erased,
  ${notDisclosed} are not disclosed for another reason. data/redactions.tsv says for each entry how many and why:
    erased           destroyed when its time was over; nobody can bring it back
    not-authorised   the recipient may not see this kind of block
    not-available    the ledger could not open it when the trail was written
  Redaction changes nothing in an entry: its line holds the commitments of all of its blocks.`;
  return `What is in it
  data/checkpoint           the tree head the log signed; all else is checked against it
  data/log-key.txt          the verifier key the ledger says is its own: compare it with the copy you hold
${since === undefined ? '' : '  data/consistency.txt      proof that the log only grew since the checkpoint you gave\n'}\
  data/entries.ndjson       every ${selection === undefined ? 'entry of the range' : 'selected entry'}, one a line, byte for byte as stored
  data/index.tsv            index, leaf hash, place in entries.ndjson
  data/tile/                hashes of the tree, in the form of c2sp.org/tlog-tiles
  data/disclosures.ndjson   blocks you may see: {"d":[disclosures of RFC 9901],"i":index of the entry}.
                            A disclosure is base64url of the JSON text [salt, block, content].
${documents === undefined ? '' : '  data/documents/           written from these entries for people to read; no evidence themselves\n'}\
  data/redactions.tsv       index, blocks of the entry, disclosed ones, reasons and numbers of the others
  *manifest-sha256.txt      SHA-256 of the files (BagIt 1.0, RFC 8493)

What is redacted
  ${kinds}
`;
}

const steps = (entry: number | null): string => `  A. With the program of the ledger, offline:
       nachweis verify <this ZIP file> --log-key <your copy of the key> [--policy <file>] [--since <your checkpoint>]

  B. By hand, with sh, sha256sum and OpenSSL 3: unpack the ZIP, go to the folder audit-export-..., and run
     the lines between the marks. They follow one entry up to the signed root. Choose another one by changing ENTRY.

${stepMarks.shell[0]}
${shellSteps(entry)}${stepMarks.shell[1]}

  C. With Go, every entry, through libraries that are not ours: in the same folder save the lines between the marks
     as main.go, then: go mod init trail && go get golang.org/x/mod && go run . "<your copy of the key>"
     It reads the hashes of a tile for each entry anew, so it takes its time.

${stepMarks.go[0]}
${goProgram}${stepMarks.go[1]}
`;

const limitsOf = ({ selection }: TrailSource): string => {
  const scope = selection === undefined ? 'all of them, ' : 'which are those the ledger selected by the scope above, ';
  return `WHAT THIS TRAIL CAN NOT SHOW
  - What was never recorded. It shows that these entries are the ones under the signed root, ${scope}in this
    order, unchanged; not that what they say is true, nor that all that happened was recorded.
  - That everybody is shown the same log. For this compare checkpoints with others, or ask for one that witnesses
    countersigned, and keep this trail's checkpoint for your next export (since).
  - Why a block is not disclosed, and that an erased one is gone everywhere. That is the word of the ledger.
  - When something happened. The time of recording is the ledger's clock, the time of the event is the sender's word.
  - Anything about other entries, except that their hashes are under the same root.
`;
};

const plain = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim();
