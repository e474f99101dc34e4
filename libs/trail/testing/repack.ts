import { hash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { PassThrough, type Readable } from 'node:stream';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { type TrailSource, writeTrail } from '../index.js';

/** Files of a trail by their path below the bag's folder. */
export type TrailFiles = Map<string, Buffer>;

const folder = 'audit-export-0192f0c1-7b1a-7c3d-8e4f-0123456789ab';

/** A trail as bytes. */
export async function trailOf(source: TrailSource): Promise<Buffer> {
  const output = new PassThrough();
  const [bytes] = await Promise.all([buffer(output), writeTrail(source, output)]);
  return bytes;
}

export async function unpack(zip: Buffer): Promise<TrailFiles> {
  const files: TrailFiles = new Map();
  const archive = await fromBufferPromise(zip);
  for await (const entry of archive.eachEntry()) {
    const content = await buffer(await archive.openReadStreamPromise(entry));
    files.set(entry.fileName.slice(entry.fileName.indexOf('/') + 1), content);
  }
  return files;
}

/** What a forger does who knows the format: the manifests are written anew, so they agree with the files. */
export function withFreshManifests(files: TrailFiles): TrailFiles {
  const listed = (paths: string[]): Buffer =>
    Buffer.from(paths.map((path) => `${hash('sha256', files.get(path) ?? '')}  ${path}\n`).join(''));
  const paths = [...files.keys()];
  files.set('manifest-sha256.txt', listed(paths.filter((path) => path.startsWith('data/'))));
  files.set('tagmanifest-sha256.txt', listed(['bagit.txt', 'bag-info.txt', 'manifest-sha256.txt']));
  return files;
}

export async function pack(files: TrailFiles, top = folder): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [path, content] of files)
    zip.addBuffer(content, `${top}/${path}`, { compress: false, mode: 0o100644, forceDosTimestamp: true });
  zip.end();
  return buffer(zip.outputStream as Readable);
}

/** A trail changed by someone who rewrites the manifests too. */
export async function forged(zip: Buffer, change: (files: TrailFiles) => void): Promise<Buffer> {
  const files = await unpack(zip);
  change(files);
  return pack(withFreshManifests(files));
}

/** A text in one file of a trail replaced, with manifests that agree. */
export const edited = (zip: Buffer, file: string, what: string | RegExp, by: string): Promise<Buffer> =>
  forged(zip, (files) => {
    const before = (files.get(file) ?? Buffer.alloc(0)).toString('latin1');
    const after = before.replace(what, by);
    if (after === before) throw new Error(`${file} does not hold ${String(what)}`);
    files.set(file, Buffer.from(after, 'latin1'));
  });

/** Folders for the files of a test; `remove` them when it is over. */
export class Workplace {
  private readonly folder = mkdtempSync(join(tmpdir(), 'nachweis-test-'));

  file(name: string, content: string | Buffer): string {
    const path = join(this.folder, name);
    writeFileSync(path, content);
    return path;
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
