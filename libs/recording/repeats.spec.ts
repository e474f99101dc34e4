import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { DomainError, entryId } from '#kernel';
import { blockNames, type BlockName } from '#statement';
import { openReceipt, verifierKey } from '#transparency';
import { VaultDamaged } from '#vault';
import type { PreparedEntry } from './entry.js';
import type { Recorded } from './recorder.js';
import { admission, body, entryNumber, operation, police, prepared, request, youthOffice } from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { openWriteSide, origin, type WriteSide } from './testing/write-side.js';
import { randomRuns } from '../../test/support/random-runs.js';

let scratch: Scratch;
let side: WriteSide;

beforeEach(async () => {
  scratch = new Scratch();
  side = await openWriteSide(scratch);
  await side.recorder.record([admission(9_000_000, police), admission(9_000_001, youthOffice)]);
});
afterEach(async () => {
  await side.drop();
  scratch.remove();
});

async function record(entry: PreparedEntry): Promise<Recorded> {
  const [recorded] = await side.recorder.record([entry]);
  if (recorded === undefined) throw new Error('no answer');
  return recorded;
}

async function refusal(entry: PreparedEntry): Promise<DomainError> {
  const error: unknown = await record(entry).catch((reason: unknown) => reason);
  if (!(error instanceof DomainError)) throw new Error('not refused', { cause: error });
  return error;
}

/** The same request as {@link full}, with nothing told to the addressee: it has no block for that. */
const silent = (number: number): PreparedEntry => request(number, 1, { without: ['reasonTold'] });

const full = (number: number, data = {}): PreparedEntry =>
  request(number, 1, { data: { reasonTold: 'for the conference', ...data } });

describe('an entry that is sent again', () => {
  it('is answered with the first receipt, also by the next process, and nothing is stored', async () => {
    const first = await record(full(1));
    for (const restart of [false, true]) {
      if (restart) {
        await side.drop();
        side = await openWriteSide(scratch);
      }
      const again = await record(full(1));
      expect(again).toEqual({ ...first, repeated: 'whole' });
      expect(await side.store.size('entries')).toBe(1);
      expect(await side.sweep()).toBe(0);
    }
    const receipt = openReceipt(first.receipt, [verifierKey(side.receipts.verifierKey)]);
    expect(receipt).toMatchObject({ origin, log: 'entries', entryId: entryNumber(1), index: 0 });
    expect(receipt.leafHash.equals(first.leafHash)).toBe(true);
  });

  it('is neither answered nor refused while the first recording is damaged', async () => {
    const first = await record(full(1));
    const vault = new DatabaseSync(scratch.file('vault.sqlite'));
    vault.exec("UPDATE blocks SET sealed = CAST(X'00' || sealed AS BLOB) WHERE block = 'terms'");
    const refused = await refusal(full(1));
    expect([refused.code, refused.cause]).toEqual(['store-unavailable', expect.any(VaultDamaged)]);
    expect((await refusal(full(1, { reasonTold: 'another' }))).code).toBe('store-unavailable');
    vault.exec("UPDATE blocks SET sealed = substr(sealed, 2) WHERE block = 'terms'");
    expect(await record(full(1))).toEqual({ ...first, repeated: 'whole' });
    vault.close();
  });

  it('is the same whatever the order of its members', async () => {
    const first = await record(full(1));
    const { data } = body('InformationRequested', 1, { data: { reasonTold: 'for the conference' } });
    const names = Object.keys(data).toReversed();
    const reversed = Object.fromEntries(names.map((name) => [name, data[name] ?? null]));
    const again = await record(prepared('InformationRequested', 1, { exchange: 1, without: names, data: reversed }));
    expect(again).toEqual({ ...first, repeated: 'whole' });
  });

  it.each<[string, PreparedEntry]>([
    ['another word in people', full(1, { subject: 'person-9999' })],
    ['another word in reasons', full(1, { justification: 'Another one.' })],
    ['another word in terms', full(1, { urgency: 'imminent-danger' })],
    ['another word told', full(1, { reasonTold: 'for another conference' })],
    ['one block less', silent(1)],
    ['another exchange', request(1, 2, { data: { reasonTold: 'for the conference' } })],
    ['another type', operation(1)],
  ])('with %s is another entry under a taken id', async (_, other) => {
    await record(full(1));
    expect(await refusal(other)).toMatchObject({ code: 'id-taken' });
    expect(await side.store.size('entries')).toBe(1);
  });

  it('with one block more is another entry', async () => {
    await record(silent(1));
    expect(await refusal(full(1))).toMatchObject({ code: 'id-taken' });
  });

  it('by another agency gets the very answer that other content of its own would get', async () => {
    await record(full(1));
    const mine = await refusal(full(1, { subject: 'person-9999' }));
    const sameByAnother = await refusal(request(1, 1, { by: youthOffice, data: { reasonTold: 'for the conference' } }));
    const otherByAnother = await refusal(operation(1, { by: youthOffice }));
    const shown = ({ code, message, faults }: DomainError) => ({ code, message, faults });
    expect(shown(sameByAnother)).toEqual(shown(mine));
    expect(shown(otherByAnother)).toEqual(shown(mine));
  });

  it('does not move its exchange on, and no longer needs the expected version', async () => {
    const entry = (): PreparedEntry => request(1, 1, { expectedVersion: 0 });
    const first = await record(entry());
    await record(operation(2, { exchange: 1, expectedVersion: 1 }));
    expect((await record(entry())).receipt).toBe(first.receipt);
    await record(operation(3, { exchange: 1, expectedVersion: 2 }));
  });

  it('in a batch stands beside new entries; the answers keep the order of the batch', async () => {
    const first = await record(operation(2));
    const batch = await side.recorder.record([operation(1), operation(2), operation(3)]);
    expect(batch.map(({ index, repeated }) => [index, repeated])).toEqual([
      [1, null],
      [0, 'whole'],
      [2, null],
    ]);
    expect(batch[1]?.receipt).toBe(first.receipt);
  });

  it('with other content refuses its whole batch and names its line', async () => {
    await record(operation(2));
    const batch = [operation(1, { line: 1 }), operation(2, { line: 2, data: { objectRef: 'another' } })];
    await expect(side.recorder.record(batch)).rejects.toMatchObject({ code: 'id-taken', faults: [{ line: 2 }] });
    expect(await side.store.size('entries')).toBe(1);
  });

  it('to the registry is compared in the open', async () => {
    const first = await record(admission(1, 'late.example' as typeof police));
    expect((await record(admission(1, 'late.example' as typeof police))).receipt).toBe(first.receipt);
    const other = admission(1, 'later.example' as typeof police);
    expect(await refusal(other)).toMatchObject({ code: 'id-taken' });
    expect(await refusal(operation(1))).toMatchObject({ code: 'id-taken' });
  });

  it('to the other log is refused', async () => {
    await record(operation(1));
    expect(await refusal(admission(1, 'late.example' as typeof police))).toMatchObject({ code: 'id-taken' });
  });
});

