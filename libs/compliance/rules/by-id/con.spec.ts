import type { JsonObject } from '#statement';
import type { RegistryState } from '../registry-state.js';
import { emptyRegistry, Story } from '../testing/story.js';
import { con01 } from './con-01.js';
import { con02 } from './con-02.js';

const sent = '2026-11-16T10:00:00.000Z';
const disclosureId = '0195a6f0-0003-7000-8000-00000000000a';
type Data = Readonly<Record<string, unknown>>;

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

/** The youth office discloses to the police, on request. */
class Exchange extends Story {
  constructor(registry: Partial<RegistryState> = {}) {
    super('exchange', { ...emptyRegistry, ...registry });
  }

  discloses(conditions: unknown, data: Data = {}, at = sent): this {
    const plain = { disclosureId, recipients: ['police.example'], purpose: 'exit-support', request: undefined };
    const items = [item('exit-progress')];
    this.tell('InformationDisclosed', { by: 'youth.example', at, data: { ...plain, items, conditions, ...data } });
    return this;
  }

  decides(conditions: unknown, data: Data = {}, at = '2026-11-13T10:00:00.000Z'): this {
    this.tell('RequestDecided', { by: 'youth.example', at, data: { conditions, request: undefined, ...data } });
    return this;
  }

  accepts(at: string, conditionsAccepted: unknown, data: Data = {}, by = 'police.example'): this {
    this.tell('ConditionsAccepted', { by, at, data: { disclosureId, conditionsAccepted, ...data } });
    return this;
  }

  /** Whose duty, and how it stands. */
  standing(now?: string): readonly string[] {
    const verdicts = this.verdicts(con01, now);
    return this.judgements(con01).map(({ side }, place) => `${side.agency} ${verdicts[place] ?? ''}`);
  }
}

