import type { KeyObject } from 'node:crypto';
import type { EntryId } from '#kernel';
import { blockNames, type BlockName } from '#statement';
import { openBlock } from '../cipher.js';
import { placesIn, type PlaceRow } from '../places.js';
import { VaultDamaged, type OpenedBlock, type Place } from '../vault.js';
import { isLive, type BlockRow } from './block-tables.js';
import { prepared, type Session } from './database.js';
import type { KeyTables } from './key-tables.js';

const sql = prepared('reader', {
  blocks: `
    SELECT entry, stored, block, retention, digest, key, sealed FROM nachweis_vault.blocks
    WHERE entry = ANY ($1::uuid[]) AND block = ANY ($2::text[]) ORDER BY stored, block`,
  places: `
    SELECT blocks.entry, stored, exchange, digest
    FROM nachweis_vault.blocks JOIN nachweis_vault.stored ON stored.id = stored
    WHERE blocks.entry = ANY ($1::uuid[]) ORDER BY stored, block`,
});

/** Under which exchange each id was stored: asks for nothing that content could be read from. */
export async function placesOf(
  session: Session,
  ids: readonly EntryId[],
): Promise<ReadonlyMap<EntryId, readonly Place[]>> {
  return placesIn(await session.ask<PlaceRow>(sql.places, ids));
}

/** Opens blocks, holding nobody up: others may erase, or give blocks other keys, between two statements. */
export class BlockReader {
  constructor(
    private readonly blocks: Session,
    private readonly keys: Pick<KeyTables, 'dataKeys' | 'destroyed'>,
  ) {}

  /** As `Vault.open` says. */
  async open(
    ids: readonly EntryId[],
    only: readonly BlockName[] = blockNames,
  ): Promise<ReadonlyMap<EntryId, readonly OpenedBlock[]>> {
    const rows = () => this.blocks.ask<BlockRow>(sql.blocks, ids, only);
    let found = await rows();
    const keys = new Map<string, FoundKey>(await this.#keysOf(found));
    for (;;) {
      const missing = new Set(keysUnder(found).filter((key) => !keys.has(key)));
      if (missing.size === 0) break;
      // Blocks lose a key before it is destroyed. One that still has it now was never meant to lose it, or comes from a
      // copy older than its erasure.
      found = await rows();
      const lost = found.filter(isLive).filter(({ key }) => missing.has(key));
      for (const id of await this.keys.destroyed(keysUnder(lost))) keys.set(id, 'destroyed');
      const damaged = lost.find(({ key }) => !keys.has(key));
      if (damaged)
        throw new VaultDamaged(damaged.entry, damaged.block, { cause: new Error('the data key is missing') });
      for (const [id, key] of await this.#keysOf(found)) keys.set(id, key);
    }
    return openedBy(ids, found, keys);
  }

  #keysOf(rows: readonly BlockRow[]): Promise<ReadonlyMap<string, KeyObject | Error>> {
    return this.keys.dataKeys(keysUnder(rows));
  }
}

type FoundKey = KeyObject | Error | 'destroyed';

const keysUnder = (rows: readonly BlockRow[]): string[] => rows.filter(isLive).map(({ key }) => key);

function openedBy(
  ids: readonly EntryId[],
  rows: readonly BlockRow[],
  keys: ReadonlyMap<string, FoundKey>,
): ReadonlyMap<EntryId, readonly OpenedBlock[]> {
  const ofEntry = Map.groupBy(rows, ({ entry }) => entry);
  const opened = new Map<EntryId, readonly OpenedBlock[]>();
  for (const id of ids) {
    const blocks = ofEntry.get(id);
    if (blocks !== undefined)
      opened.set(
        id,
        blocks.map((row) => openedRow(row, keys)),
      );
  }
  return opened;
}

function openedRow(row: BlockRow, keys: ReadonlyMap<string, FoundKey>): OpenedBlock {
  const { entry, block, retention, digest } = row;
  if (!isLive(row)) return { block, retention, digest, erased: true };
  const key = keys.get(row.key);
  if (key === 'destroyed') return { block, retention, digest, erased: true };
  return { block, retention, digest, encoded: openBlock(usableKey(row, key), entry, row, row.sealed) };
}

/** @throws VaultDamaged when the key is not there, or was changed */
export function usableKey({ entry, block }: BlockRow, key: KeyObject | Error | undefined): KeyObject {
  if (key === undefined) throw new VaultDamaged(entry, block, { cause: new Error('the data key is missing') });
  if (key instanceof Error) throw new VaultDamaged(entry, block, { cause: key });
  return key;
}
