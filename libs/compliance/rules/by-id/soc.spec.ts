import type { RegistryState } from '../registry-state.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { soc01 } from './soc-01.js';
import { soc02 } from './soc-02.js';
import { soc03 } from './soc-03.js';

const sent = '2026-11-16T10:00:00.000Z';
type Data = Readonly<Record<string, unknown>>;

const kinds: Readonly<Record<string, string>> = {
  'youth.example': 'youth-welfare',
  'benefits.example': 'social-services',
  'services.example': 'domestic-intelligence',
  'bka.example': 'police',
  'police.example': 'police',
  'school.example': 'school',
};
const packs: Readonly<Record<string, string>> = {
  'youth.example': 'DE-SGB',
  'benefits.example': 'DE-SGB',
  'services.example': 'DE-NATSEC',
  'bka.example': 'DE-BDSG3',
  'police.example': 'DE-NW',
  'school.example': 'DE-NW',
};
const network: RegistryState = {
  ...emptyRegistry,
  kindOf: (agency) => kinds[agency] ?? null,
  packOf: (agency) => packs[agency] ?? null,
};

const item = (dataCategory: unknown): Data => ({
  dataCategory,
  itemBasis: 'fact',
  reliability: 'high',
  asOf: '2026-11-15',
});

const erased = (story: Story, place = 0): Story => {
  const entry = story.matter.entries[place];
  if (entry === undefined) throw new RangeError(`no entry at ${place}`);
  return story.erase(entry.id);
};

/** A body bound by social secrecy discloses. */
function disclosed(data: Data, by = 'youth.example', story = new Story('exchange', network)): Story {
  const plain = {
    regime: 'GDPR',
    pack: 'DE-SGB',
    request: undefined,
    regimeRecipient: undefined,
    recipients: ['services.example'],
    items: [item('identity')],
    legalBasisTransmit: { code: 'GDPR-A6-1-e', provision: 'SGB X § 72' },
  };
  story.tell('InformationDisclosed', { by, at: sent, data: { ...plain, ...data } });
  return story;
}

describe('SOC-01: services get identity, address and employer, by decision of the head', () => {
  const byHead = { decidedByHead: true };

  it.each<[unknown, string]>([
    ['identity', 'kept'],
    ['address', 'kept'],
    ['employer', 'kept'],
    ['family', 'broken'],
    ['ideology-assessment', 'broken'],
    [{ missing: 'unknown' }, 'broken'],
  ])('%j is %s', (category, expected) => {
    expect(disclosed({ ...byHead, items: [item(category)] }).verdicts(soc01)).toEqual(['kept', expected]);
  });

  it('says which items to leave out', () => {
    const story = disclosed({ ...byHead, items: [item('identity'), item('family'), item('address')] });
    expect(story.judgements(soc01).map(({ part, verdict }) => [part, verdict.is])).toEqual([
      [null, 'kept'],
      ['/items/0', 'kept'],
      ['/items/1', 'broken'],
      ['/items/2', 'kept'],
    ]);
  });

  it.each<[string, Data, readonly string[]]>([
    ['an intelligence service', { recipients: ['services.example'] }, ['kept', 'broken']],
    ['the Federal Criminal Police Office', { recipients: ['bka.example'] }, ['kept', 'broken']],
    ['a service among others', { recipients: ['school.example', 'services.example'] }, ['kept', 'broken']],
    [
      'a body that works under the law of the services',
      { recipients: ['x.example'], regimeRecipient: 'NATSEC' },
      ['kept', 'broken'],
    ],
    ['the police of the Land', { recipients: ['police.example'] }, []],
    ['a school', { recipients: ['school.example'] }, []],
    ['a recipient that is missing', { recipients: { missing: 'unknown' } }, []],
  ])('to %s', (_, data, expected) => {
    expect(disclosed({ ...byHead, items: [item('family')], ...data }).verdicts(soc01)).toEqual(expected);
  });

  describe('the head or the deputy decides', () => {
    const decided = (data: Data, by = 'youth.example', at = '2026-11-13T10:00:00.000Z'): Story => {
      const story = new Story('exchange', network);
      story.tell('RequestDecided', { by, at, data: { request: undefined, ...data } });
      return disclosed({}, 'youth.example', story);
    };

    it.each<[unknown, string]>([
      [true, 'kept'],
      [false, 'broken'],
      [undefined, 'broken'],
      [{ missing: 'unknown' }, 'broken'],
    ])('said with the disclosure: %j is %s', (decidedByHead, expected) => {
      expect(disclosed({ decidedByHead }).verdicts(soc01)[0]).toBe(expected);
    });

    it('or with the decision on the request', () => {
      expect(decided(byHead).verdicts(soc01)[0]).toBe('kept');
      expect(decided({ decidedByHead: { missing: 'follows' } }).verdicts(soc01)[0]).toBe('broken');
      expect(decided(byHead, 'services.example').verdicts(soc01)[0]).toBe('broken');
      expect(decided(byHead, 'youth.example', '2026-11-16T10:01:00.000Z').verdicts(soc01)[0]).toBe('broken');
    });

    it('or in a decision that was erased: nobody can say', () => {
      expect(erased(decided(byHead)).verdicts(soc01)[0]).toBe('not-decidable');
    });
  });

  it('leaves the duty to report planned crimes alone', () => {
    const provision = 'SGB X § 71(1) no. 1; StGB § 138';
    const legalBasisTransmit = { code: 'GDPR-A6-1-c', provision };
    expect(disclosed({ items: [item('threat-indicator')], legalBasisTransmit }).verdicts(soc01)).toEqual([]);
  });

  it('binds only under social law', () => {
    expect(disclosed({ pack: 'DE-NW' }, 'school.example').verdicts(soc01)).toEqual([]);
    const [first] = disclosed({}, 'benefits.example').judgements(soc01);
    expect([first?.side.agency, first?.settings.severity, first?.settings.packs]).toEqual([
      'benefits.example',
      'urgent',
      ['DE-SGB@1'],
    ]);
  });
});

