import { DomainError } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import type { Assessment } from './assessment.js';
import { assess } from './assess.js';
import { readDraft } from './draft.js';
import { at, clauses, inForceThere, police, youth } from './testing/network.js';

const inForce = inForceThere();
const id = '0195a6f0-0006-7000-8000-000000000001';

/** A disclosure that the clause of the example allows, with everything that the rules want of it. */
const fine: JsonObject = {
  kind: 'disclosure',
  template: 'exit@2#progress',
  items: ['exit-progress'],
  subjectCategory: 'client',
  ageBand: '14-17',
  helpNotEndangered: true,
};

const asked = (draft: JsonObject, agency = youth): Assessment => assess(readDraft(draft), { id, agency, at }, inForce);
const advice = (draft: JsonObject, agency = youth): readonly string[] =>
  asked(draft, agency).items.map((item) => item.advice);
const lacks = (draft: JsonObject, place = 0): readonly (string | null)[] =>
  (asked(draft).items[place]?.reasons ?? []).map((reason) => reason.lacks);
const lackingOfWhole = (draft: JsonObject): readonly (string | null)[] =>
  asked(draft).reasons.map(({ lacks: field }) => field);
const refusedAt = (draft: JsonValue, agency = youth): readonly string[] => {
  try {
    assess(readDraft(draft), { id, agency, at }, inForce);
    return [];
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid-body') {
      return error.faults.map(({ pointer }) => pointer);
    }
    throw error;
  }
};

