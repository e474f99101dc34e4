import { createHash } from 'node:crypto';
import {
  agencyId,
  type EntryId,
  entryId,
  type Instant,
  instantAt,
  type LeafIndex,
  leafIndex,
  type LogName,
  type TreeSize,
  treeSize,
} from '#kernel';
import { type Blocks, encodeEntryLeaf, encodeRegistryLeaf, sealStatement } from '#statement';
import {
  ed25519FromSeed,
  formatTreeHead,
  Frontier,
  leafHash,
  type NodeReader,
  type NoteSigner,
  noteSigner,
  rootAt,
  signNote,
  type TreeHead,
} from '#transparency';
import type { DisclosedEntry, Redaction, SourceLeaf, TrailSource } from '../index.js';

export interface SampleOptions {
  readonly log?: LogName;
  readonly origin?: string;
  /** first byte of the log's key seed: another one is another key under the same name */
  readonly key?: number;
  /** changes the entries, and nothing else */
  readonly seed?: string;
  /** whether some blocks were erased */
  readonly erased?: boolean;
  /** other leaves than a ledger writes */
  readonly bytes?: (index: LeafIndex) => Buffer;
}

const recordedAt = (index: number): Instant => instantAt(Date.UTC(2026, 10, 22, 10) + index);

/** A log in memory with a real signed tree: sealed entries, of which every seventh lost a block. */
export class SampleLedger {
  readonly origin: string;
  readonly signer: NoteSigner;
  readonly nodes: NodeReader;
  private readonly levels: Buffer[][] = [];

  constructor(
    readonly size: TreeSize,
    private readonly options: SampleOptions = {},
  ) {
    this.origin = options.origin ?? 'ledger.example/entries';
    this.signer = noteSigner(this.origin, ed25519FromSeed(Buffer.alloc(32, options.key ?? 7)));
    const frontier = Frontier.empty();
    for (let index = 0; index < size; index += 1) {
      frontier.append(leafHash(this.leaf(leafIndex(index))), (level, place, node) => {
        (this.levels[level] ??= [])[place] = node;
      });
    }
    this.nodes = {
      node: (level, index) => {
        const node = this.levels[level]?.[index];
        if (node === undefined) throw new RangeError(`no node ${level}/${index}`);
        return node;
      },
    };
  }

  get vkey(): string {
    return this.signer.vkey;
  }

  head(size = this.size): TreeHead {
    return { origin: this.origin, size, root: rootAt(size, this.nodes) };
  }

  /** The signed note of the tree at a size, countersigned by witnesses if any. */
  checkpoint(size = this.size, witnesses: readonly NoteSigner[] = []): string {
    return signNote(formatTreeHead(this.head(size)), [this.signer, ...witnesses]);
  }

  leaf(index: LeafIndex): Buffer {
    if (this.options.bytes !== undefined) return this.options.bytes(index);
    if (this.options.log === 'registry') {
      const statement = {
        data: { agency: `agency-${index}` },
        dataVersion: 1,
        iss: agencyId('ledger'),
        jti: this.id(index),
        type: 'AgencyAdmitted',
      };
      return encodeRegistryLeaf({ recordedAt: recordedAt(index), statement });
    }
    return encodeEntryLeaf({
      recordedAt: recordedAt(index),
      registry: treeSize(2),
      statement: this.sealed(index).statement,
    });
  }

  /** A recipient who may see everything but the staff. */
  disclosed(index: LeafIndex): DisclosedEntry {
    const disclosures: string[] = [];
    const redactions: Redaction[] = [];
    for (const { encoded, block } of this.sealed(index).disclosures) {
      if (block === 'staff') redactions.push({ reason: 'not-authorised', count: 1 });
      else if (block === 'people' && this.isErased(index)) redactions.push({ reason: 'erased', count: 1 });
      else disclosures.push(encoded);
    }
    return { index, disclosures, redactions };
  }

  source(changes: Partial<TrailSource> = {}): TrailSource {
    const { selection } = changes;
    return {
      id: '0192f0c1-7b1a-7c3d-8e4f-0123456789ab',
      log: this.options.log ?? 'entries',
      origin: this.origin,
      verifierKey: this.vkey,
      checkpoint: this.checkpoint(),
      from: leafIndex(0),
      to: this.size,
      recipient: 'dpa.example',
      scope: 'everything of 2026',
      issuedAt: '2026-11-23T08:00:00.000Z' as Instant,
      exportEntry: this.size,
      nodes: this.nodes,
      leaves: (from, to) => this.batches(from, to, selection),
      disclose: async (leaves) => leaves.map(({ index }) => this.disclosed(index)),
      ...changes,
    };
  }

  id(index: LeafIndex): EntryId {
    return entryId(`0192f0c1-0000-7000-8000-${String(index).padStart(12, '0')}`);
  }

  private async *batches(
    from: LeafIndex,
    to: TreeSize,
    selection: readonly LeafIndex[] = Array.from({ length: to - from }, (_, place) => leafIndex(from + place)),
  ): AsyncGenerator<readonly SourceLeaf[]> {
    for (let start = 0; start < selection.length; start += 100) {
      yield selection.slice(start, start + 100).map((index) => ({ index, bytes: this.leaf(index) }));
    }
  }

  private isErased(index: number): boolean {
    return (this.options.erased ?? true) && index % 7 === 3;
  }

  private sealed(index: LeafIndex): ReturnType<typeof sealStatement> {
    const { seed = 'sample' } = this.options;
    const blocks: Blocks = {
      terms: { type: 'InformationDisclosed', category: 'risk-assessment', occurredAt: recordedAt(index) },
      people: { subject: `Person ${index}` },
      staff: { actor: `officer-${index % 12}` },
      ...(index % 3 === 0 ? { reasons: { text: 'Gefährderansprache, § 4' } } : {}),
    };
    const salt = (block: string): Buffer =>
      createHash('sha256').update(`${seed}/${index}/${block}`).digest().subarray(0, 16);
    return sealStatement(agencyId('lka.example'), this.id(index), blocks, salt);
  }
}
