import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { agencyId, entryId, treeSize, type Instant } from '#kernel';
import {
  blockNames,
  canonical,
  disclose,
  encodeEntryLeaf,
  encodeRegistryLeaf,
  InvalidDisclosure,
  InvalidLeaf,
  matchDisclosures,
  parseDisclosure,
  parseLeaf,
  sealStatement,
  type EntryLeaf,
  type JsonObject,
} from '#statement';

const seed = 20261122;
const golden = JSON.parse(readFileSync('test/vectors/leaves.json', 'utf8')) as {
  entries: {
    iss: string;
    jti: string;
    recordedAt: Instant;
    registry: number;
    blocks: Record<string, JsonObject>;
    salts: Record<string, string>;
    leaf: string;
    leafHash: string;
  }[];
  registry: {
    recordedAt: Instant;
    statement: { data: JsonObject; dataVersion: number; iss: string; jti: string; type: string };
    leaf: string;
  }[];
};

const salts = (name: string) => Buffer.alloc(16, name);
const sealed = (blocks: Record<string, JsonObject>) =>
  sealStatement(agencyId('lka.example'), entryId('0192f0c1-7b1a-7c3d-8e4f-0123456789ab'), blocks, salts);
const leafOf = (blocks: Record<string, JsonObject>) =>
  encodeEntryLeaf({
    recordedAt: '2026-11-22T10:00:00.123Z' as Instant,
    registry: treeSize(17),
    statement: sealed(blocks).statement,
  });

function encodedAgain(bytes: Buffer): Buffer | InvalidLeaf {
  try {
    const { recordedAt, registry, statement } = parseLeaf(bytes) as EntryLeaf;
    return encodeEntryLeaf({ recordedAt, registry, statement: canonical({ ...statement }) });
  } catch (error) {
    if (error instanceof InvalidLeaf) return error;
    throw error;
  }
}

