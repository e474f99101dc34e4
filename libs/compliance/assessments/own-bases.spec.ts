import { validateEntry, type EntryBody } from '#catalogue';
import type { AgencyId } from '#kernel';
import { derivedId, type JsonObject, type JsonValue } from '#statement';
import { assess } from './assess.js';
import { readDraft } from './draft.js';
import type { Earlier } from './expanding.js';
import { expand } from './expand.js';
import { readQuickEntry } from './quick-entry.js';
import { at, clauses, inForceThere, intelligence, police, school, youth } from './testing/network.js';

const youthPassesOn = { code: 'GDPR-A6-1-e', provision: 'SGB X § 69(1) no. 1' };
const youthCollects = { code: 'GDPR-A6-1-e', provision: 'SGB VIII § 62(3)' };
const policePassOn = { code: 'LED-A9-1', provision: 'PolG NRW § 27' };
const policeCollect = { code: 'LED-A8-1', provision: 'PolG NRW § 9' };
const schoolCollects = { code: 'GDPR-A6-1-e', provision: 'SchulG NRW § 120(1)' };

const [progress] = clauses;
const { legalBasisTransmit: _, legalBasisCollect: __, ...bare } = progress ?? {};
const round = [youth, police, school];
const clause: JsonObject = {
  ...bare,
  id: 'round',
  from: round,
  to: round,
  transmitBases: [
    { agency: youth, ...youthPassesOn },
    { agency: police, ...policePassOn },
  ],
  legalBasisTransmit: { missing: 'follows' },
  collectBases: [
    { agency: youth, ...youthCollects },
    { agency: police, ...policeCollect },
    { agency: school, ...schoolCollects },
  ],
};
const inForceWith = (changes: JsonObject = {}) =>
  inForceThere({ parties: [...round, intelligence], clauses: [{ ...clause, ...changes }] });
const inForce = inForceWith();

const recorded = (
  agency: AgencyId,
  quick: JsonObject,
  { earlier = null, among = inForce }: { readonly earlier?: Earlier | null; readonly among?: typeof inForce } = {},
): readonly EntryBody[] =>
  expand({
    quick: readQuickEntry({ template: 'exit@2#round', case: 'case-1', ...quick }),
    desk: { agency, actor: 'worker-1', at, registry: among.registry },
    inForce: among,
    earlier,
    idOf: (...what) => derivedId('own bases', ...what),
  }).map(({ body }) => body);
const basesIn = ({ type, data }: EntryBody): JsonObject =>
  Object.fromEntries(
    [['type', type] as const, ...Object.entries(data)].filter((one): one is [string, JsonValue] =>
      /^(type|legalBasis.*|collectBases)$/.test(one[0]),
    ),
  );
const items = ['exit-progress'];

