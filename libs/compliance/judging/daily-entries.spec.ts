import { ledgerIssuer, type AgencyId, type EntryId } from '#kernel';
import { projected as projectedHere, rebuiltElsewhere, type Projected } from '../testing/projected.js';
import { clinic, exchangeOf, hoursAfter, police, type Told } from '../testing/recorded-log.js';
import { checked, disclosed } from '../testing/stories.js';
import { judgements } from './judgements.js';

const projections = [judgements];

/** A disclosure whose justification is kept as a log. It began on 1 March 2026 at nine, in Berlin. */
const justified = (agency: AgencyId, hour: number, terms = {}): Told => ({
  ...disclosed(agency, [], exchangeOf(`${agency} ${hour}`), { present: ['justification'], ...terms }),
  hour,
});

const owed = async ({ views }: Projected, rule = 'RET-01') =>
  (
    await views.database.selectFrom('judgement').select('entry_id').where('rule', '=', rule).orderBy('due').execute()
  ).map(({ entry_id }) => entry_id);

const inMatters = async ({ views }: Projected) =>
  (await views.database.selectFrom('matter').select('entry_index').where('kind', '=', 'agency').execute()).length;

async function erase(world: Projected, entry: EntryId | undefined): Promise<void> {
  if (entry === undefined) throw new RangeError('no entry');
  await world.log.vault.destroy({ entry, blocks: ['terms'] });
  await world.projector.erase([entry]);
}

describe('of the logs of a day', () => {
  it('the first entry stands for all, of each agency', async () => {
    await using world = await projectedHere({ projections });
    const ids = await world.tell(
      justified(police, 0),
      justified(police, 3),
      justified(clinic, 3),
      justified(police, 24),
      justified(police, 25),
    );
    expect(await inMatters(world)).toBe(3);
    expect(new Set(await owed(world))).toEqual(new Set([ids[0], ids[2], ids[3]]));
  });

  it('a day that goes on later has its first entry already', async () => {
    await using world = await projectedHere({ projections });
    const [first] = await world.tell(justified(police, 0), justified(police, 1));
    const [, next] = await world.tell(justified(police, 2), justified(police, 24));
    expect(await owed(world)).toEqual([first, next]);
  });

  it('what is said of a check note stands for nothing: the next entry does', async () => {
    await using world = await projectedHere({ projections });
    const assessed = { issuer: police, type: 'CheckNoteAssessed', terms: { present: ['actor'] }, hour: 0 };
    const [, entry] = await world.tell(assessed, justified(police, 1));
    expect(await owed(world)).toEqual([entry]);
  });

  it('what is left of a day when it is erased is owed for that erasure, until it is erased, too', async () => {
    await using world = await projectedHere({ projections });
    const day = { agency: police, retentionClasses: ['log'], reached: ['rows', 'keys'] };
    const erased = (hour: number, entriesHeld: number): Told => ({
      issuer: ledgerIssuer,
      type: 'ErasureExecuted',
      hour,
      terms: { ...day, recorded: { from: '2026-03-01', until: '2026-03-01' }, entriesHeld },
    });
    const [, erasure] = await world.tell(justified(police, 0), erased(24, 12));
    expect(await owed(world)).toEqual([erasure]);
    await world.tell(erased(48, 0));
    expect(await owed(world)).toEqual([]);
  });

  it('a day begins at midnight where the agency is', async () => {
    await using world = await projectedHere({ projections });
    // 22:30 and 23:30 UTC: half past eleven at night and half past midnight in Berlin.
    const ids = await world.tell(justified(police, 14.5), justified(police, 15.5));
    expect(await owed(world)).toEqual(ids);
  });

  it('those under another law stand for themselves', async () => {
    await using world = await projectedHere({ projections });
    const ids = await world.tell(justified(police, 0, { regime: 'LED' }), justified(police, 1, { regime: 'GDPR' }));
    expect(new Set(await owed(world))).toEqual(new Set(ids));
  });

  it('the first one that no check has covered says by when the log is to be checked', async () => {
    await using world = await projectedHere({ projections });
    const [sunday] = await world.tell(justified(police, 0), justified(police, 24), justified(clinic, 25));
    expect(await owed(world, 'INT-01')).toContain(sunday);
    expect(await owed(world, 'INT-01')).toHaveLength(2);
    const [, tuesday] = await world.tell(checked(26, 3), justified(police, 48), justified(police, 72));
    expect(await owed(world, 'INT-01')).toHaveLength(2);
    expect(await owed(world, 'INT-01')).toContain(tuesday);
    expect(await owed(world, 'INT-01')).not.toContain(sunday);
  });

  it.each([
    ['the first entry of a day', 0],
    ['the check of that day', 1],
  ])('once %s is erased, nobody is told of a check that was owed, and a rebuild says the same', async (_, erased) => {
    await using world = await projectedHere({ projections });
    // A Monday: an entry, its check, and one more entry. The next ones are of Wednesday.
    const ids = await world.tell(justified(police, 25), checked(28, 1), justified(police, 31), justified(police, 73));
    await world.tell(checked(100, 4));
    expect(await owed(world, 'INT-01')).toEqual([]);
    await erase(world, ids[erased]);
    expect(await owed(world, 'INT-01')).toEqual([]);
    expect(await world.digests()).toEqual(await rebuiltElsewhere(world.log, projections));
    // What is recorded after a check of what there is now is judged as ever.
    const [later] = await world.tell(justified(police, 121));
    expect(await owed(world, 'INT-01')).toContain(later);
  });

  it.each([1, 2])('an agency owes no check while it is suspended, told %d at a time', async (size) => {
    await using world = await projectedHere({ projections });
    const standing = (type: string, hour: number, agency: AgencyId, data = {}) =>
      world.log.register({ issuer: clinic, type, hour, data: { agency, ...data } });
    await standing('AgencyAdmitted', 0, police, { admittedFrom: hoursAfter(0) });
    // A Monday. Whatever anybody records next is judged by a registry that knows of the suspension.
    const [first] = await world.tell(justified(police, 25));
    expect(await owed(world, 'INT-01')).toEqual([first]);
    await standing('AgencySuspended', 30, police, { suspendedFrom: hoursAfter(30) });
    const later = [justified(clinic, 31), justified(clinic, 32)];
    if (size === 1) for (const one of later) await world.tell(one);
    else await world.tell(...later);
    expect(await owed(world, 'INT-01')).not.toContain(first);
    await standing('AgencyAdmitted', 200, police, { admittedFrom: hoursAfter(0) });
    const [back] = await world.tell(justified(police, 201));
    expect(await owed(world, 'INT-01')).toContain(back);
    expect(await owed(world, 'INT-01')).not.toContain(first);
    const digests = await world.digests();
    expect(await rebuiltElsewhere(world.log, projections)).toEqual(digests);
  });

  it('the next one takes the place of one that is erased, and nothing that of the last', async () => {
    await using world = await projectedHere({ projections });
    const [first, second, third] = await world.tell(justified(police, 0), justified(police, 1), justified(police, 2));
    await erase(world, second);
    expect(await owed(world)).toEqual([first]);
    await erase(world, first);
    expect(await owed(world)).toEqual([third]);
    await erase(world, third);
    expect(await owed(world)).toEqual([]);
    expect(await inMatters(world)).toBe(0);
  });

  it('one that is recorded after all of the day were erased stands for it', async () => {
    await using world = await projectedHere({ projections });
    const [first] = await world.tell(justified(police, 0));
    await erase(world, first);
    const [second] = await world.tell(justified(police, 1));
    expect(await owed(world)).toEqual([second]);
  });
});
