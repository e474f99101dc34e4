import { generateKeyPairSync } from 'node:crypto';
import { offset, treeSize } from '#kernel';
import { InvalidRecord, checkpointRecord, readCheckpointRecord, type IncomingRecord } from '#messaging';
import { formatTreeHead, leafHash, noteSigner, signNote, verifierKey, verifierKeyOf } from '#transparency';

const origin = 'ledger.example';
const keysOf = (name: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { signer: noteSigner(name, privateKey), verifier: verifierKey(verifierKeyOf(name, publicKey)) };
};
const entries = keysOf(`${origin}/entries`);
const stranger = keysOf(`${origin}/entries`);

const head = { origin: `${origin}/entries`, size: treeSize(42), root: leafHash(Buffer.from('leaf')) };
const signed = (signer = entries.signer): IncomingRecord => {
  const note = Buffer.from(signNote(formatTreeHead(head), [signer]));
  const record = checkpointRecord({ origin, log: 'entries', size: head.size, note });
  return { offset: offset(0), ...record };
};
const read = (record: IncomingRecord, log: 'entries' | 'registry' = 'entries') =>
  readCheckpointRecord(record, { origin, log, verifiers: [entries.verifier] });

describe('the record of a checkpoint', () => {
  it('comes back as it was sent', () => {
    const record = signed();
    expect(record.headers).toMatchObject({ ce_id: 'entries/42', ce_size: '42', ce_log: 'entries', ce_source: origin });
    expect(read(record)).toEqual({ head, note: record.value });
  });

  it('is refused when somebody else signed it', () => {
    const record = signed(stranger.signer);
    expect(() => read(record)).toThrow(InvalidRecord);
    expect(() => read(record)).toThrow('not-a-checkpoint');
  });

  it.each([
    ['has no value', 'not-a-checkpoint', { value: null, headers: {} }],
    ['lies about the size', 'index-malformed', { headers: { ce_size: '43', ce_id: 'entries/43' } }],
    ['lies about the size in its id', 'index-malformed', { headers: { ce_id: 'entries/41' } }],
    ['is of another origin', 'other-origin', { headers: { ce_source: 'other.example' } }],
    ['is of another type', 'not-a-checkpoint', { headers: { ce_type: 'nachweis.leaf.v1' } }],
    ['is no note', 'not-a-checkpoint', { value: Buffer.from([0xff, 0x00]), headers: {} }],
  ])('is refused when it %s', (_, reason, change) => {
    const record = signed();
    const changed = { ...record, ...change, headers: { ...record.headers, ...change.headers } };
    expect(() => read(changed)).toThrow(reason);
  });

  it('is refused as one of another log', () => {
    const record = signed();
    expect(() => read(record, 'registry')).toThrow('other-log');
  });
});
