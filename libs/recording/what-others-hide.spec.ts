import { DatabaseSync } from 'node:sqlite';
import { contentOf } from '../../test/support/check-ledger.js';
import { catchUpWithAll } from './fold.js';
import { Register } from './register.js';
import {
  admission,
  clinic,
  entryNumber,
  operation,
  police,
  prepared,
  request,
  youthOffice,
  type Wish,
} from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { openWriteSide, SetClock, type WriteSide } from './testing/write-side.js';

const hour = 3_600_000;
const restricted = { visibility: 'restricted' };
/** The clock stands at eleven in Berlin on that day. */
const untilTonight = { visibility: 'deferred-until', hiddenUntil: '2026-11-22' };
const movedOn = { code: 'exchange-moved-on' };
const notFound = { code: 'not-found' };
const forbidden = { code: 'forbidden' };

let scratch: Scratch;
let side: WriteSide;
let clock: SetClock;

beforeEach(async () => {
  scratch = new Scratch();
  clock = new SetClock();
  side = await openWriteSide(scratch, { clock });
  const agencies = [police, youthOffice, clinic];
  await side.recorder.record(agencies.map((agency, place) => admission(9_000_000 + place, agency)));
});
afterEach(async () => {
  const database = new DatabaseSync(':memory:');
  await catchUpWithAll({ store: side.store, vault: side.vault, register: new Register(database) });
  // Whatever was hidden and opened meanwhile: a rebuild at any later time makes the same of the log.
  expect(contentOf(database)).toEqual(contentOf(side.registerDatabase));
  database.close();
  await side.drop();
  scratch.remove();
});

const record = (...entries: readonly ReturnType<typeof operation>[]) => side.recorder.record(entries);
/** An entry of exchange 1, which the police began by asking the youth office. */
const next = (number: number, wish: Wish = {}) => operation(number, { exchange: 1, ...wish });
const asked = (wish: Wish = {}) => request(1, 1, { data: { addressee: youthOffice, ...wish.data } });
const correction = (number: number, corrects: number, wish: Wish = {}) =>
  prepared('EntryCorrected', number, {
    exchange: 1,
    ...wish,
    data: { corrects: entryNumber(corrects), ...wish.data },
  });

