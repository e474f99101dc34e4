import { DomainError } from '#kernel';
import type { JsonObject, JsonValue } from '#statement';
import { assess } from './assess.js';
import type { Assessment } from './assessment.js';
import { readDraft } from './draft.js';
import { at, clauses, inForceThere, intelligence, police, youth } from './testing/network.js';

const inForce = inForceThere();
const id = '0195a6f0-0006-7000-8000-000000000007';

const admitted = (agency: string): JsonObject => ({ agency, authorised: true, undertakingSigned: true });
const conference: JsonObject = {
  kind: 'conference',
  template: 'exit@2#progress',
  items: ['exit-progress'],
  subjectCategory: 'client',
  ageBand: '14-17',
  helpNotEndangered: true,
  room: [admitted(youth), admitted(police)],
};

const asked = (changes: JsonObject = {}, within = inForce): Assessment =>
  assess(readDraft({ ...conference, ...changes }), { id, agency: youth, at }, within);
const advice = (changes: JsonObject = {}, within = inForce): readonly string[] =>
  asked(changes, within).items.map((item) => item.advice);
const ofRules = (changes: JsonObject, within = inForce): readonly string[] =>
  asked(changes, within).reasons.flatMap(({ rule, lacks }) => (rule?.startsWith('CNF') ? [`${rule} ${lacks}`] : []));

describe('May it be said in this room?', () => {
  it('Yes, to who may be there, signed the undertaking and is covered by a clause', () => {
    expect(asked()).toMatchObject({
      counterparts: [police],
      items: [{ advice: 'yes' }],
      hearings: [{ agency: police, items: ['yes'], reasons: [] }],
    });
  });

  it('Only with what the bodies there still have to show: it is named body by body', () => {
    const room = [admitted(youth), { agency: police, authorised: true }];
    expect(advice({ room })).toEqual(['only-with']);
    expect(ofRules({ room })).toEqual(['CNF-02 undertakingSigned']);
    expect(asked({ room }).hearings).toMatchObject([
      { agency: police, items: ['only-with'], reasons: [{ rule: 'CNF-02', lacks: 'undertakingSigned' }] },
    ]);
    expect(ofRules({ room: [youth, police] })).toEqual(['CNF-02 authorised', 'CNF-02 undertakingSigned']);
    expect(ofRules({ room: [youth, { ...admitted(police), authorised: false }] })).toContain('CNF-02 authorised');
  });

  it('Without an undertaking where the parties agreed to do without', () => {
    const relaxed = inForceThere({
      clauses: clauses.map((clause) => ({
        ...clause,
        conference: { ...(clause['conference'] as JsonObject), undertakingRequired: false },
      })),
    });
    const room = [youth, police].map((agency) => ({ agency, authorised: true }));
    expect([advice({ room }), advice({ room }, relaxed)]).toEqual([['only-with'], ['yes']]);
  });

  it('Who is not there hears nothing, and need not show anything', () => {
    const room = [admitted(youth), admitted(police), { agency: intelligence, attendance: 'absent' }];
    expect(asked({ room })).toMatchObject({ counterparts: [police], items: [{ advice: 'yes' }] });
  });

  it('It is judged for everybody who hears it, and each body is told what it may hear', () => {
    const room = [youth, police, intelligence].map(admitted);
    const found = asked({ room, template: 'exit', items: ['identity', 'exit-progress'], decidedByHead: true });
    expect(found.items.map((item) => item.advice)).toEqual(['yes', 'leave-out']);
    expect(found.hearings).toMatchObject([
      { agency: police, items: ['yes', 'yes'] },
      { agency: intelligence, items: ['yes', 'leave-out'] },
    ]);
  });

  it('What only some hear is judged for these alone', () => {
    const room = [youth, police, intelligence].map(admitted);
    const items = ['identity', { dataCategory: 'exit-progress', heardBy: [police] }];
    expect(advice({ room, template: 'exit', items, decidedByHead: true })).toEqual(['yes', 'yes']);
  });

  it('Who hears none of it need not show anything, and who hears some of it is asked for all of it', () => {
    const room = [admitted(youth), admitted(police), intelligence];
    const some = { dataCategory: 'identity', heardBy: [police] };
    expect(advice({ room, template: 'exit', items: [some] })).toEqual(['yes']);
    const both = { room, template: 'exit', items: [some, 'identity'], decidedByHead: true };
    expect(advice(both)).toEqual(['only-with', 'only-with']);
    expect(ofRules(both)).toEqual(['CNF-02 authorised', 'CNF-02 undertakingSigned']);
  });

  it('Without a word about the room, those are asked for who always sit in it', () => {
    const { room: _, ...unsaid } = conference;
    const found = assess(readDraft(unsaid), { id, agency: youth, at }, inForce);
    expect(found).toMatchObject({ counterparts: [police], items: [{ advice: 'only-with' }] });
  });

  it('Outside of every agreement it needs one, and is judged by the rules on conferences all the same', () => {
    const outside = { template: null, purpose: 'staff-safety', room: [youth, police] };
    expect(advice(outside)).toEqual(['only-with']);
    expect(ofRules(outside)).toEqual(['CNF-02 authorised', 'CNF-02 undertakingSigned']);
  });
});

describe('A room that is none is refused', () => {
  it.each<[JsonValue, string]>([
    [[], '/room'],
    ['police.example', '/room'],
    [[7], '/room'],
    [[police, police], '/room'],
    [Array.from({ length: 40 }, (_, place) => `body-${place}.example`), '/room'],
    [[youth], '/counterparts'],
    [[{ agency: police, mood: 'good' }], '/room/0/mood'],
    [[{ agency: police, attendance: 'asleep' }], '/room/0/attendance'],
    [[{ agency: police, authorised: 'yes' }], '/room/0/authorised'],
  ])('%j', (room, pointer) => {
    expect(refusedAt({ room })).toEqual([pointer]);
  });

  it('also where somebody hears who is not there, and where it is said twice who is', () => {
    expect(refusedAt({ items: [{ dataCategory: 'identity', heardBy: [intelligence] }] })).toEqual(['/items/0/heardBy']);
    expect(refusedAt({ items: [{ dataCategory: 'identity', heardBy: police }] })).toEqual(['/items/0/heardBy']);
    expect(refusedAt({ counterparts: [police] })).toEqual(['/counterparts']);
  });
});

function refusedAt(changes: JsonObject): readonly string[] {
  try {
    asked(changes);
    return [];
  } catch (error) {
    if (error instanceof DomainError && error.code === 'invalid-body')
      return error.faults.map(({ pointer }) => pointer);
    throw error;
  }
}
