import { entryTypes } from '#catalogue';
import { DomainError, entryId, type AgencyId, type Instant } from '#kernel';
import type { JsonObject } from '#statement';
import type { Matter } from '../rules/matter.js';
import { assess } from './assess.js';
import type { Assessment } from './assessment.js';
import { readDraft } from './draft.js';
import { asJudged } from './hypothetical.js';
import type { Linked } from './references.js';
import { at, clauses, inForceThere, intelligence, police, youth } from './testing/network.js';

const inForce = inForceThere();
const id = '0195a6f0-0006-7000-8000-000000000003';
const consent = '0195a6f0-0006-7000-8000-000000000004';
const permission = '0195a6f0-0006-7000-8000-000000000005';
const received = '0195a6f0-0006-7000-8000-000000000006';
const conference = '0195a6f0-0006-7000-8000-000000000008';

const fine: JsonObject = {
  kind: 'disclosure',
  template: 'exit@2#progress',
  items: ['exit-progress'],
  subjectCategory: 'client',
  ageBand: '14-17',
  helpNotEndangered: true,
};

const asked = (draft: JsonObject, linked?: Linked, agency = youth): Assessment =>
  assess(readDraft(draft), { id, agency, at }, inForce, linked);
const advice = (draft: JsonObject, linked?: Linked): readonly string[] =>
  asked(draft, linked).items.map((item) => item.advice);
const lacks = (draft: JsonObject, linked?: Linked): readonly (readonly [string | null, string | null])[] => {
  const { items, reasons } = asked(draft, linked);
  return [...(items[0]?.reasons ?? []), ...reasons].map(({ rule, lacks: field }) => [rule, field]);
};
const refusedAt = (draft: JsonObject, linked?: Linked): readonly string[] => {
  try {
    asked(draft, linked);
    return [];
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid-body')
      return error.faults.map(({ pointer }) => pointer);
    throw error;
  }
};

const exampleOf = (type: string): JsonObject => entryTypes.get(type)?.example.data ?? {};
const before = '2026-11-01T09:00:00.000Z' as Instant;

/** What is recorded under one name. */
const matterOf = (
  name: string,
  ...entries: readonly (readonly [type: string, data: JsonObject, by?: AgencyId])[]
): readonly [string, Matter] => {
  const judged = entries.map(([type, data, by = youth], place) =>
    asJudged(
      { agency: by, at: before, type, data: { ...exampleOf(type), ...data } },
      entryId(place === 0 ? name : name.replace(/^0195/, '0196')),
    ),
  );
  return [name, { kind: 'exchange', id: name, entries: judged, linked: new Map() }];
};

describe('Whose data they are decides which clause covers them', () => {
  it('A clause about clients does not cover victims', () => {
    expect(advice(fine)).toEqual(['yes']);
    expect(advice({ ...fine, subjectCategory: 'victim' })).toEqual(['only-with']);
    expect(lacks({ ...fine, subjectCategory: 'victim' })).toContainEqual(['LAW-03', 'agreement']);
  });

  it('Where it is not said whose they are, that is what is lacking, by the clause that asks for it', () => {
    const { subjectCategory: _, ...unsaid } = fine;
    expect(asked(unsaid).items[0]).toMatchObject({
      advice: 'only-with',
      reasons: [{ rule: null, clause: 'exit@2#progress', lacks: 'subjectCategory' }],
    });
  });

  it('Another clause about everybody does, and is the one that fills in', () => {
    const [progress] = clauses;
    const everybody = { ...progress, id: 'everybody', subjectCategories: [] };
    const both = inForceThere({ clauses: [...clauses, everybody] });
    const victim = readDraft({ ...fine, template: 'exit', counterparts: [police], subjectCategory: 'victim' });
    expect(assess(victim, { id, agency: youth, at }, both)).toMatchObject({
      template: 'exit@2#everybody',
      items: [{ advice: 'yes' }],
    });
  });

  it('A request is answered in the same way', () => {
    const request = { kind: 'request', template: 'exit@2#progress', items: ['exit-progress'] };
    const about = (subjectCategory: string): string | undefined =>
      asked({ ...request, subjectCategory }, undefined, police).items[0]?.advice;
    expect([about('client'), about('witness')]).toEqual(['yes', 'only-with']);
  });
});

