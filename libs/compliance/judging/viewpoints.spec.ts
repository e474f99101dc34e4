import fc from 'fast-check';
import { always } from '#catalogue';
import { isUuid, leafIndex, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import { projected as projectedHere, type Projected } from '../testing/projected.js';
import { interleaved, randomExchanges } from '../testing/random-log.js';
import {
  clinic,
  entryTold,
  exchangeOf,
  hoursAfter,
  police,
  RecordedLog,
  school,
  youthOffice,
  type Told,
} from '../testing/recorded-log.js';
import { disclosed, disclosureOf, received, requested } from '../testing/stories.js';
import { log04 } from '../rules/by-id/log-04.js';
import type { Judged } from '../rules/judge.js';
import type { JudgedEntry } from '../rules/matter.js';
import type { Verdict } from '../rules/rule.js';
import type { LoadedMatter } from './judged-matters.js';
import { judgements } from './judgements.js';
import { judgedByEach } from './viewpoints.js';

const seed = 20261122;
const projections = [judgements];
const first = exchangeOf('first');

const concealments: readonly JsonObject[] = [
  { visibility: 'restricted' },
  { visibility: 'sealed' },
  { visibility: 'deferred-until', hiddenUntil: { missing: 'unknown' } },
  { visibility: 'a code of tomorrow' },
];
const deferred = { visibility: 'deferred-until', hiddenUntil: '2026-03-04' };
/** That day ends in Berlin. */
const opened = '2026-03-04T23:00:00.000Z';

const rowsOf = ({ views }: Projected) =>
  views.database
    .selectFrom('judgement')
    .select(['rule', 'agency', 'entry_id', 'part', 'verdict', 'due', 'facts', 'shown_from'])
    .orderBy('key')
    .execute();

async function judgedIn(...told: readonly Told[]) {
  const log = new RecordedLog();
  await log.record(...told);
  await using world = await projectedHere({ log, projections });
  await world.caughtUp();
  return rowsOf(world);
}

describe('what an agency hides', () => {
  it.each(concealments)('makes nobody else owe anything: %j', async (concealment) => {
    const rows = await judgedIn(disclosed(clinic, [police], first, concealment));
    expect(new Set(rows.map(({ agency }) => agency))).toEqual(new Set([clinic]));
  });

  it('is judged for the agency itself as if it were open', async () => {
    const [open, concealed] = await Promise.all(
      [{}, { visibility: 'restricted' }].map(async (more) => {
        const rows = await judgedIn(disclosed(clinic, [police], first, more));
        return rows.filter(({ agency }) => agency === clinic);
      }),
    );
    expect(open).not.toEqual([]);
    expect(concealed).toEqual(open);
  });

  it('does for it what was owed, while nobody else learns that it was done', async () => {
    const rows = await judgedIn(
      disclosed(clinic, [police, youthOffice], first),
      received(police, first, { visibility: 'restricted' }),
    );
    expect(rows.filter(({ rule }) => rule === 'LOG-04').map(({ agency }) => agency)).toEqual([youthOffice]);
  });

  it('makes others owe from the end of its day on what it would have made them owe at once', async () => {
    const owed = async (...told: readonly Told[]) =>
      (await judgedIn(...told))
        .filter(({ agency, rule }) => agency === police && rule === 'LOG-04')
        .map(({ verdict, due, shown_from }) => [verdict, due, shown_from]);
    const [at, day] = [disclosed(clinic, [police], first, deferred), 24];
    expect(await owed(at)).toEqual([['pending', '2026-03-12T22:59:59.999Z', opened]]);
    for (const hour of [1, 3 * day, 11 * day]) expect(await owed(at, { ...received(police, first), hour })).toEqual([]);
    expect(await owed(at, { ...received(police, first), hour: 12 * day })).toEqual([
      ['broken', '2026-03-12T22:59:59.999Z', opened],
    ]);
  });

  it('is answered in an exchange of its own by who could answer it nowhere else', async () => {
    const alone = { ...received(police, exchangeOf('second'), { disclosureId: disclosureOf(first) }), hour: 1 };
    const rows = await judgedIn(disclosed(clinic, [police, youthOffice], first, deferred), alone);
    const owing = rows.filter(({ rule }) => rule === 'LOG-04').map(({ agency }) => agency);
    expect(owing).toEqual([youthOffice]);
  });

  it('is answered elsewhere also by who hides something else of the same exchange', async () => {
    const rows = await judgedIn(
      requested(police, clinic, first, { visibility: 'restricted' }),
      disclosed(clinic, [police], first, deferred),
      { ...received(police, exchangeOf('second'), { disclosureId: disclosureOf(first) }), hour: 1 },
    );
    expect(rows.filter(({ agency, rule }) => agency === police && rule === 'LOG-04')).toEqual([]);
  });

  it.each([
    ['open', {}],
    ['deferred until the same day', deferred],
  ])('is not answered by what is said elsewhere about something else of the same exchange: %s', async (_, more) => {
    const known = [disclosed(clinic, [police], first, more), requested(clinic, police, first, deferred)];
    const passedOn = disclosed(police, [youthOffice], exchangeOf('second'), {
      disclosureId: disclosureOf(exchangeOf('second')),
      derivedFrom: [disclosureOf(first)],
    });
    const rows = await judgedIn(...known, { ...passedOn, hour: 1 });
    const owed = rows.filter(({ agency, rule }) => agency === police && rule.startsWith('REQ'));
    expect(owed.map(({ rule, verdict, shown_from }) => [rule, verdict, shown_from])).toEqual([
      ['REQ-01', 'pending', opened],
      ['REQ-02', 'pending', opened],
    ]);
  });

  it('is judged no differently because something it rests on was erased elsewhere', async () => {
    await using world = await projectedHere({ projections });
    const [consent] = await world.tell({ issuer: youthOffice, type: 'ConsentRecorded' });
    if (consent === undefined) throw new RangeError('nothing recorded');
    await world.tell(disclosed(clinic, [police], first, { ...deferred, consentRef: consent }));
    await world.projector.erase([consent]);
    const owed = (await rowsOf(world)).filter(({ agency, shown_from }) => agency === police && shown_from === opened);
    expect(owed.map(({ rule, verdict }) => [rule, verdict])).toEqual(
      expect.arrayContaining([
        ['FBK-01', 'pending'],
        ['LOG-04', 'pending'],
      ]),
    );
    expect(owed.filter(({ verdict }) => verdict === 'not-decidable')).toEqual([]);
  });

  it('is no second duty where what was always known is owed already as the first of several', async () => {
    const exchange = exchangeOf('conference');
    const attended = (more: JsonObject): Told => ({
      issuer: clinic,
      type: 'AttendanceRecorded',
      exchange,
      terms: { convening: entryTold(1), agendaItem: '1', attendees: [{ agency: police }], ...more },
    });
    const owed = async (...told: readonly Told[]) =>
      (await judgedIn({ issuer: clinic, type: 'ConferenceConvened', exchange }, ...told))
        .filter(({ rule, agency }) => rule === 'CNF-04' && agency === police)
        .map(({ entry_id, due, shown_from }) => [entry_id, due, shown_from]);
    const later = { ...attended({}), hour: 1 };
    expect(await owed(attended(deferred))).toEqual([[entryTold(2), '2026-03-19T22:59:59.999Z', opened]]);
    expect(await owed(attended(deferred), attended(deferred), later)).toEqual([
      [entryTold(4), '2026-03-13T22:59:59.999Z', ''],
    ]);
    // Done in time by what they knew: nothing is owed by the earlier day that opened to them.
    const hour = 24 * 16;
    const approved: Told = {
      issuer: police,
      type: 'MinutesApproved',
      exchange,
      hour: hour + 24 * 4,
      terms: { convening: entryTold(1), approved: true },
    };
    expect(await owed(attended(deferred), { ...later, hour }, approved)).toEqual([]);
  });

  it('does for nobody else what was owed, once it opens: what is said of others is said by what they knew', async () => {
    const rows = await judgedIn(
      disclosed(clinic, [police], first),
      received(police, first, deferred),
      requested(police, clinic, first),
      disclosed(clinic, [police], first, { ...deferred, disclosureId: exchangeOf('another') }),
    );
    const open = (rule: string) => rows.filter((row) => row.rule === rule).map(({ agency, due }) => [agency, due]);
    expect(open('LOG-04')).toEqual([[police, '2026-03-12T22:59:59.999Z']]);
  });

  const recorded = (place: number, type: string, terms: JsonObject): JudgedEntry => ({
    index: leafIndex(place - 1),
    id: entryTold(place),
    issuer: clinic,
    recordedAt: hoursAfter(0),
    said: { type, occurredAt: hoursAfter(0), terms },
  });
  const matterOf = (...entries: readonly JudgedEntry[]): LoadedMatter => ({
    kind: 'exchange',
    id: first,
    entries,
    linked: new Map(),
    registries: new Map(),
  });
  const saidOf = ({ id }: JudgedEntry, verdict: Verdict): Judged => ({
    rule: log04,
    key: `LOG-04 ${id}`,
    side: { agency: police, regime: null, pack: null },
    entry: id,
    part: null,
    settings: { ...log04, packs: [] },
    facts: [id],
    verdict,
  });
  const pending: Verdict = { is: 'pending', due: hoursAfter(300) };

  it('begins what it asks for though what was asked for before is taken back on the same day', () => {
    const [request, withdrawal, another] = [
      recorded(1, 'InformationRequested', {}),
      recorded(2, 'RequestWithdrawn', deferred),
      recorded(3, 'InformationRequested', deferred),
    ];
    const judged = judgedByEach(matterOf(request, withdrawal, another), ({ entries }) =>
      entries
        .filter((one) => one !== withdrawal && (one !== request || !entries.includes(withdrawal)))
        .map((one) => saidOf(one, pending)),
    );
    expect(judged.map(({ entry, shownFrom }) => [entry, shownFrom])).toEqual([
      [request.id, undefined],
      [another.id, opened],
    ]);
  });

  it('is not judged anew for each day in the matter of the agency itself: nothing is said of another there', () => {
    const days = ['2026-03-04', '2026-03-05', '2026-03-06'];
    const entries = days.map((hiddenUntil, place) =>
      recorded(place + 1, 'InformationDisclosed', { ...deferred, hiddenUntil }),
    );
    const looks = (matter: LoadedMatter): number => {
      let count = 0;
      judgedByEach(matter, () => {
        count += 1;
        return [];
      });
      return count;
    };
    const asked = matterOf(...entries);
    expect(looks(asked)).toBe(8);
    expect(looks({ ...asked, kind: 'agency', id: clinic })).toBe(2);
    expect(looks({ ...asked, kind: 'agency', id: police })).toBe(8);
  });

  it('breaks nothing of others before its day is over, nor at once then', () => {
    const disclosure = recorded(1, 'InformationDisclosed', { recipients: [police], ...deferred });
    const shown = (verdict: Verdict) =>
      judgedByEach(matterOf(disclosure), ({ entries }) =>
        entries.length === 0 ? [] : [saidOf(disclosure, verdict)],
      ).map((one) => one.shownFrom);
    const moment = opened as Instant;
    const verdicts: readonly Verdict[] = [
      { is: 'broken', since: hoursAfter(0) },
      { is: 'broken', since: moment },
      { is: 'pending', due: moment },
      { is: 'not-decidable' },
      { is: 'kept' },
    ];
    for (const verdict of verdicts) expect(shown(verdict)).toEqual([]);
    expect(shown(pending)).toEqual([opened]);
    expect(shown({ is: 'not-decidable', due: hoursAfter(300) })).toEqual([opened]);
  });

  it.each([
    ['for good', { visibility: 'restricted' }],
    ['until a day, as far as they may be told before it is over', deferred],
  ])('changes nothing of what is said of others, whatever it is: %s', async (_, concealment) => {
    const about = (rows: Awaited<ReturnType<typeof rowsOf>>) =>
      rows.filter(({ agency, shown_from }) => agency !== clinic && shown_from < opened);
    await fc.assert(
      fc.asyncProperty(
        randomExchanges,
        fc.array(fc.nat(100), { maxLength: 20 }),
        fc.array(fc.nat(30), { minLength: 1, maxLength: 5 }),
        async (exchanges, order, concealed) => {
          const log = interleaved(exchanges, order).filter(({ type }) => type !== 'LedgerAccessed');
          const isConcealed = (told: Told, place: number): boolean =>
            told.issuer === clinic && concealed.includes(place);
          const hiding = log.map((told, place) =>
            isConcealed(told, place) ? { ...told, terms: { ...told.terms, ...concealment } } : told,
          );
          // In the place of what is hidden something of which no rule says anything: ids of entries follow their places.
          const without = hiding.map((told, place) =>
            isConcealed(told, place) ? { issuer: clinic, type: 'SomethingNew' } : told,
          );
          expect(about(await judgedIn(...hiding))).toEqual(about(await judgedIn(...without)));
        },
      ),
      { seed, numRuns: 25 },
    );
  });

  it('begins the same, whatever is said elsewhere of something else', async () => {
    await fc.assert(
      fc.asyncProperty(
        randomExchanges,
        fc.array(fc.nat(100), { maxLength: 20 }),
        fc.array(fc.tuple(fc.constantFrom(clinic, police, youthOffice), fc.nat(40), fc.nat(200)), { maxLength: 6 }),
        async (exchanges, order, elsewhere) => {
          const log = interleaved(exchanges, order);
          const isDeferred = ({ terms }: Told): boolean => terms?.['visibility'] === 'deferred-until';
          const opening = new Set(log.filter(isDeferred).map(({ terms }) => terms?.['disclosureId']));
          const others = log.flatMap((told, place) => {
            const disclosureId = told.terms?.['disclosureId'];
            if (isDeferred(told)) return [];
            return [
              entryTold(place + 1),
              ...(isUuid(disclosureId) && !opening.has(disclosureId) ? [disclosureId] : []),
            ];
          });
          const about = elsewhere.map(([issuer, which, hour]): Told => {
            const derivedFrom = others.slice(which % (others.length + 1)).slice(0, 2);
            const disclosureId = disclosureOf(exchangeOf('elsewhere'));
            return { ...disclosed(issuer, [school], exchangeOf('elsewhere'), { disclosureId, derivedFrom }), hour };
          });
          const begun = async (more: readonly Told[]) =>
            (await judgedIn(...log, ...more)).filter(({ shown_from }) => shown_from !== always);
          expect(await begun(about)).toEqual(await begun([]));
        },
      ),
      { seed, numRuns: 25 },
    );
  });
});