describe('Where each party of a clause relies on its own law', () => {
  it('a request rests on the power of who asks', () => {
    const [request] = recorded(police, { kind: 'request', counterparts: [youth], items }).map(basesIn);
    expect(request).toEqual({ type: 'InformationRequested', legalBasisCollect: policeCollect });
  });

  it('an answer rests on the power of who answers, and on that of who asked', () => {
    const request = '0195a6f0-0006-7000-8000-000000000012';
    const earlier: Earlier = {
      id: request,
      exchange: '0195a6f0-0006-7000-8000-000000000011',
      issuer: youth,
      terms: { type: 'InformationRequested', purpose: 'exit-support', items: [{ dataCategory: 'exit-progress' }] },
      isDecisionOwed: true,
      conditionsDecided: [],
    };
    expect(recorded(police, { request, items }, { earlier }).map(basesIn)).toEqual([
      { type: 'RequestDecided', legalBasisTransmit: policePassOn },
      { type: 'InformationDisclosed', legalBasisTransmit: policePassOn, legalBasisCollect: youthCollects },
    ]);
  });

  it('what is told to several rests on the power of each of them', () => {
    const [told] = recorded(youth, { kind: 'spontaneous', counterparts: [police, school], items }).map(basesIn);
    expect(told).toEqual({
      type: 'InformationDisclosed',
      legalBasisTransmit: youthPassesOn,
      legalBasisCollect: policeCollect,
      collectBases: [{ agency: school, ...schoolCollects }],
    });
  });

  it('a contribution to a conference does, too, and the conference rests on the power of who convenes it', () => {
    const bodies = recorded(police, {
      kind: 'conference',
      room: round,
      contributions: [{ items }],
    });
    expect(bodies.map(basesIn).filter((bases) => Object.keys(bases).length > 1)).toEqual([
      { type: 'ConferenceConvened', legalBasis: policePassOn },
      {
        type: 'InformationDisclosed',
        legalBasisTransmit: policePassOn,
        legalBasisCollect: youthCollects,
        collectBases: [{ agency: school, ...schoolCollects }],
      },
    ]);
  });

  it('who is there with two persons, or named twice, receives once by its own power', () => {
    const seats = [
      { agency: police },
      { agency: school, persons: ['teacher-1'] },
      { agency: school, persons: ['head-1'] },
    ];
    const sheet = recorded(youth, {
      kind: 'conference',
      room: [{ agency: youth }, ...seats],
      contributions: [{ items }],
    });
    const told = recorded(youth, { kind: 'spontaneous', counterparts: [police, school, school], items });
    for (const body of [...sheet, ...told]) {
      expect(() => validateEntry(body, at)).not.toThrow();
      if (body.type !== 'InformationDisclosed') continue;
      expect(body.data).toMatchObject({
        recipients: [police, school],
        collectBases: [{ agency: school, ...schoolCollects }],
      });
    }
    expect(sheet.find(({ type }) => type === 'AttendanceRecorded')?.data['attendees']).toHaveLength(4);
    expect(sheet.find(({ type }) => type === 'ContributionRecorded')?.data['heardBy']).toEqual([police, school]);
  });

  it('who has no power is the one for whom it is said to be missing', () => {
    const among = inForceWith({
      legalBasisCollect: { missing: 'follows' },
      collectBases: [{ agency: police, ...policeCollect }],
    });
    const [told] = recorded(youth, { kind: 'spontaneous', counterparts: [police, school], items }, { among }).map(
      basesIn,
    );
    expect(told).toMatchObject({
      legalBasisCollect: { missing: 'follows' },
      collectBases: [{ agency: police, ...policeCollect }],
    });
    const [alone] = recorded(youth, { kind: 'spontaneous', counterparts: [police], items }, { among }).map(basesIn);
    expect(alone).toMatchObject({ legalBasisCollect: policeCollect });
    expect(alone).not.toHaveProperty('collectBases');
  });

  it('in a room, who is not let in by the clause relies on what another one lets it have, and else on nothing', () => {
    const within: JsonObject = { ...clause, to: [police], collectBases: [], legalBasisCollect: policeCollect };
    const conference = { kind: 'conference', contributions: [{ items }] };
    const standing = { conference: { standing: round } };
    const other: JsonObject = {
      ...clause,
      id: 'other',
      to: [school],
      collectBases: [{ agency: school, ...schoolCollects }],
    };
    const told = (changes: JsonObject, ...others: readonly JsonObject[]): JsonObject => {
      const clauses = [{ ...within, ...changes }, ...others];
      const among = inForceThere({ parties: [...round, intelligence], clauses });
      const bodies = recorded(youth, { ...conference, ...(!('conference' in changes) && { room: round }) }, { among });
      const { type: _type, legalBasisTransmit: _transmit, ...collected } = basesIn(bodies.at(-2) as EntryBody);
      return collected;
    };
    const nothing = {
      legalBasisCollect: { missing: 'not-given' },
      collectBases: [{ agency: police, ...policeCollect }],
    };
    const itsOwn = { legalBasisCollect: policeCollect, collectBases: [{ agency: school, ...schoolCollects }] };
    expect(told({})).toEqual(nothing);
    expect(told(standing)).toEqual(nothing);
    expect(told({}, other)).toEqual(itsOwn);
    expect(told(standing, other)).toEqual(itsOwn);
    expect(told({}, { ...other, dataCategories: ['identity'] })).toEqual(nothing);
    expect(told({}, { ...other, purposes: ['child-welfare'] })).toEqual(nothing);
  });

  it('who has no power at all is told from one whose provision follows', () => {
    const ofPolice = { agency: police, ...policeCollect, provision: { missing: 'follows' } };
    const among = inForceWith({ collectBases: [ofPolice], legalBasisCollect: { missing: 'follows' } });
    const [told] = recorded(youth, { kind: 'spontaneous', counterparts: [police, school], items }, { among }).map(
      basesIn,
    );
    expect(told).toMatchObject({ legalBasisCollect: { missing: 'follows' }, collectBases: [ofPolice] });
  });

  it('powers that all follow are said to follow', () => {
    const { legalBasisTransmit: ___, ...open } = clause;
    const among = inForceThere({
      parties: round,
      clauses: [{ ...open, transmitBases: { missing: 'follows' }, collectBases: { missing: 'follows' } }],
    });
    const [told] = recorded(youth, { kind: 'spontaneous', counterparts: [police], items }, { among }).map(basesIn);
    expect(told).toMatchObject({
      legalBasisTransmit: { missing: 'follows' },
      legalBasisCollect: { missing: 'follows' },
    });
  });

  it('each changes the regime by its own law, and by that of the clause where it names none', () => {
    const ownChange = { agency: police, ...policePassOn, regimeChangeProvision: 'PolG NRW § 27 Abs. 2' };
    const changeOf = (agency: AgencyId, counterpart: AgencyId, changes: JsonObject): JsonValue | undefined => {
      const among = inForceWith({ transmitBases: [ownChange, { agency: youth, ...youthPassesOn }], ...changes });
      const quick = { kind: 'spontaneous', counterparts: [counterpart], items };
      const [told] = recorded(agency, quick, { among });
      expect(told && basesIn(told)['legalBasisTransmit']).not.toHaveProperty('regimeChangeProvision');
      return told?.data['regimeChangeProvision'];
    };
    expect(changeOf(police, youth, {})).toBe('PolG NRW § 27 Abs. 2');
    expect(changeOf(youth, police, {})).toBe('SGB X § 78(1)');
    const { regimeChangeProvision: ___, ...without } = clause;
    const among = inForceThere({ parties: round, clauses: [{ ...without, transmitBases: [ownChange] }] });
    const [told] = recorded(youth, { kind: 'spontaneous', counterparts: [police], items }, { among });
    expect(told?.data).not.toHaveProperty('regimeChangeProvision');
  });

  it('one that goes for all is filled in for all, as agreements said it before', () => {
    const { transmitBases: ___, collectBases: ____, ...old } = clause;
    const among = inForceThere({
      parties: round,
      clauses: [{ ...old, legalBasisTransmit: youthPassesOn, legalBasisCollect: policeCollect }],
    });
    for (const agency of [youth, police]) {
      const [told] = recorded(agency, { kind: 'spontaneous', counterparts: [school], items }, { among }).map(basesIn);
      expect(told).toMatchObject({ legalBasisTransmit: youthPassesOn, legalBasisCollect: policeCollect });
    }
  });
});

