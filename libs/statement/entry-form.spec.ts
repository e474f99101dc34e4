import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { isInstant } from '#kernel';
import { matchEntryLeaf } from './entry-form.js';
import { canonical, type JsonObject } from './canonical.js';

const seed = 20261122;
const [golden] = (JSON.parse(readFileSync('test/vectors/leaves.json', 'utf8')) as { entries: { leaf: string }[] })
  .entries;
const bytes = Buffer.from(golden?.leaf ?? '');

/** What the pattern accepts must be what a JSON parser and RFC 8785 accept, with the same members. */
function agree(leaf: Buffer): void {
  const matched = matchEntryLeaf(leaf.toString('latin1'));
  if (matched === undefined) return;
  const value = JSON.parse(leaf.toString()) as JsonObject;
  expect(canonical(value)).toBe(leaf.toString());
  expect({ ...matched, v: 1 }).toEqual(value);
  expect(isInstant(value['recordedAt'])).toBe(true);
  expect([...matched.statement._sd].sort()).toEqual([...new Set(matched.statement._sd)]);
}

describe('the exact form of an entry leaf', () => {
  it('takes the golden leaf', () => {
    expect(matchEntryLeaf(bytes.toString('latin1'))).toBeDefined();
    agree(bytes);
  });

  it('takes nothing that the strict reader would refuse, whichever byte is changed', () => {
    for (let position = 0; position < bytes.length; position += 1) {
      for (const byte of [0x00, 0x0a, 0x20, 0x22, 0x2d, 0x30, 0x33, 0x39, 0x5c, 0x61, 0xc3, 0xff]) {
        const changed = Buffer.from(bytes);
        changed[position] = byte;
        agree(changed);
      }
    }
  });

  it(`nor for other cuts and insertions (seed ${seed})`, () => {
    const place = fc.nat(bytes.length);
    fc.assert(
      fc.property(place, place, fc.string({ maxLength: 5 }), (from, length, text) => {
        agree(Buffer.concat([bytes.subarray(0, from), Buffer.from(text), bytes.subarray(from + (length % 50))]));
      }),
      { seed, numRuns: 1_000 },
    );
  });

  it.each([
    ['30 February', '"2026-11-22', '"2026-02-30'],
    ['the 60th second', '10:00:00', '10:00:60'],
    ['the 24th hour', 'T10', 'T24'],
    ['a registry size beyond 2^53', '"registry":17', '"registry":9007199254740993'],
    ['a leading zero', '"registry":17', '"registry":017'],
    ['a commitment twice', /"_sd":\["(.*?)"/, '"_sd":["$1","$1"'],
    ['an escape', '"sha-256"', '"sha\\u002d256"'],
    ['white space', '{"log"', '{ "log"'],
  ])('leaves %s to the strict reader', (_, what, by) => {
    const text = bytes.toString();
    expect(text.replace(what, by)).not.toBe(text);
    expect(matchEntryLeaf(text.replace(what, by))).toBeUndefined();
  });
});
