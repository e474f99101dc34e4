import { randomBytes, type KeyObject } from 'node:crypto';
import type { AgencyId, EntryId } from '#kernel';
import { indexToken, nonceBytes, sealBlock } from './cipher.js';
import type { DataKey } from './key-wrapping.js';
import type { RetentionClass, SealedBlock, SealedEntry } from './vault.js';

/** An entry as it is kept: ciphertext with the id of its key, and what it can be found by in blind form. */
export interface EncryptedEntry<KeyId> {
  readonly entry: SealedEntry;
  readonly blocks: readonly { readonly block: SealedBlock; readonly key: KeyId; readonly sealed: Buffer }[];
  readonly tokens: readonly Buffer[];
}

export interface NewKeys<KeyId> {
  readonly data: readonly DataKey<KeyId>[];
  readonly index: ReadonlyMap<AgencyId, KeyObject>;
}

/**
 * What is new of the entries; each digest once.
 *
 * @param knownOf the digests that are kept under an entry's id, asked once an id
 */
export function unknownOf(
  entries: readonly SealedEntry[],
  knownOf: (entry: SealedEntry) => Iterable<string>,
): SealedEntry[] {
  const known = new Map<EntryId, Set<string>>();
  const added: SealedEntry[] = [];
  for (const entry of entries) {
    const digests = known.get(entry.id) ?? new Set(knownOf(entry));
    known.set(entry.id, digests);
    const blocks = entry.blocks.filter(({ digest }) => !digests.has(digest));
    for (const { digest } of blocks) digests.add(digest);
    if (blocks.length > 0) added.push({ ...entry, blocks });
  }
  return added;
}

/** How many data keys the entries need, and whose index keys. */
export function keysFor(entries: readonly SealedEntry[]): { count: number; agencies: ReadonlySet<AgencyId> } {
  const indexed = entries.filter(({ index }) => index.length > 0);
  return {
    count: entries.reduce((sum, entry) => sum + classesOf(entry).length, 0),
    agencies: new Set(indexed.map(({ agency }) => agency)),
  };
}

/** Encrypts entries under fresh keys, as many as {@link keysFor} says. */
export function sealEntries<KeyId>(
  entries: readonly SealedEntry[],
  keys: NewKeys<KeyId>,
): readonly EncryptedEntry<KeyId>[] {
  const nonce = nonces(entries.reduce((count, { blocks }) => count + blocks.length, 0));
  const data = keys.data.values();
  return entries.map((entry) => {
    const ofClass = new Map(classesOf(entry).map((retention) => [retention, taken(data)]));
    return {
      entry,
      blocks: entry.blocks.map((block) => {
        const { id, key } = given(ofClass.get(block.retention));
        return { block, key: id, sealed: sealBlock(key, nonce(), entry.id, block) };
      }),
      tokens: entry.index.map((term) => indexToken(given(keys.index.get(entry.agency)), term)),
    };
  });
}

/** The value that must be there. */
export function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('a key is missing that was just made');
  return value;
}

const classesOf = ({ blocks }: SealedEntry): RetentionClass[] => [...new Set(blocks.map(({ retention }) => retention))];

/** Fresh nonces out of one draw of randomness. */
function nonces(count: number): () => Buffer {
  const random = randomBytes(count * nonceBytes);
  let used = 0;
  return () => random.subarray(used, (used += nonceBytes));
}

function taken<Value>(values: Iterator<Value, unknown>): Value {
  const next = values.next();
  if (next.done === true) throw new Error('fewer keys than asked for');
  return next.value;
}
