import { spawnSync } from 'node:child_process';
import { createWriteStream, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { leafIndex, treeSize } from '#kernel';
import { InvalidNote, tileNodes } from '#transparency';
import { type SourceLeaf, type TrailSource, writeTrail } from './index.js';
import { stepMarks } from './readme-steps.js';
import { trailOf, unpack, Workplace } from './testing/repack.js';
import { SampleLedger } from './testing/sample-trail.js';

const place = new Workplace();
afterAll(() => place.remove());

const ledger = new SampleLedger(treeSize(300));

/** The folder a recipient gets by unpacking the ZIP. */
async function unpackedTo(name: string, source: TrailSource): Promise<string> {
  for (const [path, content] of await unpack(await trailOf(source))) {
    mkdirSync(dirname(join(place.path(name), path)), { recursive: true });
    writeFileSync(join(place.path(name), path), content);
  }
  return place.path(name);
}

async function stepsOf(source: TrailSource): Promise<string> {
  const readme = ((await unpack(await trailOf(source))).get('data/README.txt') ?? '').toString();
  const [begin, end] = stepMarks.shell;
  return readme.slice(readme.indexOf(begin) + begin.length + 1, readme.indexOf(end));
}

const hasTools = ['openssl version', 'sha256sum --version'].every((tool) => spawnSync('sh', ['-c', tool]).status === 0);
if (!hasTools)
  process.stderr.write('No openssl or sha256sum on this machine: the steps of README.txt are not tried.\n');
const withTools = hasTools ? describe : describe.skip;

withTools('the steps of README.txt, run by sh as they stand', () => {
  const run = (folder: string, script: string): { status: number | null; output: string } => {
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd: folder, encoding: 'utf8' });
    return { status, output: stdout + stderr };
  };
  const ending = { from: leafIndex(290), since: ledger.checkpoint(treeSize(100)) };

  it('pass for an entry of a full tile', async () => {
    const source = ledger.source({ from: leafIndex(200), to: treeSize(260) });
    const folder = await unpackedTo('full', source);
    const { status, output } = run(folder, await stepsOf(source));
    expect(output).toContain('Signature Verified Successfully');
    expect(output).toContain('All steps passed.');
    expect(status).toBe(0);
  });

  it.each([
    ['an entry at the right edge', ledger.source(ending)],
    ['no entry', ledger.source({ from: leafIndex(7), to: treeSize(7) })],
    ['the registry', new SampleLedger(treeSize(3), { log: 'registry' }).source()],
    ['an empty log', new SampleLedger(treeSize(0)).source()],
  ])('pass for %s', async (name, source) => {
    const { status, output } = run(await unpackedTo(name, source), await stepsOf(source));
    expect(output).toContain('All steps passed.');
    expect(status).toBe(0);
  });

  it('fail when the entry, the tile, the checkpoint or the disclosure was changed', async () => {
    const source = ledger.source(ending);
    const steps = (await stepsOf(source)).replace(/^sha256sum.*$/gm, ':');
    const files = await unpack(await trailOf(source));
    for (const path of ['data/entries.ndjson', 'data/tile/0/001.p/44', 'data/checkpoint', 'data/disclosures.ndjson']) {
      const folder = await unpackedTo('changed', source);
      const content = Buffer.from(files.get(path) ?? '');
      content[30] = (content[30] ?? 0) ^ 1;
      writeFileSync(join(folder, path), content);
      expect([path, run(folder, steps).status]).not.toEqual([path, 0]);
    }
  });
});