describe('May I? answered where each party relies on its own law', () => {
  const asked = (agency: AgencyId, kind: string, counterparts: readonly AgencyId[], among = inForce) =>
    assess(
      readDraft({
        kind,
        template: 'exit@2#round',
        counterparts,
        items,
        subjectCategory: 'client',
        ageBand: '14-17',
        ...(kind === 'disclosure' && { helpNotEndangered: true }),
      }),
      { id: '0195a6f0-0006-7000-8000-000000000001', agency, at },
      among,
    );

  it('cites the law of who passes on, and of who collects', () => {
    expect(asked(youth, 'disclosure', [police])).toMatchObject({
      legalBasisTransmit: youthPassesOn,
      legalBasisCollect: policeCollect,
      items: [{ advice: 'yes', reasons: [{ rule: null, sources: [youthPassesOn.provision] }] }],
    });
    expect(asked(police, 'request', [youth])).toMatchObject({
      legalBasisTransmit: youthPassesOn,
      legalBasisCollect: policeCollect,
      items: [{ advice: 'yes', reasons: [{ rule: null, sources: [youthPassesOn.provision] }] }],
    });
  });

  it('cites the law of each of several who collect', () => {
    expect(asked(youth, 'disclosure', [police, school])).toMatchObject({
      legalBasisCollect: policeCollect,
      collectBases: [{ agency: school, ...schoolCollects }],
    });
    expect(asked(youth, 'disclosure', [police])).not.toHaveProperty('collectBases');
  });

  it('cites it once for one that comes with two persons, or is named twice', () => {
    for (const kind of ['disclosure', 'conference']) {
      expect(asked(youth, kind, [police, school, school])).toMatchObject({
        legalBasisCollect: policeCollect,
        collectBases: [{ agency: school, ...schoolCollects }],
      });
    }
  });

  it('asks for the power to collect where that of some is not complete', () => {
    const lines = [police, school].map((agency) => ({ agency, ...policeCollect, provision: { missing: 'follows' } }));
    for (const changes of [
      { collectBases: lines },
      { collectBases: lines.slice(0, 1), legalBasisCollect: { missing: 'follows' } },
    ]) {
      const { items: advice, reasons } = asked(youth, 'disclosure', [police, school], inForceWith(changes));
      expect(advice).toMatchObject([{ advice: 'only-with' }]);
      expect(reasons.filter(({ rule }) => rule === 'LAW-02')).toMatchObject([{ lacks: 'legalBasisCollect' }]);
    }
  });
});
