import { isAgencyId, isInstant, isUuid, treeSize } from '#kernel';
import type { AgencyId, EntryId, Instant, TreeSize } from '#kernel';
import { canonical, type JsonObject, type JsonValue } from './canonical.js';
import { matchEntryLeaf } from './entry-form.js';
import { statementMembers, type Statement } from './statement.js';

/** A C2SP entry bundle gives an entry's length two bytes. */
export const maximumLeafBytes = 65_535;

/** A leaf of `entries`: the wrapper is what the ledger says, the statement what the sender says. */
export interface EntryLeaf {
  readonly log: 'entries';
  readonly recordedAt: Instant;
  /** size of `registry` the entry was judged against */
  readonly registry: TreeSize;
  readonly statement: Statement;
}

/** What is recorded in `registry`: open, never erased, free of persons. */
export interface RegistryStatement {
  readonly data: JsonObject;
  readonly dataVersion: number;
  readonly iss: AgencyId;
  readonly jti: EntryId;
  readonly type: string;
}

export interface RegistryLeaf {
  readonly log: 'registry';
  readonly recordedAt: Instant;
  readonly statement: RegistryStatement;
}

export type Leaf = EntryLeaf | RegistryLeaf;

export class InvalidLeaf extends Error {
  override readonly name = 'InvalidLeaf';
}

/**
 * The stored bytes of an entry, version 1.
 *
 * @param statement canonical text of the statement. It is spliced in, because a canonical object of canonical parts
 *   in sorted order is canonical; that saves serialising it twice.
 */
export function encodeEntryLeaf(leaf: { recordedAt: Instant; registry: TreeSize; statement: string }): Buffer {
  const { recordedAt, registry, statement } = leaf;
  return Buffer.from(
    `{"log":"entries","recordedAt":"${recordedAt}","registry":${registry},"statement":${statement},"v":1}`,
  );
}

/** The stored bytes of a registry entry, version 1. */
export function encodeRegistryLeaf(leaf: { recordedAt: Instant; statement: RegistryStatement }): Buffer {
  const { recordedAt, statement } = leaf;
  return Buffer.from(canonical({ log: 'registry', recordedAt, statement: { ...statement }, v: 1 }));
}

/**
 * Reads stored bytes, strict to the byte: what this ledger would not have written is not a leaf.
 *
 * @throws InvalidLeaf
 */
export function parseLeaf(bytes: Uint8Array): Leaf {
  if (bytes.length > maximumLeafBytes) throw new InvalidLeaf('longer than 65,535 bytes');
  const entry = matchEntryLeaf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1'));
  if (entry !== undefined) return entry;
  const { text, value } = decoded(bytes);
  if (!isObject(value) || value['v'] !== 1 || !isInstant(value['recordedAt']))
    throw new InvalidLeaf('not a version 1 leaf');
  if (canonical(value) !== text) throw new InvalidLeaf('not in canonical form');
  const { log, recordedAt, statement } = value;
  if (!isObject(statement) || !isAgencyId(statement['iss']) || !isUuid(statement['jti'])) {
    throw new InvalidLeaf('no statement with issuer and id');
  }
  if (log === 'entries') {
    exactly(value, ['log', 'recordedAt', 'registry', 'statement', 'v']);
    return { log, recordedAt, registry: sizeOf(value['registry']), statement: entryStatement(statement) };
  }
  if (log !== 'registry') throw new InvalidLeaf('of an unknown log');
  exactly(value, ['log', 'recordedAt', 'statement', 'v']);
  return { log, recordedAt, statement: registryStatement(statement) };
}

function decoded(bytes: Uint8Array): { text: string; value: JsonValue } {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { text, value: JSON.parse(text) as JsonValue };
  } catch (cause) {
    throw new InvalidLeaf('not JSON in UTF-8', { cause });
  }
}

function entryStatement(statement: JsonObject): Statement {
  exactly(statement, statementMembers);
  const digests = statement['_sd'];
  if (statement['_sd_alg'] !== 'sha-256' || !Array.isArray(digests) || !digests.every(isDigest)) {
    throw new InvalidLeaf('no SHA-256 commitments');
  }
  const sorted = [...new Set(digests)].sort();
  if (sorted.length !== digests.length || sorted.some((digest, i) => digest !== digests[i])) {
    throw new InvalidLeaf('commitments are not sorted or repeat');
  }
  return statement as unknown as Statement;
}

function registryStatement(statement: JsonObject): RegistryStatement {
  exactly(statement, ['data', 'dataVersion', 'iss', 'jti', 'type']);
  if (
    !isObject(statement['data']) ||
    typeof statement['dataVersion'] !== 'number' ||
    typeof statement['type'] !== 'string'
  ) {
    throw new InvalidLeaf('no type, version and data');
  }
  return statement as unknown as RegistryStatement;
}

function sizeOf(value: unknown): TreeSize {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw new InvalidLeaf('no registry size');
  return treeSize(value);
}

function exactly(value: JsonObject, members: readonly string[]): void {
  const names = Object.keys(value).sort();
  if (names.length !== members.length || names.some((name, i) => name !== members[i])) {
    throw new InvalidLeaf('unknown or missing members');
  }
}

const isDigest = (value: unknown): value is string => typeof value === 'string' && /^[A-Za-z0-9_-]{43}$/.test(value);

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
