import type { RegistryState } from '../registry-state.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { spc01 } from './spc-01.js';
import { spc02 } from './spc-02.js';

const sent = '2026-11-16T10:00:00.000Z';
type Data = Readonly<Record<string, unknown>>;

function disclosed(data: Data, registry: Partial<RegistryState> = {}): Story {
  const story = new Story('exchange', { ...emptyRegistry, ...registry });
  const plain = { consentRef: undefined, specialGround: undefined, strictNecessity: undefined };
  story.tell('InformationDisclosed', { by: 'clinic.example', at: sent, data: { ...plain, ...data } });
  return story;
}

const erased = (story: Story): Story => {
  const [entry] = story.matter.entries;
  if (entry === undefined) throw new RangeError('an empty story');
  return story.erase(entry.id);
};

const item = (dataCategory: unknown, more: Data = {}): Data => ({
  dataCategory,
  itemBasis: 'fact',
  reliability: 'high',
  asOf: '2026-11-15',
  ...more,
});

describe('SPC-01: special categories have a ground', () => {
  const health = [item('mental-health')];
  const why = { strictNecessity: 'Without it the danger cannot be judged.' };

  it.each<[string, Data, string]>([
    ['a health body with a ground', { regime: 'GDPR', specialGround: 'GDPR-A9-2-h' }, 'kept'],
    ['a health body without one', { regime: 'GDPR' }, 'broken'],
    ['a health body whose ground is missing', { regime: 'GDPR', specialGround: { missing: 'follows' } }, 'broken'],
    ['a health body with a ground of the police', { regime: 'GDPR', specialGround: 'LED-A10-a', ...why }, 'broken'],
    ['the police with a ground and strict necessity', { regime: 'LED', specialGround: 'LED-A10-a', ...why }, 'kept'],
    ['the police without strict necessity', { regime: 'LED', specialGround: 'LED-A10-a' }, 'broken'],
    [
      'the police that does not know why',
      { regime: 'LED', specialGround: 'LED-A10-a', strictNecessity: { missing: 'unknown' } },
      'broken',
    ],
    ['the police that leaves law enforcement', { regime: 'LED', specialGround: 'GDPR-A9-2-c', ...why }, 'kept'],
    ['a service with a ground of its own', { regime: 'NATSEC', specialGround: 'NATSEC-law' }, 'kept'],
    ['a service with a ground of the police', { regime: 'NATSEC', specialGround: 'LED-A10-a' }, 'broken'],
    ['a body whose regime is missing', { regime: { missing: 'unknown' }, specialGround: 'LED-A10-a' }, 'kept'],
  ])('%s', (_, data, expected) => {
    expect(disclosed({ items: health, ...data }).verdicts(spc01)).toEqual([expected]);
  });

  it.each<[string, Data, readonly string[]]>([
    ['what is special by what it is', item('religious-belief'), ['broken']],
    ['an assessment of ideology', item('ideology-assessment'), ['broken']],
    ['what is flagged', item('exit-progress', { specialCategory: true }), ['broken']],
    ['what may be special', item('exit-progress', { specialCategory: { missing: 'unknown' } }), ['broken']],
    ['special data that somebody says are not', item('health-record', { specialCategory: false }), ['broken']],
    ['what is neither', item('exit-progress'), []],
    ['a conviction, whose flag means another law', item('criminal-conviction', { specialCategory: true }), []],
    ['an item of unknown category', item({ missing: 'unknown' }), []],
  ])('asks it of %s', (_, one, expected) => {
    expect(disclosed({ items: [one] }).verdicts(spc01)).toEqual(expected);
  });

  it('says which items to leave out', () => {
    const story = disclosed({ items: [item('address'), item('mental-health'), item('family'), item('ethnic-origin')] });
    expect(story.judgements(spc01).map(({ part }) => part)).toEqual(['/items/1', '/items/3']);
  });

  it('takes the regime from the registry where the entry does not say it', () => {
    const data = { items: health, regime: undefined, specialGround: 'LED-A10-a' };
    expect(disclosed(data, { regimeOf: () => 'LED' }).verdicts(spc01)).toEqual(['broken']);
    expect(disclosed({ ...data, ...why }, { regimeOf: () => 'LED' }).verdicts(spc01)).toEqual(['kept']);
  });

  it('asks no strict necessity of bodies under the regulation', () => {
    expect(disclosed({ items: health, regime: 'GDPR', specialGround: 'GDPR-A9-2-g' }).verdicts(spc01)).toEqual([
      'kept',
    ]);
  });

  describe('where the ground is explicit consent', () => {
    const consentRef = '0195a6f0-00aa-7000-8000-000000000000';
    const consent = { items: health, regime: 'GDPR', specialGround: 'GDPR-A9-2-a', consentRef };
    const relying = { ...consent, recipients: ['youth.example'], purpose: 'exit-support' };
    const reaching = { dataCategories: ['mental-health'], purposes: ['exit-support'], mayReceive: ['youth.example'] };
    const consented = (explicitForSpecialCategories: unknown, data: Data = {}): Story => {
      const story = new Story('consent');
      const usual = { ...reaching, validUntil: '2026-11-16', explicitForSpecialCategories };
      story.tell('ConsentRecorded', { at: sent, data: { ...usual, ...data } });
      return story;
    };

    it.each<[unknown, string]>([
      [true, 'kept'],
      [false, 'broken'],
      [undefined, 'broken'],
      [{ missing: 'unknown' }, 'broken'],
    ])('a consent that names such data (%j) is %s', (explicit, expected) => {
      expect(disclosed(relying).link(consentRef, consented(explicit)).verdicts(spc01)).toEqual([expected]);
    });

    it.each<[string, Data]>([
      ['for other data', { dataCategories: ['exit-progress'] }],
      ['for another purpose', { purposes: ['school-support'] }],
      ['for somebody else', { mayReceive: ['school.example'] }],
      ['that is over', { validUntil: '2026-11-15' }],
    ])('a consent %s carries nothing, however explicit it is', (_, data) => {
      expect(disclosed(relying).link(consentRef, consented(true, data)).verdicts(spc01)).toEqual(['broken']);
    });

    it('a consent carries the items it names, and no others', () => {
      const two = { ...relying, items: [...health, item('religious-belief')] };
      const judged = disclosed(two).link(consentRef, consented(true)).judgements(spc01);
      expect(judged.map(({ part, verdict }) => [part, verdict.is])).toEqual([
        ['/items/0', 'kept'],
        ['/items/1', 'broken'],
      ]);
      expect(judged[1]?.facts).toContain(consentRef);
    });

    it('a consent that nobody recorded is none', () => {
      expect(disclosed(relying).verdicts(spc01)).toEqual(['broken']);
    });

    it('a consent that is not named may be held elsewhere', () => {
      expect(disclosed({ ...relying, consentRef: undefined }).verdicts(spc01)).toEqual(['kept']);
    });

    it('a consent that is said to be missing is none', () => {
      expect(disclosed({ ...relying, consentRef: { missing: 'follows' } }).verdicts(spc01)).toEqual(['broken']);
    });

    it('an erased consent decides nothing any more', () => {
      expect(
        disclosed(relying)
          .link(consentRef, erased(consented(true)))
          .verdicts(spc01),
      ).toEqual(['not-decidable']);
    });
  });

  it('cannot be said of a disclosure that is erased', () => {
    expect(erased(disclosed({ items: health })).verdicts(spc01)).toEqual(['not-decidable']);
  });

  it('is law, but only policy for services, which neither regulation nor directive binds', () => {
    const basisUnder = (regime: string): readonly string[] =>
      disclosed({ items: health, regime, pack: undefined })
        .judgements(spc01)
        .map(({ settings }) => settings.basis);
    expect(['GDPR', 'LED', 'NATSEC'].flatMap(basisUnder)).toEqual(['law', 'law', 'policy']);
  });
});

