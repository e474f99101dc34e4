import { entryId, instantAt, type Instant, leafIndex } from '#kernel';
import {
  cosigner,
  ed25519FromSeed,
  formatReceipt,
  InvalidNote,
  leafHash,
  openReceipt,
  parseReceipt,
  type Receipt,
  signNote,
  verifierKey,
} from '#transparency';
import { logKey, logSigner, origin, receiptSigner } from './testing/keys.js';

const receipt: Receipt = {
  origin,
  log: 'entries',
  entryId: entryId('0192f0c1-7b1a-7c3d-8e4f-0123456789ab'),
  index: leafIndex(4_294_967_301),
  leafHash: leafHash(Buffer.from('entry-5')),
  recordedAt: '2026-11-22T10:00:00.123Z' as Instant,
};
const text = formatReceipt(receipt);
const receiptKey = verifierKey(receiptSigner.vkey);

describe('a receipt', () => {
  it('is seven lines of text', () => {
    expect(text).toBe(
      'nachweis-receipt/v1\n' +
        'ledger.example/audit/2026\n' +
        'entries\n' +
        '0192f0c1-7b1a-7c3d-8e4f-0123456789ab\n' +
        '4294967301\n' +
        'UUFYUnUVBkx7vTW0TJ8Rrdz8OLQ5VU/Juw2LfGYcPo8=\n' +
        '2026-11-22T10:00:00.123Z\n',
    );
    expect(parseReceipt(text)).toEqual(receipt);
  });

  it('opens under the receipt key of its origin', () => {
    expect(openReceipt(signNote(text, [receiptSigner]), [receiptKey])).toEqual(receipt);
    expect(openReceipt(signNote(text, [receiptSigner, logSigner]), [logKey, receiptKey])).toEqual(receipt);
  });

  it('is worth nothing when another key signed, be it that of the log or of another ledger', () => {
    expect(() => openReceipt(signNote(text, [logSigner]), [logKey, receiptKey])).toThrow(InvalidNote);
    const foreign = formatReceipt({ ...receipt, origin: 'other.example' });
    expect(() => openReceipt(signNote(foreign, [receiptSigner]), [receiptKey])).toThrow(InvalidNote);
    expect(() => openReceipt(signNote(text, [receiptSigner]).replace('entries', 'registry'), [receiptKey])).toThrow(
      InvalidNote,
    );
  });

  it('is worth nothing with a cosignature under the name of the receipt key', () => {
    const witness = cosigner(receiptSigner.name, ed25519FromSeed(Buffer.alloc(32, 3)), { now: () => instantAt(0) });
    expect(() => openReceipt(signNote(text, [witness]), [verifierKey(witness.vkey)])).toThrow(InvalidNote);
  });

  it.each([
    ['another version', text.replace('v1', 'v2')],
    ['no origin', text.replace(origin, '')],
    ['an unknown log', text.replace('entries', 'entry')],
    ['an upper-case id', text.replace('0192f0c1', '0192F0C1')],
    ['a leading zero', text.replace('4294967301', '04294967301')],
    ['a short hash', text.replace(receipt.leafHash.toString('base64'), 'AAAA')],
    ['a time of another form', text.replace('.123Z', 'Z')],
    ['a day that is none', text.replace('11-22', '02-30')],
    ['a line too many', `${text}more\n`],
    ['an empty line too many', `${text}\n`],
    ['a line too few', text.split('\n').slice(1).join('\n')],
    ['no last line feed', text.slice(0, -1)],
  ])('is refused with %s', (_, broken) => {
    expect(() => parseReceipt(broken)).toThrow(InvalidNote);
  });

  it('is not written for what could not be read', () => {
    expect(() => formatReceipt({ ...receipt, origin: 'a\nb' })).toThrow(InvalidNote);
    expect(() => formatReceipt({ ...receipt, leafHash: Buffer.alloc(31) })).toThrow(InvalidNote);
  });
});