describe('CON-01: conditions go with the disclosure', () => {
  it.each<[string, unknown, unknown, readonly string[]]>([
    ['as decided', ['purpose-only'], ['purpose-only'], ['youth.example kept', 'police.example broken']],
    ['and more', ['purpose-only'], ['no-onward', 'purpose-only'], ['youth.example kept', 'police.example broken']],
    [
      'without one of them',
      ['purpose-only', 'no-onward'],
      ['no-onward'],
      ['youth.example broken', 'police.example broken'],
    ],
    ['without any', ['purpose-only'], undefined, ['youth.example broken']],
    ['where they are missing', ['purpose-only'], { missing: 'unknown' }, ['youth.example broken']],
    ['where they are missing and none was decided', undefined, { missing: 'unknown' }, ['youth.example broken']],
    ['where those decided are missing', { missing: 'unknown' }, undefined, []],
    ['where there are none', undefined, undefined, []],
  ])('%s', (_, decided, told, expected) => {
    expect(new Exchange().decides(decided).discloses(told).standing()).toEqual(expected);
  });

  it('at once; there is time to accept them only', () => {
    const exchange = new Exchange().decides(['purpose-only']).discloses(['no-onward']);
    expect(exchange.judgements(con01).map(({ deadline }) => deadline)).toEqual(['at-once', undefined]);
  });

  it.each([
    ['LED', ['law', 'policy']],
    ['GDPR', ['policy', 'policy']],
  ])('under %s telling and accepting are asked by %j', (regime, bases) => {
    const story = new Exchange().decides(['purpose-only']).discloses(['purpose-only'], { regime });
    expect(story.judgements(con01).map(({ settings }) => settings.basis)).toEqual(bases);
  });

  it('as decided last, of this request, by itself and before', () => {
    const request = '0195a6f0-0001-7000-8000-000000000002';
    const other = '0195a6f0-0001-7000-8000-000000000003';
    const discloses = (story: Exchange): string | undefined =>
      story.discloses(['no-onward'], { request }).standing()[0];
    expect(discloses(new Exchange().decides(['sealed'], { request }))).toBe('youth.example broken');
    expect(discloses(new Exchange().decides(['sealed'], { request: other }))).toBe('police.example broken');
    expect(discloses(new Exchange().decides(['sealed'], {}, '2026-11-16T10:01:00.000Z'))).toBe('police.example broken');
    const twice = new Exchange().decides(['sealed']).decides(['no-onward'], {}, '2026-11-14T10:00:00.000Z');
    expect(discloses(twice)).toBe('youth.example kept');
  });

  describe('as agreed', () => {
    const agreement = (change: JsonObject = {}): JsonObject => ({
      agreement: 'exit-network',
      version: 3,
      clauses: [
        {
          id: 'progress',
          from: ['youth.example'],
          to: ['police.example'],
          purposes: ['exit-support'],
          dataCategories: ['exit-progress'],
          conditions: ['social-secrecy'],
          timeLimits: { acceptance: { amount: 24, unit: 'hours' } },
          ...change,
        },
      ],
    });
    const under = (change: JsonObject = {}): Exchange => new Exchange({ agreementsInForce: () => [agreement(change)] });

    it.each<[string, JsonObject, string]>([
      ['by the clause that covers it', {}, 'youth.example broken'],
      ['not by one for other data', { dataCategories: ['family'] }, 'police.example broken'],
      ['not by one for another purpose', { purposes: ['school-support'] }, 'police.example broken'],
      ['not by one between others', { to: ['school.example'] }, 'police.example broken'],
      ['not by one whose conditions are missing', { conditions: { missing: 'unknown' } }, 'police.example broken'],
    ])('%s', (_, change, expected) => {
      expect(under(change).discloses(['purpose-only']).standing()[0]).toBe(expected);
    });

    it('each item by the clause that covers it, also beside others of which less is asked', () => {
      const [progress] = agreement()['clauses'] as readonly JsonObject[];
      const family = {
        ...progress,
        id: 'family',
        dataCategories: ['exit-progress', 'family'],
        conditions: ['no-onward'],
      };
      const network = { ...agreement(), clauses: [{ ...progress }, family] };
      const told = (conditions: readonly string[], ...categories: readonly string[]) => {
        const story = new Exchange({ agreementsInForce: () => [network] });
        const [first] = story.discloses(conditions, { items: categories.map(item) }).judgements(con01);
        return [first?.verdict.is, first?.clause];
      };
      expect(told(['social-secrecy'], 'exit-progress')).toEqual(['kept', 'exit-network@3#progress']);
      expect(told(['social-secrecy'], 'family')).toEqual(['broken', 'exit-network@3#family']);
      expect(told(['social-secrecy'], 'exit-progress', 'family')).toEqual(['broken', 'exit-network@3#family']);
      expect(told(['social-secrecy', 'no-onward'], 'exit-progress', 'family')[0]).toBe('kept');
    });

    it('by a clause about persons of some role, for which one is not said here', () => {
      const [progress] = agreement()['clauses'] as readonly JsonObject[];
      const victims = { ...progress, id: 'victims', subjectCategories: ['victim'], conditions: ['no-onward'] };
      const clients = { ...progress, subjectCategories: ['client'] };
      const network = { ...agreement(), clauses: [clients, victims] };
      const told = (...conditions: readonly string[]) => {
        const [first] = new Exchange({ agreementsInForce: () => [network] }).discloses(conditions).judgements(con01);
        return [first?.verdict.is, first?.clause];
      };
      expect(told('social-secrecy')).toEqual(['kept', 'exit-network@3#progress']);
      expect(told('no-onward')).toEqual(['kept', 'exit-network@3#victims']);
      expect(told('purpose-only')).toEqual(['broken', 'exit-network@3#progress']);
    });

    it('citing the clause', () => {
      const [told] = under().discloses(['social-secrecy']).judgements(con01);
      expect([told?.verdict.is, told?.clause]).toEqual(['kept', 'exit-network@3#progress']);
    });

    it('also how soon they are accepted', () => {
      const story = under().discloses(['social-secrecy']);
      expect(story.standing('2026-11-17T10:00:00.000Z')[1]).toBe('police.example pending');
      expect(story.standing('2026-11-17T10:00:00.001Z')[1]).toBe('police.example broken');
    });
  });
});

