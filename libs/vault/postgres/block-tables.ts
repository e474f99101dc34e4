import type { EntryId, ExchangeId, TreeSize } from '#kernel';
import type { EncryptedEntry } from '../seal-entries.js';
import type { SealedBlock } from '../vault.js';
import { prepared, type Session } from './database.js';

/** A block as it lies in the table. Erased blocks have neither key nor ciphertext. */
export interface BlockRow extends Omit<SealedBlock, 'encoded'> {
  readonly stored: number;
  readonly entry: EntryId;
  readonly key: string | null;
  readonly sealed: Buffer | null;
}

export interface LiveRow extends BlockRow {
  readonly key: string;
  readonly sealed: Buffer;
}

export const isLive = (row: BlockRow): row is LiveRow => row.key !== null && row.sealed !== null;

/** One entry of one call of `store`; an id stored with other salts has several. */
export interface StoredRow {
  readonly stored: number;
  readonly entry: EntryId;
  /** the size its leaf was last about to be appended at */
  readonly expected: TreeSize;
}

const rows = 'SELECT entry, stored, block, retention, digest, key, sealed FROM nachweis_vault.blocks';
const named = 'unnest($1::bigint[], $2::text[]) AS named (stored, block)';
const isNamed = 'blocks.stored = named.stored AND blocks.block = named.block';
const locked = 'SELECT id AS stored, entry, expected FROM nachweis_vault.stored';

// Blocks are inserted in an order all share: two processes that store the same never wait for each other in a circle.
const sql = prepared('blocks', {
  known: 'SELECT entry, digest, stored FROM nachweis_vault.blocks WHERE entry = ANY ($1::uuid[])',
  add: `
    WITH adding AS MATERIALIZED (
        SELECT nextval('nachweis_vault.stored_id') AS id, entry, agency, exchange, place
        FROM unnest($1::uuid[], $2::text[], $3::uuid[]) WITH ORDINALITY AS given (entry, agency, exchange, place)),
      entries AS (
        INSERT INTO nachweis_vault.stored (id, entry, agency, exchange, expected)
        SELECT id, entry, agency, exchange, $4::bigint FROM adding),
      added AS (
        INSERT INTO nachweis_vault.blocks (stored, entry, block, retention, digest, key, sealed)
        SELECT adding.id, adding.entry, block, retention, digest, key, sealed
        FROM unnest($5::bigint[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::bytea[])
          AS given (place, block, retention, digest, key, sealed) JOIN adding USING (place)
        ORDER BY adding.entry, digest
        ON CONFLICT (entry, digest) DO NOTHING RETURNING 1),
      found AS (
        INSERT INTO nachweis_vault.tokens (token, stored)
        SELECT token, adding.id FROM unnest($11::bigint[], $12::bytea[]) AS given (place, token)
          JOIN adding USING (place)
        ON CONFLICT DO NOTHING)
    SELECT count(*) AS added FROM added`,
  raise: 'UPDATE nachweis_vault.stored SET expected = $2 WHERE id = ANY ($1::bigint[]) AND expected < $2',
  lockStored: `${locked} WHERE id = ANY ($1::bigint[]) ORDER BY id FOR UPDATE`,
  lockEntry: `${locked} WHERE entry = $1 ORDER BY id FOR UPDATE`,
  lockExchange: `${locked} WHERE exchange = $1 ORDER BY id FOR UPDATE`,
  ofStored: `${rows} WHERE stored = ANY ($1::bigint[]) ORDER BY stored, block`,
  found: `
    SELECT entry FROM nachweis_vault.tokens JOIN nachweis_vault.stored ON id = stored WHERE token = $1 ORDER BY id`,
  erase: `UPDATE nachweis_vault.blocks SET key = NULL, sealed = NULL FROM ${named} WHERE ${isNamed}`,
  remove: `DELETE FROM nachweis_vault.blocks USING ${named} WHERE ${isNamed}`,
  reseal: `
    UPDATE nachweis_vault.blocks SET key = fresh.key, sealed = fresh.sealed
    FROM unnest($1::bigint[], $2::text[], $3::uuid[], $4::bytea[]) AS fresh (stored, block, key, sealed)
    WHERE blocks.stored = fresh.stored AND blocks.block = fresh.block`,
  removeTokens: 'DELETE FROM nachweis_vault.tokens WHERE stored = ANY ($1::bigint[])',
  removeEmpty: `
    WITH empty AS (
      DELETE FROM nachweis_vault.stored WHERE id = ANY ($1::bigint[])
        AND NOT EXISTS (SELECT FROM nachweis_vault.blocks WHERE blocks.stored = stored.id) RETURNING id)
    DELETE FROM nachweis_vault.tokens USING empty WHERE tokens.stored = empty.id`,
  storedAfter: `${locked} WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3`,
  lastStored: 'SELECT coalesce(max(id), 0) AS last FROM nachweis_vault.stored',
  swept: 'SELECT swept FROM nachweis_vault.vault',
  setSwept: 'UPDATE nachweis_vault.vault SET swept = greatest(swept, $1::bigint)',
  unused: `
    SELECT key FROM unnest($1::uuid[]) AS key
    WHERE NOT EXISTS (SELECT FROM nachweis_vault.blocks WHERE blocks.key = key.key)`,
  under: 'SELECT DISTINCT stored FROM nachweis_vault.blocks WHERE key = ANY ($1::uuid[])',
  doom: 'INSERT INTO nachweis_vault.doomed (key) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING',
  doomed: 'SELECT key FROM nachweis_vault.doomed',
  forget: 'DELETE FROM nachweis_vault.doomed WHERE key = ANY ($1::uuid[])',
});

