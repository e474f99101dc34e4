import type { EntryId } from '#kernel';
import { Story } from '../testing/story.js';
import { nec01 } from './nec-01.js';
import { nec02 } from './nec-02.js';

const asked = '2026-11-12T10:00:00.000Z';
const decided = '2026-11-13T10:00:00.000Z';
const sent = '2026-11-16T10:00:00.000Z';
type Data = Readonly<Record<string, unknown>>;

const item = (dataCategory: unknown, more: Data = {}): Data => ({ dataCategory, ...more });
const sentItem = (dataCategory: unknown, more: Data = {}): Data => ({
  dataCategory,
  itemBasis: 'fact',
  reliability: 'high',
  asOf: '2026-11-15',
  ...more,
});

/** The police asks the youth office; the youth office decides and discloses. */
class Exchange extends Story {
  asks(items: unknown, addressee: unknown = 'youth.example'): EntryId {
    return this.tell('InformationRequested', { by: 'police.example', at: asked, data: { addressee, items } });
  }

  decides(data: Data, at = decided, by = 'youth.example'): EntryId {
    const plain = { request: undefined, granted: undefined, refused: undefined };
    return this.tell('RequestDecided', { by, at, data: { ...plain, ...data } });
  }

  discloses(items: unknown, data: Data = {}): this {
    const plain = { recipients: ['police.example'], request: undefined, spontaneous: false };
    this.tell('InformationDisclosed', { by: 'youth.example', at: sent, data: { ...plain, items, ...data } });
    return this;
  }
}

describe('NEC-01: an answer holds no more than was asked for', () => {
  const period = (from: unknown, until: unknown): Data => ({ period: { from, until } });
  const year = period('2025-01-01', '2025-12-31');

  it.each<[string, Data, Data, string]>([
    ['the category', item('family'), sentItem('family'), 'kept'],
    ['another category', item('family'), sentItem('education'), 'broken'],
    ['a category that is missing', item('family'), sentItem({ missing: 'unknown' }), 'broken'],
    ['a request whose category is missing', item({ missing: 'unknown' }), sentItem('family'), 'broken'],
    ['the item it says it answers', item('family'), sentItem('family', { answersItem: 0 }), 'kept'],
    ['an item nobody asked for', item('family'), sentItem('family', { answersItem: 1 }), 'broken'],
    ['the period', item('family', year), sentItem('family', year), 'kept'],
    ['a day too early', item('family', year), sentItem('family', period('2024-12-31', '2025-12-31')), 'broken'],
    ['a day too late', item('family', year), sentItem('family', period('2025-01-01', '2026-01-01')), 'broken'],
    ['a period without end', item('family', year), sentItem('family', { period: { from: '2025-02-01' } }), 'broken'],
    [
      'an end that is missing',
      item('family', year),
      sentItem('family', period('2025-02-01', { missing: 'unknown' })),
      'broken',
    ],
    ['no period', item('family', year), sentItem('family'), 'kept'],
    ['any period where none was asked for', item('family'), sentItem('family', year), 'kept'],
    [
      'up to a leap day',
      item('family', period('2028-02-01', '2028-02-29')),
      sentItem('family', period('2028-02-29', '2028-02-29')),
      'kept',
    ],
    [
      'beyond the end of a month',
      item('family', period('2027-02-01', '2027-02-28')),
      sentItem('family', period('2027-02-01', '2027-03-01')),
      'broken',
    ],
  ])('%s', (_, requested, answer, expected) => {
    const story = new Exchange();
    story.asks([requested]);
    expect(story.discloses([answer]).verdicts(nec01)).toEqual([expected]);
  });

  it('item by item, as the duty of who disclosed', () => {
    const story = new Exchange();
    const request = story.asks([item('family')]);
    story.discloses([sentItem('family'), sentItem('education')], { request });
    expect(story.judgements(nec01)).toMatchObject([
      { part: '/items/0', verdict: { is: 'kept' } },
      { part: '/items/1', side: { agency: 'youth.example' }, verdict: { is: 'broken', since: sent } },
    ]);
  });

  it('of the request it names, not of another one in the exchange or to another body', () => {
    const story = new Exchange();
    const request = story.asks([item('family')]);
    story.asks([item('education')]);
    story.discloses([sentItem('education')], { request });
    expect(story.verdicts(nec01)).toEqual(['broken']);

    const unnamed = new Exchange();
    unnamed.asks([item('education')], 'school.example');
    unnamed.asks([item('family')]);
    expect(unnamed.discloses([sentItem('education')]).verdicts(nec01)).toEqual(['broken']);
  });

  it('also of a request in another exchange', () => {
    const other = new Exchange();
    const request = other.asks([item('family')]);
    const story = new Story();
    const answer = { request, spontaneous: false, items: [sentItem('education')], recipients: ['police.example'] };
    story.tell('LedgerAccessed', { by: 'ledger', at: asked });
    story.tell('InformationDisclosed', { by: 'youth.example', at: sent, data: answer });
    expect(story.link(request, other).verdicts(nec01)).toEqual(['broken']);
  });

  it.each<[string, Data]>([
    ['a spontaneous disclosure', { spontaneous: true }],
    ['an answer to what is not in the ledger', {}],
  ])('is not owed by %s', (_, data) => {
    const story = new Exchange();
    if (data['spontaneous'] === true) story.asks([item('family')]);
    expect(story.discloses([sentItem('education')], data).verdicts(nec01)).toEqual([]);
  });
});