describe('CON-01: the recipient accepts them within five working days', () => {
  const both = ['purpose-only', 'no-onward'];
  const last = '2026-11-23T22:59:00.000Z';

  it.each([
    ['in the last minute', sent, last, 'kept'],
    ['a minute later', sent, '2026-11-23T23:00:00.000Z', 'broken'],
    ['after Christmas', '2026-12-22T10:00:00.000Z', '2026-12-30T22:59:00.000Z', 'kept'],
    ['too long after Christmas', '2026-12-22T10:00:00.000Z', '2026-12-30T23:00:00.000Z', 'broken'],
    ['when clocks were put forward', '2026-03-23T10:00:00.000Z', '2026-03-30T21:59:00.000Z', 'kept'],
    ['in a leap year', '2028-02-23T10:00:00.000Z', '2028-03-01T23:00:00.000Z', 'broken'],
  ])('%s', (_, at, acceptedAt, expected) => {
    expect(new Exchange().discloses(both, {}, at).accepts(acceptedAt, both).standing()).toEqual([
      `police.example ${expected}`,
    ]);
  });

  it.each([
    ['2026-11-23T22:59:59.999Z', 'pending'],
    ['2026-11-23T23:00:00.000Z', 'broken'],
  ])('not accepted at %s: %s', (now, expected) => {
    expect(new Exchange().discloses(both).standing(now)).toEqual([`police.example ${expected}`]);
  });

  it('each of them, in one entry or in several, with the receipt or after it', () => {
    const story = new Exchange().discloses(both);
    const data = { disclosureId, conditionsAccepted: ['no-onward'], conditionsRejected: undefined };
    story.tell('DisclosureReceived', { by: 'police.example', at: sent, data });
    expect(story.standing()).toEqual(['police.example broken']);
    expect(story.accepts(last, ['purpose-only']).standing()).toEqual(['police.example kept']);
  });

  it('what is rejected is not accepted, unless it is later', () => {
    const story = new Exchange().discloses(['sealed']);
    const conditionsRejected = [{ condition: 'sealed', because: 'Our files are open to the court.' }];
    const data = { disclosureId, conditionsAccepted: [], conditionsRejected };
    story.tell('DisclosureReceived', { by: 'police.example', at: sent, data });
    expect(story.standing()).toEqual(['police.example broken']);
    expect(story.accepts(last, ['sealed']).standing()).toEqual(['police.example kept']);
  });

  it.each<[string, unknown, Data, string]>([
    ['somebody else accepts', both, {}, 'school.example'],
    ['what is accepted is missing', { missing: 'unknown' }, {}, 'police.example'],
    ['another disclosure is meant', both, { disclosureId: '0195a6f0-0003-7000-8000-00000000000b' }, 'police.example'],
    ['the disclosure is missing', both, { disclosureId: { missing: 'unknown' } }, 'police.example'],
  ])('it does not count where %s', (_, conditions, data, by) => {
    expect(new Exchange().discloses(both).accepts(last, conditions, data, by).standing()).toEqual([
      'police.example broken',
    ]);
  });

  it('every recipient for itself, by the calendar of its Land', () => {
    const registry = {
      regimeOf: () => 'LED',
      packOf: (agency: string) => (agency === 'police.example' ? 'DE-NW' : null),
    };
    const recipients = ['police.example', 'probation.example'];
    const story = new Exchange(registry).discloses(
      both,
      { recipients, regimeRecipient: undefined },
      '2026-05-29T10:00:00.000Z',
    );
    expect(story.standing('2026-06-05T22:30:00.000Z')).toEqual(['police.example pending', 'probation.example broken']);
  });

  it('an erased entry may have accepted', () => {
    const story = new Exchange().discloses(both).accepts(sent, both);
    expect(erased(story, 1).verdicts(con01)).toEqual(['not-decidable', 'not-decidable']);
  });
});

