import { DatabaseSync } from 'node:sqlite';
import { agencyId, type AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { contentOf } from '../../test/support/check-ledger.js';
import type { PreparedEntry } from './entry.js';
import { catchUp } from './fold.js';
import { Register } from './register.js';
import { admission, clinic, police, prepared, youthOffice } from './testing/entries.js';
import { Scratch } from './testing/scratch.js';
import { openWriteSide, SetClock, type WriteSide } from './testing/write-side.js';

const school = agencyId('school.example');
const agreement = 'exit-network';
let scratch: Scratch;
let side: WriteSide;
let made: number;

beforeEach(async () => {
  made = 0;
  scratch = new Scratch();
  side = await openWriteSide(scratch);
  await side.recorder.record([police, youthOffice, clinic, school].map((one, i) => admission(9_000_000 + i, one)));
});
afterEach(async () => {
  await side.drop();
  scratch.remove();
});

interface Wish {
  readonly by?: AgencyId;
  readonly data?: JsonObject;
  readonly line?: number;
}

const said = (type: string, data: JsonObject, { by, line, data: more }: Wish): PreparedEntry =>
  prepared(type, (made += 1), {
    data: { ...data, ...more },
    ...(by !== undefined && { by }),
    ...(line !== undefined && { line }),
    without: ['supersedes', 'validUntil'],
  });

/** A version between the police and the youth office, in force from the first day of the month of its number. */
const version = (number: number, wish: Wish = {}): PreparedEntry => {
  const validFrom = `2026-0${number}-01`;
  const parties = [police, youthOffice];
  const terms = { agreement, version: number, parties, validFrom, clauses: { missing: 'follows' } };
  if (number === 1) return said('AgreementAdopted', terms, wish);
  return said('AgreementAmended', { ...terms, supersedes: `${agreement}@${number - 1}` }, wish);
};
const end = (lastDay: string, wish: Wish = {}): PreparedEntry =>
  said('AgreementTerminated', { agreement, lastDay, cause: 'expired' }, wish);

const days = (count: number): number => count * 24 * 60 * 60 * 1000;
const record = (...entries: readonly PreparedEntry[]) => side.recorder.record(entries);
const invalid = (pointer: string) => ({ code: 'invalid-entry', faults: [{ pointer }] });
const forbidden = { code: 'forbidden' };

async function refused(entries: readonly PreparedEntry[], as: object): Promise<void> {
  const size = await side.store.size('registry');
  await expect(record(...entries)).rejects.toMatchObject(as);
  expect(await side.store.size('registry')).toBe(size);
}

describe('a version of an agreement', () => {
  it('follows the one it supersedes', async () => {
    await record(version(1));
    await record(version(2), version(3));
    expect(await side.store.size('registry')).toBe(7);
  });

  it('is recorded once, also of those that come at once, and within a batch', async () => {
    const [first, second] = await Promise.allSettled([record(version(1)), record(version(1))]);
    expect([first?.status, second]).toMatchObject(['fulfilled', { reason: invalid('/data/version') }]);
    await refused([version(1)], invalid('/data/version'));
    await refused([version(2, { line: 1 }), version(2, { line: 2 })], {
      code: 'invalid-entry',
      faults: [{ pointer: '/data/version', detail: 'this version is known already', line: 2 }],
    });
  });

  it('does not hold beside another one', async () => {
    await record(version(1));
    await refused([version(2, { data: { supersedes: { missing: 'unknown' } } })], invalid('/data/validFrom'));
    await refused([version(2, { data: { validFrom: '2026-01-01' } })], invalid('/data/validFrom'));
  });

  it('does not supersede itself through another agreement, known before or from the same batch', async () => {
    const town = (supersedes: string): PreparedEntry =>
      version(2, { data: { agreement: 'town', version: 1, supersedes } });
    await refused(
      [town(`${agreement}@1`), version(1, { data: { supersedes: 'town@1' } })],
      invalid('/data/supersedes'),
    );
    await record(town(`${agreement}@1`));
    await refused([version(1, { data: { supersedes: 'town@1' } })], invalid('/data/supersedes'));
  });

  it('gives way to one of another agreement that supersedes it', async () => {
    await record(version(1));
    await record(version(2, { data: { agreement: 'town', version: 1 } }));
    await record(version(3, { data: { version: 2, supersedes: 'other@1' } }));
    expect(side.register.agreementsAbout(agreement).map((one) => `${one.agreement}@${one.version}`)).toEqual(
      expect.arrayContaining(['exit-network@1', 'exit-network@2', 'town@1']),
    );
  });

  it('is recorded where it is not said which it is or from when it holds', async () => {
    const unsaid = { missing: 'unknown' };
    await record(version(1));
    for (const name of ['agreement', 'version', 'validFrom']) await record(version(1, { data: { [name]: unsaid } }));
    expect(side.register.agreementsAbout(agreement)).toHaveLength(1);
  });

  it('may begin after the agreement was ended', async () => {
    const next = { data: { supersedes: { missing: 'not-given' } } };
    await record(version(1));
    await refused([end('2026-02-01', { line: 1 }), version(2, { ...next, line: 2 })], invalid('/data/validFrom'));
    await record(end('2026-01-31'), version(2, next));
  });
});

describe('the last day of an agreement', () => {
  it('is not before the first day of a version that has begun', async () => {
    await record(version(1));
    await refused([end('0001-01-01')], invalid('/data/lastDay'));
    await record(version(2));
    await refused([end('2026-01-31')], {
      code: 'invalid-entry',
      faults: [{ pointer: '/data/lastDay', detail: 'before the first day of exit-network@2, which has begun' }],
    });
    await record(end('2026-02-01'));
  });

  it('may be before the first day of a version that has not begun: it is called off', async () => {
    await record(version(1), version(2, { data: { validFrom: '2026-12-01' } }));
    await record(end('2026-11-30'));
    expect(side.register.agreementsAbout(agreement)).toMatchObject([
      { version: 1, validUntil: '2026-11-30' },
      { version: 2, validUntil: '2026-11-30' },
    ]);
  });
});

describe('an agreement of others', () => {
  it('is not ended by who has no part in it', async () => {
    await record(version(1));
    await refused([end('2026-01-31', { by: clinic })], forbidden);
    await record(end('2026-01-31', { by: youthOffice }));
  });

  it('is not replaced by who has no part in it and names itself', async () => {
    const parties = [police, youthOffice, school];
    await record(version(1));
    await refused([version(2, { by: school, data: { parties } })], forbidden);
    const data = { agreement: 'school-network', version: 1, parties: [school, clinic] };
    await refused([version(2, { by: school, data })], forbidden);
    await record(version(2, { by: youthOffice, data: { parties } }));
    await record(version(3, { by: school, data: { parties } }));
  });

  it('is ended by anybody while nobody has recorded it, or who its parties are', async () => {
    await record(end('2026-01-31', { by: clinic }));
    await record(version(1, { data: { parties: { missing: 'follows' } } }), end('2026-01-31'));
    await record(end('2026-01-30', { by: clinic }));
  });

  it('is one once a later version does without them: who left it neither amends nor ends it', async () => {
    await record(version(1, { data: { parties: [police, youthOffice, clinic] } }));
    await record(version(2));
    await refused([end('2026-02-28', { by: clinic })], forbidden);
    await refused([version(3, { by: clinic, data: { parties: [police, clinic] } })], forbidden);
    await record(version(3, { by: youthOffice }), end('2026-03-31', { by: police }));
  });

  it('stays one of who leaves it until the version without them begins, whenever that was recorded', async () => {
    const parties = [police, youthOffice, clinic];
    const clock = new SetClock();
    await side.drop();
    side = await openWriteSide(scratch, { clock });
    await record(version(1, { data: { parties } }));
    await record(version(2, { data: { validFrom: '2026-12-01' } }));
    clock.move(days(8));
    expect(clock.now().slice(0, 10)).toBe('2026-11-30');
    const later = version(3, { by: clinic, data: { parties, validFrom: '2027-01-01' } });
    await record(later);
    await record(version(4, { data: { validFrom: '2027-02-01' } }));
    clock.move(days(63));
    expect(clock.now().slice(0, 10)).toBe('2027-02-01');
    await refused([end('2027-03-31', { by: clinic })], forbidden);
    await record(end('2027-03-31', { by: youthOffice }));
  });

  it('is not replaced by who joins it with a later version before that begins', async () => {
    const joining = { parties: [police, clinic] };
    await record(version(1));
    await record(version(2, { data: { ...joining, validFrom: '2027-01-01' } }));
    const supersedes = `${agreement}@1`;
    for (const validFrom of ['2025-12-01', '2026-11-23', '2026-12-31']) {
      const data = { parties: [clinic, school], supersedes, validFrom };
      await refused([version(3, { by: clinic, data })], forbidden);
      await refused(
        [version(3, { by: clinic, data: { ...data, agreement: 'school-network', version: 1 } })],
        forbidden,
      );
    }
    await record(version(3, { by: clinic, data: { ...joining, validFrom: '2027-03-01' } }));
  });

  it('ends for who leaves it with the versions it is in: the next one of the others begins all the same', async () => {
    await record(version(1, { data: { parties: [police, clinic] } }));
    await record(version(2, { data: { validFrom: '2026-12-01', parties: [police, youthOffice] } }));
    await record(end('2026-11-25', { by: clinic }));
    expect(side.register.agreementsAbout(agreement)).toMatchObject([
      { version: 1, validUntil: '2026-11-25' },
      { version: 2, validUntil: null },
    ]);
  });

  it('is one once the last day of who leaves it is over, also before the next version of the others begins', async () => {
    const clock = new SetClock();
    await side.drop();
    side = await openWriteSide(scratch, { clock });
    await record(version(1, { data: { parties: [police, clinic], validUntil: '2026-11-25' } }));
    await record(version(2, { data: { validFrom: '2027-01-01' } }));
    clock.move(days(3));
    expect(clock.now().slice(0, 10)).toBe('2026-11-25');
    await record(end('2026-11-24', { by: clinic }));
    clock.move(days(1));
    await refused([end('2026-11-23', { by: clinic })], forbidden);
    await refused([version(3, { by: clinic, data: { parties: [police, clinic] } })], forbidden);
  });

  it('stays one of its parties where all its versions are over', async () => {
    await record(version(1), end('2026-01-31'));
    await refused([end('2026-01-30', { by: clinic })], forbidden);
    await record(version(2, { by: youthOffice, data: { supersedes: { missing: 'not-given' } } }));
  });

  it('stays theirs where a later version does not say whose it is, and where another agreement takes its place', async () => {
    await record(version(1));
    await record(version(2, { data: { parties: { missing: 'follows' } } }));
    await refused([end('2026-02-28', { by: clinic })], forbidden);
    await record(version(3, { data: { agreement: 'town', version: 1 } }));
    await refused([end('2026-02-28', { by: clinic })], forbidden);
    await record(end('2026-02-28', { by: youthOffice }));
  });
});

describe('what is known of agreements', () => {
  it('is what a rebuild makes of the log, and is there after a restart', async () => {
    await record(version(1), version(2), end('2026-02-10'));
    const known = side.register.agreementsAbout(agreement);
    expect(known).toMatchObject([
      { version: 1, validUntil: '2026-02-10', parties: [police, youthOffice] },
      { version: 2, validUntil: '2026-02-10', supersedes: 'exit-network@1' },
    ]);
    const database = new DatabaseSync(':memory:');
    const register = new Register(database);
    for (const log of ['registry', 'entries'] as const) await catchUp(log, { ...side, register });
    expect(contentOf(database)).toEqual(contentOf(side.registerDatabase));
    await side.drop();
    side = await openWriteSide(scratch);
    expect(side.register.agreementsAbout(agreement)).toEqual(known);
    await refused([version(2)], invalid('/data/version'));
  });

  it('is judged by what another ledger has just recorded', async () => {
    const other = await openWriteSide(scratch, { ledger: 'two' });
    try {
      await other.recorder.record([version(1)]);
      const outcomes = await Promise.allSettled([other.recorder.record([version(2)]), record(version(2))]);
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      await refused([version(1)], invalid('/data/version'));
    } finally {
      await other.drop();
    }
  });
});