describe('May I pass it on?', () => {
  it('Yes, where a clause allows it and nothing is lacking: clause and law are named', () => {
    const found = asked(fine);
    expect(found).toMatchObject({
      id,
      kind: 'disclosure',
      template: 'exit@2#progress',
      agency: youth,
      counterparts: [police],
      at,
      purpose: 'exit-support',
      legalBasisTransmit: { code: 'GDPR-A6-1-e', provision: 'SGB X § 69(1) no. 1' },
      retentionTold: 'Until the case is closed, three years at most.',
      items: [
        {
          item: 0,
          dataCategory: 'exit-progress',
          advice: 'yes',
          reasons: [{ rule: null, clause: 'exit@2#progress', lacks: null }],
        },
      ],
    });
    expect(found.conditions).toContain('social-secrecy');
  });

  it('Only with an agreement, where no clause covers an item; the others are not concerned', () => {
    const two = { ...fine, items: ['identity', 'mental-health'] };
    expect(advice({ ...two, specialGround: 'GDPR-A9-2-g' })).toEqual(['yes', 'yes']);
    const uncovered = { ...fine, items: ['identity', 'employer'] };
    expect(advice(uncovered)).toEqual(['yes', 'only-with']);
    expect(lacks(uncovered, 1)).toEqual(['agreement']);
  });

  it('Only with a ground for lifting secrecy, where the item is bound by it, and a consent would do', () => {
    const entrusted = { ...fine, items: ['identity', { dataCategory: 'exit-progress', secrecyClass: 'entrusted' }] };
    expect(advice(entrusted)).toEqual(['yes', 'only-with']);
    expect(asked(entrusted).items[1]?.reasons).toMatchObject([{ rule: 'SEC-01', lacks: 'gateway', byConsent: true }]);
    expect(advice({ ...entrusted, gateway: 'court-order' })).toEqual(['yes', 'yes']);
    expect(advice({ ...entrusted, gateway: 'none-needed' })).toEqual(['yes', 'only-with']);
  });

  it('Only with a ground for special categories that belongs to the regime', () => {
    const health = { ...fine, template: 'exit@2#special', purpose: 'exit-support', items: ['mental-health'] };
    expect(lacks(health)).toEqual(['specialGround']);
    expect(lacks({ ...health, specialGround: 'LED-A10-a' })).toEqual(['specialGround']);
    expect(advice({ ...health, specialGround: 'GDPR-A9-2-g' })).toEqual(['yes']);
  });

  it.each([
    ['mental-health', { specialGround: 'GDPR-A9-2-g' }],
    ['criminal-offence', {}],
  ])('Only with an agreement, where no clause allows sensitive data, flagged or not: %s', (dataCategory, more) => {
    const draft = readDraft({ ...fine, items: ['identity', dataCategory], ...more });
    const reserved = inForceThere({ clauses: clauses.map((one) => ({ ...one, specialCategories: false })) });
    const found = (known: typeof inForce) =>
      assess(draft, { id, agency: youth, at }, known).items.map((one) => one.advice);
    expect([found(inForce), found(reserved)]).toEqual([
      ['yes', 'yes'],
      ['yes', 'only-with'],
    ]);
  });

  it('To the police on data about others only flagged and explained', () => {
    const family = { ...fine, template: 'exit@2#special', purpose: 'exit-support' };
    expect(lacks({ ...family, items: ['family'] })).toEqual(['thirdPerson', 'thirdPersonReason']);
    const told = { dataCategory: 'family', thirdPerson: true, given: ['thirdPersonReason'] };
    expect(advice({ ...family, items: [told] })).toEqual(['yes']);
  });

  it('Leave out what social law keeps from the services, and only by the head of the office what it does not', () => {
    const services = { ...fine, template: 'exit@2#services', items: ['identity', 'exit-progress'] };
    expect(advice(services)).toEqual(['only-with', 'leave-out']);
    expect(lackingOfWhole(services)).toContain('decidedByHead');
    expect(asked(services).items[1]?.reasons).toMatchObject([{ rule: 'SOC-01', lacks: null, byConsent: false }]);
    expect(advice({ ...services, decidedByHead: true })).toEqual(['yes', 'leave-out']);
  });

  it('Nothing of it while the whole lacks something: the age band, or that the help is not endangered', () => {
    const { ageBand: _, helpNotEndangered: __, ...bare } = fine;
    expect(advice(bare)).toEqual(['only-with']);
    expect(lackingOfWhole(bare)).toEqual(expect.arrayContaining(['ageBand', 'helpNotEndangered']));
  });

  it('What has to be written is said, and changes no advice', () => {
    const rules = asked(fine).reasons.map(({ rule }) => rule);
    expect(new Set(rules)).toEqual(new Set(['QUA-01', 'NEC-02']));
    const marked = { dataCategory: 'exit-progress', asOf: '2026-11-20', reliability: 'high', itemBasis: 'assessment' };
    expect(
      asked({ ...fine, items: [marked], given: ['necessity', 'alternatives', 'qualityCheckedAt'] }).reasons,
    ).toEqual([]);
  });

  it('Ask the data protection officer first where the clause says so', () => {
    expect(asked(fine).consult).toEqual(['minor']);
    expect(asked({ ...fine, ageBand: 'adult', gateway: 'emergency' }).consult).toEqual(['secrecy-lifted']);
    const health = { ...fine, template: 'exit@2#special', purpose: 'exit-support', items: ['mental-health'] };
    expect(asked({ ...health, ageBand: 'adult' }).consult).toEqual(['special-category']);
  });

  it('Of two items under two clauses, each with what its own clause asks: conditions, retention, whom to ask first', () => {
    const [progress, special, services] = clauses;
    const always = { ...special, dpoConsultationWhen: ['always'], retentionTold: 'Six months.' };
    const network = inForceThere({ clauses: [{ ...progress, id: 'progress' }, always, { ...services }] });
    const found = (...items: readonly string[]) =>
      assess(
        readDraft({ ...fine, items, ageBand: 'adult', specialGround: 'GDPR-A9-2-g' }),
        { id, agency: youth, at },
        network,
      );
    const first = ['purpose-only', 'social-secrecy', 'originator-consent'];
    expect(found('exit-progress')).toMatchObject({ conditions: first, consult: ['special-category'] });
    const both = found('exit-progress', 'mental-health');
    expect(both).toMatchObject({
      conditions: [...first, 'need-to-know-list'],
      retentionTold: 'Until the case is closed, three years at most. Six months.',
      items: [{ advice: 'yes' }, { advice: 'yes' }],
    });
    expect(both.consult).toContain('always');
  });

  it('Outside of every agreement only with one, and with the provision that nobody has looked at', () => {
    const outside = { ...fine, template: null, counterparts: [police], purpose: 'staff-safety' };
    expect(advice(outside)).toEqual(['only-with']);
    const found = asked({ ...outside, legalBasisTransmit: 'GDPR-A6-1-e' });
    expect([found.template, found.legalBasisTransmit]).toEqual([
      null,
      { code: 'GDPR-A6-1-e', provision: { missing: 'follows' } },
    ]);
    expect(found.reasons.map(({ lacks: field }) => field)).toContain('legalBasisTransmit');
    expect(found.items[0]?.reasons.map(({ lacks: field }) => field)).toEqual(['agreement']);
  });

  it('is answered the same each time, whatever else was asked', () => {
    expect(asked(fine)).toEqual(asked(fine));
  });
});

