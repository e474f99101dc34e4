import type { EntryBody } from '#catalogue';
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
  const asked = (agency: AgencyId, kind: string, counterparts: readonly AgencyId[]) =>
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
      inForce,
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
});
