import type { AgencyId, EntryId } from '#kernel';
import { blockNames, disclose, type BlockName, type Blocks, type Disclosure, InvalidDisclosure } from './block.js';
import { canonical } from './canonical.js';

/** What the sender says and only that: the commitments to the blocks, the issuing agency and the entry's id. */
export interface Statement {
  readonly _sd: readonly string[];
  readonly _sd_alg: 'sha-256';
  readonly iss: AgencyId;
  readonly jti: EntryId;
}

/** Names of the members of {@link Statement}, in canonical order. */
export const statementMembers = ['_sd', '_sd_alg', 'iss', 'jti'] as const;

export interface SealedStatement {
  /** canonical text of the {@link Statement} */
  readonly statement: string;
  readonly disclosures: readonly Disclosure[];
}

/**
 * Seals the blocks of an entry. The same blocks under the same salts give the same text, byte for byte: that is how
 * a repeated request is recognised without keeping a digest of its content.
 */
export function sealStatement(
  iss: AgencyId,
  jti: EntryId,
  blocks: Blocks,
  salt: (block: BlockName) => Uint8Array,
): SealedStatement {
  const disclosures: Disclosure[] = [];
  for (const name of blockNames) {
    const value = blocks[name];
    if (value !== undefined) disclosures.push(disclose(name, value, salt(name)));
  }
  return {
    statement: statementText(
      iss,
      jti,
      disclosures.map(({ digest }) => digest),
    ),
    disclosures,
  };
}

/** Canonical text of a statement over these commitments. */
export function statementText(iss: AgencyId, jti: EntryId, digests: readonly string[]): string {
  return canonical({ _sd: [...digests].sort(), _sd_alg: 'sha-256', iss, jti });
}

/**
 * Checks that disclosures belong to a statement: each digest occurs once in `_sd`, no block twice (RFC 9901 §7.1).
 *
 * @throws InvalidDisclosure
 */
export function matchDisclosures(statement: Statement, disclosures: readonly Disclosure[]): void {
  const blocks = new Set<BlockName>();
  for (const { block, digest } of disclosures) {
    if (!statement._sd.includes(digest)) throw new InvalidDisclosure(`block ${block} is not the one committed to`);
    if (blocks.has(block)) throw new InvalidDisclosure(`block ${block} is disclosed twice`);
    blocks.add(block);
  }
}