describe('a written trail', () => {
  it('has the files of a BagIt bag, the leaves as stored and only the tiles its range needs', async () => {
    const files = await unpack(await trailOf(ledger.source({ from: leafIndex(290), since: ledger.checkpoint() })));
    expect([...files.keys()].sort()).toEqual([
      'bag-info.txt',
      'bagit.txt',
      'data/README.txt',
      'data/checkpoint',
      'data/consistency.txt',
      'data/disclosures.ndjson',
      'data/entries.ndjson',
      'data/index.tsv',
      'data/log-key.txt',
      'data/redactions.tsv',
      'data/tile/0/001.p/44',
      'data/tile/1/000.p/1',
      'manifest-sha256.txt',
      'tagmanifest-sha256.txt',
    ]);
    const leaves = Array.from({ length: 10 }, (_, n) => `${ledger.leaf(leafIndex(290 + n)).toString()}\n`);
    expect(files.get('data/entries.ndjson')?.toString()).toBe(leaves.join(''));
    expect(files.get('data/checkpoint')?.toString()).toBe(ledger.checkpoint());
    expect(files.get('data/redactions.tsv')?.toString()).toContain('290\t3\t1\terased=1 not-authorised=1\n');
  });

  it('is the same bytes each time', async () => {
    expect(await trailOf(ledger.source())).toEqual(await trailOf(ledger.source()));
  });

  it('holds what it says in its manifest of the export', async () => {
    const output = new PassThrough();
    output.resume();
    const steps: [number, number][] = [];
    const manifest = await writeTrail(ledger.source(), output, (...step) => steps.push(step));
    expect(manifest).toMatchObject({ files: 10, blocks: { disclosed: 657, erased: 43, notDisclosed: 300 } });
    expect(manifest.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(steps.at(-1)).toEqual([300, 300]);
    expect(steps.every(([done], n) => done >= (steps[n - 1]?.[0] ?? 0))).toBe(true);
  });

  it('keeps control characters of a scope out of its texts', async () => {
    const files = await unpack(await trailOf(ledger.source({ scope: 'all\nExport-To: 9\u001b[2J' })));
    expect(files.get('bag-info.txt')?.toString()).toContain('Export-Scope: all Export-To: 9 [2J\n');
  });
});

describe('writing a trail', () => {
  const writing = (changes: Partial<TrailSource>, output: Writable = new PassThrough().resume()): Promise<unknown> =>
    writeTrail(ledger.source(changes), output);
  const leavesOf = (edit: (batch: readonly SourceLeaf[]) => SourceLeaf[]): Partial<TrailSource> => ({
    async *leaves(from, to) {
      for await (const batch of ledger.source().leaves(from, to)) yield edit(batch);
    },
  });

  it.each<[string, Partial<TrailSource>]>([
    ['a leaf changed', leavesOf((batch) => batch.map((leaf) => ({ ...leaf, bytes: Buffer.from('{}') })))],
    ['a leaf missing', leavesOf((batch) => batch.slice(1))],
    ['the end missing', leavesOf((batch) => batch.filter(({ index }) => index < 299))],
    ['leaves swapped', leavesOf((batch) => batch.toReversed())],
    [
      'a block unaccounted for',
      { disclose: async (all) => all.map(({ index }) => ({ index, disclosures: [], redactions: [] })) },
    ],
    ['no answer', { disclose: async () => [] }],
    ['another tree', { nodes: new SampleLedger(treeSize(300), { seed: 'other' }).nodes }],
  ])('refuses a source with %s', async (_, changes) => {
    await expect(writing(changes)).rejects.toMatchObject({ code: 'trail-failed' });
  });

  it('refuses a range beyond the checkpoint and a checkpoint of another log', async () => {
    await expect(writing({ to: treeSize(301) })).rejects.toMatchObject({ code: 'range-beyond-log' });
    await expect(writing({ checkpoint: ledger.checkpoint(treeSize(9)) })).rejects.toMatchObject({
      code: 'range-beyond-log',
    });
    await expect(writing({ origin: 'other.example' })).rejects.toBeInstanceOf(InvalidNote);
  });

  it('destroys its output when it fails, and stops when the output fails or the signal comes', async () => {
    const output = new PassThrough();
    await expect(
      writing({ disclose: () => Promise.reject(new Error('vault is gone')) }, output.resume()),
    ).rejects.toThrow('vault is gone');
    await expect(finished(output)).rejects.toThrow('vault is gone');

    const full = new Writable({ write: (_chunk, _encoding, done) => done(new Error('ENOSPC')) });
    await expect(writing({}, full)).rejects.toThrow('ENOSPC');

    const abort = new AbortController();
    const stalled = new Writable({ highWaterMark: 1, write: () => abort.abort() });
    await expect(writeTrail(ledger.source(), stalled, undefined, abort.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`nachweis-trail-${process.pid}-`))).toEqual([]);
  });

  it('never runs ahead of its reader, whatever the size', async () => {
    const large = new SampleLedger(treeSize(5_000));
    let given = 0;
    let taken = 0;
    let ahead = 0;
    const slow = new Writable({
      write(chunk: Buffer, _encoding, done) {
        taken += chunk.length;
        setImmediate(done);
      },
    });
    const source = large.source({
      async *leaves(from, to) {
        for await (const batch of large.source().leaves(from, to)) {
          given = batch.reduce((sum, { bytes }) => sum + bytes.length, given);
          ahead = Math.max(ahead, given - taken);
          yield batch;
        }
      },
    });
    await writeTrail(source, slow);
    expect(given).toBeGreaterThan(3_000_000);
    expect(ahead).toBeLessThan(1_000_000);
  });

  it('never puts what it discloses into a file besides the trail', async () => {
    const spooled: string[] = [];
    const source = ledger.source({
      async disclose(leaves) {
        const { readFileSync } = await import('node:fs');
        for (const name of readdirSync(tmpdir()).filter((folder) =>
          folder.startsWith(`nachweis-trail-${process.pid}-`),
        )) {
          spooled.push(readFileSync(join(tmpdir(), name, 'lines'), 'utf8'));
        }
        return leaves.map(({ index }) => ledger.disclosed(index));
      },
    });
    await writeTrail(source, createWriteStream(place.path('spool.zip')));
    const disclosures = ledger.disclosed(leafIndex(0)).disclosures;
    expect(spooled.join('')).toContain('\t');
    for (const disclosure of disclosures) expect(spooled.join('')).not.toContain(disclosure);
  });
});

it('tile readers of other programs can prove with its tiles', async () => {
  const files = await unpack(await trailOf(ledger.source()));
  const nodes = tileNodes((level, index, width) => {
    const path = `data/tile/${level}/${String(index).padStart(3, '0')}`;
    return files.get(path) ?? files.get(`${path}.p/${level === 0 ? 44 : 1}`) ?? Buffer.alloc(width * 32);
  });
  expect(nodes.node(3, 5)).toEqual(ledger.nodes.node(3, 5));
});
