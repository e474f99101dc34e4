import { closeSync, openSync, writeSync } from 'node:fs';
import { treeSize } from '#kernel';
import { exitCodeOf, type TrailReport, verifyTrail } from './index.js';
import { trailOf, unpack, Workplace } from './testing/repack.js';
import { SampleLedger } from './testing/sample-trail.js';
import { meaninglessBytes } from './testing/zip-fields.js';

const place = new Workplace();
afterAll(() => place.remove());

/** Every byte of what the log vouches for is flipped; of headers and manifests each fifth, of README.txt a few. */
const strides = [
  { file: 'data/README.txt', stride: 61 },
  { file: 'data/checkpoint', stride: 1 },
  { file: 'data/consistency.txt', stride: 1 },
  { file: 'data/tile/0/000.p/3', stride: 1 },
  { file: 'data/entries.ndjson', stride: 1 },
  { file: 'data/index.tsv', stride: 1 },
  { file: 'data/disclosures.ndjson', stride: 1 },
  { file: 'data/redactions.tsv', stride: 1 },
  { file: 'bag-info.txt', stride: 1 },
] as const;
const otherwise = 5;

describe('a trail with one bit flipped', () => {
  const ledger = new SampleLedger(treeSize(3));
  let zip: Buffer;
  let path: string;
  let descriptor: number;

  beforeAll(async () => {
    zip = await trailOf(ledger.source({ since: ledger.checkpoint(treeSize(2)) }));
    path = place.file('trail.zip', zip);
    descriptor = openSync(path, 'r+');
  });
  afterAll(() => closeSync(descriptor));

  async function positions(): Promise<number[]> {
    const files = await unpack(zip);
    const stretches = strides.map(({ file, stride }) => {
      const content = files.get(file) ?? Buffer.from('no such file');
      return { start: zip.indexOf(content), end: zip.indexOf(content) + content.length, stride };
    });
    return [...zip.keys()].filter((position) => {
      const stretch = stretches.find(({ start, end }) => start <= position && position < end);
      return position % (stretch?.stride ?? otherwise) === 0;
    });
  }

  // A different bit at each place, so that all eight are met.
  const bitAt = (position: number): number => 2 ** (Math.floor(position / 5) % 8);

  async function flipped(position: number): Promise<TrailReport> {
    const byte = zip[position] ?? 0;
    writeSync(descriptor, Buffer.of(byte ^ bitAt(position)), 0, 1, position);
    try {
      return await verifyTrail(path, { logKey: ledger.vkey });
    } finally {
      writeSync(descriptor, Buffer.of(byte), 0, 1, position);
    }
  }

  it('is never called valid or erased, unless no reader of ZIP files takes anything from that bit', async () => {
    const meaningless = meaninglessBytes(zip);
    const passed: string[] = [];
    for (const position of await positions()) {
      const report = await flipped(position);
      const matters = ((meaningless.get(position) ?? 0) & bitAt(position)) === 0;
      if (exitCodeOf(report.verdict) === 0 && matters) {
        passed.push(`${position} after ${zip.toString('latin1', position - 40, position)}`);
      }
    }
    expect(passed).toEqual([]);
    expect((await verifyTrail(path, { logKey: ledger.vkey })).verdict).toBe('valid');
  });
});
