import { leafIndex, treeSize } from '#kernel';
import { InvalidNote } from '#transparency';
import { InvalidPolicy, sentenceOf, type TrailReport, type Trust, verifyTrail } from './index.js';
import { edited, forged, pack, type TrailFiles, trailOf, unpack, Workplace } from './testing/repack.js';
import { SampleLedger } from './testing/sample-trail.js';

const place = new Workplace();
afterAll(() => place.remove());

const ledger = new SampleLedger(treeSize(600));
const whole = await trailOf(ledger.source());
const part = await trailOf(ledger.source({ from: leafIndex(250), to: treeSize(270) }));

let files = 0;
const verify = (zip: Buffer, trust: Partial<Trust> = {}): Promise<TrailReport> =>
  verifyTrail(place.file(`${(files += 1)}.zip`, zip), { logKey: ledger.vkey, ...trust });

const withoutLine = (content: Buffer | undefined, line: number): Buffer =>
  Buffer.from((content ?? Buffer.alloc(0)).toString('latin1').split('\n').toSpliced(line, 1).join('\n'), 'latin1');

describe('an untouched trail', () => {
  it('is valid when nothing was erased', async () => {
    const intact = new SampleLedger(treeSize(20), { erased: false });
    const report = await verify(await trailOf(intact.source()));
    expect(report).toMatchObject({ verdict: 'valid', entries: 20, findings: [], findingsTotal: 0 });
    expect(report.blocks).toEqual({ disclosed: 47, erased: 0, notDisclosed: 20 });
    expect(report.head?.root.equals(intact.head().root)).toBe(true);
  });

  it('is erased when blocks were destroyed, with the same entries under the same root', async () => {
    const report = await verify(whole);
    expect(report).toMatchObject({ verdict: 'erased', entries: 600, findingsTotal: 0 });
    expect(report.blocks.erased).toBe(86);
    expect(sentenceOf(report)).toMatch(/^erased: 600 entries \(0 to 599\) of log ledger\.example\/entries are exactly/);
  });

  it.each([
    [0, 0, 0],
    [0, 0, 1],
    [0, 1, 1],
    [5, 5, 9],
    [0, 256, 256],
    [255, 257, 257],
    [256, 512, 513],
    [100, 110, 600],
  ])('of leaves [%i, %i) of %i is good', async (from, to, size) => {
    const log = new SampleLedger(treeSize(size), { erased: false });
    const report = await verify(await trailOf(log.source({ from: leafIndex(from), to: treeSize(to) })));
    expect(report).toMatchObject({ verdict: 'valid', entries: to - from, findings: [] });
  });

  it('of 66,000 leaves has three levels of tiles and is good', async () => {
    const log = new SampleLedger(treeSize(66_000), { log: 'registry' });
    const report = await verify(await trailOf(log.source({ from: leafIndex(65_500) })));
    expect(report).toMatchObject({ verdict: 'valid', entries: 500, findings: [] });
  });

  it('of the registry has no blocks', async () => {
    const log = new SampleLedger(treeSize(30), { log: 'registry' });
    const report = await verify(await trailOf(log.source()));
    expect(report).toMatchObject({ verdict: 'valid', entries: 30, blocks: { disclosed: 0, notDisclosed: 0 } });
  });

  it('says what was not checked', async () => {
    const { notChecked } = await verify(part);
    expect(notChecked.join(' ')).toMatch(/witnesses: no policy.*earlier checkpoint of yours: none/);
  });
});

