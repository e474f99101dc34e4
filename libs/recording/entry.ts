import { randomBytes } from 'node:crypto';
import {
  blocksOf,
  entryTypes,
  indexTermsOf,
  retentionOf,
  type EntryType,
  type Said,
  type ValidEntry,
} from '#catalogue';
import { DomainError } from '#kernel';
import type { AgencyId, EntryId, ExchangeId, ExchangeVersion, Instant, TreeSize } from '#kernel';
import {
  canonical,
  encodeEntryLeaf,
  encodeRegistryLeaf,
  maximumLeafBytes,
  sealStatement,
  type Blocks,
  type RegistryStatement,
} from '#statement';
import type { SealedEntry } from '#vault';

const saltBytes = 16;

/** An upper bound of what a leaf has around its statement. */
export const wrapperBytes = 160;

/** A valid entry, sealed and ready for its place. What it says no longer changes; when it is recorded is open. */
export interface PreparedEntry {
  readonly id: EntryId;
  readonly issuer: AgencyId;
  readonly type: EntryType;
  readonly exchange: ExchangeId | null;
  /** in which capacity the issuer was authenticated */
  readonly recorder: EntryType['recordedBy'];
  /** what the exchange learns of it */
  readonly said: Said;
  readonly expectedVersion: ExchangeVersion | null;
  /** 1-based line of the batch it came in, for faults */
  readonly line: number | null;
  readonly blocks: Blocks;
  /** canonical text of the statement */
  readonly statement: string;
  /** what the vault keeps; null for the registry, which is open */
  readonly sealed: SealedEntry | null;
  leafAt(recordedAt: Instant, registry: TreeSize): Buffer;
}

/**
 * Seals an entry with fresh salts.
 *
 * @throws DomainError `leaf-too-large`: the registry is open, so its leaves hold what was said
 */
export function prepareEntry(
  entry: ValidEntry,
  issuer: AgencyId,
  recorder: EntryType['recordedBy'],
  line: number | null = null,
): PreparedEntry {
  const { id, exchange, occurredAt, expectedVersion } = entry;
  const type = entryTypes.get(entry.type);
  if (type === undefined) throw new RangeError('not an entry of the catalogue');
  const blocks = blocksOf(entry);
  const said: Said = { issuer, type: type.name, terms: blocks.terms ?? {}, occurredAt };
  const common = { id, issuer, type, exchange, recorder, said, expectedVersion, line };
  if (type.log === 'registry') return { ...common, ...registryParts(entry, type, issuer) };
  const salts = randomBytes(saltBytes * Object.keys(blocks).length);
  let used = 0;
  const { statement, disclosures } = sealStatement(issuer, id, blocks, () => salts.subarray(used, (used += saltBytes)));
  const sealed: SealedEntry = {
    id,
    agency: issuer,
    exchange,
    blocks: disclosures.map(({ block, digest, encoded }) => ({
      block,
      digest,
      encoded,
      retention: retentionOf(type, block),
    })),
    index: indexTermsOf(entry),
  };
  const leafAt: PreparedEntry['leafAt'] = (recordedAt, registry) =>
    encodeEntryLeaf({ recordedAt, registry, statement });
  return { ...common, blocks, statement, sealed, leafAt };
}

function registryParts({ id, data }: ValidEntry, type: EntryType, issuer: AgencyId) {
  const statement: RegistryStatement = { data, dataVersion: type.dataVersion, iss: issuer, jti: id, type: type.name };
  const text = canonical({ ...statement });
  if (Buffer.byteLength(text) + wrapperBytes > maximumLeafBytes) {
    throw new DomainError('leaf-too-large', 'the entry is larger than a leaf can be');
  }
  return {
    blocks: {},
    statement: text,
    sealed: null,
    leafAt: (recordedAt: Instant) => encodeRegistryLeaf({ recordedAt, statement }),
  };
}

/** Names the line of the batch in an error that concerns one of its entries. */
export function located(error: unknown, { line }: Pick<PreparedEntry, 'line'>): unknown {
  if (line === null || !(error instanceof DomainError)) return error;
  const faults = error.faults.length > 0 ? error.faults : [{ pointer: '', detail: error.message }];
  return new DomainError(
    error.code,
    error.message,
    faults.map((fault) => ({ ...fault, line })),
    { cause: error },
  );
}
