import { codeOf, federalPolice, Telling } from './telling.js';

/**
 * BDSG 76(4): logs of 2026 go at the end of 2027. Of three days one is erased in time, one is held for a procedure, and one
 * is forgotten.
 */
describe('Deletion on 31 December of the following year, with one hold', () => {
  let told: Telling;
  let [erased, held, forgotten]: string[] = [];

  beforeAll(async () => {
    told = await Telling.begin(federalPolice);
    const consulted: string[] = [];
    for (const day of ['2026-11-23', '2026-11-24', '2026-11-25']) {
      told.goOnTo(`${day}T09:00:00.000Z`);
      consulted.push(await told.record(federalPolice, 'InformationConsulted'));
    }
    [erased, held, forgotten] = consulted;
    told.goOnTo('2027-11-02T09:00:00.000Z');
    await told.record(federalPolice, 'LegalHoldPlaced', {
      ground: 'control-procedure',
      case: undefined,
      exchanges: undefined,
      retentionClasses: ['log'],
      recorded: { from: '2026-11-24', until: '2026-11-24' },
      reviewDue: '2028-01-31',
      until: '2028-06-28',
    });
  });
  afterAll(() => told.end());

  const overdue = async (): Promise<readonly unknown[]> =>
    (await told.notes(federalPolice, 'rule=RET-01')).map(({ about }) => about);
  const erase = (day: string, said = {}) =>
    told.record('host.example', 'ErasureExecuted', {
      agency: federalPolice.agency,
      retentionClasses: ['log'],
      recorded: { from: day, until: day },
      reason: 'period-over',
      rule: 'retention-of-logs@1',
      reached: ['rows', 'keys', 'views', 'backups'],
      entriesAffected: 1,
      entriesHeld: 0,
      ...said,
    });

  test('until the last second of the year nothing is overdue', async () => {
    told.goOnTo('2027-12-31T22:00:00.000Z');
    await erase('2026-11-23');
    told.goOnTo('2027-12-31T22:59:59.999Z');
    expect(await overdue()).toEqual([]);
  });

  test('then only the forgotten day is: by law, and urgently', async () => {
    told.goOnTo('2027-12-31T23:00:00.001Z');
    expect(await overdue()).toEqual([forgotten]);
    const [note] = await told.notes(federalPolice, 'rule=RET-01');
    expect(note).toMatchObject({
      severity: { code: 'urgent' },
      kind: { code: 'law' },
      pack: 'DE-BDSG3@1',
      time: 1,
      timeUnit: { code: 'year-ends' },
      dueAt: '2027-12-31T22:59:59.999Z',
    });
    expect(note?.['about']).not.toBe(erased);
  });

  test('the calendar of retention shows the erasure and the hold', async () => {
    const lines = await told.view(federalPolice, 'retention?sort=at');
    const shown = lines.map(({ cells }) => [codeOf(cells['line']), cells['open'], cells['recordedFrom'], cells['due']]);
    expect(shown).toEqual([
      ['hold', true, '2026-11-24', '2028-01-31'],
      ['erasure', false, '2026-11-23', null],
    ]);
  });

  test('what was held is owed once the hold is over, and done when it is erased the next day', async () => {
    told.goOnTo('2028-06-28T21:59:59.999Z');
    expect(await overdue()).not.toContain(held);
    const due = (await told.view(federalPolice, `deadlines?rule=RET-01&about=${String(held)}`)).map(
      ({ cells }) => cells['due'],
    );
    expect(due).toEqual(['2028-06-29T21:59:59.999Z']);
    told.goOnTo('2028-06-29T08:00:00.000Z');
    await erase('2026-11-24');
    told.goOnTo('2028-07-03T08:00:00.000Z');
    expect(await overdue()).toEqual([forgotten]);
  });
});
