import { indexTermsOf } from '#catalogue';
import { treeSize, type EntryId, type ExchangeId } from '#kernel';
import { parseDisclosure, parseLeaf, type EntryLeaf } from '#statement';
import {
  exchangeAmong,
  type ErasedBlock,
  type OpenedBlock,
  type SealedBlock,
  type SealedEntry,
  type Vault,
} from '#vault';
import { batchesOf, type Progress, type Reading } from './proven-log.js';

/** A block is missing in the source, or the target does not hold what it should. Names the entry, never content. */
export class VaultNotMigrated extends Error {
  override readonly name = 'VaultNotMigrated';
}

/** What was carried over. */
export interface CarriedBlocks {
  readonly sealed: number;
  readonly erased: number;
}

/** A leaf with the blocks it names, in its order. */
interface NamedEntry {
  readonly leaf: EntryLeaf;
  readonly blocks: readonly OpenedBlock[];
  readonly exchange: ExchangeId | null;
}

/**
 * Copies every block that a leaf names, under new keys, in the order of the leaves, and compares what the target then
 * opens. Erased blocks arrive erased. Blocks without a leaf stay behind. To be done before the log is copied: a leaf
 * must never lack its blocks. Cut off anywhere, it is asked again and goes on.
 *
 * @param log of the source
 * @throws VaultNotMigrated, LogRefused, VaultDamaged, VaultUnavailable
 */
export async function migrateVault(log: Reading, from: Vault, to: Vault, progress: Progress): Promise<CarriedBlocks> {
  const size = await log.size('entries');
  let [sealed, erased] = [0, 0];
  for await (const batch of batchesOf(log, { place: 'source', stream: 'entries', to: size })) {
    const leaves = batch.map(({ bytes }) => parseLeaf(bytes)).filter((leaf) => leaf.log === 'entries');
    const entries = await namedEntries(from, leaves);
    await to.store(
      entries.map(sealedEntry),
      // Nobody may take them for left behind before the whole log is there.
      treeSize(size),
    );
    for (const entry of entries) await eraseAgain(to, entry);
    await requireSame(to, entries);
    for (const block of entries.flatMap(({ blocks }) => blocks)) {
      if (isErased(block)) erased += 1;
      else sealed += 1;
    }
    progress('blocks, copied', (batch.at(-1)?.index ?? 0) + 1, size);
  }
  return { sealed, erased };
}

async function namedEntries(vault: Vault, leaves: readonly EntryLeaf[]): Promise<readonly NamedEntry[]> {
  const ids = leaves.map(({ statement }) => statement.jti);
  const opened = await vault.open(ids);
  const places = await vault.exchangesOf(ids);
  return leaves.map((leaf) => {
    const { jti, _sd } = leaf.statement;
    const kept = new Map(opened.get(jti)?.map((block) => [block.digest, block]));
    const blocks = _sd.map((digest) => kept.get(digest) ?? missing(jti));
    const exchange = exchangeAmong(places.get(jti) ?? [], _sd);
    // A target that guesses would send the entry to another partition than the relay of the source did.
    if (exchange === undefined) throw new VaultNotMigrated(`nobody knows the exchange of entry ${jti}`);
    return { leaf, blocks, exchange };
  });
}

function missing(id: EntryId): never {
  throw new VaultNotMigrated(`a block of entry ${id} is missing in the source`);
}

function sealedEntry({ leaf, blocks, exchange }: NamedEntry): SealedEntry {
  const { jti: id, iss: agency } = leaf.statement;
  const people = blocks.find(({ block }) => block === 'people');
  const data = people === undefined || isErased(people) ? {} : parseDisclosure(people.encoded).value;
  return { id, agency, exchange, blocks: blocks.map(storable), index: indexTermsOf({ data }) };
}

/** What is erased goes in empty, because only a block that was stored can be erased, and is erased at once. */
const storable = (block: OpenedBlock): SealedBlock =>
  isErased(block) ? { block: block.block, retention: block.retention, digest: block.digest, encoded: '' } : block;

async function eraseAgain(vault: Vault, { leaf, blocks }: NamedEntry): Promise<void> {
  const names = blocks.filter(isErased).map(({ block }) => block);
  if (names.length > 0) await vault.destroy({ entry: leaf.statement.jti, blocks: names });
}

async function requireSame(vault: Vault, entries: readonly NamedEntry[]): Promise<void> {
  const found = await namedEntries(
    vault,
    entries.map(({ leaf }) => leaf),
  );
  entries.forEach(({ leaf, blocks, exchange }, at) => {
    const other = found[at];
    const isSame =
      other?.exchange === exchange && blocks.every((block, place) => textOf(block) === textOf(other.blocks[place]));
    if (!isSame) throw new VaultNotMigrated(`the target opens other blocks of entry ${leaf.statement.jti}`);
  });
}

function textOf(block: OpenedBlock | undefined): string | undefined {
  if (block === undefined) return undefined;
  const { block: name, retention, digest } = block;
  return [name, retention, digest, isErased(block) ? 'erased' : block.encoded].join('|');
}

const isErased = (block: OpenedBlock): block is ErasedBlock => 'erased' in block;