describe('SPC-02: who else it is about is flagged, with the reason', () => {
  const reason = { thirdPersonReason: 'The mentor is a relative.' };

  it.each<[string, Data, readonly string[]]>([
    ['flagged with a reason', item('exit-progress', { thirdPerson: true, ...reason }), ['kept']],
    ['flagged without one', item('exit-progress', { thirdPerson: true }), ['broken']],
    [
      'flagged with a reason that is missing',
      item('exit-progress', { thirdPerson: true, thirdPersonReason: { missing: 'follows' } }),
      ['broken'],
    ],
    ['a flag that is missing', item('exit-progress', { thirdPerson: { missing: 'unknown' }, ...reason }), ['broken']],
    ['the family without a flag', item('family'), ['broken']],
    ['contacts without a flag', item('network-contacts'), ['broken']],
    ['the family, flagged with a reason', item('family', { thirdPerson: true, ...reason }), ['kept']],
    ['the family, where somebody says it is about nobody else', item('family', { thirdPerson: false }), []],
    ['about the person alone', item('exit-progress'), []],
  ])('%s', (_, one, expected) => {
    expect(disclosed({ items: [one] }).verdicts(spc02)).toEqual(expected);
  });

  it('is told of each item', () => {
    const story = disclosed({ items: [item('address'), item('family'), item('network-contacts')] });
    expect(story.judgements(spc02).map(({ part }) => part)).toEqual(['/items/1', '/items/2']);
  });

  it('cannot be said of a disclosure that is erased', () => {
    expect(erased(disclosed({})).verdicts(spc02)).toEqual(['not-decidable']);
  });
});
