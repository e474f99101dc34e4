import fc from 'fast-check';
import { DatabaseSync } from 'node:sqlite';
import { entryTypes, fieldsOf, headFor, standingAt } from '#catalogue';
import { DomainError, entryId, exchangeId, leafIndex, treeSize } from '#kernel';
import { contentOf } from '../../test/support/check-ledger.js';
import type { PreparedEntry } from './entry.js';
import { catchUp } from './fold.js';
import { judge } from './judge.js';
import { Register, RegisterOverlay, type RegisterView } from './register.js';
import {
  admission,
  clinic,
  entryNumber,
  exchangeNumber,
  now,
  operation,
  police,
  prepared,
  request,
  youthOffice,
} from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { openWriteSide, type WriteSide } from './testing/write-side.js';

const agencies = [police, youthOffice, clinic];
const agencyTypes = [...entryTypes.values()].filter(({ recordedBy }) => recordedBy === 'agency');

let scratch: Scratch;
let side: WriteSide;

beforeEach(async () => {
  scratch = new Scratch();
  side = await openWriteSide(scratch);
  await side.recorder.record(agencies.map((agency, i) => admission(9_000_000 + i, agency)));
});
afterEach(async () => {
  await side.drop();
  scratch.remove();
});

async function rebuilt({
  store,
  vault,
}: WriteSide): Promise<{ register: Register; content: ReturnType<typeof contentOf> }> {
  const database = new DatabaseSync(':memory:');
  const register = new Register(database);
  for (const log of ['registry', 'entries'] as const) await catchUp(log, { store, vault, register });
  return { register, content: contentOf(database) };
}

/** An exchange as one of its parties sees it. */
function head(register: RegisterView, number: number, agency = police) {
  const times = register.timesOf(exchangeId(exchangeNumber(number)));
  return times && headFor(standingAt(times, now), agency);
}

describe('the register', () => {
  const untilDay = (hiddenUntil: string) => ({ visibility: 'deferred-until', hiddenUntil });
  const anything = fc.array(
    fc.record({
      type: fc.constantFrom(...agencyTypes),
      by: fc.constantFrom(...agencies),
      exchange: fc.nat(2),
      together: fc.boolean(),
      said: fc.constantFrom({}, { visibility: 'restricted' }, untilDay('2026-11-22'), untilDay('2026-12-24')),
    }),
    { minLength: 30, maxLength: 60 },
  );

  it('is what a rebuild makes of the logs, whatever was recorded and refused', async () => {
    let id = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(anything, async (story) => {
        const pending: Promise<unknown>[] = [];
        for (const { type, by, exchange, together, said } of story) {
          const data = fieldsOf(type.data).has('hiddenUntil') ? said : {};
          const wish = { by, data, ...(type.exchange !== 'none' && { exchange: exchange + 10 * id }) };
          const recording = side.recorder.record([prepared(type.name, (id += 1), wish)]).catch((error: unknown) => {
            if (!(error instanceof DomainError)) throw error;
            refused += 1;
          });
          if (together) pending.push(recording);
          else await recording;
        }
        await Promise.all(pending);
        expect((await rebuilt(side)).content).toEqual(contentOf(side.registerDatabase));
      }),
      { seed: 4711, numRuns: 8 },
    );
    expect(refused).toBeGreaterThan(0);
    expect(await side.store.size('entries')).toBeGreaterThan(150);
  });

  it('folds exchanges of many entries over several reads as it did one by one', async () => {
    const sent: PreparedEntry[] = [];
    for (let n = 0; n < 900; n++) sent.push(n % 2 === 0 ? request(n, n % 7) : operation(n, { exchange: (n + 1) % 7 }));
    for (let from = 0; from < sent.length; from += 300) await side.recorder.record(sent.slice(from, from + 300));
    expect((await rebuilt(side)).content).toEqual(contentOf(side.registerDatabase));
  });

  it('goes on from where it was when it is opened again', async () => {
    await side.recorder.record([request(1, 1)]);
    const behind = contentOf(side.registerDatabase);
    await side.drop();
    side = await openWriteSide(scratch);
    expect(contentOf(side.registerDatabase)).toEqual(behind);
    expect(side.register.placeOf(entryId(entryNumber(1)))).toEqual({ log: 'entries', index: 0 });
    expect(side.register.lastRecordedAt('entries')).toBe(now);
    expect(head(side.register, 1)).toMatchObject({ version: 1, requester: police });
  });

  it('refuses marks that leave a gap or repeat, and keeps nothing of them', () => {
    const mark = { id: entryId(entryNumber(1)), recordedAt: now };
    expect(() => side.register.mark('entries', treeSize(1), [mark])).toThrow(RangeError);
    side.register.mark('entries', treeSize(0), [mark]);
    const before = contentOf(side.registerDatabase);
    expect(() => side.register.mark('entries', treeSize(0), [mark])).toThrow(RangeError);
    const another = { ...mark, id: entryId(entryNumber(2)) };
    expect(() => side.register.mark('entries', treeSize(1), [another, mark])).toThrow('UNIQUE');
    expect(contentOf(side.registerDatabase)).toEqual(before);
    expect(side.register.size('entries')).toBe(1);
  });

  it('counts beyond 2^31', () => {
    const database = new DatabaseSync(':memory:');
    const far = 2 ** 40;
    new Register(database);
    database.prepare('INSERT INTO position VALUES (?, ?, ?)').run('entries', far, now);
    const register = new Register(database);
    register.mark('entries', treeSize(far), [{ id: entryId(entryNumber(1)), recordedAt: now }]);
    expect(register.placeOf(entryId(entryNumber(1)))?.index).toBe(far);
    expect(new Register(database).size('entries')).toBe(far + 1);
  });

  it('does not follow a log that lost leaves', async () => {
    await side.recorder.record([operation(1), operation(2)]);
    await side.store.close();
    const log = new DatabaseSync(scratch.file('log.sqlite'));
    log.exec('DELETE FROM entries WHERE idx = 1');
    log.close();
    const reopened = openWriteSide(scratch);
    await expect(reopened).rejects.toThrow('fewer leaves than the register has seen');
  });
});