describe('CON-02: what came with a condition goes on only by permission', () => {
  const onwardId = '0195a6f0-0003-7000-8000-00000000000f';
  const permittedAt = '2026-11-17T10:00:00.000Z';
  const passedOnAt = '2026-11-20T10:00:00.000Z';

  /** The police passes on to probation what the youth office told it. */
  const passedOn = (original: Story, data: Data = {}, at = passedOnAt): Story => {
    const story = new Story();
    const plain = {
      disclosureId: onwardId,
      derivedFrom: [disclosureId],
      recipients: ['probation.example'],
      purpose: 'probation-supervision',
      items: [item('exit-progress')],
    };
    story.tell('InformationDisclosed', { by: 'police.example', at, data: { ...plain, ...data } });
    return story.link(disclosureId, original);
  };
  const told = (conditions: unknown = ['originator-consent']): Exchange =>
    new Exchange().discloses(conditions, { items: [item('exit-progress'), item('family')] });
  const permit = (story: Exchange, data: Data = {}, at = permittedAt, by = 'youth.example'): Exchange => {
    const plain = {
      disclosureId,
      askedBy: 'police.example',
      onwardTo: ['probation.example'],
      purpose: 'probation-supervision',
      items: undefined,
      validUntil: undefined,
    };
    story.tell('OnwardSharingPermitted', { by, at, data: { ...plain, ...data } });
    return story;
  };

  it.each<[unknown, string]>([
    [['originator-consent'], 'broken'],
    [['no-onward'], 'broken'],
    [['purpose-only', 'social-secrecy'], 'kept'],
    [[], 'kept'],
    [{ missing: 'unknown' }, 'kept'],
  ])('told with %j and no permission: %s', (conditions, expected) => {
    expect(passedOn(told(conditions)).verdicts(con02)).toEqual([expected]);
  });

  it.each<[string, Data, string]>([
    ['as it says', {}, 'kept'],
    ['to somebody else', { onwardTo: ['prosecution.example'] }, 'broken'],
    ['to a body that is missing', { onwardTo: { missing: 'unknown' } }, 'broken'],
    ['for another purpose', { purpose: 'crime-investigation' }, 'broken'],
    ['for a purpose that is missing', { purpose: { missing: 'unknown' } }, 'broken'],
    ['of another disclosure', { disclosureId: onwardId }, 'broken'],
    ['of a disclosure that is missing', { disclosureId: { missing: 'unknown' } }, 'broken'],
    ['for somebody else to pass on', { askedBy: 'school.example' }, 'broken'],
    ['for the item that goes on', { items: [0] }, 'kept'],
    ['for another item', { items: [1] }, 'broken'],
    ['for items that are missing', { items: { missing: 'unknown' } }, 'kept'],
  ])('permitted %s', (_, data, expected) => {
    expect(passedOn(permit(told(), data)).verdicts(con02)).toEqual([expected]);
  });

  it('what the police adds of its own needs no permission of others', () => {
    const items = [item('exit-progress'), item('threat-indicator')];
    expect(passedOn(permit(told(), { items: [0] }), { items }).verdicts(con02)).toEqual(['kept']);
  });

  it.each([
    ['the same moment', passedOnAt, 'kept'],
    ['a minute later', '2026-11-20T10:01:00.000Z', 'broken'],
  ])('permitted %s', (_, at, expected) => {
    expect(passedOn(permit(told(), {}, at)).verdicts(con02)).toEqual([expected]);
  });

  it.each([
    ['the last minute of the last day', '2026-11-30', '2026-11-30T22:59:00.000Z', 'kept'],
    ['the minute after it', '2026-11-30', '2026-11-30T23:00:00.000Z', 'broken'],
    ['the minute after a leap day', '2028-02-29', '2028-02-29T23:00:00.000Z', 'broken'],
    ['the last minute of a summer day', '2027-03-28', '2027-03-28T21:59:00.000Z', 'kept'],
  ])('passed on in %s', (_, validUntil, at, expected) => {
    expect(passedOn(permit(told(), { validUntil }), {}, at).verdicts(con02)).toEqual([expected]);
  });

  it('only the originator permits', () => {
    expect(passedOn(permit(told(), {}, permittedAt, 'school.example')).verdicts(con02)).toEqual(['broken']);
  });

  it('the permission may stand in another exchange, which is named', () => {
    const permissionRef = '0195a6f0-00aa-7000-8000-000000000000';
    const story = passedOn(told(), { permissionRef }).link(permissionRef, permit(new Exchange()));
    expect(story.verdicts(con02)).toEqual(['kept']);
  });

  it('back to the originator is no passing on', () => {
    expect(passedOn(told(), { recipients: ['youth.example'] }).verdicts(con02)).toEqual(['kept']);
    expect(passedOn(told(), { recipients: { missing: 'unknown' } }).verdicts(con02)).toEqual(['broken']);
  });

  it('who accepted a condition is bound by it, where the sender recorded nothing', () => {
    const oneSided = (): Exchange => new Exchange().accepts(sent, ['no-onward'], { disclosedBy: 'youth.example' });
    expect(passedOn(oneSided()).verdicts(con02)).toEqual(['broken']);
    expect(passedOn(permit(oneSided())).verdicts(con02)).toEqual(['kept']);
  });

  it('is said of each disclosure that is passed on, and of none that nobody recorded', () => {
    const second = '0195a6f0-0003-7000-8000-00000000000c';
    const both = passedOn(told(), { derivedFrom: [disclosureId, second, onwardId] });
    expect(both.judgements(con02).map(({ part }) => part)).toEqual([disclosureId]);
    expect(passedOn(told(), { derivedFrom: { missing: 'unknown' } }).verdicts(con02)).toEqual([]);
  });

  it('is the duty of who passes on', () => {
    const story = passedOn(told());
    const onward = story.matter.entries[0]?.id;
    expect(story.judgements(con02).map(({ side, entry }) => [side.agency, entry])).toEqual([
      ['police.example', onward],
    ]);
  });

  it('cannot be said where what decides it is erased', () => {
    expect(passedOn(erased(told())).verdicts(con02)).toEqual(['not-decidable']);
    expect(passedOn(erased(permit(told()), 1)).verdicts(con02)).toEqual(['not-decidable']);
    const known = erased(permit(told(['purpose-only'])), 1);
    expect(passedOn(known).verdicts(con02)).toEqual(['kept']);
  });
});