describe('the stored leaf, version 1', () => {
  it.each(golden.entries)('gives the golden bytes of entry $jti', (vector) => {
    const { statement, disclosures } = sealStatement(
      agencyId(vector.iss),
      entryId(vector.jti),
      vector.blocks,
      (block) => Buffer.from(vector.salts[block] ?? '', 'hex'),
    );
    const leaf = encodeEntryLeaf({ recordedAt: vector.recordedAt, registry: treeSize(vector.registry), statement });
    expect(leaf.toString()).toBe(vector.leaf);
    const parsed = parseLeaf(leaf) as EntryLeaf;
    expect(() => matchDisclosures(parsed.statement, disclosures)).not.toThrow();
  });

  it.each(golden.registry)('gives the golden bytes of $statement.type', ({ recordedAt, statement, leaf }) => {
    const encoded = encodeRegistryLeaf({
      recordedAt,
      statement: { ...statement, iss: agencyId(statement.iss), jti: entryId(statement.jti) },
    });
    expect(encoded.toString()).toBe(leaf);
    expect(parseLeaf(encoded).log).toBe('registry');
  });

  it('is canonical although its statement is spliced in', () => {
    const leaf = leafOf({ terms: { type: 'X' }, people: { case: 'c' } }).toString();
    expect(canonical(JSON.parse(leaf) as JsonObject)).toBe(leaf);
  });

  it('is refused, or is plainly another leaf, when any single bit of it flips', () => {
    const leaf = leafOf({ terms: { type: 'X' }, people: { case: 'c' } });
    for (let bit = 0; bit < leaf.length * 8; bit++) {
      const flipped = Buffer.from(leaf);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const again = encodedAgain(flipped);
      expect(again instanceof InvalidLeaf || flipped.equals(again)).toBe(true);
    }
  });

  it.each([
    ['a byte order mark', '\ufeff{}'],
    ['white space', '{"log": "entries"}'],
    ['an unknown member', leafOf({ terms: {} }).toString().replace('"v":1', '"v":1,"w":2')],
    ['another version', leafOf({ terms: {} }).toString().replace('"v":1', '"v":2')],
    ['another algorithm', leafOf({ terms: {} }).toString().replace('sha-256', 'sha-512')],
    ['30 February', leafOf({ terms: {} }).toString().replace('2026-11-22', '2026-02-30')],
    [
      'a repeated commitment',
      leafOf({ terms: {} })
        .toString()
        .replace(/"_sd":\[("[^"]+")\]/, '"_sd":[$1,$1]'),
    ],
    ['a long leaf', `"${'x'.repeat(65_535)}"`],
  ])('is refused with %s', (_what, text) => {
    expect(() => parseLeaf(Buffer.from(text))).toThrow(InvalidLeaf);
  });
});

describe('a block', () => {
  it('gives the digest of the RFC 9901 vector form', () => {
    const { encoded, digest } = disclose('reasons', { text: 'case 12 Js 345/26' }, Buffer.alloc(16, 0xa2));
    expect(Buffer.from(encoded, 'base64url').toString()).toBe(
      '["oqKioqKioqKioqKioqKiog","reasons",{"text":"case 12 Js 345/26"}]',
    );
    expect(digest).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it('opens to what was sealed, and to nothing when a bit of it changes', () => {
    const disclosure = disclose('people', { subject: 'p-7f3a' }, Buffer.alloc(16, 7));
    expect(parseDisclosure(disclosure.encoded)).toEqual(disclosure);
    const { statement } = parseLeaf(leafOf({ people: { subject: 'p-7f3a' } })) as EntryLeaf;
    for (let i = 0; i < disclosure.encoded.length * 8; i++) {
      const bytes = Buffer.from(disclosure.encoded, 'latin1');
      bytes[i >> 3] = (bytes[i >> 3] ?? 0) ^ (1 << (i & 7));
      const attempt = () => matchDisclosures(statement, [parseDisclosure(bytes.toString('latin1'))]);
      expect(attempt).toThrow(InvalidDisclosure);
    }
  });

  it('hides its content: the same value under two salts has unlinked commitments', () => {
    const value = { subject: '1980-05-17' };
    expect(disclose('people', value, Buffer.alloc(16, 1)).digest).not.toBe(
      disclose('people', value, Buffer.alloc(16, 2)).digest,
    );
  });

  it('is not accepted for another statement nor twice', () => {
    const { disclosures } = sealed({ people: { subject: 'a' } });
    const own = parseLeaf(leafOf({ people: { subject: 'a' } })) as EntryLeaf;
    const other = parseLeaf(leafOf({ people: { subject: 'b' } })) as EntryLeaf;
    expect(() => matchDisclosures(own.statement, disclosures)).not.toThrow();
    expect(() => matchDisclosures(other.statement, disclosures)).toThrow(InvalidDisclosure);
    expect(() => matchDisclosures(own.statement, [...disclosures, ...disclosures])).toThrow(InvalidDisclosure);
  });
});

describe(`sealing again under the stored salts (seed ${seed})`, () => {
  const value = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,8}$/),
    fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean()),
    { noNullPrototype: true },
  );
  const blocks = fc.record(Object.fromEntries(blockNames.map((name) => [name, value])), {
    requiredKeys: ['terms'],
    noNullPrototype: true,
  });

  it('gives the same bytes whatever the order of keys', () => {
    fc.assert(
      fc.property(blocks, (content) => {
        const reversed = Object.fromEntries(
          Object.entries(content).map(([name, block]) => [
            name,
            Object.fromEntries(Object.entries(block ?? {}).reverse()),
          ]),
        );
        expect(sealed(reversed as Record<string, JsonObject>).statement).toBe(
          sealed(content as Record<string, JsonObject>).statement,
        );
      }),
      { seed, numRuns: 200 },
    );
  });

  it('gives other bytes when any block says something else', () => {
    fc.assert(
      fc.property(blocks, blocks, (one, two) => {
        fc.pre(canonical(one as JsonObject) !== canonical(two as JsonObject));
        expect(sealed(one as Record<string, JsonObject>).statement).not.toBe(
          sealed(two as Record<string, JsonObject>).statement,
        );
      }),
      { seed, numRuns: 200 },
    );
  });
});
