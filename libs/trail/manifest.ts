import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Archive, ArchivedFile } from './archive.js';
import { bagitText, optionalFiles, trailFiles } from './layout.js';
import type { Findings } from './report.js';
import { type Progress, Turns } from './turns.js';

/** SHA-256 in hex by path, as written in the manifests of a bag: a line each that `sha256sum -c` can check. */
export type Manifest = ReadonlyMap<string, string>;

export const formatManifest = (manifest: Manifest): string =>
  [...manifest].map(([path, digest]) => `${digest}  ${path}\n`).join('');

/** @returns `undefined` unless the text is exactly what {@link formatManifest} writes. */
export function parseManifest(text: string): Manifest | undefined {
  const manifest = new Map<string, string>();
  for (const [, digest, path] of text.matchAll(/^([0-9a-f]{64}) {2}([^\n]+)\n/gm)) {
    if (digest !== undefined && path !== undefined) manifest.set(path, digest);
  }
  return formatManifest(manifest) === text ? manifest : undefined;
}

const maximumManifestBytes = 256 << 20;

/**
 * Checks each file against the bag's manifests. They are not signed: they show what changed after the trail was
 * written by someone who did not write them anew. What the log vouches for is checked apart.
 */
export async function checkManifests(archive: Archive, findings: Findings, progress: Progress): Promise<void> {
  const payload = readManifest(archive, trailFiles.manifest, findings);
  const tags = readManifest(archive, trailFiles.tagManifest, findings);
  checkPresence(archive, [...(payload?.keys() ?? []), ...(tags?.keys() ?? [])], findings);
  const turns = new Turns(progress, 'files', archive.files.size);
  let done = 0;
  for (const file of archive.files.values()) {
    const manifest = file.path.startsWith('data/') ? payload : tags;
    const digest = manifest?.get(file.path);
    const found = await digestsOf(archive, file, turns);
    const where = { file: file.path };
    if (digest === undefined && manifest !== undefined && file.path !== trailFiles.tagManifest) {
      findings.add('tampered', 'The file is in no manifest: it was added later.', where);
    } else if (digest !== undefined && digest !== found.sha256) {
      findings.add('tampered', 'The file was changed: its SHA-256 is not the one in the manifest.', where);
    } else if (file.crc32 !== found.crc32) {
      findings.add('tampered', 'The ZIP file gives another checksum for this file.', where);
    }
    await turns.reach((done += 1));
  }
  checkBagDeclaration(archive, findings);
}

function readManifest(archive: Archive, path: string, findings: Findings): Manifest | undefined {
  const file = archive.files.get(path);
  if (file === undefined) return undefined;
  const manifest = file.size > maximumManifestBytes ? undefined : parseManifest(archive.read(file).toString('utf8'));
  if (manifest === undefined) findings.add('tampered', 'The manifest is malformed.', { file: path });
  return manifest;
}

function checkPresence(archive: Archive, listed: readonly string[], findings: Findings): void {
  const required = Object.values(trailFiles).filter((path) => !optionalFiles.includes(path));
  for (const file of new Set([...required, ...listed])) {
    if (!archive.files.has(file)) findings.add('incomplete', 'The file is missing.', { file });
  }
}

async function digestsOf(
  archive: Archive,
  file: ArchivedFile,
  turns: Turns,
): Promise<{ sha256: string; crc32: number }> {
  const hash = createHash('sha256');
  let checksum = 0;
  for (const chunk of archive.chunks(file)) {
    hash.update(chunk);
    checksum = crc32(chunk, checksum);
    await turns.rest();
  }
  return { sha256: hash.digest('hex'), crc32: checksum };
}

function checkBagDeclaration(archive: Archive, findings: Findings): void {
  const file = archive.files.get(trailFiles.bagit);
  if (file !== undefined && archive.read(file, 0, 1024).toString('utf8') !== bagitText) {
    findings.add('unverifiable', 'This is not a BagIt 1.0 bag.', { file: trailFiles.bagit });
  }
}
