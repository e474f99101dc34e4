import { randomUUID, type KeyObject } from 'node:crypto';
import type { AgencyId } from '#kernel';
import { makeDataKeys, makeIndexKey, openDataKey, openIndexKey } from '../key-wrapping.js';
import { given, type NewKeys } from '../seal-entries.js';
import { prepared, type VaultDatabase } from './database.js';
import { lockOf } from './layout.js';

interface IndexKeyRow {
  readonly agency: AgencyId;
  readonly wrapped: Buffer;
}

// A number of `made` is drawn only after the lock is shared, so that whoever has it alone knows of all numbers before.
const sql = prepared('keys', {
  create: `
    WITH held AS MATERIALIZED (SELECT pg_advisory_xact_lock_shared(${lockOf('keys')})),
      added AS (
        INSERT INTO nachweis_keys.data_keys (id, wrapped)
        SELECT given.id, given.wrapped FROM held, unnest($1::uuid[], $2::bytea[]) AS given (id, wrapped))
    SELECT agency, wrapped FROM nachweis_keys.index_keys WHERE agency = ANY ($3::text[])`,
  addIndex: `
    INSERT INTO nachweis_keys.index_keys (agency, wrapped)
    SELECT * FROM unnest($1::text[], $2::bytea[]) ON CONFLICT (agency) DO NOTHING`,
  index: 'SELECT agency, wrapped FROM nachweis_keys.index_keys WHERE agency = ANY ($1::text[])',
  data: `
    SELECT id, wrapped FROM nachweis_keys.data_keys
    WHERE id = ANY ($1::uuid[]) AND NOT EXISTS (SELECT FROM nachweis_keys.destroyed WHERE destroyed.id = data_keys.id)`,
  last: 'SELECT coalesce(max(made), 0) AS made FROM nachweis_keys.data_keys',
  made: 'SELECT id, made FROM nachweis_keys.data_keys WHERE made > $1 AND made <= $2 ORDER BY made LIMIT $3',
  destroy: `
    WITH noted AS (INSERT INTO nachweis_keys.destroyed (id) SELECT unnest($1::uuid[]) ON CONFLICT DO NOTHING)
    DELETE FROM nachweis_keys.data_keys WHERE id = ANY ($1::uuid[])`,
  destroyAgain: 'DELETE FROM nachweis_keys.data_keys USING nachweis_keys.destroyed WHERE data_keys.id = destroyed.id',
  destroyed: 'SELECT id FROM nachweis_keys.destroyed WHERE id = ANY ($1::uuid[])',
  destroyedAfter: 'SELECT id FROM nachweis_keys.destroyed WHERE id > $1 ORDER BY id LIMIT $2',
  discard: 'DELETE FROM nachweis_keys.data_keys WHERE id = ANY ($1::uuid[])',
  swept: 'SELECT swept FROM nachweis_keys.vault',
  setSwept: 'UPDATE nachweis_keys.vault SET swept = greatest(swept, $1::bigint)',
});

/**
 * The keys of a vault, wrapped under the key-encryption key, in a schema of their own. Ids of data keys are random:
 * several processes make them without asking each other, and none comes back after an older backup was restored.
 */
export class KeyTables {
  constructor(
    private readonly database: VaultDatabase,
    private readonly master: KeyObject,
  ) {}

  /** Makes data keys and the index keys that agencies still lack: durable on return. */
  async create(count: number, agencies: ReadonlySet<AgencyId>): Promise<NewKeys<string>> {
    const data = makeDataKeys(
      this.master,
      Array.from({ length: count }, () => randomUUID()),
    );
    const rows = await this.database.ask<IndexKeyRow>(
      sql.create,
      data.map(({ id }) => id),
      data.map(({ wrapped }) => wrapped),
      [...agencies],
    );
    const lacking = [...agencies].filter((agency) => !rows.some((row) => row.agency === agency));
    return { data, index: this.#opened([...rows, ...(await this.#makeIndexKeys(lacking))]) };
  }

  /** The data keys that exist, by id; in place of one that cannot be unwrapped, why. */
  async dataKeys(ids: Iterable<string>): Promise<ReadonlyMap<string, KeyObject | Error>> {
    const wanted = [...new Set(ids)];
    if (wanted.length === 0) return new Map();
    const rows = await this.database.ask<{ id: string; wrapped: Buffer }>(sql.data, wanted);
    return new Map(rows.map(({ id, wrapped }) => [id, this.#unwrapped(id, wrapped)]));
  }

  /** @returns undefined when the agency has nothing indexed */
  async indexKey(agency: AgencyId): Promise<KeyObject | undefined> {
    return this.#opened(await this.database.ask<IndexKeyRow>(sql.index, [agency])).get(agency);
  }

  /** Destroys data keys, and keeps their ids for whoever restores an older copy of the blocks: durable on return. */
  async destroy(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.database.ask(sql.destroy, ids);
  }

  /** Destroys keys that an older copy brought back. */
  async destroyAgain(): Promise<void> {
    await this.database.ask(sql.destroyAgain);
  }

  /** Those of the keys that were destroyed, not lost. */
  async destroyed(ids: readonly string[]): Promise<readonly string[]> {
    if (ids.length === 0) return [];
    return (await this.database.ask<{ id: string }>(sql.destroyed, ids)).map(({ id }) => id);
  }

  /** Ids of destroyed keys, in their order. */
  async destroyedAfter(id: string, limit: number): Promise<readonly string[]> {
    return (await this.database.ask<{ id: string }>(sql.destroyedAfter, id, limit)).map((row) => row.id);
  }

  /** Removes keys that no block was ever under: nobody will ask what became of them. */
  async discard(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.database.ask(sql.discard, ids);
  }

  /** The number of the last key made; everything with a smaller one is either there or never will be. */
  async lastMade(): Promise<number> {
    return this.database.transaction(`SELECT pg_advisory_xact_lock(${lockOf('keys')})`, async (session) => {
      const [row] = await session.ask<{ made: number }>(sql.last);
      return row?.made ?? 0;
    });
  }

  async madeAfter(made: number, upTo: number, limit: number): Promise<readonly { id: string; made: number }[]> {
    return this.database.ask(sql.made, made, upTo, limit);
  }

  async swept(): Promise<number> {
    const [row] = await this.database.ask<{ swept: number }>(sql.swept);
    return given(row).swept;
  }

  async setSwept(made: number): Promise<void> {
    await this.database.ask(sql.setSwept, made);
  }

  // Two ledgers may make one at the same time: the first one counts, and both read it back.
  async #makeIndexKeys(agencies: readonly AgencyId[]): Promise<IndexKeyRow[]> {
    if (agencies.length === 0) return [];
    const fresh = agencies.map((agency) => makeIndexKey(this.master, agency).wrapped);
    await this.database.ask(sql.addIndex, agencies, fresh);
    return this.database.ask<IndexKeyRow>(sql.index, agencies);
  }

  #opened(rows: readonly IndexKeyRow[]): Map<AgencyId, KeyObject> {
    return new Map(rows.map(({ agency, wrapped }) => [agency, openIndexKey(this.master, agency, wrapped)]));
  }

  #unwrapped(id: string, wrapped: Buffer): KeyObject | Error {
    try {
      return openDataKey(this.master, id, wrapped);
    } catch (error) {
      return error instanceof Error ? error : new Error('the key cannot be opened');
    }
  }
}