describe('after erasure, an entry that is sent again', () => {
  const present = Object.keys(full(1).blocks) as BlockName[];

  it('is compared as far as its blocks are left: any change of those is noticed, none of the others', async () => {
    const changes: Partial<Record<BlockName, object>> = {
      terms: { urgency: 'imminent-danger' },
      people: { subject: 'person-9999' },
      told: { reasonTold: 'for another conference' },
      staff: { actor: 'staff-9999' },
      reasons: { justification: 'Another one.' },
    };
    expect(Object.keys(changes).sort()).toEqual([...present].sort());
    let number = 0;
    await fc.assert(
      fc.asyncProperty(fc.subarray(present), fc.constantFrom(...present), async (erased, changed) => {
        const id = (number += 1);
        const first = await record(full(id));
        await side.vault.destroy({ entry: entryId(entryNumber(id)), blocks: erased });
        const same = await record(full(id));
        expect(same).toEqual({ ...first, repeated: erased.length === 0 ? 'whole' : 'partly' });
        if (erased.includes(changed)) expect((await record(full(id, changes[changed]))).repeated).toBe('partly');
        else expect(await refusal(full(id, changes[changed]))).toMatchObject({ code: 'id-taken' });
      }),
      { seed: 4712, numRuns: randomRuns(40) },
    );
  });

  it('keeps its receipt when everything is gone, but not for other blocks or another agency', async () => {
    const first = await record(full(1));
    await side.vault.destroy({ entry: entryId(entryNumber(1)) });
    expect(await record(full(1))).toEqual({ ...first, repeated: 'partly' });
    expect(await refusal(silent(1))).toMatchObject({ code: 'id-taken' });
    expect(await refusal(operation(1, { by: youthOffice }))).toMatchObject({ code: 'id-taken' });
    expect(blockNames).toEqual(expect.arrayContaining(present));
  });

  it('does not bring its blocks back', async () => {
    await record(full(1));
    await side.vault.destroy({ entry: entryId(entryNumber(1)) });
    await record(full(1));
    const kept = (await side.vault.open([entryId(entryNumber(1))])).get(entryId(entryNumber(1))) ?? [];
    expect(kept.length).toBe(present.length);
    expect(kept.every((block) => 'erased' in block)).toBe(true);
  });
});
