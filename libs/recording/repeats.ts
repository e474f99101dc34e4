import { DomainError, type Instant } from '#kernel';
import { canonical, readDisclosure, sealStatement, type BlockName, type EntryLeaf, type Leaf } from '#statement';
import type { EventStore } from '#event-store';
import { leafHash } from '#transparency';
import { VaultDamaged, type Vault } from '#vault';
import type { PreparedEntry } from './entry.js';
import { committed } from './fold.js';
import type { Place } from './register.js';
import { storedLeaf } from './stored-leaf.js';

/** The first recording of an entry that is sent again. */
export interface Repeat {
  readonly place: Place;
  readonly recordedAt: Instant;
  readonly leafHash: Buffer;
  /** `partly` when erased blocks could not be compared any more */
  readonly compared: 'whole' | 'partly';
}

/**
 * Compares a request with what its id already stands for, by sealing it again with the stored salts: the same
 * content gives the stored statement byte for byte. No digest of content is kept for this.
 *
 * @throws DomainError `id-taken` when the id is another agency's or was used for other content; `store-unavailable`
 *   when the first recording cannot be read now
 */
export async function compareRepeat(
  entry: PreparedEntry,
  place: Place,
  { store, vault }: { store: EventStore; vault: Vault },
): Promise<Repeat> {
  const first = await storedLeaf(store, place);
  if (first === undefined) throw new DomainError('store-unavailable', 'the first recording cannot be read now');
  const { leaf, bytes } = first;
  const compared = leaf.statement.iss === entry.issuer ? await sameContent(entry, leaf, vault) : null;
  if (compared === null) throw new DomainError('id-taken', 'this id is taken; use another');
  return { place, recordedAt: leaf.recordedAt, leafHash: leafHash(bytes), compared };
}

async function sameContent(entry: PreparedEntry, leaf: Leaf, vault: Vault): Promise<'whole' | 'partly' | null> {
  if (leaf.log !== entry.type.log) return null;
  if (leaf.log === 'registry') return canonical({ ...leaf.statement }) === entry.statement ? 'whole' : null;
  const opened = await vault.open([entry.id]).catch((cause: unknown) => {
    if (!(cause instanceof VaultDamaged)) throw cause;
    // Until it is mended nobody can say whether the content is the same, and the entry is kept either way.
    throw new DomainError('store-unavailable', 'the first recording cannot be read now', [], { cause });
  });
  return resealed(entry, leaf, committed(leaf.statement._sd, opened.get(entry.id) ?? []));
}

function resealed(
  entry: PreparedEntry,
  { statement }: EntryLeaf,
  kept: ReturnType<typeof committed>,
): 'whole' | 'partly' | null {
  const salts = new Map<BlockName, Buffer>();
  const erased = new Set<BlockName>();
  for (const block of kept) {
    if ('encoded' in block) salts.set(block.block, Buffer.from(readDisclosure(block.encoded).salt, 'base64url'));
    else erased.add(block.block);
  }
  const names = Object.keys(entry.blocks) as BlockName[];
  if (names.some((name) => !salts.has(name) && !erased.has(name)) || names.length !== statement._sd.length) return null;
  const comparable = Object.fromEntries(Object.entries(entry.blocks).filter(([name]) => salts.has(name as BlockName)));
  const again = sealStatement(entry.issuer, entry.id, comparable, (name) => salts.get(name) as Buffer);
  const same = again.disclosures.every(({ digest }) => statement._sd.includes(digest));
  if (!same) return null;
  return erased.size === 0 ? 'whole' : 'partly';
}
