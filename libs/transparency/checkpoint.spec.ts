import { instantAt, treeSize } from '#kernel';
import {
  cosigner,
  ed25519FromSeed,
  verifierKey,
  emptyRoot,
  formatTreeHead,
  InvalidNote,
  openCheckpoint,
  openNote,
  parseTreeHead,
  signNote,
} from '#transparency';
import { agencyKey, agencySigner, logKey, logSigner, origin, witnesses, witnessKeys } from './testing/keys.js';
import { vectors } from './testing/vectors.js';

const checkpoint = vectors.files.checkpoint;
const root = Buffer.from(vectors.merkle.roots[7] ?? '', 'hex');
const head = { origin, size: treeSize(7), root };
const text = formatTreeHead(head);
const everyKey = [logKey, ...witnessKeys, agencyKey];

describe('the text of a checkpoint', () => {
  it('is that of other implementations', () => {
    expect(checkpoint.startsWith(`${text}\n`)).toBe(true);
    expect(parseTreeHead(text)).toEqual(head);
  });

  it('reads back for sizes from nothing to the largest', () => {
    for (const size of [0, 1, 2 ** 31, 2 ** 40 + 123, 2 ** 53 - 1].map(treeSize)) {
      expect(parseTreeHead(formatTreeHead({ origin, size, root: emptyRoot }))).toEqual({
        origin,
        size,
        root: emptyRoot,
      });
    }
  });

  it.each([
    ['an extension line', `${text}extension\n`],
    ['an empty extension line', `${text}\n`],
    ['no last line feed', text.slice(0, -1)],
    ['no origin', text.slice(text.indexOf('\n'))],
    ['an origin no key can have', text.replace('/', ' ')],
    ['a leading zero', text.replace('\n7\n', '\n07\n')],
    ['a sign', text.replace('\n7\n', '\n+7\n')],
    ['no size', text.replace('\n7\n', '\n\n')],
    ['a hexadecimal size', text.replace('\n7\n', '\n0x7\n')],
    ['an exponent', text.replace('\n7\n', '\n7e0\n')],
    ['foreign digits', text.replace('\n7\n', '\n\u0667\n')],
    ['a size no counter holds', text.replace('\n7\n', '\n9007199254740992\n')],
    ['a short root', `${origin}\n7\n${root.subarray(1).toString('base64')}\n`],
    ['a long root', `${origin}\n7\n${Buffer.concat([root, root]).toString('base64')}\n`],
    ['an unpadded root', text.replace('=', '')],
    ['stray bits in the root', text.replace('WF0=', 'WF1=')],
    ['nothing', ''],
  ])('is refused with %s', (_, broken) => {
    expect(() => parseTreeHead(broken)).toThrow(InvalidNote);
  });

  it('is not written for what could not be read', () => {
    expect(() => formatTreeHead({ ...head, origin: 'a\nb' })).toThrow(InvalidNote);
    expect(() => formatTreeHead({ ...head, origin: '' })).toThrow(InvalidNote);
    expect(() => formatTreeHead({ ...head, root: root.subarray(1) })).toThrow(InvalidNote);
  });
});

describe('a checkpoint', () => {
  it('opens under the key of its log, with or without the witnesses', () => {
    expect(openCheckpoint(checkpoint, [logKey], origin)).toEqual(head);
    expect(openCheckpoint(Buffer.from(checkpoint), everyKey, origin)).toEqual(head);
  });

  it('does not open when only others signed it', () => {
    expect(() => openCheckpoint(checkpoint, witnessKeys, origin)).toThrow('the log itself');
    expect(() => openCheckpoint(signNote(text, [agencySigner, ...witnesses]), everyKey, origin)).toThrow(
      'the log itself',
    );
  });

  it('does not open when a witness took the name of the log', () => {
    const namesake = cosigner(origin, ed25519FromSeed(Buffer.alloc(32, 3)), { now: () => instantAt(0) });
    const verifiers = [logKey, verifierKey(namesake.vkey)];
    expect(() => openCheckpoint(signNote(text, [namesake]), verifiers, origin)).toThrow('the log itself');
    expect(openCheckpoint(signNote(text, [namesake, logSigner]), verifiers, origin)).toEqual(head);
  });

  it('does not open as that of another log', () => {
    expect(() => openCheckpoint(checkpoint, everyKey, 'ledger.example/audit/2027')).toThrow(InvalidNote);
    const foreign = signNote(formatTreeHead({ ...head, origin: agencyKey.name }), [logSigner]);
    expect(() => openCheckpoint(foreign, everyKey, origin)).toThrow(InvalidNote);
    expect(() => openCheckpoint(foreign, everyKey, agencyKey.name)).toThrow('the log itself');
  });

  it('does not open when the log signed a text that is none', () => {
    expect(() => openCheckpoint(signNote(`${text}extension\n`, [logSigner]), [logKey], origin)).toThrow(InvalidNote);
  });

  it('with any bit flipped is rejected, or loses exactly the signature of the witness whose line was hit', () => {
    const bytes = Buffer.from(checkpoint);
    const border = bytes.indexOf('\u2014 agency-a');
    const opened: number[] = [];
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes);
      const place = Math.floor(bit / 8);
      flipped.writeUInt8(flipped.readUInt8(place) ^ (1 << (bit % 8)), place);
      try {
        expect(openCheckpoint(flipped, everyKey, origin)).toEqual(head);
        expect(openNote(flipped, everyKey).signatures).toHaveLength(2);
        opened.push(place);
      } catch (error) {
        if (!(error instanceof InvalidNote)) throw error;
      }
    }
    expect(opened.length).toBeGreaterThan(0);
    expect(Math.min(...opened)).toBeGreaterThanOrEqual(border);
  });
});
