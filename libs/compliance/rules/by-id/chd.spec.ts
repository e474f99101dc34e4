import { emptyRegistry, Story } from '../testing/story.js';
import { chd01 } from './chd-01.js';

const sent = '2026-11-16T10:00:00.000Z';
type Data = Readonly<Record<string, unknown>>;

function disclosed(data: Data, regimeOf: string | null = null): Story {
  const story = new Story('exchange', { ...emptyRegistry, regimeOf: () => regimeOf });
  story.tell('InformationDisclosed', { at: sent, data: { regime: 'GDPR', pack: undefined, ...data } });
  return story;
}

describe('CHD-01: the age band is said, and thresholds protect minors', () => {
  it.each<[unknown, string]>([
    ['under-14', 'kept'],
    ['14-17', 'kept'],
    ['adult', 'kept'],
    ['unknown', 'kept'],
    [{ missing: 'follows' }, 'broken'],
    [undefined, 'broken'],
  ])('an age band %j is %s', (ageBand, expected) => {
    expect(disclosed({ ageBand }).verdicts(chd01)).toEqual([expected]);
  });

  it.each<[string, Data, string]>([
    ['about a child, with a threshold', { ageBand: 'under-14', threshold: 'BVerfSchG § 24(1)' }, 'kept'],
    ['about a child, without one', { ageBand: 'under-14' }, 'broken'],
    ['about an adolescent, without one', { ageBand: '14-17' }, 'broken'],
    ['about an adolescent, where it is missing', { ageBand: '14-17', threshold: { missing: 'unknown' } }, 'broken'],
    ['about an adult', { ageBand: 'adult' }, 'kept'],
    ['about somebody of unknown age', { ageBand: { missing: 'unknown' }, threshold: 'BVerfSchG § 24(1)' }, 'broken'],
  ])('an intelligence service discloses %s', (_, data, expected) => {
    expect(disclosed({ regime: 'NATSEC', ...data }).verdicts(chd01)).toEqual([expected]);
  });

  it('knows a service also where the entry does not say its regime', () => {
    expect(disclosed({ ageBand: '14-17', regime: undefined }, 'NATSEC').verdicts(chd01)).toEqual(['broken']);
    expect(disclosed({ ageBand: '14-17', regime: undefined }, 'LED').verdicts(chd01)).toEqual(['kept']);
  });

  it('is urgent everywhere, and law for services', () => {
    const settings = (regime: string): readonly unknown[] =>
      disclosed({ regime })
        .judgements(chd01)
        .map(({ settings: { severity, basis } }) => [severity, basis]);
    expect([...settings('GDPR'), ...settings('NATSEC')]).toEqual([
      ['urgent', 'policy'],
      ['urgent', 'law'],
    ]);
  });

  it('cannot be said of a disclosure that is erased', () => {
    const story = disclosed({});
    const [entry] = story.matter.entries;
    if (entry) story.erase(entry.id);
    expect(story.verdicts(chd01)).toEqual(['not-decidable']);
  });
});