describe('NEC-01: an answer holds no more than was granted', () => {
  const answered = (decisions: readonly [Data, string?, string?][], answer: Data): readonly string[] => {
    const story = new Exchange();
    story.asks([item('family'), item('education')]);
    for (const [data, at, by] of decisions) story.decides(data, at, by);
    return story.discloses([answer]).verdicts(nec01);
  };
  const partly = { decision: 'grant-partial', granted: [item('education', { answersItem: 1 })] };
  const refused = { decision: 'refuse' };
  const full = { decision: 'grant-full' };

  it.each<[string, readonly [Data, string?, string?][], Data, string]>([
    ['what was granted', [[partly]], sentItem('education'), 'kept'],
    [
      'what was granted without a place',
      [[{ ...full, granted: [item('family')] }]],
      sentItem('family', { answersItem: 0 }),
      'kept',
    ],
    ['what was asked for and not granted', [[partly]], sentItem('family'), 'broken'],
    [
      'what was granted but never asked for',
      [[{ ...full, granted: [item('address')] }]],
      sentItem('address'),
      'broken',
    ],
    ['all that was asked for', [[full]], sentItem('family'), 'kept'],
    ['more than all that was asked for', [[full]], sentItem('address'), 'broken'],
    ['what was refused', [[refused]], sentItem('family'), 'broken'],
    ['a decision that is missing', [[{ decision: { missing: 'follows' } }]], sentItem('family'), 'kept'],
    ['granted items that are missing', [[{ ...full, granted: { missing: 'unknown' } }]], sentItem('family'), 'kept'],
    ['what was refused first and granted then', [[refused, asked], [full]], sentItem('family'), 'kept'],
    ['the same, recorded the other way round', [[full], [refused, asked]], sentItem('family'), 'kept'],
    ['what was refused and granted at once, in that order', [[refused], [full]], sentItem('family'), 'kept'],
    ['what was granted at that moment', [[refused], [full, sent]], sentItem('family'), 'kept'],
    ['what was granted only later', [[refused], [full, '2026-11-16T10:00:00.001Z']], sentItem('family'), 'broken'],
    ['what another body refused', [[refused, decided, 'school.example']], sentItem('family'), 'kept'],
  ])('%s', (_, decisions, answer, expected) => {
    expect(answered(decisions, answer)).toEqual([expected]);
  });

  it('for the days for which it was asked for', () => {
    const days = (day: string): Data => ({ period: { from: day, until: day } });
    const story = new Exchange();
    story.asks([item('family', days('2025-01-01')), item('family', days('2025-06-01'))]);
    story.decides({ decision: 'grant-partial', granted: [item('family', { answersItem: 1 })] });
    story.discloses([sentItem('family', days('2025-06-01')), sentItem('family', days('2025-01-01'))]);
    expect(story.verdicts(nec01)).toEqual(['kept', 'broken']);
  });
});

describe('NEC-01: what was erased may have decided', () => {
  const told = (answer: Data): { story: Exchange; request: EntryId; decision: EntryId } => {
    const story = new Exchange();
    const request = story.asks([item('family')]);
    const decision = story.decides({ decision: 'grant-full', request });
    story.discloses([answer], { request });
    return { story, request, decision };
  };
  const verdictOf = (story: Story): string | undefined => story.verdicts(nec01)[0];

  it('the request: not decidable', () => {
    const { story, request } = told(sentItem('family'));
    expect(verdictOf(story.erase(request))).toBe('not-decidable');
  });

  it('the decision: not decidable, unless the request that is named already shows it', () => {
    const within = told(sentItem('family'));
    expect(verdictOf(within.story.erase(within.decision))).toBe('not-decidable');
    const beyond = told(sentItem('education'));
    expect(verdictOf(beyond.story.erase(beyond.decision))).toBe('broken');
  });

  it('something else: what is there decides', () => {
    const { story } = told(sentItem('family'));
    expect(verdictOf(story.erase(story.tell('RequestAcknowledged', { by: 'youth.example', at: asked })))).toBe('kept');
  });
});

describe('NEC-02: why it is necessary and what milder means were considered', () => {
  const missing = { missing: 'not-given' };

  it.each<[Data, string]>([
    [{}, 'kept'],
    [{ necessity: missing }, 'broken'],
    [{ alternatives: missing }, 'broken'],
    [{ necessity: undefined }, 'broken'],
    [{ necessity: undefined, alternatives: undefined }, 'broken'],
  ])('%j', (data, expected) => {
    const story = new Story();
    story.tell('InformationDisclosed', { at: sent, data });
    expect(story.verdicts(nec02)).toEqual([expected]);
  });

  it('cannot be said of an entry that is erased', () => {
    const story = new Story();
    story.erase(story.tell('InformationDisclosed', { at: sent }));
    expect(story.verdicts(nec02)).toEqual(['not-decidable']);
  });
});
