import type { KeyObject } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { PostgresAddress } from '#postgres';
import { readKeyFile } from '../key-file.js';
import { openVaultId } from '../key-wrapping.js';
import { VaultRefused } from '../vault.js';
import { VaultDatabase } from './database.js';
import { blocksIn, keysIn } from './identity.js';
import { KeyTables } from './key-tables.js';
import { refusalOf } from './refusal.js';

/** How long the server may take, and how many connections a process opens to each database. */
export interface PostgresLimits {
  /** milliseconds for one statement, waiting included; 15,000 unless told otherwise */
  readonly statementTimeout?: number;
  /** 8 unless told otherwise */
  readonly connections?: number;
}

/** Where a vault lies. */
export interface PostgresVaultPlace extends PostgresLimits {
  /** The database with schema `nachweis_vault`. */
  readonly blocks: PostgresAddress;
  /** The database with schema `nachweis_keys`: the same one, another one, or on another server. */
  readonly keys: PostgresAddress;
  /** The key-encryption key: 32 random bytes, mode 0600, the same for every process. */
  readonly keyFile: string;
  /** The ledger's origin: the vault of another one is refused. */
  readonly origin: string;
}

/** A vault that was found whole: both halves are of one vault, and the key file opens it. */
export interface FoundVault {
  readonly blocks: VaultDatabase;
  readonly keys: KeyTables;
  close(): Promise<void>;
}

/** @throws VaultRefused */
export function databaseAt(address: PostgresAddress, limits: PostgresLimits): VaultDatabase {
  const { statementTimeout = 15_000, connections = 8 } = limits;
  try {
    return new VaultDatabase(address, { statementTimeout, idleTimeout: statementTimeout }, connections);
  } catch (error) {
    throw refusalOf('an address', error);
  }
}

/** @throws VaultRefused */
export async function findVault(place: PostgresVaultPlace): Promise<FoundVault> {
  const master = masterKey(place.keyFile);
  const blocks = databaseAt(place.blocks, place);
  const keys = databaseAt(place.keys, place);
  const close = async (): Promise<void> => void (await Promise.all([blocks.close(), keys.close()]));
  try {
    await requireOneVault(place, { blocks, keys, master });
    return { blocks, keys: new KeyTables(keys, master), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function requireOneVault(
  { origin, keyFile }: PostgresVaultPlace,
  { blocks, keys, master }: { blocks: VaultDatabase; keys: VaultDatabase; master: KeyObject },
): Promise<void> {
  const found = await keysIn(keys, origin);
  if (vaultNamed(master, found.proof) !== found.id) {
    throw new VaultRefused(`the key file ${keyFile} does not open the keys at ${keys.host}`, { isForeign: true });
  }
  if ((await blocksIn(blocks, origin)) !== found.id) {
    const message = `the blocks at ${blocks.host} and the keys at ${keys.host} are not of one vault`;
    throw new VaultRefused(message, { isForeign: true });
  }
}

/** @returns the name that only the right key opens, else null */
export function vaultNamed(master: KeyObject, proof: Buffer | null): string | null {
  try {
    return proof && openVaultId(master, proof);
  } catch {
    return null;
  }
}

function masterKey(file: string): KeyObject {
  if (!existsSync(file)) throw new VaultRefused(`key file ${file} of the vault is missing`);
  return readKeyFile(file);
}
