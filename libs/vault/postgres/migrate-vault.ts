import { randomUUID, type KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import { Client } from 'pg';
import { groupRoleMade, hostOf, poolConfigOf, serverFacts, type PostgresAddress, type ServerFacts } from '#postgres';
import { createKeyFile, readKeyFile } from '../key-file.js';
import { sealVaultId } from '../key-wrapping.js';
import { VaultRefused } from '../vault.js';
import { later, requireOrigin, requireServer } from './identity.js';
import { blockLayout, keyLayout, migrationLock, type Layout } from './layout.js';
import { vaultNamed } from './opening.js';
import { refusalOf } from './refusal.js';

/** Both halves of a vault, with users that own its schemas, or may create schemas and roles where there is none yet. */
export interface VaultMigration {
  readonly blocks: PostgresAddress;
  readonly keys: PostgresAddress;
  /** The ledger's origin, fixed for ever by the first migration. */
  readonly origin: string;
  /** The key-encryption key. Made when it is missing and the vault is new. */
  readonly keyFile: string;
  /** milliseconds that another migration, or somebody who uses a table, is waited for; 60,000 unless told otherwise */
  readonly lockTimeout?: number;
}

interface At {
  readonly client: Client;
  readonly host: string;
}

/** One half on its way to the last layout. */
interface Half extends At {
  readonly layout: Layout;
  /** null where nothing was made yet */
  readonly found: { readonly id: string; readonly layout: number } | null;
}

/**
 * Makes a vault, or brings it to this version's layout; never back. Safe to run again, and by several at once: the
 * second one waits and finds everything done. Group roles are made where they are missing; users become members of them
 * by whoever runs the databases.
 *
 * @throws VaultRefused when a database cannot be used, or holds something else, another vault or a later layout
 */
export async function migrateVault(migration: VaultMigration): Promise<void> {
  const { origin, keyFile, lockTimeout = 60_000 } = migration;
  await connected(migration.keys, lockTimeout, async (keyClient) => {
    const keys = await half(keyClient, keyLayout, origin);
    await connected(migration.blocks, lockTimeout, async (blockClient) => {
      const blocks = await half(blockClient, blockLayout, origin);
      await requireTogether(keys, blocks);
      const id = keys.found?.id ?? randomUUID();
      const master = await masterKey(keyFile, keys);
      // Keys before blocks: a first migration that is cut off leaves keys that no block needs.
      await migrate(keys, { id, origin }, master);
      await migrate(blocks, { id, origin });
    });
  });
}

async function connected(
  address: PostgresAddress,
  lockTimeout: number,
  work: (at: At) => Promise<void>,
): Promise<void> {
  const { client, host } = clientFor(address, lockTimeout);
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<ServerFacts>(`SELECT ${serverFacts}`);
    for (const facts of rows) requireServer(host, facts);
    await work({ client, host });
  } catch (error) {
    throw refusalOf(host, error);
  } finally {
    await client.end().catch(() => {});
  }
}

function clientFor(address: PostgresAddress, lockTimeout: number): At {
  try {
    return {
      client: new Client(poolConfigOf(address, 'nachweis', { lock_timeout: lockTimeout })),
      host: hostOf(address),
    };
  } catch (error) {
    throw refusalOf('an address', error);
  }
}

async function half({ client, host }: At, layout: Layout, origin: string): Promise<Half> {
  const { schema } = layout;
  await client.query(migrationLock(layout));
  const { rows: tables } = await client.query<{ relname: string }>(
    'SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace($1)',
    [schema],
  );
  if (tables.length === 0) return { client, host, layout, found: null };
  if (!tables.some(({ relname }) => relname === 'vault')) {
    throw new VaultRefused(`the vault at ${host}: its schema ${schema} was made by somebody else`);
  }
  const { rows } = await client.query<{ id: string; origin: string; layout: number }>(
    `SELECT id, origin, layout FROM ${schema}.vault`,
  );
  const [found] = rows;
  if (found === undefined)
    throw new VaultRefused(`the vault at ${host}: its schema ${schema} does not say whose it is`);
  requireOrigin(host, found.origin, origin);
  if (found.layout > layout.steps.length) throw new VaultRefused(later(host, found.layout, layout.steps.length));
  return { client, host, layout, found };
}

async function requireTogether(keys: Half, blocks: Half): Promise<void> {
  if (blocks.found && !keys.found) {
    throw new VaultRefused(`there are blocks at ${blocks.host}, but the keys are missing at ${keys.host}`);
  }
  if (blocks.found && keys.found && blocks.found.id !== keys.found.id) {
    throw new VaultRefused(`the blocks at ${blocks.host} and the keys at ${keys.host} are not of one vault`);
  }
  if (!blocks.found && keys.found) {
    const { rows } = await keys.client.query('SELECT 1 FROM nachweis_keys.data_keys LIMIT 1');
    if (rows.length === 0) return;
    throw new VaultRefused(`there are keys at ${keys.host}, but their blocks are missing at ${blocks.host}`);
  }
}

async function masterKey(keyFile: string, { client, host, found }: Half): Promise<KeyObject> {
  if (!existsSync(keyFile)) {
    if (found) throw new VaultRefused(`key file ${keyFile} of the vault is missing`);
    createKeyFile(keyFile);
  }
  const master = readKeyFile(keyFile);
  if (found === null) return master;
  const { rows } = await client.query<{ proof: Buffer | null }>('SELECT proof FROM nachweis_keys.vault');
  if (vaultNamed(master, rows[0]?.proof ?? null) === found.id) return master;
  throw new VaultRefused(`the key file ${keyFile} does not open the keys at ${host}`);
}

async function migrate(half: Half, vault: { id: string; origin: string }, master?: KeyObject): Promise<void> {
  const { client, layout, found } = half;
  const { schema, steps, roles, grants } = layout;
  await client.query('BEGIN');
  await client.query(schemaMade(schema));
  for (const step of steps.slice(found?.layout ?? 0)) await client.query(step);
  if (found === null) {
    const { id, origin } = vault;
    await client.query(`INSERT INTO ${schema}.vault (id, origin, layout) VALUES ($1, $2, $3)`, [
      id,
      origin,
      steps.length,
    ]);
    if (master) await client.query(`UPDATE ${schema}.vault SET proof = $1`, [sealVaultId(master, id)]);
  } else {
    await client.query(`UPDATE ${schema}.vault SET layout = $1 WHERE layout < $1`, [steps.length]);
  }
  for (const role of roles) await client.query(groupRoleMade(role));
  await client.query(`REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC; ${grants}`);
  await client.query('COMMIT');
}

/** An owner who was given the schema need not be allowed to create one. */
const schemaMade = (schema: string): string => `
  DO $$ BEGIN
    IF to_regnamespace('${schema}') IS NULL THEN CREATE SCHEMA ${schema}; END IF;
  END $$`;
