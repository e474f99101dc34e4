import type { Instant, LeafIndex, LogName, TreeSize } from '#kernel';
import type { EntryLeaf } from '#statement';
import type { NodeReader } from '#transparency';
import type { Redaction } from './lines.js';

export interface SourceLeaf {
  readonly index: LeafIndex;
  readonly bytes: Buffer;
}

/** What the recipient of a trail may see of an entry; with the redactions it makes up all of the entry's blocks. */
export interface DisclosedEntry {
  readonly index: LeafIndex;
  /** RFC 9901 disclosures */
  readonly disclosures: readonly string[];
  readonly redactions: readonly Redaction[];
}

/** Where a trail comes from: the leaves [from, to) of a log under one of its checkpoints. */
export interface TrailSource {
  /** UUID of the export */
  readonly id: string;
  readonly log: LogName;
  readonly origin: string;
  /** vkey of the log */
  readonly verifierKey: string;
  /** signed note of a tree of at least `to` leaves */
  readonly checkpoint: string;
  readonly from: LeafIndex;
  readonly to: TreeSize;
  /** the leaves to hand over, ascending, within [from, to); all of them where absent */
  readonly selection?: readonly LeafIndex[];
  /** what people read, by file name */
  readonly documents?: ReadonlyMap<string, string>;
  /** the recipient's last checkpoint: signed note of the same log, not larger */
  readonly since?: string;
  readonly recipient: string;
  readonly scope: string;
  readonly issuedAt: Instant;
  /** index of the `ExportIssued` entry */
  readonly exportEntry: LeafIndex | null;
  /** the tree of the checkpoint */
  readonly nodes: NodeReader;
  /** Batches in order, of a selection the selected ones. Each batch is dropped before the next one is asked for. */
  leaves(from: LeafIndex, to: TreeSize): AsyncIterable<readonly SourceLeaf[]>;
  /** Asked for the leaves of log `entries` only; answers in the same order. */
  disclose(
    leaves: readonly { readonly index: LeafIndex; readonly leaf: EntryLeaf }[],
  ): Promise<readonly DisclosedEntry[]>;
}
