import { buffer } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { type Options, ZipFile } from 'yazl';
import { treeSize } from '#kernel';
import { exitCodeOf, type TrailReport, verifyTrail } from './index.js';
import { pack, type TrailFiles, trailOf, unpack, Workplace } from './testing/repack.js';
import { SampleLedger } from './testing/sample-trail.js';

const place = new Workplace();
afterAll(() => place.remove());

const ledger = new SampleLedger(treeSize(4), { erased: false });
const trail = await trailOf(ledger.source());
const files = await unpack(trail);

const verify = (zip: Buffer): Promise<TrailReport> => verifyTrail(place.file('a.zip', zip), { logKey: ledger.vkey });

const stored = { compress: false, mode: 0o100644, forceDosTimestamp: true };

function zipped(
  add: (zip: ZipFile, top: string) => void,
  all: TrailFiles = files,
  options: Partial<Options> = stored,
): Promise<Buffer> {
  const zip = new ZipFile();
  const top = 'audit-export-0192f0c1-7b1a-7c3d-8e4f-0123456789ab/';
  for (const [path, content] of all) zip.addBuffer(content, top + path, options);
  add(zip, top);
  zip.end();
  return buffer(zip.outputStream as Readable);
}

/** A ZIP file in which a text is replaced everywhere by one of the same length. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  expect(to).toHaveLength(from.length);
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

describe('a ZIP file made to deceive', () => {
  it('with two files of one name is tampered', async () => {
    const report = await verify(
      await zipped((zip, top) => zip.addBuffer(Buffer.from('other'), `${top}data/checkpoint`, stored)),
    );
    expect(report.verdict).toBe('tampered');
    expect(report.findings).toContainEqual(expect.objectContaining({ file: 'data/checkpoint' }));
  });

  it.each(['../../etc/passwd0000000000000000', '/etc/cron.d/evil000000000000000', 'C:/windows/evil0000000000000000'])(
    'with a file %s is not good',
    async (path) => {
      const innocent = 'innocent.txt'.padEnd(path.length, '0');
      const zip = await zipped((writer) => writer.addBuffer(Buffer.from('x'), innocent, stored));
      expect(exitCodeOf((await verify(renamed(zip, innocent, path))).verdict)).not.toBe(0);
    },
  );

  it('with a file outside the folder is tampered', async () => {
    const report = await verify(await zipped((zip) => zip.addBuffer(Buffer.from('x'), 'elsewhere/x.txt', stored)));
    expect(report.verdict).toBe('tampered');
  });

  it('with a symbolic link is tampered', async () => {
    const report = await verify(
      await zipped((zip, top) =>
        zip.addBuffer(Buffer.from('/etc/passwd'), `${top}data/link`, { ...stored, mode: 0o120777 }),
      ),
    );
    expect(report.verdict).toBe('tampered');
  });

  it('with compressed files, such as a bomb, is unverifiable and nothing is unpacked', async () => {
    const bomb = new Map(files).set('data/entries.ndjson', Buffer.alloc(50_000_000));
    const report = await verify(await zipped(() => undefined, bomb, { ...stored, compress: true }));
    expect(report).toMatchObject({ verdict: 'unverifiable', entries: 0, findingsTotal: 1 });
  });

  it.each([
    ['before', Buffer.concat([Buffer.from('PK\u0003\u0004 hidden'), trail])],
    ['after', Buffer.concat([trail, Buffer.from('hidden')])],
    [
      'between',
      Buffer.concat([
        trail.subarray(0, trail.indexOf('PK\u0001\u0002')),
        Buffer.from('hidden'),
        trail.subarray(trail.indexOf('PK\u0001\u0002')),
      ]),
    ],
  ])('with bytes hidden %s its files is not good', async (_, zip) => {
    expect(exitCodeOf((await verify(zip)).verdict)).not.toBe(0);
  });

  it('with a comment or an extra field is not good', async () => {
    const commented = new ZipFile();
    for (const [path, content] of files) commented.addBuffer(content, `audit-export-x/${path}`, stored);
    commented.end({ comment: 'trust me', forceZip64Format: false });
    expect(exitCodeOf((await verify(await buffer(commented.outputStream as Readable))).verdict)).not.toBe(0);
    expect(
      exitCodeOf((await verify(await zipped(() => undefined, files, { ...stored, forceDosTimestamp: false }))).verdict),
    ).not.toBe(0);
  });

  it('whose local name differs from the one in the directory is tampered, and the file is named', async () => {
    const name = Buffer.from('data/redactions.tsv');
    const changed = Buffer.from(trail);
    changed.set(Buffer.from('data/redactions.txt'), changed.indexOf(name));
    const report = await verify(changed);
    expect(report).toMatchObject({ verdict: 'tampered' });
    expect(report.findings).toContainEqual(expect.objectContaining({ file: 'data/redactions.tsv' }));
  });

  it('declaring sizes it does not have is not good', async () => {
    const directory = trail.indexOf('PK\u0001\u0002');
    for (const size of [0, 0x7fffffff, 0xfffffffe]) {
      const changed = Buffer.from(trail);
      changed.writeUInt32LE(size, directory + 20);
      changed.writeUInt32LE(size, directory + 24);
      expect(exitCodeOf((await verify(changed)).verdict)).not.toBe(0);
    }
  });

  it('that is no ZIP file is unverifiable', async () => {
    for (const content of ['', 'PK', 'hello', Buffer.alloc(100_000, 1)]) {
      expect((await verify(Buffer.from(content))).verdict).toBe('unverifiable');
    }
  });

  it('with a manifest in other letters or another order of words is tampered', async () => {
    const all = new Map(files);
    all.set('manifest-sha256.txt', Buffer.from((all.get('manifest-sha256.txt') ?? '').toString().toUpperCase()));
    expect((await verify(await pack(all))).verdict).toBe('tampered');
  });
});

it('large sizes and offsets are read from ZIP64 fields', async () => {
  const zip = await zipped(() => undefined, files, { ...stored, forceZip64Format: true });
  expect(await verify(zip)).toMatchObject({ verdict: 'valid', findings: [] });
});