describe('A transfer to a third country', () => {
  it('needs a country, a tool and an assessment: each that is not there is named', () => {
    expect(lacks({ ...fine, transfer: { country: 'US' } })).toEqual(
      expect.arrayContaining([
        ['TRF-01', 'transfer.tool'],
        ['TRF-01', 'transfer.assessment'],
      ]),
    );
    expect(advice({ ...fine, transfer: { country: 'US', given: ['tool'] } })).toEqual(['only-with']);
    expect(advice({ ...fine, transfer: { country: 'US', given: ['tool', 'assessment'] } })).toEqual(['yes']);
  });

  it('is none within the European Economic Area', () => {
    expect(advice({ ...fine, transfer: { country: 'NO' } })).toEqual(['yes']);
  });

  it('of data of another Member State needs its authorisation under the directive', () => {
    const abroad = { country: 'US', originState: 'FR', given: ['tool', 'assessment'] };
    const draft = {
      kind: 'disclosure',
      counterparts: [youth],
      items: ['identity'],
      purpose: 'exit-support',
      legalBasisTransmit: 'LED-A37-1-a',
    };
    const reasonsOf = (transfer: JsonObject) => asked({ ...draft, transfer }, undefined, police).reasons;
    expect(reasonsOf(abroad)).toContainEqual(
      expect.objectContaining({ rule: 'TRF-02', lacks: 'transfer.originAuthorisation' }),
    );
    const authorised = { ...abroad, given: [...abroad.given, 'originAuthorisation'] };
    expect(reasonsOf(authorised).map(({ rule }) => rule)).not.toContain('TRF-02');
  });

  it('asks the data protection officer first where the clause says so', () => {
    const asking = inForceThere({
      clauses: clauses.map((clause) => ({ ...clause, dpoConsultationWhen: ['third-country', 'onward-sharing'] })),
    });
    const draft = readDraft({ ...fine, transfer: { country: 'US' } });
    expect(assess(draft, { id, agency: youth, at }, asking).consult).toEqual(['third-country']);
  });
});

describe('What answers a request', () => {
  const request = '0195a6f0-0006-7000-8000-000000000009';
  const { template: _, ...untold } = fine;
  const answering: JsonObject = { ...untold, request, items: ['identity', 'exit-progress'] };
  const items = [{ dataCategory: 'identity' }];
  const told = (by = police, ...more: readonly (readonly [string, JsonObject, AgencyId?])[]): Linked =>
    new Map([
      matterOf(
        request,
        ['InformationRequested', { addressee: youth, purpose: 'exit-support', agreement: 'exit@2', items }, by],
        ...more,
      ),
    ]);

  it('is no more than what was asked for, and goes to who asked by the clause for it', () => {
    const answer = asked(answering, told());
    expect(answer).toMatchObject({ template: 'exit@2#progress', counterparts: [police], purpose: 'exit-support' });
    expect(answer.items).toMatchObject([
      { advice: 'yes' },
      { advice: 'leave-out', reasons: [{ rule: 'NEC-01', lacks: null }] },
    ]);
    const { request: __, ...onItsOwn } = answering;
    expect(advice({ ...onItsOwn, template: 'exit@2#progress' })).toEqual(['yes', 'yes']);
  });

  it('is no more than what was granted, where that was decided before', () => {
    const { granted: __, refused: ___, ...decided } = exampleOf('RequestDecided');
    expect(advice(answering, told(police, ['RequestDecided', { ...decided, request, decision: 'refuse' }]))).toEqual([
      'leave-out',
      'leave-out',
    ]);
  });

  it('goes with the conditions that its agency decided on last, and with nothing that another one decided', () => {
    const agreed = ['purpose-only', 'social-secrecy', 'originator-consent'];
    const decided = (by: AgencyId, about = request) =>
      told(police, ['RequestDecided', { ...exampleOf('RequestDecided'), request: about, conditions: ['sealed'] }, by]);
    expect(asked(answering, decided(youth)).conditions).toEqual([...agreed, 'sealed']);
    expect(asked(answering, decided(police)).conditions).toEqual(agreed);
    expect(asked(answering, decided(youth, consent)).conditions).toEqual(agreed);
  });

  it('answers a request that is recorded, and of somebody else', () => {
    expect(refusedAt(answering)).toEqual(['/request']);
    expect(refusedAt(answering, told(youth))).toEqual(['/request']);
    expect(refusedAt({ ...answering, kind: 'request' }, told())).toContain('/request');
  });
});

