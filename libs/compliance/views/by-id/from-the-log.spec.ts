import { ledgerIssuer, type AgencyId, type EntryId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import {
  clinic,
  exchangeOf,
  hoursAfter,
  police,
  school,
  uuidOf,
  youthOffice,
  type Told,
} from '../../testing/recorded-log.js';
import { projected, type Projected } from '../../testing/projected.js';
import { disclosed, disclosureOf, received } from '../../testing/stories.js';
import { ask, competentFor, own } from '../testing/ask.js';
import { registryOfLog } from '../testing/growing-registry.js';
import type { RowsView } from '../view.js';
import { v3 } from './v03-recipients.js';
import { v6 } from './v06-regime-crossings.js';
import { v13 } from './v13-breaches.js';
import { v14 } from './v14-rights-desk.js';
import { v15 } from './v15-retention.js';
import { v17 } from './v17-conferences.js';
import { v20 } from './v20-emergencies.js';
import { v21 } from './v21-one-sided.js';

const exchange = exchangeOf('first');

/** Tells entries one after the other; what is said of an entry may name those before it. */
async function tell(world: Projected, ...story: readonly (Told | ((ids: readonly EntryId[]) => Told))[]) {
  const ids: EntryId[] = [];
  for (const [hour, one] of story.entries()) {
    const told = typeof one === 'function' ? one(ids) : one;
    ids.push(...(await world.tell({ hour, ...told })));
  }
  return ids;
}

const by = (issuer: Told['issuer'], type: string, terms: JsonObject = {}, more: Partial<Told> = {}): Told => ({
  issuer,
  type,
  terms,
  ...more,
});

async function shown(world: Projected, view: RowsView, scope = own(police)) {
  return (await ask(world.views, view, scope, { asOf: hoursAfter(1_000) })).rows.map(({ cells }) => cells);
}

describe('views of what stands apart in the log', () => {
  it('V14 puts a request and its answer together', async () => {
    await using world = await projected();
    await tell(
      world,
      by(police, 'RightsRequestReceived', { right: 'access', receivedAt: hoursAfter(0) }),
      ([request]) => by(police, 'RightsRequestDecided', { rightsRequest: request ?? '', outcome: 'granted' }),
      ([request]) => by(police, 'RightsRequestFulfilled', { rightsRequest: request ?? '', answeredAt: hoursAfter(2) }),
    );
    expect(await shown(world, v14)).toMatchObject([{ state: 'answered', outcome: 'granted' }]);
    expect(await shown(world, v14, own(clinic))).toEqual([]);
    expect(await shown(world, v14, competentFor(police))).toHaveLength(1);
  });

  it.each([
    ['after', [0, 1]],
    ['before', [1, 0]],
  ])(
    'V3, V6 and V21 know what was passed on once, where it was receipted in another exchange %s it',
    async (_, order) => {
      await using world = await projected();
      const passed = disclosed(clinic, [police], exchange, { regime: 'GDPR' });
      const elsewhere = {
        disclosureId: disclosureOf(exchange),
        disclosedBy: clinic,
        regime: 'NATSEC',
        matchesManifest: true,
      };
      const story = [passed, received(police, exchangeOf('second'), elsewhere)];
      const ids = await tell(world, ...order.flatMap((place) => story[place] ?? []));
      const [disclosure, receipt] = order.map((place) => ids[place]);
      const came = { receipt: 'came', receivedAt: hoursAfter(order.indexOf(1)), purpose: 'exit-support' };
      for (const asOf of [null, hoursAfter(9)]) {
        const { rows } = await ask(world.views, v3, own(police), { asOf });
        expect(rows).toMatchObject([{ entry: receipt, cells: { ...came, direction: 'received' } }]);
        const given = await ask(world.views, v3, own(clinic), { asOf });
        expect(given.rows).toMatchObject([{ entry: disclosure, cells: { ...came, direction: 'given' } }]);
      }
      for (const agency of [police, clinic]) {
        const { rows } = await ask(world.views, v6, own(agency));
        expect(rows).toMatchObject([{ entry: disclosure, cells: { fromRegime: 'GDPR', toRegime: 'NATSEC' } }]);
        expect(await shown(world, v21, own(agency))).toEqual([]);
      }
      if (disclosure !== undefined) await world.projector.erase([disclosure]);
      expect(await shown(world, v3)).toMatchObject([{ receipt: 'came', purpose: null }]);
    },
  );

  it('V6 knows recipients by what the registry said when it was recorded, also of an earlier moment', async () => {
    await using world = await projected();
    const admitted = (agency: AgencyId, regime: string, hour: number) => ({
      issuer: police,
      type: 'AgencyAdmitted',
      hour,
      data: { agency, regime, admittedFrom: hoursAfter(0) },
    });
    await world.log.register(admitted(police, 'LED', 0), admitted(school, 'GDPR', 0), admitted(school, 'LED', 2));
    const passed = disclosed(clinic, [police, school], exchange, { regime: 'LED', regimeRecipient: 'LED' });
    await tell(world, { ...passed, hour: 1 }, { ...passed, hour: 3 });
    const registry = await registryOfLog(world.log);
    for (const view of [v3, v6]) {
      for (const asOf of view.asOf === true ? [null, hoursAfter(9)] : [null]) {
        const { rows } = await ask(world.views, view, own(clinic), { asOf, registry });
        const laws = rows.map(({ cells }) => String(cells[view === v3 ? 'counterpartRegime' : 'toRegime']));
        expect(laws.toSorted()).toEqual(view === v3 ? ['GDPR', 'LED', 'LED', 'LED'] : ['GDPR']);
      }
    }
  });

  it('V3 is narrowed to a period, now and of an earlier moment', async () => {
    await using world = await projected();
    const ids = await tell(
      world,
      ...[0, 1, 2, 3].map((hour) => ({ ...disclosed(clinic, [police], exchange), hour: hour * 24 })),
    );
    const filter = [
      { column: 'at', is: 'from', value: hoursAfter(24) },
      { column: 'at', is: 'before', value: hoursAfter(72) },
    ] as const;
    const entriesIn = async (asOf: Instant | null) =>
      (await ask(world.views, v3, own(clinic), { filter, asOf })).rows.map(({ entry }) => entry);
    expect(await entriesIn(null)).toEqual([ids[2], ids[1]]);
    expect(await entriesIn(hoursAfter(30))).toEqual([ids[1]]);
  });

  it('V20 finds a confirmation that the recipient does not know of', async () => {
    await using world = await projected();
    const emergency = disclosed(clinic, [police], exchange, { present: ['emergency'] });
    await tell(world, emergency);
    expect(await shown(world, v20, own(clinic))).toHaveLength(1);
    expect(await shown(world, v20)).toEqual([]);
    const present = ['confirmedBy', 'danger'];
    const confirmed = { disclosureId: disclosureOf(exchange), present, confirmedByAnother: true };
    await tell(
      world,
      by(clinic, 'EmergencyDisclosureJustified', { ...confirmed, confirmedAt: hoursAfter(3) }, { hour: 3 }),
    );
    expect(await shown(world, v20, own(clinic))).toEqual([]);
  });

  it('V15 follows a hold to its release, a review to the next one, and an erasure to the backups', async () => {
    await using world = await projected();
    const everywhere = ['rows', 'keys', 'views'];
    await tell(
      world,
      by(police, 'LegalHoldPlaced', { until: '2026-12-31' }),
      ([hold]) => by(police, 'LegalHoldReleased', { legalHold: hold ?? '' }),
      by(police, 'CaseOpened'),
      (ids) => by(police, 'RetentionReviewed', { opening: ids[2] ?? '', nextReview: '2026-06-01' }),
      (ids) => by(police, 'CaseReviewed', { opening: ids[2] ?? '' }),
      by(ledgerIssuer, 'ErasureExecuted', { agency: police, reached: everywhere }),
      (ids) => by(ledgerIssuer, 'ErasureExecuted', { agency: police, reached: ['backups'], completes: ids[5] ?? '' }),
    );
    expect((await shown(world, v15)).map(({ line, open }) => [line, open])).toEqual([
      ['erasure', false],
      ['review', false],
      ['hold', false],
    ]);
    expect(await shown(world, v15, own(clinic))).toEqual([]);
  });

  it('V17 shows a conference to those who are invited', async () => {
    await using world = await projected();
    const agenda = [{ agendaItem: '1', purpose: 'exit-support' }];
    const invited = [{ agency: police, role: 'member' }];
    await tell(world, by(youthOffice, 'ConferenceConvened', { invited, agenda }, { exchange }), ([convening]) => {
      const attendees = [{ agency: police, attendance: 'present', authorised: true, undertakingSigned: true }];
      const seen = { convening: convening ?? '', agendaItem: '1', attendees };
      return by(youthOffice, 'AttendanceRecorded', seen, { exchange });
    });
    const lines = [
      { line: 'conference', present: [police] },
      { line: 'item', present: [police] },
    ];
    expect(await shown(world, v17)).toEqual(expect.arrayContaining(lines.map((one) => expect.objectContaining(one))));
    expect(await shown(world, v17, own(school))).toEqual([]);
  });

  it('V13 tells a partner of a breach what it was told', async () => {
    await using world = await projected();
    await tell(world, by(youthOffice, 'BreachDetected', { awareAt: hoursAfter(0) }), ([breach]) => {
      const notice = { breach: breach ?? '', target: 'partner', notifiedAt: hoursAfter(1), recipients: [police] };
      return by(youthOffice, 'BreachNotified', notice, { exchange });
    });
    expect(await shown(world, v13)).toMatchObject([{ side: 'told', controller: youthOffice }]);
    expect(await shown(world, v13, own(youthOffice))).toMatchObject([{ side: 'own', state: 'to-assess' }]);
    expect(await shown(world, v13, own(school))).toEqual([]);
  });

  it('V21 keeps what is hidden from the other side', async () => {
    await using world = await projected();
    await tell(
      world,
      disclosed(youthOffice, [police], exchange, { visibility: 'restricted' }),
      received(police, exchange, { disclosedBy: youthOffice, matchesManifest: true }),
      disclosed(youthOffice, [police], exchangeOf('second'), {
        disclosureId: uuidOf('other'),
        visibility: 'restricted',
      }),
    );
    expect(await shown(world, v21, own(youthOffice))).toMatchObject([{ lacking: 'receipt', counterpart: police }]);
    expect(await shown(world, v21)).toMatchObject([{ lacking: 'disclosure', role: 'recipient' }]);
    expect(await shown(world, v21, competentFor(youthOffice))).toMatchObject([{ lacking: 'receipt', role: 'sender' }]);
  });
});