describe('a trail changed after it was written', () => {
  it.each(['data/entries.ndjson', 'data/disclosures.ndjson', 'data/index.tsv', 'data/README.txt', 'data/tile/0/000'])(
    'is tampered, and %s is named',
    async (file) => {
      const all = await unpack(whole);
      all.set(file, Buffer.concat([all.get(file) ?? Buffer.alloc(0), Buffer.from('x')]));
      const report = await verify(await pack(all));
      expect(report.verdict).toBe('tampered');
      expect(report.findings).toContainEqual(expect.objectContaining({ verdict: 'tampered', file }));
    },
  );

  it('is tampered when a file was added', async () => {
    const all = await unpack(part);
    all.set('data/extra.txt', Buffer.from('look here'));
    const report = await verify(await pack(all));
    expect(report.findings).toContainEqual(expect.objectContaining({ verdict: 'tampered', file: 'data/extra.txt' }));
  });

  it('is incomplete when a file is missing', async () => {
    for (const file of (await unpack(part)).keys()) {
      const all = await unpack(part);
      all.delete(file);
      const report = await verify(await pack(all));
      expect(report.findings).toContainEqual(expect.objectContaining({ verdict: 'incomplete', file }));
      expect(report.verdict).not.toMatch(/valid|erased/);
    }
  });

  it('is incomplete when it was cut short anywhere', async () => {
    for (let length = 0; length < part.length; length += 2_477) {
      const report = await verify(part.subarray(0, length));
      expect(report.verdict).toBe(length < 4 ? 'unverifiable' : 'incomplete');
    }
  });
});