describe('What came from somebody else', () => {
  const onward = { ...fine, derivedFrom: [received] };
  const disclosed = (conditions: readonly string[]) =>
    matterOf(received, ['InformationDisclosed', { disclosureId: received, conditions, recipients: [youth] }, police]);
  const permitted = (changes: JsonObject = {}) =>
    matterOf(permission, [
      'OnwardSharingPermitted',
      {
        disclosureId: received,
        askedBy: youth,
        onwardTo: [intelligence],
        purpose: 'exit-support',
        items: { missing: 'unknown' },
        validUntil: '2027-01-01',
        ...changes,
      },
      police,
    ]);
  const toServices = {
    ...onward,
    template: 'exit@2#services',
    items: ['identity'],
    decidedByHead: true,
    permissionRef: permission,
  };

  it('goes on freely where it came without such a condition, and always goes back', () => {
    expect(advice(onward, new Map([disclosed(['purpose-only'])]))).toEqual(['yes']);
    expect(advice(onward, new Map([disclosed(['no-onward'])]))).toEqual(['yes']);
  });

  it('needs the permission of who it came from, for this purpose and these recipients', () => {
    const { permissionRef: _, ...unasked } = toServices;
    const restricted = disclosed(['originator-consent']);
    expect(lacks(unasked, new Map([restricted]))).toContainEqual(['CON-02', 'permissionRef']);
    expect(advice(unasked, new Map([restricted]))).toEqual(['only-with']);
    expect(advice(toServices, new Map([restricted, permitted()]))).toEqual(['yes']);
    for (const changes of [{ onwardTo: [youth] }, { purpose: 'evaluation' }, { validUntil: '2026-11-10' }]) {
      expect(advice(toServices, new Map([restricted, permitted(changes)]))).toEqual(['only-with']);
    }
  });

  it('is told to the data protection officer first where the clause says so', () => {
    const asking = inForceThere({
      clauses: clauses.map((clause) => ({ ...clause, dpoConsultationWhen: ['onward-sharing'] })),
    });
    const linked = new Map([disclosed([])]);
    expect(assess(readDraft(onward), { id, agency: youth, at }, asking, linked).consult).toEqual(['onward-sharing']);
  });
});

describe('An item that rests on a consent', () => {
  const entrusted = {
    ...fine,
    items: [{ dataCategory: 'exit-progress', secrecyClass: 'entrusted' }],
    gateway: 'consent-entruster',
  };
  const given = (changes: JsonObject = {}, ...more: readonly (readonly [string, JsonObject])[]): Linked =>
    new Map([
      matterOf(
        consent,
        [
          'ConsentRecorded',
          {
            dataCategories: ['exit-progress', 'mental-health'],
            purposes: ['exit-support'],
            mayReceive: [police],
            validUntil: '2027-01-01',
            ...changes,
          },
        ],
        ...more,
      ),
    ]);
  const withdrawn = (changes: JsonObject = {}): readonly [string, JsonObject] => {
    const { dataCategories: _, mayNotReceive: __, ...whole } = exampleOf('ConsentWithdrawn');
    return ['ConsentWithdrawn', { ...whole, consent, effectiveFrom: before, recipientsTold: [], ...changes }];
  };
  const named = { ...entrusted, consentRef: consent };

  it('needs one that is recorded: naming the ground alone is not enough', () => {
    expect(lacks(entrusted)).toContainEqual(['SEC-01', 'consentRef']);
    expect(advice(entrusted)).toEqual(['only-with']);
    expect(advice(named, given())).toEqual(['yes']);
  });

  it.each<[string, JsonObject]>([
    ['of other data', { dataCategories: ['identity'] }],
    ['for another purpose', { purposes: ['evaluation'] }],
    ['for other recipients', { mayReceive: [intelligence] }],
    ['that is over', { validUntil: '2026-11-21' }],
  ])('is not carried by a consent %s', (_what, changes) => {
    expect(advice(named, given(changes))).toEqual(['only-with']);
    expect(lacks(named, given(changes))).toContainEqual(['SEC-01', 'consentRef']);
  });

  it('is not carried by a consent that was withdrawn for it', () => {
    expect(
      lacks(named, given({}, withdrawn({ dataCategories: ['exit-progress'], mayNotReceive: [police] }))),
    ).toContainEqual(['SEC-03', 'consentRef']);
    const ofOthers = withdrawn({ dataCategories: ['school-attendance'], mayNotReceive: [police] });
    expect(advice(named, given({}, ofOthers))).toEqual(['yes']);
  });

  it('of a special category needs one that names it explicitly', () => {
    const health = {
      ...fine,
      template: 'exit@2#special',
      purpose: 'exit-support',
      items: ['mental-health'],
      specialGround: 'GDPR-A9-2-a',
    };
    expect(lacks(health)).toContainEqual([null, 'consentRef']);
    const withConsent = { ...health, consentRef: consent };
    expect(advice(withConsent, given())).toEqual(['only-with']);
    expect(lacks(withConsent, given())).toContainEqual(['SPC-01', 'consentRef']);
    expect(advice(withConsent, given({ explicitForSpecialCategories: true }))).toEqual(['yes']);
    const others = { explicitForSpecialCategories: true, mayReceive: [intelligence] };
    expect(advice(withConsent, given(others))).toEqual(['only-with']);
  });

  it('is asked for where consent is the power to transmit', () => {
    const outside = { ...fine, template: null, counterparts: [police], purpose: 'exit-support' };
    const onConsent = { ...outside, legalBasisTransmit: 'GDPR-A6-1-a', legalBasisCollect: 'LED-A8-1' };
    expect(lacks(onConsent)).toContainEqual([null, 'consentRef']);
    expect(lacks({ ...onConsent, consentRef: consent }, given())).not.toContainEqual([null, 'consentRef']);
    expect(lacks({ ...onConsent, legalBasisTransmit: 'GDPR-A6-1-e' })).not.toContainEqual([null, 'consentRef']);
  });
});

