import { logNames } from '#kernel';
import { described, json, refersTo } from './described.js';
import { log, tilePath } from './parameters.js';
import { tags } from './tags.js';
import { Always, count, oneOf, text } from './values.js';

/** A log as its users need to know it, to verify what comes from it. */
export class LogDescription {
  @Always(oneOf(logNames), 'Its name in URLs.')
  readonly name: string;

  @Always(text, 'First line of its checkpoints; fixed when the ledger was first started.')
  readonly origin: string;

  @Always(text, 'C2SP verifier key of its checkpoints. Compare it once with one you got from the operator otherwise.')
  readonly verifierKey: string;

  @Always(text, "C2SP verifier key of the ledger's receipts.")
  readonly receiptKey: string;

  @Always(count, 'Entries under the latest checkpoint.')
  readonly size: number;

  @Always(count, 'Entries before this one may have been pruned; their hashes stay.')
  readonly minimumIndex: number;
}

export class LogList {
  @Always({ type: [LogDescription] }, 'Both logs.')
  readonly logs: readonly LogDescription[];
}

export const DescribedLogs = () =>
  described({
    operationId: 'listLogs',
    tag: tags.verification,
    summary: 'List the logs and their keys',
    description: [
      'The two logs of this ledger: `entries`, which holds what agencies recorded as salted commitments, and ' +
        '`registry`, which is open. **Who may call:** every caller with a token.',
    ],
    answers: { 200: { description: 'Both logs.', content: json(refersTo(LogList)) } },
    models: [LogList],
  });

export const DescribedCheckpoint = () =>
  described({
    operationId: 'readCheckpoint',
    tag: tags.verification,
    summary: 'Read the latest checkpoint of a log',
    description: [
      'The signed tree head: origin, size, root hash. Keep the ones you see; with tiles you can check that each tree ' +
        'continues the one before. **Who may call:** every caller with a token.',
    ],
    parameters: [log],
    answers: {
      200: {
        description: 'A C2SP checkpoint (a signed note).',
        headers: { 'Cache-Control': { description: '`no-cache`', schema: { type: 'string' } } },
        content: {
          'text/plain': {
            schema: { ...text, pattern: '^[^\\n]+\\n\\d+\\n[A-Za-z0-9+/]{43}=\\n(.+\\n)*\\n(— .+\\n)+$' },
          },
        },
      },
    },
    problems: { 'not-found': 'there is no such log, or nothing is published yet' },
  });

export const DescribedTile = () =>
  described({
    operationId: 'readTile',
    tag: tags.verification,
    summary: 'Read a tile of a log',
    description: [
      'Tiles of C2SP tlog-tiles: every hash of the tree, 256 leaves wide, from which anybody computes proofs. A tile that ' +
        'exists never changes. **Who may call:** hash tiles every caller with a token; entry bundles ' +
        '(`tile/entries/…`) of the log `entries` regulators only, of the registry everybody.',
    ],
    parameters: [log, tilePath],
    answers: {
      200: {
        description: 'Hashes of 32 bytes each, or an entry bundle: each leaf after its length in two bytes.',
        headers: {
          'Cache-Control': { description: '`max-age=31536000, immutable`', schema: { type: 'string' } },
        },
        content: { 'application/octet-stream': {} },
      },
    },
    problems: {
      forbidden: 'entry bundles of `entries` are for regulators',
      'not-found': 'there is no such log, this is not the path of a tile, or the published tree has no such tile (yet)',
      'store-unavailable': 'nothing can be read now',
    },
  });
