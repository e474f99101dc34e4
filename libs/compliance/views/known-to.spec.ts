import { always } from '#catalogue';
import { entryId, leafIndex, ledgerIssuer, treeSize, type TreeSize } from '#kernel';
import { RegistryHistory } from '../registry/registry-history.js';
import { Story } from '../rules/testing/story.js';
import { judgements } from '../judging/judgements.js';
import { openSqliteViews } from '../sqlite/index.js';
import { projected, type Projected } from '../testing/projected.js';
import { clinic, hoursAfter, police, school, uuidOf, type Told } from '../testing/recorded-log.js';
import { v16Checks } from './by-id/v16-integrity-checks.js';
import { knownTo, partiesOf } from './known-to.js';
import { ask, own } from './testing/ask.js';

const outage = (more: Told['terms']): Told => ({
  issuer: ledgerIssuer,
  type: 'SystemOutageRecorded',
  terms: { components: ['sealing'], from: '2026-03-01T10:00:00.000Z', until: '2026-03-01T12:00:00.000Z', ...more },
});

const told = (more: Told['terms']): Story => {
  const story = new Story();
  const { issuer, type, terms } = outage(more);
  story.tell(type, { by: issuer, at: '2026-03-01T12:00:00.000Z', data: { agenciesAffected: undefined, ...terms } });
  return story;
};

const shown = async ({ views }: Projected) =>
  Promise.all([police, clinic].map(async (agency) => (await ask(views, v16Checks, own(agency))).rows.length));

describe('an outage', () => {
  it('is known to the agencies it names, and to no others', () => {
    const { matter } = told({ agenciesAffected: [police] });
    expect([...partiesOf(matter, [police, clinic, school]).keys()]).toEqual([police]);
    expect(knownTo(police, matter, always).entries).toHaveLength(1);
    expect(knownTo(clinic, matter, always).entries).toEqual([]);
  });

  it('that names none is known to everybody', () => {
    const { matter } = told({});
    expect([...partiesOf(matter, [police, clinic]).keys()]).toEqual([police, clinic]);
    for (const agency of [police, clinic]) expect(knownTo(agency, matter, always).entries).toHaveLength(1);
  });

  it('that names none stands among the checks of all who were members when it was recorded', async () => {
    const history = new RegistryHistory();
    const admitted = [police, clinic].map((agency, place) => ({
      id: entryId(uuidOf(`admission ${place}`)),
      issuer: police,
      recordedAt: hoursAfter(0),
      type: 'AgencyAdmitted',
      data: { agency, admittedFrom: hoursAfter(place * 10) },
    }));
    history.add(admitted);
    const views = openSqliteViews(':memory:');
    await views.database.transaction().execute(async (transaction) => {
      await judgements.migrate(transaction);
      const { issuer, type, terms } = outage({});
      const said = { type, occurredAt: hoursAfter(5), terms: terms ?? {} };
      const given = { registryAt: async (size: TreeSize) => history.at(size) };
      const entry = { index: leafIndex(0), id: entryId(uuidOf('outage')), issuer, recordedAt: hoursAfter(5), said };
      await judgements.apply(transaction, [[{ ...entry, exchange: null, registry: treeSize(2) }]], given);
    });
    const rows = await views.database.selectFrom('view_row').select(['view', 'agency']).execute();
    expect(rows).toEqual([{ view: 'integrity-checks', agency: police }]);
    await views.database.destroy();
  });

  it('stands among the checks of those it names', async () => {
    await using world = await projected({ projections: [judgements] });
    await world.tell(outage({ agenciesAffected: [police] }));
    expect(await shown(world)).toEqual([1, 0]);
  });
});
