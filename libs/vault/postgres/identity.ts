import { serverFacts, unfitServer, type ServerFacts } from '#postgres';
import { VaultRefused } from '../vault.js';
import { prepared, type VaultDatabase } from './database.js';
import { blockLayout, keyLayout, type Layout } from './layout.js';
import { refusalOf } from './refusal.js';

interface VaultRow {
  readonly id: string;
  readonly origin: string;
  readonly layout: number;
}

const server = `${serverFacts}, pg_is_in_recovery() AS recovering`;
const sql = prepared('identity', {
  blocks: `SELECT id, origin, layout, ${server} FROM nachweis_vault.vault`,
  keys: `SELECT id, origin, layout, proof, ${server} FROM nachweis_keys.vault`,
});

/** Which vault the blocks of a database belong to. @throws VaultRefused when it is not the one of this origin */
export async function blocksIn(database: VaultDatabase, origin: string): Promise<string> {
  return (await identified(database, { layout: blockLayout, statement: sql.blocks, origin })).id;
}

/** Which vault the keys of a database belong to. @throws VaultRefused when it is not the one of this origin */
export async function keysIn(database: VaultDatabase, origin: string): Promise<{ id: string; proof: Buffer | null }> {
  return identified<VaultRow & { proof: Buffer | null }>(database, { layout: keyLayout, statement: sql.keys, origin });
}

/** @throws VaultRefused */
export function requireServer(host: string, facts: ServerFacts): void {
  const reason = unfitServer(facts);
  if (reason !== null) throw new VaultRefused(`the vault at ${host}: ${reason}`);
}

/** @throws VaultRefused */
export function requireOrigin(host: string, found: string, origin: string): void {
  if (found !== origin)
    throw new VaultRefused(`the vault at ${host} belongs to ${found}, not to ${origin}`, { isForeign: true });
}

interface Question {
  readonly layout: Layout;
  readonly statement: (typeof sql)['blocks'];
  readonly origin: string;
}

async function identified<Row extends VaultRow>(
  database: VaultDatabase,
  { layout, statement, origin }: Question,
): Promise<Row> {
  const { host } = database;
  const row = await answer<Row & ServerFacts & { recovering: boolean }>(database, statement);
  if (row === undefined) throw new VaultRefused(`the vault at ${host}: no vault has been made in this database`);
  requireServer(host, row);
  // A copy that lags behind would show what is erased, and lack what a leaf already names.
  if (row.recovering) throw new VaultRefused(`the vault at ${host}: the server is a replica, or still recovers`);
  requireOrigin(host, row.origin, origin);
  const known = layout.steps.length;
  if (row.layout > known) throw new VaultRefused(later(host, row.layout, known));
  if (row.layout < known)
    throw new VaultRefused(`the vault at ${host} has layout ${row.layout}: migrate it to ${known}`);
  return row;
}

export const later = (host: string, found: number, known: number): string =>
  `the vault at ${host} has layout ${found}, this version knows ${known}`;

async function answer<Row extends object>(
  database: VaultDatabase,
  statement: Question['statement'],
): Promise<Row | undefined> {
  try {
    const [row] = await database.ask<Row>(statement);
    return row;
  } catch (error) {
    throw refusalOf(database.host, error);
  }
}
