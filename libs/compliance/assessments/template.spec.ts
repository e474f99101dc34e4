import { DomainError, type AgencyId } from '#kernel';
import type { JsonObject } from '#statement';
import { assess } from './assess.js';
import { readDraft } from './draft.js';
import { expand } from './expand.js';
import { readQuickEntry } from './quick-entry.js';
import { at, clauses, inForceThere, police, school, youth } from './testing/network.js';

const [progress] = clauses;
/** An agreement whose first clause allows as much as any other one, and goes to somebody else. */
const inForce = inForceThere({
  parties: [youth, police, school],
  clauses: [
    { ...progress, id: 'school', from: [youth], to: [school], purposes: ['exit-support'] },
    { ...progress, id: 'danger', from: [youth], to: [police], purposes: ['threat-prevention', 'exit-support'] },
    { ...progress, id: 'police-tells', from: [police], to: [youth], purposes: ['threat-prevention'] },
    { ...progress, id: 'school-tells', from: [school], to: [youth], purposes: ['school-support'] },
  ],
});
const id = '0195a6f0-0006-7000-8000-000000000030';

/** Which clause fills in a quick entry of the whole agreement, to whom it goes; else what is left to say. */
function filledIn(more: JsonObject, agency: AgencyId = youth): unknown {
  const quick = readQuickEntry({ template: 'exit', case: 'case-1', reason: 'Why.', items: ['identity'], ...more });
  const desk = { agency, actor: 'worker-1', at, registry: inForce.registry };
  return orPointers(() => {
    const idOf = (): string => id;
    const [one] = expand({ quick, desk, inForce, earlier: null, idOf });
    const { addressee, recipients } = one?.body.data ?? {};
    return [one?.body.type, addressee ?? recipients];
  });
}

const assessed = (more: JsonObject): unknown =>
  orPointers(() => {
    const draft = readDraft({ kind: 'disclosure', template: 'exit', items: ['identity'], ...more });
    const { template, counterparts } = assess(draft, { id, agency: youth, at }, inForce);
    return [template, counterparts];
  });

function orPointers(made: () => unknown): unknown {
  try {
    return made();
  } catch (error) {
    if (error instanceof DomainError) return error.faults.map(({ pointer }) => pointer);
    throw error;
  }
}

describe('An agreement named as the template', () => {
  it('goes to the body whose clause has the purpose, not to the one of its first clause', () => {
    const threat = { kind: 'spontaneous', purpose: 'threat-prevention' };
    expect(filledIn(threat)).toEqual(['InformationDisclosed', [police]]);
    expect(filledIn({ kind: 'request', purpose: 'school-support' })).toEqual(['InformationRequested', school]);
    expect(assessed({ purpose: 'threat-prevention' })).toEqual(['exit@2#danger', [police]]);
  });

  it('never picks a body: where clauses of several fit, somebody says which', () => {
    const both = { kind: 'spontaneous', purpose: 'exit-support' };
    expect(filledIn(both)).toEqual(['/counterparts']);
    expect(filledIn({ ...both, counterparts: [police] })).toEqual(['InformationDisclosed', [police]]);
    expect(filledIn({ kind: 'request' })).toEqual(['/counterparts']);
    expect(assessed({ purpose: 'exit-support' })).toEqual(['/counterparts']);
    expect(assessed({ purpose: 'exit-support', counterparts: [school] })).toEqual(['exit@2#school', [school]]);
  });

  it('never picks what is done: where one clause lets ask and another pass on, somebody says which', () => {
    expect(filledIn({ purpose: 'threat-prevention' }, police)).toEqual(['/kind']);
    expect(filledIn({ purpose: 'threat-prevention', kind: 'request' }, police)).toEqual([
      'InformationRequested',
      youth,
    ]);
  });

  it('seats nobody in a conference whom only one of its clauses seats', () => {
    const rooms = inForceThere({
      parties: [youth, police, school],
      clauses: [
        { ...progress, id: 'small', conference: { standing: [youth, police] } },
        { ...progress, id: 'large', conference: { standing: [youth, police, school] } },
      ],
    });
    const room = (more: JsonObject): unknown =>
      orPointers(() => {
        const draft = readDraft({ kind: 'conference', template: 'exit', items: ['identity'], ...more });
        return assess(draft, { id, agency: youth, at }, rooms).counterparts;
      });
    expect(room({ purpose: 'exit-support' })).toEqual(['/room']);
    expect(room({ purpose: 'exit-support', room: [police] })).toEqual([police]);
  });
});