it('a register does not pass over a gap in the log', async () => {
  await side.recorder.record([operation(1), operation(2), operation(3)]);
  const log = new DatabaseSync(scratch.file('log.sqlite'));
  log.exec('DELETE FROM entries WHERE idx = 1');
  log.close();
  await expect(rebuilt(side)).rejects.toThrow('has a gap');
});

describe('after erasure, a rebuilt register', () => {
  it('still knows the id, so that nobody can use it again, and nothing of what was said', async () => {
    await side.recorder.record([request(1, 1)]);
    await side.recorder.record([request(2, 2), operation(3, { exchange: 2 })]);
    await side.vault.destroy({ exchange: exchangeId(exchangeNumber(1)) });
    const { register } = await rebuilt(side);
    expect(register.placeOf(entryId(entryNumber(1)))).toEqual({ log: 'entries', index: leafIndex(0) });
    expect(head(register, 1)).toBeUndefined();
    expect(head(register, 2)).toEqual(head(side.register, 2));
    expect(register.size('entries')).toBe(3);
  });

  it('keeps an exchange whose people were erased: it is folded from terms alone', async () => {
    await side.recorder.record([request(1, 1), operation(2, { exchange: 1 })]);
    const before = contentOf(side.registerDatabase);
    for (const number of [1, 2]) {
      const entry = entryId(entryNumber(number));
      await side.vault.destroy({ entry, blocks: ['people', 'told', 'staff', 'reasons', 'withheld'] });
    }
    expect((await rebuilt(side)).content).toEqual(before);
  });
});

describe('an overlay', () => {
  it('shows what was added to it, leaves what is below alone, and takes over what others added', () => {
    const base = new RegisterOverlay(side.register);
    const first = judge(request(1, 1), base, now);
    const own = new RegisterOverlay(base);
    own.add(first);
    own.add({ id: entryId(entryNumber(2)), admitted: 'late.example' as typeof police });
    expect(head(own, 1)).toMatchObject({ version: 1 });
    expect(own.isAdmitted('late.example' as typeof police)).toBe(true);
    for (const below of [base, side.register]) {
      expect(head(below, 1)).toBeUndefined();
      expect(below.isAdmitted('late.example' as typeof police)).toBe(false);
    }
    base.absorb(own);
    expect(head(base, 1)).toEqual(head(own, 1));
    expect(base.isAdmitted('late.example' as typeof police)).toBe(true);
    expect(base.isAdmitted(police)).toBe(true);
  });
});
