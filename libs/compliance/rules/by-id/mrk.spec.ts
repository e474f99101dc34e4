import { emptyRegistry, Story } from '../testing/story.js';
import { mrk01 } from './mrk-01.js';

const sent = '2026-11-16T10:00:00.000Z';
const received = '0195a6f0-0003-7000-8000-00000000000a';
type Data = Readonly<Record<string, unknown>>;

const item = (more: Data = {}, dataCategory: unknown = 'threat-indicator'): Data => ({
  dataCategory,
  itemBasis: 'fact',
  reliability: 'high',
  asOf: '2026-11-15',
  ...more,
});

/** A body of North Rhine-Westphalia discloses. */
function disclosed(data: Data, kind: string | null = 'police'): Story {
  const story = new Story('exchange', { ...emptyRegistry, kindOf: () => kind });
  const plain = { regime: 'LED', pack: 'DE-NW', conditions: ['keep-marking'] };
  story.tell('InformationDisclosed', { at: sent, data: { ...plain, ...data } });
  return story;
}

describe('MRK-01: police data keep their marking', () => {
  const marking = 'telephone interception';

  it.each<[string, Data, unknown, string]>([
    ['with marking and condition', { marking }, ['keep-marking'], 'kept'],
    ['without marking', {}, ['keep-marking'], 'broken'],
    ['with a marking that is missing', { marking: { missing: 'unknown' } }, ['keep-marking'], 'broken'],
    ['without the condition', { marking }, ['purpose-only'], 'broken'],
    ['with conditions that are missing', { marking }, { missing: 'unknown' }, 'broken'],
    ['with the test passed', { marking, reCollectionTest: true }, ['keep-marking'], 'kept'],
    ['with the test failed', { marking, reCollectionTest: false }, ['keep-marking'], 'broken'],
    ['with a test that is missing', { marking, reCollectionTest: { missing: 'unknown' } }, ['keep-marking'], 'broken'],
  ])('%s', (_, more, conditions, expected) => {
    expect(disclosed({ items: [item(more)], conditions }).verdicts(mrk01)).toEqual([expected]);
  });

  it('says which items to leave out', () => {
    const story = disclosed({ items: [item({ marking }), item()] });
    expect(story.judgements(mrk01).map(({ part, verdict }) => [part, verdict.is])).toEqual([
      ['/items/0', 'kept'],
      ['/items/1', 'broken'],
    ]);
  });

  it('is asked of other bodies where they hold marked data', () => {
    expect(disclosed({ items: [item()] }, 'prison').verdicts(mrk01)).toEqual([]);
    expect(disclosed({ items: [item({ marking })], conditions: [] }, 'prison').verdicts(mrk01)).toEqual(['broken']);
    expect(disclosed({ items: [item({ marking: { missing: 'unknown' } })] }, null).verdicts(mrk01)).toEqual(['broken']);
  });

  it('a marking is not lost by passing data on', () => {
    const original = disclosed({ disclosureId: received, items: [item({ marking })] });
    const items = [item(), item({}, 'housing-work')];
    const onward = disclosed({ derivedFrom: [received], items }, 'prison').link(received, original);
    expect(onward.judgements(mrk01).map(({ part, verdict }) => [part, verdict.is])).toEqual([['/items/0', 'broken']]);
  });

  it('is law where police law marks data, and nowhere else', () => {
    const under = (pack: unknown): readonly unknown[] =>
      disclosed({ pack, items: [item()] })
        .judgements(mrk01)
        .map(({ settings }) => [settings.severity, settings.basis, settings.packs]);
    expect(under('DE-NW')).toEqual([['urgent', 'law', ['DE-NW@1']]]);
    expect([...under('DE-SGB'), ...under({ missing: 'unknown' })]).toEqual([]);
  });

  it('cannot be said of a disclosure that is erased', () => {
    const story = disclosed({});
    const [entry] = story.matter.entries;
    if (entry) story.erase(entry.id);
    expect(story.verdicts({ ...mrk01, applies: true })).toEqual(['not-decidable']);
  });
});
