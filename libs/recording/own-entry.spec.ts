import type { JsonObject } from '#statement';
import {
  admission,
  entryNumber,
  operation,
  police,
  prepared,
  request,
  youthOffice,
  type Wish,
} from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { openWriteSide, type WriteSide } from './testing/write-side.js';

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

const correction = (number: number, corrects: number | JsonObject, wish: Wish = {}) =>
  prepared('EntryCorrected', number, {
    ...wish,
    data: { corrects: typeof corrects === 'number' ? entryNumber(corrects) : corrects },
  });
const forbidden = { code: 'forbidden' };

describe('a correction', () => {
  it('is recorded by the agency whose entry it corrects', async () => {
    await side.recorder.record([operation(1)]);
    expect(await side.recorder.record([correction(2, 1)])).toMatchObject([{ index: 1 }]);
  });

  it('is not for any other agency to record, not even for a party of the exchange', async () => {
    await side.recorder.record([request(1, 1, { data: { addressee: youthOffice } })]);
    await expect(side.recorder.record([correction(2, 1, { by: youthOffice })])).rejects.toMatchObject(forbidden);
    expect(await side.store.size('entries')).toBe(1);
  });

  it('does not correct what the ledger itself says', async () => {
    await expect(side.recorder.record([correction(1, 9_000_000)])).rejects.toMatchObject(forbidden);
  });

  it('is recorded before what it corrects, and where it does not say what that is', async () => {
    const batch = [correction(1, 2), operation(2), correction(3, 2), correction(4, { missing: 'follows' })];
    expect(await side.recorder.record(batch)).toHaveLength(4);
    expect(await side.recorder.record([correction(5, 6)])).toMatchObject([{ index: 4 }]);
  });

  it('is answered with the first receipt when it is sent again', async () => {
    await side.recorder.record([operation(1)]);
    const [first] = await side.recorder.record([correction(2, 1)]);
    expect(await side.recorder.record([correction(2, 1)])).toEqual([{ ...first, repeated: 'whole' }]);
  });

  it('is refused with the line of the batch it stands on, and nothing of the batch is stored', async () => {
    await side.recorder.record([operation(1, { by: youthOffice })]);
    const batch = [operation(2, { line: 1 }), correction(3, 1, { line: 2 })];
    await expect(side.recorder.record(batch)).rejects.toMatchObject({ ...forbidden, faults: [{ line: 2 }] });
    expect(await side.store.size('entries')).toBe(1);
  });

  it('of what another ledger has just recorded is refused all the same', async () => {
    const other = await openWriteSide(scratch, { ledger: 'two' });
    try {
      await other.recorder.record([operation(1, { by: youthOffice })]);
      await expect(side.recorder.record([correction(2, 1)])).rejects.toMatchObject(forbidden);
    } finally {
      await other.drop();
    }
  });
});

describe('what names a sealed entry', () => {
  const naming = (number: number, causedBy: number, data: JsonObject = {}) =>
    request(number, number, { data: { addressee: police, causedBy: entryNumber(causedBy), ...data }, by: youthOffice });
  const fault = { pointer: '/data/visibility', detail: 'expected restricted: what it names is sealed' };

  it.each([{}, { visibility: 'open' }, { visibility: 'deferred-until', hiddenUntil: '2026-12-01' }])(
    'is recorded by nobody as something others may read: %j',
    async (said) => {
      await side.recorder.record([prepared('SealedEntryRecorded', 1)]);
      const refused = side.recorder.record([naming(2, 1, said)]);
      await expect(refused).rejects.toMatchObject({ code: 'invalid-entry', faults: [fault] });
      expect(await side.store.size('entries')).toBe(1);
    },
  );

  it.each<[string, (sealed: string) => JsonObject]>([
    ['as its request', (sealed) => ({ request: sealed })],
    ['as its permission', (sealed) => ({ permissionRef: sealed })],
    ['among what it passes on', (sealed) => ({ derivedFrom: [entryNumber(7), sealed] })],
    [
      'deep inside',
      (sealed) => ({ assessment: { id: sealed, digest: 'q7mYv0jXk2S9c4Bz1LwUe8Rt5HnPa6Dg3FiKoJxVbCs' } }),
    ],
  ])('is recorded by nobody as something others may read, wherever it names it: %s', async (_, said) => {
    await side.recorder.record([prepared('SealedEntryRecorded', 1)]);
    const open = { exchange: 2, by: youthOffice, data: said(entryNumber(1)) };
    const refused = side.recorder.record([prepared('InformationDisclosed', 2, open)]);
    await expect(refused).rejects.toMatchObject({ code: 'invalid-entry', faults: [fault] });
    const restricted = { ...open, data: { ...open.data, visibility: 'restricted' } };
    expect(await side.recorder.record([prepared('InformationDisclosed', 2, restricted)])).toHaveLength(1);
  });

  it('is restricted, too, where both are sent together, in whatever order', async () => {
    const sealed = prepared('SealedEntryRecorded', 1, { by: youthOffice, line: 1 });
    const open = prepared('InformationRequested', 2, {
      exchange: 2,
      data: { addressee: police, causedBy: entryNumber(1) },
      by: youthOffice,
      line: 2,
    });
    for (const batch of [
      [sealed, open],
      [open, sealed],
    ]) {
      await expect(side.recorder.record(batch)).rejects.toMatchObject({ faults: [{ ...fault, line: 2 }] });
    }
    expect(await side.store.size('entries')).toBe(0);
  });

  it('may be its correction, which nobody is shown without it', async () => {
    await side.recorder.record([prepared('SealedEntryRecorded', 1)]);
    expect(await side.recorder.record([correction(2, 1)])).toMatchObject([{ index: 1 }]);
  });

  it('is recorded where it is restricted, and once recorded it can be sent again', async () => {
    await side.recorder.record([prepared('SealedEntryRecorded', 1, { without: ['belongsTo'] })]);
    const restricted = naming(2, 1, { visibility: 'restricted' });
    expect(await side.recorder.record([restricted])).toMatchObject([{ index: 1, repeated: null }]);
    expect(await side.recorder.record([restricted])).toMatchObject([{ index: 1, repeated: 'whole' }]);
  });

  it('is told from what follows from anything else, or from what is not recorded yet', async () => {
    await side.recorder.record([operation(1)]);
    expect(await side.recorder.record([naming(2, 1), naming(3, 4), naming(5, 9_000_000)])).toHaveLength(3);
    expect(await side.recorder.record([prepared('SealedEntryRecorded', 4)])).toHaveLength(1);
  });
});
