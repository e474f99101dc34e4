import { entryTypes, validateEntry, type ValidEntry } from '#catalogue';
import { ledgerIssuer, treeSize } from '#kernel';
import { disclosureDigest, parseLeaf } from '#statement';
import { prepareEntry } from './entry.js';
import { body, now, operation, police } from './testing/entries.js';

const valid = (type: string, number = 1): ValidEntry => {
  const rule = entryTypes.get(type)?.exchange;
  return validateEntry(body(type, number, rule === 'none' ? {} : { exchange: 1 }), now);
};

describe('a prepared entry', () => {
  it.each([...entryTypes.keys()])('%s becomes a leaf that can be read back and commits to its blocks', (type) => {
    const entry = prepareEntry(valid(type), police, entryTypes.get(type)?.recordedBy ?? 'agency');
    const leaf = parseLeaf(entry.leafAt(now, treeSize(7)));
    expect([leaf.log, leaf.recordedAt, leaf.statement.jti]).toEqual([entry.type.log, now, entry.id]);
    if (leaf.log === 'registry') return expect(entry.sealed).toBeNull();
    const digests = entry.sealed?.blocks.map(({ encoded }) => disclosureDigest(encoded)) ?? [];
    expect([leaf.registry, [...leaf.statement._sd]]).toEqual([7, digests.toSorted()]);
  });

  it('has other salts each time, so that equal content cannot be recognised in the log', () => {
    const digests = Array.from({ length: 50 }, () => operation(1).sealed?.blocks.map(({ digest }) => digest) ?? []);
    expect(new Set(digests.flat()).size).toBe(digests.flat().length);
  });

  it('is refused when the registry would have to keep a leaf of more than 65,535 bytes', () => {
    const admission = valid('AgencyAdmitted');
    const of = (letters: number) =>
      prepareEntry({ ...admission, data: { ...admission.data, name: 'x'.repeat(letters) } }, ledgerIssuer, 'operator');
    expect(of(60_000).leafAt(now, treeSize(0)).length).toBeLessThanOrEqual(65_535);
    expect(() => of(65_000)).toThrow(expect.objectContaining({ code: 'leaf-too-large' }));
  });
});