describe('SOC-02: youth welfare does not endanger its help', () => {
  it.each<[unknown, string]>([
    [true, 'kept'],
    [false, 'broken'],
    [undefined, 'broken'],
    [{ missing: 'unknown' }, 'broken'],
  ])('weighed: %j is %s', (helpNotEndangered, expected) => {
    expect(disclosed({ helpNotEndangered }).verdicts(soc02)).toEqual([expected]);
  });

  it('is not asked of other bodies, nor of the duty to report planned crimes', () => {
    const open = { helpNotEndangered: undefined };
    expect(disclosed(open, 'benefits.example').verdicts(soc02)).toEqual([]);
    expect(disclosed({ ...open, pack: 'DE-NW' }).verdicts(soc02)).toEqual([]);
    const legalBasisTransmit = { code: 'GDPR-A6-1-c', provision: 'StGB § 138' };
    expect(disclosed({ ...open, legalBasisTransmit }).verdicts(soc02)).toEqual([]);
  });

  it('cannot be said of a disclosure that is erased', () => {
    for (const rule of [soc01, soc02, soc03]) {
      expect(erased(disclosed({})).verdicts({ ...rule, applies: true })).toEqual(['not-decidable']);
    }
  });
});

describe('SOC-03: who receives social data is told that it is bound', () => {
  const bound = ['purpose-only', 'social-secrecy'];

  it.each<[string, Data, readonly string[]]>([
    ['a service that is told', { conditions: bound }, ['kept']],
    ['a service that is told of other conditions', { conditions: ['purpose-only'] }, ['broken']],
    ['a service where the conditions are missing', { conditions: { missing: 'unknown' } }, ['broken']],
    ['a service that is told nothing', { conditions: undefined }, ['broken']],
    ['a body nobody knows', { recipients: ['x.example'], conditions: undefined }, ['broken']],
    ['a body of social law, which is bound anyway', { recipients: ['benefits.example'], conditions: undefined }, []],
    ['both', { recipients: ['benefits.example', 'school.example'], conditions: undefined }, ['broken']],
  ])('%s', (_, data, expected) => {
    expect(disclosed(data).verdicts(soc03)).toEqual(expected);
  });

  it('binds only under social law', () => {
    expect(disclosed({ conditions: [], pack: 'DE-NW' }, 'school.example').verdicts(soc03)).toEqual([]);
  });
});
