import { hash } from 'node:crypto';
import { canonical, type JsonObject } from './canonical.js';

/** What an entry says is sealed in named blocks: one audience, one retention class and one commitment each. */
export const blockNames = ['terms', 'people', 'told', 'staff', 'reasons', 'withheld'] as const;
export type BlockName = (typeof blockNames)[number];
export type Blocks = { readonly [name in BlockName]?: JsonObject };

/** A block that is opened: RFC 9901 §4.2.1, the base64url text of the canonical `[salt, block, value]`. */
export interface Disclosure {
  readonly block: BlockName;
  /** base64url of 16 random bytes */
  readonly salt: string;
  readonly value: JsonObject;
  readonly encoded: string;
  /** base64url of SHA-256 over `encoded`: the commitment in the leaf */
  readonly digest: string;
}

export class InvalidDisclosure extends Error {
  override readonly name = 'InvalidDisclosure';
}

const saltBytes = 16;

export const isBlockName = (value: unknown): value is BlockName => blockNames.some((name) => name === value);

/** The commitment to a disclosure: RFC 9901 §4.2.3. */
export const disclosureDigest = (encoded: string): string => hash('sha256', encoded, 'base64url');

/**
 * Commits to a block.
 *
 * @param salt 16 bytes, fresh for every block of every entry and never derived from the value
 */
export function disclose(block: BlockName, value: JsonObject, salt: Uint8Array): Disclosure {
  if (salt.length !== saltBytes) throw new RangeError('a salt has 16 bytes');
  const text = Buffer.from(salt).toString('base64url');
  const encoded = Buffer.from(canonical([text, block, value]), 'utf8').toString('base64url');
  return { block, salt: text, value, encoded, digest: disclosureDigest(encoded) };
}

/**
 * Reads a disclosure, strict to the byte: only the text that {@link disclose} writes for the same content is accepted.
 *
 * @throws InvalidDisclosure
 */
export function parseDisclosure(encoded: string): Disclosure {
  const parts = parsed(encoded);
  if (!Array.isArray(parts) || parts.length !== 3) throw new InvalidDisclosure('not an array of three');
  const [salt, block, value] = parts as unknown[];
  if (typeof salt !== 'string' || !isBlockName(block) || !isObject(value)) {
    throw new InvalidDisclosure('not a salt, a block name and an object');
  }
  const bytes = Buffer.from(salt, 'base64url');
  if (bytes.length !== saltBytes) throw new InvalidDisclosure('the salt has not 16 bytes');
  const disclosure = disclose(block, value, bytes);
  if (disclosure.encoded !== encoded) throw new InvalidDisclosure('not in canonical form');
  return disclosure;
}

/**
 * Reads a disclosure whose digest was found in a leaf before: then it is what was sealed, and need not be checked for
 * form again.
 */
export function readDisclosure(encoded: string): Pick<Disclosure, 'salt' | 'block' | 'value'> {
  const [salt, block, value] = JSON.parse(Buffer.from(encoded, 'base64url').toString()) as [
    string,
    BlockName,
    JsonObject,
  ];
  return { salt, block, value };
}

function parsed(encoded: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64url')));
  } catch (cause) {
    throw new InvalidDisclosure('not base64url of JSON', { cause });
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