describe('May I ask, or say it in this room?', () => {
  it('The police may ask for what the youth office may tell', () => {
    const request = {
      kind: 'request',
      template: 'exit@2#progress',
      items: ['exit-progress'],
      subjectCategory: 'client',
    };
    expect(advice(request, police)).toEqual(['yes']);
    expect(advice({ ...request, items: ['social-benefits'] }, police)).toEqual(['only-with']);
  });
});

describe('A draft is refused', () => {
  it.each<[JsonValue, ...string[]]>([
    [null, ''],
    [[], ''],
    [{}, '/kind', '/items'],
    [{ ...fine, kind: 'gossip' }, '/kind'],
    [{ ...fine, case: 'case-1' }, '/case'],
    [{ ...fine, justification: 'because' }, '/justification'],
    [{ ...fine, items: [] }, '/items'],
    [{ ...fine, items: Array<string>(10_000).fill('identity') }, '/items'],
    [{ ...fine, items: ['gossip'] }, '/items/0/dataCategory'],
    [{ ...fine, items: [7] }, '/items/0/dataCategory'],
    [{ ...fine, items: [{ dataCategory: 'identity', itemRef: 'file 7' }] }, '/items/0/itemRef'],
    [{ ...fine, items: [{ dataCategory: 'identity', given: ['itemRef'] }] }, '/items/0/given'],
    [{ ...fine, given: 'necessity' }, '/given'],
    [{ ...fine, ageBand: 'teen' }, '/ageBand'],
    [{ ...fine, gateway: ['emergency'] }, '/gateway'],
    [{ ...fine, template: 'exit@1#progress' }, '/template'],
    [{ ...fine, template: 'exit@2#nothing' }, '/template'],
    [{ ...fine, template: 7 }, '/template'],
    [{ ...fine, template: 'exit@2#special' }, '/purpose'],
    [{ ...fine, counterparts: ['clinic.example'] }, '/counterparts'],
    [{ ...fine, counterparts: 'police.example' }, '/counterparts'],
    [{ ...fine, template: null }, '/counterparts'],
    [{ ...fine, template: null, legalBasisTransmit: 'a law' }, '/legalBasisTransmit'],
    [{ kind: 'request', template: 'exit', items: ['identity'] }, '/template'],
  ])('%#', (draft, ...pointers) => {
    expect(refusedAt(draft)).toEqual(pointers);
  });
});

describe('How long an assessment takes', () => {
  it('is no time that anybody notices, for 30 items of which each lacks something', () => {
    const items = Array.from({ length: 30 }, (_, place) => ({
      dataCategory: 'mental-health',
      secrecyClass: 'professional',
      thirdPerson: true,
      collectedFor: 'evaluation',
      asOf: `2026-11-${place < 9 ? '0' : ''}${(place % 30) + 1}`,
    }));
    const draft = readDraft({ kind: 'disclosure', template: 'exit@2#special', items, purpose: 'exit-support' });
    // Time of this process alone: other tests run beside it.
    const times = Array.from({ length: 60 }, () => {
      const begin = process.cpuUsage();
      assess(draft, { id, agency: youth, at }, inForce);
      return process.cpuUsage(begin).user / 1_000;
    })
      .slice(20)
      .sort((one, other) => one - other);
    expect(times[20]).toBeLessThan(50);
  });
});
