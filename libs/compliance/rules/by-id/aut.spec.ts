import { emptyRegistry, Story } from '../testing/story.js';
import { aut01 } from './aut-01.js';

type Data = Readonly<Record<string, unknown>>;

const decided = '2026-11-17T10:00:00.000Z';
const youth = 'youth.example';
const missing = { missing: 'not-given' };

const told = (type: string, data: Data, registry = emptyRegistry): Story => {
  const story = new Story('exchange', registry);
  story.tell(type, { by: youth, at: decided, data });
  return story;
};

const erased = (type: string): Story => {
  const story = new Story();
  return story.erase(story.tell(type, { by: youth, at: decided }));
};

describe('AUT-01: no tool decides alone', () => {
  it.each<[string, unknown, string]>([
    ['RequestDecided', undefined, 'kept'],
    ['RequestDecided', { level: 'none' }, 'kept'],
    ['RequestDecided', { level: 'assisted', tool: 'grid', reviewer: 'staff-1' }, 'kept'],
    ['RequestDecided', { level: 'assisted', tool: 'grid', reviewer: missing }, 'broken'],
    ['RequestDecided', { level: 'assisted', tool: 'grid' }, 'broken'],
    ['RequestDecided', { level: 'automatic', reviewer: 'staff-1' }, 'broken'],
    ['RequestDecided', { level: missing }, 'broken'],
    ['RequestDecided', missing, 'broken'],
    ['DecisionRecorded', { level: 'automatic' }, 'broken'],
    ['DecisionRecorded', undefined, 'kept'],
    ['JointAssessmentRecorded', missing, 'broken'],
    ['JointAssessmentRecorded', { level: 'assisted', reviewer: 'staff-1' }, 'kept'],
  ])('%s with %j: %s', (type, automation, expected) => {
    expect(told(type, { automation }).verdicts(aut01)).toEqual([expected]);
  });

  it('cannot be said of one that is erased', () => {
    expect(erased('JointAssessmentRecorded').verdicts(aut01)).toEqual(['not-decidable']);
  });
});