describe('a trail changed by someone who rewrites the manifests', () => {
  it('names the changed entry', async () => {
    const report = await verify(await edited(whole, 'data/entries.ndjson', /(?<=10:00:00\.417Z.*)lka/, 'lkb'));
    expect(report).toMatchObject({ verdict: 'tampered', entries: 599, findingsTotal: 1 });
    expect(report.findings[0]).toMatchObject({
      file: 'data/entries.ndjson',
      entry: 417,
      id: '0192f0c1-0000-7000-8000-000000000417',
    });
    expect(sentenceOf(report)).toContain('data/entries.ndjson, entry 417 (0192f0c1-0000-7000-8000-000000000417)');
  });

  it('names the entry whose disclosure was changed', async () => {
    const report = await verify(await edited(part, 'data/disclosures.ndjson', /(?<=.{9})W(?=[^\n]*"i":255\})/, 'X'));
    expect(report.findings).toEqual([
      expect.objectContaining({ verdict: 'tampered', file: 'data/disclosures.ndjson', entry: 255 }),
    ]);
  });

  it('names the entry when the disclosure of another one is shown in its place, or one twice', async () => {
    const lines = ((await unpack(part)).get('data/disclosures.ndjson') ?? '').toString().split('\n');
    const other = /"([\w-]{30,})"/.exec(lines[3] ?? '')?.[1] ?? '';
    const own = /"([\w-]{30,})"/.exec(lines[2] ?? '')?.[1] ?? '';
    const swapped = await verify(await edited(part, 'data/disclosures.ndjson', own, other));
    expect(swapped.findings[0]).toMatchObject({ verdict: 'tampered', entry: 252 });
    const doubled = await verify(await edited(part, 'data/disclosures.ndjson', own, `${own}","${own}`));
    expect(doubled.findings[0]).toMatchObject({ verdict: 'tampered', entry: 252 });
  });

  it('names the changed tile', async () => {
    const report = await verify(
      await forged(whole, (all) => {
        const tile = all.get('data/tile/0/001') ?? Buffer.alloc(1);
        tile[100] = (tile[100] ?? 0) ^ 1;
      }),
    );
    expect(report.findings).toEqual([expect.objectContaining({ verdict: 'tampered', file: 'data/tile/0/001' })]);
  });

  it('is tampered when a tile of the right edge was changed', async () => {
    const report = await verify(
      await forged(whole, (all) => {
        const tile = all.get('data/tile/1/000.p/2') ?? Buffer.alloc(1);
        tile[40] = (tile[40] ?? 0) ^ 1;
      }),
    );
    expect(report.verdict).toBe('tampered');
  });

  it('is incomplete when an entry was left out, and names it', async () => {
    const report = await verify(
      await forged(whole, (all) => {
        for (const file of ['data/entries.ndjson', 'data/index.tsv']) all.set(file, withoutLine(all.get(file), 300));
        const shifted = (all.get('data/index.tsv') ?? '')
          .toString()
          .split('\n')
          .map((line) => {
            const [index, hash, offset] = line.split('\t');
            const length = ledger.leaf(leafIndex(300)).length + 1;
            return Number(index) > 300 ? `${index}\t${hash}\t${Number(offset) - length}` : line;
          });
        all.set('data/index.tsv', Buffer.from(shifted.join('\n')));
      }),
    );
    expect(report).toMatchObject({ verdict: 'incomplete', entries: 599 });
    expect(report.findings).toEqual([expect.objectContaining({ entry: 300, file: 'data/entries.ndjson' })]);
  });

  it('is incomplete when the last entries were left out', async () => {
    const report = await verify(
      await forged(part, (all) => {
        for (const file of [
          'data/entries.ndjson',
          'data/index.tsv',
          'data/disclosures.ndjson',
          'data/redactions.tsv',
        ]) {
          all.set(file, withoutLine(withoutLine(all.get(file), 19), 18));
        }
      }),
    );
    expect(report.findings[0]).toMatchObject({ verdict: 'incomplete', entry: 268 });
    expect(report.verdict).toBe('incomplete');
  });

  it('is incomplete when a disclosure was left out without a word', async () => {
    const report = await verify(
      await forged(part, (all) =>
        all.set('data/disclosures.ndjson', withoutLine(all.get('data/disclosures.ndjson'), 4)),
      ),
    );
    expect(report).toMatchObject({ verdict: 'incomplete', entries: 20 });
    expect(report.findings).toEqual([expect.objectContaining({ entry: 254, file: 'data/disclosures.ndjson' })]);
  });

  it('is tampered when the reasons for redactions do not add up', async () => {
    const more = await verify(await edited(part, 'data/redactions.tsv', /(?<=252\t.*not-authorised=)1/, '2'));
    expect(more.findings).toEqual([expect.objectContaining({ verdict: 'tampered', entry: 252 })]);
    const unknown = await verify(await edited(part, 'data/redactions.tsv', /(?<=252\t.*)not-authorised/, 'lost'));
    expect(unknown.verdict).toBe('tampered');
  });

  it.each([
    ['an entry too many', 'data/entries.ndjson', /$/, '{}\n'],
    ['two entries on one line', 'data/entries.ndjson', '\n', ''],
    ['a redaction of no entry', 'data/redactions.tsv', /$/, '999\t3\t2\terased=1\n'],
    ['a disclosure of no entry', 'data/disclosures.ndjson', /^/, '{"d":["WyJ"],"i":3}\n'],
    ['a line of nonsense', 'data/disclosures.ndjson', /^/, 'nonsense\n'],
    ['a range beyond the tree', 'bag-info.txt', 'Export-To: 270', 'Export-To: 9000000'],
    ['a last line without its end', 'data/redactions.tsv', /\n$/, ''],
  ])('is tampered with %s', async (_, file, what, by) => {
    expect((await verify(await edited(part, file, what, by))).verdict).toBe('tampered');
  });

  it.each([
    ['another range', 'bag-info.txt', 'Export-From: 250', 'Export-From: 251'],
    ['a larger range', 'bag-info.txt', 'Export-To: 270', 'Export-To: 600'],
    ['no range', 'bag-info.txt', /Export-To.*\n/, ''],
    ['another log', 'bag-info.txt', 'Export-Log: entries', 'Export-Log: registry'],
    ['an unknown file', 'data/index.tsv', /\n$/, '\n\n'],
    ['another BagIt', 'bagit.txt', '1.0', '9.9'],
  ])('is not good with %s', async (_, file, what, by) => {
    expect((await verify(await edited(part, file, what, by))).verdict).not.toMatch(/valid|erased/);
  });

  it('is unverifiable with a file this program does not know', async () => {
    const report = await verify(await forged(part, (all) => all.set('data/evil.html', Buffer.from('<script>'))));
    expect(report.verdict).toBe('unverifiable');
    expect(report.findings).toEqual([expect.objectContaining({ file: 'data/evil.html' })]);
  });

  it('bounds the findings it keeps and counts all of them', async () => {
    const report = await verify(await edited(whole, 'data/entries.ndjson', /lka/g, 'lkb'));
    expect(report.findings).toHaveLength(100);
    expect(report.findingsTotal).toBeGreaterThanOrEqual(600);
  });
});