type Label = Pick<BlockRow, 'stored' | 'block'>;
const labels = (blocks: readonly Label[]) =>
  [blocks.map(({ stored }) => stored), blocks.map(({ block }) => block)] as const;

/** The tables of sealed blocks, with every question a ledger asks of them. Decides nothing and opens no block. */
export class BlockTables {
  constructor(private readonly session: Session) {}

  /** Every digest kept under the ids, and the row it was stored with. */
  known = (ids: readonly EntryId[]): Promise<{ entry: EntryId; digest: string; stored: number }[]> =>
    this.session.ask(sql.known, ids);

  /** @returns how many blocks were added: fewer than given where somebody else stored the same meanwhile */
  async add(entries: readonly EncryptedEntry<string>[], expected: TreeSize): Promise<number> {
    const placed = entries.map((one, at) => ({ ...one, place: at + 1 }));
    const blocks = placed.flatMap((one) => one.blocks.map((block) => ({ ...block, place: one.place })));
    const tokens = placed.flatMap((one) => one.tokens.map((token) => ({ token, place: one.place })));
    const [row] = await this.session.ask<{ added: number }>(
      sql.add,
      placed.map(({ entry }) => entry.id),
      placed.map(({ entry }) => entry.agency),
      placed.map(({ entry }) => entry.exchange),
      expected,
      blocks.map(({ place }) => place),
      blocks.map(({ block }) => block.block),
      blocks.map(({ block }) => block.retention),
      blocks.map(({ block }) => block.digest),
      blocks.map(({ key }) => key),
      blocks.map(({ sealed }) => sealed),
      tokens.map(({ place }) => place),
      tokens.map(({ token }) => token),
    );
    return row?.added ?? 0;
  }

  async raise(stored: readonly number[], expected: TreeSize): Promise<void> {
    await this.session.ask(sql.raise, stored, expected);
  }

  /** Rows of `stored`, held against everybody until the transaction ends. Always in the order of their numbers. */
  lock = (stored: readonly number[]): Promise<StoredRow[]> => this.session.ask(sql.lockStored, stored);
  lockEntry = (entry: EntryId): Promise<StoredRow[]> => this.session.ask(sql.lockEntry, entry);
  lockExchange = (exchange: ExchangeId): Promise<StoredRow[]> => this.session.ask(sql.lockExchange, exchange);

  ofStored = (stored: readonly number[]): Promise<BlockRow[]> => this.session.ask(sql.ofStored, stored);

  async entriesWith(token: Buffer): Promise<EntryId[]> {
    return (await this.session.ask<{ entry: EntryId }>(sql.found, token)).map(({ entry }) => entry);
  }

  /** Leaves digest, name and retention class as a tombstone. */
  async erase(blocks: readonly Label[]): Promise<void> {
    await this.session.ask(sql.erase, ...labels(blocks));
  }

  async remove(blocks: readonly Label[]): Promise<void> {
    await this.session.ask(sql.remove, ...labels(blocks));
  }

  async reseal(blocks: readonly { row: Label; key: string; sealed: Buffer }[]): Promise<void> {
    const keys = blocks.map(({ key }) => key);
    const sealed = blocks.map((block) => block.sealed);
    await this.session.ask(sql.reseal, ...labels(blocks.map(({ row }) => row)), keys, sealed);
  }

  async removeTokens(stored: readonly number[]): Promise<void> {
    await this.session.ask(sql.removeTokens, stored);
  }

  async removeEmpty(stored: readonly number[]): Promise<void> {
    await this.session.ask(sql.removeEmpty, stored);
  }

  storedAfter = (after: number, upTo: number, limit: number): Promise<StoredRow[]> =>
    this.session.ask(sql.storedAfter, after, upTo, limit);

  async lastStored(): Promise<number> {
    const [row] = await this.session.ask<{ last: number }>(sql.lastStored);
    return row?.last ?? 0;
  }

  /** Up to where sweeps have looked. */
  async swept(): Promise<number> {
    const [row] = await this.session.ask<{ swept: number }>(sql.swept);
    return row?.swept ?? 0;
  }

  async setSwept(upTo: number): Promise<void> {
    await this.session.ask(sql.setSwept, upTo);
  }

  /** Those of the keys that no block is under. */
  async unused(keys: readonly string[]): Promise<string[]> {
    return (await this.session.ask<{ key: string }>(sql.unused, keys)).map(({ key }) => key);
  }

  /** The stored rows that have a block under one of the keys. */
  async storedUnder(keys: readonly string[]): Promise<number[]> {
    return (await this.session.ask<{ stored: number }>(sql.under, keys)).map(({ stored }) => stored);
  }

  /** Notes, in the same commit as what becomes unreadable, that keys are to be destroyed. */
  async doom(keys: readonly string[]): Promise<void> {
    await this.session.ask(sql.doom, keys);
  }

  async doomed(): Promise<string[]> {
    return (await this.session.ask<{ key: string }>(sql.doomed)).map(({ key }) => key);
  }

  async forgetDoomed(keys: readonly string[]): Promise<void> {
    await this.session.ask(sql.forget, keys);
  }
}