describe('What comes out of a conference', () => {
  const out = { ...fine, conferenceRef: conference };
  const seat = (agency: AgencyId): JsonObject => ({ agency, attendance: 'present', authorised: true });
  const held = (present: readonly AgencyId[], ...more: readonly (readonly [string, JsonObject])[]) =>
    new Map([
      matterOf(
        conference,
        ['ConferenceConvened', { purpose: 'exit-support', agreement: 'exit@2' }],
        ['AttendanceRecorded', { convening: conference, attendees: present.map(seat) }],
        ...more,
      ),
    ]);
  const sheet = (data: JsonObject): readonly [string, JsonObject] => [
    'FeedbackSheetApproved',
    { convening: conference, goesTo: [police], approvals: [{ agency: youth, approved: true }], ...data },
  ];

  it('goes to the police with a sheet that all agreed on: without one, that is what is lacking', () => {
    expect(lacks(out, held([youth]))).toContainEqual(['CNF-03', 'feedbackSheet']);
    expect(advice(out, held([youth]))).toEqual(['only-with']);
    expect(advice(out, held([youth], sheet({ disclosureId: { missing: 'follows' } })))).toEqual(['yes']);
  });

  it('needs another sheet than one of another disclosure or for other bodies', () => {
    expect(lacks(out, held([youth], sheet({ disclosureId: received })))).toContainEqual(['CNF-03', 'feedbackSheet']);
    const forOthers = sheet({ disclosureId: { missing: 'follows' }, goesTo: [intelligence] });
    expect(lacks(out, held([youth], forOthers))).toContainEqual(['CNF-03', 'feedbackSheet']);
  });

  it('needs none for who was in the room', () => {
    expect(advice(out, held([youth, police]))).toEqual(['yes']);
  });

  it('can be said of a conference only that the agency knows, and of nothing that is said in a room', () => {
    expect(refusedAt(out)).toEqual(['/conferenceRef']);
    expect(refusedAt({ ...out, kind: 'conference' }, held([youth]))).toEqual(['/conferenceRef']);
  });
});

describe('A draft that names nothing its agency knows is refused', () => {
  it.each<[JsonObject, ...string[]]>([
    [{ ...fine, consentRef: consent }, '/consentRef'],
    [{ ...fine, permissionRef: permission }, '/permissionRef'],
    [{ ...fine, derivedFrom: [received, consent] }, '/derivedFrom/0', '/derivedFrom/1'],
    [{ ...fine, transfer: 'US' }, '/transfer'],
    [{ ...fine, transfer: { country: 'Atlantis' } }, '/transfer/country'],
    [{ ...fine, transfer: { country: 'US', tool: 'a contract' } }, '/transfer/tool'],
    [{ ...fine, transfer: { country: 'US', given: ['country'] } }, '/transfer/given'],
    [{ ...fine, room: [police] }, '/room'],
  ])('%#', (draft, ...pointers) => {
    expect(refusedAt(draft)).toEqual(pointers);
  });

  it('also where the id is of something else', () => {
    const linked = new Map([matterOf(consent, ['InformationDisclosed', {}])]);
    expect(refusedAt({ ...fine, consentRef: consent }, linked)).toEqual(['/consentRef']);
  });
});
