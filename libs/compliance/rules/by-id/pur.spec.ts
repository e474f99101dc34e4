import { emptyRegistry, Story } from '../testing/story.js';
import { pur01 } from './pur-01.js';
import { pur02 } from './pur-02.js';

const sent = '2026-11-16T10:00:00.000Z';
type Data = Readonly<Record<string, unknown>>;

/** Items collected for these purposes, passed on; undefined where an item does not say. */
function disclosed(collectedFor: readonly unknown[], data: Data = {}): Story {
  const story = new Story();
  const items = collectedFor.map((one) => ({
    dataCategory: 'exit-progress',
    itemBasis: 'fact',
    reliability: 'high',
    asOf: '2026-11-15',
    ...(one !== undefined && { collectedFor: one }),
  }));
  const plain = { purpose: 'exit-support', regimeChangeProvision: undefined };
  story.tell('InformationDisclosed', { by: 'youth.example', at: sent, data: { ...plain, items, ...data } });
  return story;
}

describe('PUR-01: a new purpose is compatible, or a law allows it', () => {
  const other = ['child-welfare'];
  const basis = (code: string, provision: unknown = 'SGB X § 67b'): Data => ({
    legalBasisTransmit: { code, provision },
  });

  const none = { missing: 'unknown' };
  const crossing = (regime: unknown, regimeRecipient: unknown): Data => ({
    regime,
    regimeRecipient,
    regimeChangeProvision: 'SGB X § 69',
  });

  it.each<[string, readonly unknown[], Data, readonly string[]]>([
    ['the same purpose', ['exit-support'], {}, ['kept']],
    ['another purpose', other, {}, ['broken']],
    ['another purpose, found compatible', other, { purposeCompatible: true }, ['kept']],
    ['another purpose, found incompatible', other, { purposeCompatible: false }, ['broken']],
    ['another purpose, compatibility unknown', other, { purposeCompatible: { missing: 'unknown' } }, ['broken']],
    ['another purpose by consent', other, basis('GDPR-A6-1-a'), ['kept']],
    ['another purpose by legal obligation', other, basis('GDPR-A6-1-c'), ['kept']],
    ['another purpose of law enforcement by law', other, basis('LED-A4-2'), ['kept']],
    ['a purpose outside law enforcement by law', other, basis('LED-A9-1'), ['kept']],
    ['a law that is not cited', other, basis('LED-A9-1', { missing: 'follows' }), ['broken']],
    ['a public task alone', other, basis('GDPR-A6-1-e'), ['broken']],
    ['no ground at all', other, { legalBasisTransmit: { missing: 'unknown' } }, ['broken']],
    ['a provision for the change of regime', other, crossing('GDPR', 'LED'), ['kept']],
    ['such a provision, but the regime stays', other, crossing('GDPR', 'GDPR'), ['broken']],
    ['such a provision, the regime there unknown', other, crossing('GDPR', undefined), ['kept']],
    ['such a provision, the own regime unknown', other, crossing(undefined, 'GDPR'), ['kept']],
    ['such a provision, nobody named', other, { ...crossing('GDPR', 'GDPR'), recipients: none }, ['kept']],
    ['a purpose that is missing', ['exit-support'], { purpose: { missing: 'unknown' } }, ['broken']],
    ['two purposes that are missing', [{ missing: 'unknown' }], { purpose: { missing: 'unknown' } }, ['broken']],
    ['an item that says its purpose is unknown', [{ missing: 'unknown' }], {}, ['broken']],
    ['an item that says nothing of it', [undefined], {}, []],
    ['items that are missing', [], { items: { missing: 'follows' } }, []],
  ])('%s', (_, collectedFor, data, expected) => {
    expect(disclosed(collectedFor, data).verdicts(pur01)).toEqual(expected);
  });

  it('item by item, as the duty of the sender', () => {
    expect(disclosed(['exit-support', undefined, 'health-care']).judgements(pur01)).toMatchObject([
      { part: '/items/0', verdict: { is: 'kept' } },
      { part: '/items/2', side: { agency: 'youth.example' }, verdict: { is: 'broken', since: sent } },
    ]);
  });

  it('cannot be said of an entry that is erased', () => {
    const story = new Story();
    story.erase(story.tell('InformationDisclosed', { at: sent }));
    expect(story.verdicts(pur01)).toEqual(['not-decidable']);
  });
});

describe('PUR-02: what was collected for prevention is not passed on for investigation', () => {
  const forbidding = { code: 'X', version: 1, rules: { 'PUR-02': { applies: true, source: 'RPL 115†' } } };
  const verdicts = (collectedFor: readonly unknown[], purpose: unknown, packs = [forbidding]): readonly string[] =>
    disclosed(collectedFor, { purpose, pack: 'X' }).verdicts(pur02, sent, packs);

  it.each([
    ['exit-support', 'crime-investigation', ['broken']],
    ['threat-prevention', 'crime-investigation', ['broken']],
    ['exit-support', 'threat-prevention', ['kept']],
    ['crime-investigation', 'crime-investigation', []],
    ['exit-support', { missing: 'unknown' }, ['kept']],
    [{ missing: 'unknown' }, 'crime-investigation', []],
    [undefined, 'crime-investigation', []],
  ])('collected for %j, passed on for %j', (collectedFor, purpose, expected) => {
    expect(verdicts([collectedFor], purpose)).toEqual(expected);
  });

  it('only where a pack says that the law forbids it', () => {
    expect(verdicts(['exit-support'], 'crime-investigation', [])).toEqual([]);
    expect(disclosed(['exit-support'], { purpose: 'crime-investigation' }).verdicts(pur02)).toEqual([]);
  });

  it('cannot be said of an entry that is erased, where its issuer is under such a law', () => {
    const erased = (pack: string) => {
      const story = new Story('exchange', { ...emptyRegistry, packOf: () => pack });
      story.erase(story.tell('InformationDisclosed', { at: sent }));
      return story.verdicts(pur02, sent, [forbidding]);
    };
    expect(erased('X')).toEqual(['not-decidable']);
    expect(erased('Y')).toEqual([]);
  });
});