describe('What an agency hides', () => {
  it('is no entry that others must have seen to go on, and one that it must have seen itself', async () => {
    await record(asked(), next(2, { data: restricted }));
    await expect(record(next(3, { by: youthOffice, expectedVersion: 2 }))).rejects.toMatchObject(movedOn);
    expect(await record(next(3, { by: youthOffice, expectedVersion: 1 }))).toHaveLength(1);
    await expect(record(next(4, { expectedVersion: 2 }))).rejects.toMatchObject(movedOn);
    expect(await record(next(4, { expectedVersion: 3 }))).toHaveLength(1);
  });

  it('counts for all from the moment on at which it opens', async () => {
    await record(asked(), next(2, { data: untilTonight }));
    expect(await record(next(3, { by: youthOffice, expectedVersion: 1 }))).toHaveLength(1);
    clock.move(13 * hour - 1);
    await expect(record(next(4, { by: youthOffice, expectedVersion: 3 }))).rejects.toMatchObject(movedOn);
    clock.move(1);
    expect(await record(next(4, { by: youthOffice, expectedVersion: 3 }))).toHaveLength(1);
  });

  it('hides its correction, however openly that is said, and the correction of that', async () => {
    await record(asked(), next(2, { data: restricted }));
    await record(correction(3, 2, { data: { visibility: 'open' } }), correction(4, 3));
    expect(await record(next(5, { by: youthOffice, expectedVersion: 1 }))).toHaveLength(1);
    await record(correction(6, 1));
    expect(await record(next(7, { by: youthOffice, expectedVersion: 3 }))).toHaveLength(1);
  });

  it('hides its correction that was recorded before it only until it opens itself', async () => {
    await record(asked(), correction(2, 4), correction(3, 2), next(4, { data: untilTonight }));
    expect(await record(next(5, { by: youthOffice, expectedVersion: 1 }))).toHaveLength(1);
    await expect(record(next(6, { expectedVersion: 4 }))).rejects.toMatchObject(movedOn);
    expect(await record(next(6, { expectedVersion: 5 }))).toHaveLength(1);
    clock.move(13 * hour);
    expect(await record(next(7, { by: youthOffice, expectedVersion: 6 }))).toHaveLength(1);
    await record(correction(8, 3));
    expect(await record(next(9, { by: youthOffice, expectedVersion: 8 }))).toHaveLength(1);
  });

  it('is also what corrects an entry that another agency has just recorded', async () => {
    await record(asked());
    await Promise.all([record(next(2)), record(correction(3, 2, { by: youthOffice }))]);
    await expect(record(next(4, { expectedVersion: 3 }))).rejects.toMatchObject(movedOn);
    expect(await record(next(4, { expectedVersion: 2 }))).toHaveLength(1);
    expect(await record(next(5, { by: youthOffice, expectedVersion: 4 }))).toHaveLength(1);
  });

  it('brings nobody into an exchange of others before it opens: who is named there is answered as anybody else', async () => {
    await record(asked(), request(2, 1, { data: { addressee: clinic, ...untilTonight } }));
    await expect(record(operation(3, { by: clinic, exchange: 1 }))).rejects.toMatchObject(notFound);
    clock.move(13 * hour);
    expect(await record(operation(3, { by: clinic, exchange: 1 }))).toHaveLength(1);
  });

  it.each([
    ['for good', restricted],
    ['until tonight', untilTonight],
  ])('%s locks out nobody who must answer it: its answer begins the exchange as a fresh one', async (_, hidden) => {
    const data = { recipients: [clinic, youthOffice], ...hidden };
    await record(prepared('InformationDisclosed', 1, { exchange: 1, data }));
    const receipt = (expectedVersion: number) =>
      prepared('DisclosureReceived', 2, { by: clinic, exchange: 1, data: { disclosedBy: police }, expectedVersion });
    await expect(record(receipt(1))).rejects.toMatchObject(movedOn);
    expect(await record(receipt(0))).toHaveLength(1);
    expect(await record(next(3, { by: clinic, expectedVersion: 1 }))).toHaveLength(1);
    expect(await record(next(4, { expectedVersion: 3 }))).toHaveLength(1);
    await expect(record(next(5, { by: youthOffice }))).rejects.toMatchObject(notFound);
  });

  it('refuses no late disclosure of which the receipt is hidden, and nobody but who is named may begin', async () => {
    const receipt = prepared('DisclosureReceived', 1, {
      exchange: 1,
      data: { disclosedBy: youthOffice, ...restricted },
    });
    await record(receipt);
    await expect(record(next(2, { by: clinic }))).rejects.toMatchObject(notFound);
    const data = { recipients: [police] };
    const disclosure = prepared('InformationDisclosed', 3, { by: youthOffice, exchange: 1, data, expectedVersion: 0 });
    expect(await record(disclosure)).toHaveLength(1);
  });

  it('refuses nothing that others say, who would learn of it by that', async () => {
    await record(prepared('InformationDisclosed', 1, { exchange: 1, data: { recipients: [youthOffice] } }));
    await record(request(2, 1, { data: { addressee: youthOffice, ...restricted } }));
    const withdrawal = prepared('RequestWithdrawn', 3, { exchange: 1, by: youthOffice, data: { addressee: police } });
    expect(await record(withdrawal)).toHaveLength(1);
    const ownDecision = prepared('RequestDecided', 4, { exchange: 1, data: { requester: { missing: 'unknown' } } });
    await expect(record(ownDecision)).rejects.toMatchObject(forbidden);
  });

  it('is judged in a batch as one after the other', async () => {
    await record(asked(), next(2, { data: untilTonight, expectedVersion: 1 }), next(3, { expectedVersion: 2 }));
    expect(await record(next(4, { by: youthOffice, expectedVersion: 2 }))).toHaveLength(1);
  });
});
