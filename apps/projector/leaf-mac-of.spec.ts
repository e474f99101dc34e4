import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UnsafeKeyFile } from '#access';
import { leafIndex } from '#kernel';
import { LeafMac } from '#messaging';
import { leafMacOf } from './leaf-mac-of.js';

let keys: string;
beforeEach(async () => (keys = await mkdtemp(join(tmpdir(), 'keys-'))));
afterEach(() => rm(keys, { recursive: true }));

const write = (text: string, mode = 0o600): Promise<void> => writeFile(join(keys, 'partition.key'), text, { mode });

describe('the key by which a projector knows records of the relay', () => {
  it('is the one that the relay has', async () => {
    const key = randomBytes(32);
    await write(key.toString('base64'));
    const leaf = {
      origin: 'ledger.example',
      log: 'entries',
      partition: 1,
      index: leafIndex(7),
      previous: null,
      leafHash: Buffer.alloc(32),
    } as const;
    expect(leafMacOf(keys).of(leaf)).toEqual(new LeafMac(key).of(leaf));
  });

  it('is never made by a projector: it says which file is missing', async () => {
    expect(() => leafMacOf(keys)).toThrow(`${join(keys, 'partition.key')} is missing`);
    expect(await readdir(keys)).toEqual([]);
  });

  it.each([
    ['nothing', ''],
    ['too little', Buffer.alloc(31).toString('base64')],
    ['too much', Buffer.alloc(33).toString('base64')],
  ])('is refused with %s in its file', async (_, text) => {
    await write(text);
    expect(() => leafMacOf(keys)).toThrow('partition.key must hold 32 bytes in base64');
  });

  it('is refused when others may read it', async () => {
    await write(randomBytes(32).toString('base64'), 0o644);
    expect(() => leafMacOf(keys)).toThrow(UnsafeKeyFile);
  });
});