describe('a forged history', () => {
  const forgery = (options: { key?: number; seed?: string }): SampleLedger =>
    new SampleLedger(treeSize(60), { seed: 'another history', ...options });

  it('under another key is unverifiable, however consistent', async () => {
    const report = await verify(await trailOf(forgery({ key: 8 }).source()));
    expect(report).toMatchObject({ verdict: 'unverifiable', findingsTotal: 1 });
    expect(report.findings[0]).toMatchObject({ file: 'data/checkpoint' });
  });

  it('that claims the right key is tampered', async () => {
    const other = forgery({});
    const signature = ledger.checkpoint().split('\n').at(-2) ?? '';
    const report = await verify(
      await forged(await trailOf(other.source()), (all) => {
        const [text] = other.checkpoint().split('\n\n');
        all.set('data/checkpoint', Buffer.from(`${text}\n\n${signature}\n`));
      }),
    );
    expect(report).toMatchObject({ verdict: 'tampered', findingsTotal: 1 });
    expect(report.findings[0]).toMatchObject({ file: 'data/checkpoint' });
  });

  it('of a log with another origin is unverifiable', async () => {
    const other = new SampleLedger(treeSize(60), { origin: 'other.example/entries' });
    expect((await verify(await trailOf(other.source()))).verdict).toBe('unverifiable');
  });

  it('with a checkpoint of absurd size ends quickly', async () => {
    const report = await verify(await edited(part, 'data/checkpoint', '\n600\n', '\n9007199254740991\n'));
    expect(report.verdict).toBe('tampered');
  });

  it('is unverifiable when the checkpoint is no note', async () => {
    const report = await verify(await forged(part, (all) => all.set('data/checkpoint', Buffer.from('hello'))));
    expect(report.verdict).toBe('unverifiable');
    expect(report.notChecked.join()).toContain('no tree head');
  });

  it('with leaves in the tree that are no leaves is unverifiable', async () => {
    const log = new SampleLedger(treeSize(3), { log: 'registry', bytes: (index) => Buffer.from(`{"leaf":${index}}`) });
    const report = await verify(await trailOf(log.source()));
    expect(report).toMatchObject({ verdict: 'unverifiable', entries: 3, findingsTotal: 3 });
    expect(report.findings[1]).toMatchObject({ file: 'data/entries.ndjson', entry: 1 });
  });

  it('that shows one log as the other is tampered', async () => {
    const registry = await trailOf(new SampleLedger(treeSize(9), { log: 'registry' }).source());
    const report = await verify(await edited(registry, 'bag-info.txt', 'Log: registry', 'Log: entries'));
    expect(report.verdict).toBe('tampered');
  });
});

describe('wrong use', () => {
  it('throws for a malformed key, a malformed policy and a missing file', async () => {
    await expect(verify(part, { logKey: 'nonsense' })).rejects.toBeInstanceOf(InvalidNote);
    await expect(verify(part, { policy: 'quorum nobody' })).rejects.toBeInstanceOf(InvalidPolicy);
    await expect(verifyTrail(place.path('nothing'), { logKey: ledger.vkey })).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

it('a trail can be repacked by this test without harm', async () => {
  expect(await verify(await forged(part, (all: TrailFiles) => all))).toMatchObject({ verdict: 'erased', findings: [] });
});
