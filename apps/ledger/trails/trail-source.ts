import { openableBlocks, type Caller } from '#access';
import { leafIndex, type Instant, type LeafIndex, type LogName, type TreeSize } from '#kernel';
import { committed, type Published } from '#recording';
import { blockNames, readDisclosure, type BlockName, type EntryLeaf } from '#statement';
import type { TrailSource } from '#trail';
import type { OpenedBlock } from '#vault';
import { audienceOf } from '../entries/entry-audience.js';
import type { Ledger } from '../ledger.js';
import { openedBlocks } from './opened-blocks.js';

/** What one trail is made of, as its recipient asked for it and as the ledger found it at that moment. */
export interface TrailOrder {
  readonly id: string;
  readonly caller: Caller;
  readonly log: LogName;
  readonly from: LeafIndex;
  readonly to: TreeSize;
  readonly since: string | undefined;
  /** undefined: no block is opened */
  readonly purpose: string | undefined;
  /** the leaves that are wanted, where it is not all of the range */
  readonly selection?: readonly LeafIndex[];
  /** what people read, by file name */
  readonly documents?: ReadonlyMap<string, string>;
  /** at most these blocks; what the caller may see where absent */
  readonly blocks?: readonly BlockName[];
  /** what it is, where it is more than a trail */
  readonly title?: string;
  readonly published: Published;
  readonly exportEntry: LeafIndex;
  readonly issuedAt: Instant;
}

const batchSize = 400;

/** Opens the ledger for one trail: leaves as they are stored, blocks as far as the recipient may see them. */
export function trailSource(ledger: Ledger, order: TrailOrder): TrailSource {
  const { id, caller, log, from, to, since, selection, documents, published, exportEntry, issuedAt } = order;
  const integrator = ledger.integrators[log];
  return {
    id,
    log,
    origin: integrator.origin,
    verifierKey: integrator.verifierKey,
    checkpoint: published.checkpoint,
    from,
    to,
    ...(since !== undefined && { since }),
    ...(selection && { selection }),
    ...(documents && { documents }),
    recipient: caller.agency,
    scope: scopeOf(order),
    issuedAt,
    exportEntry,
    nodes: integrator.tree.nodes,
    leaves: (first, end) =>
      selection === undefined ? leavesOf(ledger, log, first, end) : selectedLeaves(ledger, log, selection),
    disclose: (leaves) => disclose(ledger, order, leaves),
  };
}

function scopeOf({ log, from, to, selection, title, purpose, caller }: TrailOrder): string {
  const opened = purpose === undefined ? 'no block opened' : `blocks opened for ${purpose}`;
  const whom = caller.competentFor.length > 0 ? `, competent for ${caller.competentFor.join(', ')}` : '';
  const what = title === undefined ? '' : `${title}: `;
  const which = selection === undefined ? `entries ${from} to ${to - 1}` : `${selection.length} selected entries`;
  return `${what}log ${log}, ${which}, ${opened}${whom}`;
}

async function* leavesOf(ledger: Ledger, log: LogName, from: LeafIndex, to: TreeSize) {
  for (let next = from; next < to;) {
    const records = await ledger.store.read(log, next, Math.min(batchSize, to - next));
    if (records.length === 0) throw new Error('the log ends before the trail');
    yield records;
    next = leafIndex(next + records.length);
  }
}

/** Neighbours are read together. */
async function* selectedLeaves(ledger: Ledger, log: LogName, selection: readonly LeafIndex[]) {
  for (let place = 0; place < selection.length;) {
    const first = selection[place] ?? leafIndex(0);
    let count = 1;
    while (count < batchSize && selection[place + count] === first + count) count += 1;
    const records = await ledger.store.read(log, first, count);
    if (records.length === 0) throw new Error('the log ends before the export');
    yield records;
    place += records.length;
  }
}

type Leaves = Parameters<TrailSource['disclose']>[0];
type Disclosed = Awaited<ReturnType<TrailSource['disclose']>>[number];

async function disclose(ledger: Ledger, order: TrailOrder, leaves: Leaves): Promise<readonly Disclosed[]> {
  const { blocks: kept } = await openedBlocks(
    ledger.vault,
    leaves.map(({ leaf }) => leaf.statement.jti),
  );
  return leaves.map(({ index, leaf }) => {
    const blocks = committed(leaf.statement._sd, kept.get(leaf.statement.jti) ?? []);
    return { index, ...partOf(ledger, order, leaf, blocks) };
  });
}

function partOf(
  ledger: Ledger,
  { caller, purpose, blocks: wanted = blockNames }: TrailOrder,
  { statement }: EntryLeaf,
  blocks: readonly OpenedBlock[],
): Omit<Disclosed, 'index'> {
  const terms = blocks.find(({ block }) => block === 'terms');
  const said = terms && 'encoded' in terms ? readDisclosure(terms.encoded).value : null;
  const audience = audienceOf(statement.iss, said, { register: ledger.register, now: ledger.clock.now() });
  const mayOpen = purpose === undefined ? [] : (openableBlocks(caller, audience) ?? []);
  const openable = mayOpen.filter((block) => wanted.includes(block));
  const disclosures = blocks.flatMap((one) => ('encoded' in one && openable.includes(one.block) ? one.encoded : []));
  const erased = blocks.filter((one) => 'erased' in one).length;
  const lost = statement._sd.length - blocks.length;
  const kept = statement._sd.length - disclosures.length - erased - lost;
  const redactions = [
    { reason: 'erased' as const, count: erased },
    { reason: 'not-authorised' as const, count: kept },
    { reason: 'not-available' as const, count: lost },
  ];
  return { disclosures, redactions: redactions.filter(({ count }) => count > 0) };
}
