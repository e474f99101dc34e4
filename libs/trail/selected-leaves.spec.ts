import { leafIndex, treeSize } from '#kernel';
import { type TrailReport, sentenceOf, verifyTrail } from './index.js';
import { edited, forged, trailOf, unpack, Workplace } from './testing/repack.js';
import { SampleLedger } from './testing/sample-trail.js';

const place = new Workplace();
afterAll(() => place.remove());

const ledger = new SampleLedger(treeSize(1_000), { erased: false });
const indexes = [3, 4, 300, 777, 999].map(leafIndex);
const selection = { selection: indexes, from: leafIndex(0), to: treeSize(1_000) };
const documents = new Map([['answer.txt', 'Nobody received anything.\n']]);
const selected = await trailOf(ledger.source({ ...selection, documents }));

let files = 0;
const verify = (zip: Buffer): Promise<TrailReport> =>
  verifyTrail(place.file(`${(files += 1)}.zip`, zip), { logKey: ledger.vkey });

const withoutLine = (content: Buffer | undefined, line: number): Buffer =>
  Buffer.from((content ?? Buffer.alloc(0)).toString('latin1').split('\n').toSpliced(line, 1).join('\n'), 'latin1');

describe('a trail of selected entries', () => {
  it('is valid, holds only them and their tiles, and says that it cannot prove the selection', async () => {
    const report = await verify(selected);
    expect(report).toMatchObject({ verdict: 'valid', entries: 5, findings: [] });
    expect(sentenceOf(report)).toContain('5 entries (selected from 0 to 999) of log');
    expect(report.notChecked.join(' ')).toMatch(/no other entry should have been among those selected/);
    const paths = [...(await unpack(selected)).keys()];
    expect(paths.filter((path) => path.startsWith('data/tile/0/'))).toEqual([
      'data/tile/0/000',
      'data/tile/0/001',
      'data/tile/0/003.p/232',
    ]);
  });

  it('carries documents, and says that they are no evidence', async () => {
    expect((await unpack(selected)).get('data/documents/answer.txt')?.toString()).toBe('Nobody received anything.\n');
    expect((await verify(selected)).notChecked.join(' ')).toMatch(/What the documents say/);
    const without = await verify(await trailOf(ledger.source(selection)));
    expect([without.verdict, without.notChecked.join(' ')]).toEqual(['valid', expect.not.stringMatching(/documents/)]);
  });

  it.each([0, 1])('of %i entries is good, too', async (count) => {
    const few = { ...selection, selection: indexes.slice(0, count) };
    expect(await verify(await trailOf(ledger.source(few)))).toMatchObject({ verdict: 'valid', entries: count });
  });

  it('is tampered where an entry or a document was changed', async () => {
    const entry = await verify(await edited(selected, 'data/entries.ndjson', /(?<=10:00:00\.300Z.*)lka/, 'lkb'));
    expect(entry).toMatchObject({ verdict: 'tampered', entries: 4 });
    expect(entry.findings[0]).toMatchObject({ entry: 300 });
    const changed = Buffer.from(selected);
    changed.write('Somebody', changed.indexOf('Nobody'));
    expect((await verify(changed)).verdict).toBe('tampered');
  });

  it('is incomplete where an entry that it lists is missing, and names it', async () => {
    for (const line of indexes.keys()) {
      const report = await verify(
        await forged(selected, (all) => {
          all.set('data/entries.ndjson', withoutLine(all.get('data/entries.ndjson'), line));
        }),
      );
      // What follows has moved, so that its place in the file is another one, too.
      expect(report.findings).toContainEqual(
        expect.objectContaining({ verdict: 'incomplete', entry: indexes[line], what: 'The entry is missing.' }),
      );
      expect(report.verdict).not.toMatch(/valid|erased/);
    }
  });

  it('does not believe another list than the number it was written with', async () => {
    const report = await verify(
      await forged(selected, (all) => {
        for (const file of ['data/entries.ndjson', 'data/index.tsv']) all.set(file, withoutLine(all.get(file), 4));
      }),
    );
    expect(report.findings).toContainEqual(expect.objectContaining({ verdict: 'incomplete', file: 'data/index.tsv' }));
  });

  it.each([
    ['out of order', [5, 4]],
    ['twice', [5, 5]],
    ['beyond the range', [5, 1_000]],
  ])('is not written where leaves are selected %s', async (_, wrong) => {
    const source = ledger.source({ ...selection, selection: wrong.map(leafIndex) });
    await expect(trailOf(source)).rejects.toMatchObject({ code: 'range-beyond-log' });
  });
});
