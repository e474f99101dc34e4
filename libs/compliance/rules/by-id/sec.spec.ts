import type { EntryId } from '#kernel';
import { Story } from '../testing/story.js';
import { sec01 } from './sec-01.js';
import { sec02 } from './sec-02.js';
import { sec03 } from './sec-03.js';

const sent = '2026-11-16T10:00:00.000Z';
const consentRef = '0195a6f0-00aa-7000-8000-000000000000';
const disclosureId = '0195a6f0-0003-7000-8000-00000000000a';
type Data = Readonly<Record<string, unknown>>;

const item = (dataCategory: unknown, secrecyClass?: unknown): Data => ({
  dataCategory,
  itemBasis: 'fact',
  reliability: 'high',
  asOf: '2026-11-15',
  ...(secrecyClass !== undefined && { secrecyClass }),
});

/** The clinic tells the youth office and the school. */
function disclosed(data: Data, at = sent): Story {
  const story = new Story();
  const plain = {
    disclosureId,
    recipients: ['youth.example', 'school.example'],
    purpose: 'exit-support',
    legalBasisTransmit: { code: 'GDPR-A6-1-e', provision: 'PsychKHG § 1' },
    gateway: undefined,
    consentRef: undefined,
  };
  story.tell('InformationDisclosed', { by: 'clinic.example', at, data: { ...plain, ...data } });
  return story;
}

const erased = (story: Story, place = 0): Story => {
  const entry = story.matter.entries[place];
  if (entry === undefined) throw new RangeError(`no entry at ${place}`);
  return story.erase(entry.id);
};

describe('SEC-01: what is secret is told only on a ground that reaches it', () => {
  it.each<[string, Data, readonly string[]]>([
    ['with a ground', { gateway: 'child-endangerment' }, ['kept']],
    ['without one', {}, ['broken']],
    ['where it is said that none is needed', { gateway: 'none-needed' }, ['broken']],
    ['where the ground is missing', { gateway: { missing: 'follows' } }, ['broken']],
    [
      'where the consent relied on is missing',
      { gateway: 'consent-subject', consentRef: { missing: 'unknown' } },
      ['broken'],
    ],
  ])('%s', (_, data, expected) => {
    expect(disclosed({ items: [item('mental-health', 'professional')], ...data }).verdicts(sec01)).toEqual(expected);
  });

  it.each<[unknown, readonly string[]]>([
    ['professional', ['broken']],
    ['entrusted', ['broken']],
    ['social', ['broken']],
    ['official', ['broken']],
    ['statutory-conference', ['broken']],
    [{ missing: 'unknown' }, ['broken']],
    ['none', []],
    [undefined, []],
  ])('asks it of an item bound by %j: %j', (secrecyClass, expected) => {
    expect(disclosed({ items: [item('exit-progress', secrecyClass)] }).verdicts(sec01)).toEqual(expected);
  });

  it.each([
    ['SGB X § 69(1) no. 1', 'social', 'kept'],
    ['§ 71 Abs. 1 SGB X', 'social', 'kept'],
    ['SGB VIII § 62', 'social', 'broken'],
    ['SGB X § 69(1) no. 1', 'entrusted', 'broken'],
  ])('%s lets %s data pass: %s', (provision, secrecyClass, expected) => {
    const story = disclosed({
      items: [item('exit-progress', secrecyClass)],
      legalBasisTransmit: { code: 'GDPR-A6-1-e', provision },
    });
    expect(story.verdicts(sec01)).toEqual([expected]);
  });

  it('says which items to leave out', () => {
    const story = disclosed({ items: [item('address'), item('mental-health', 'professional')] });
    expect(story.judgements(sec01).map(({ part }) => part)).toEqual(['/items/1']);
  });

  describe('a release from secrecy', () => {
    const given = {
      dataCategories: ['mental-health'],
      purposes: ['exit-support'],
      mayReceive: ['youth.example', 'school.example', 'police.example'],
      released: 'clinic.example',
      validUntil: undefined,
    };
    const released = (data: Data = {}, at = '2026-11-10T10:00:00.000Z'): Story => {
      const story = new Story('consent');
      story.tell('SecrecyReleaseRecorded', { by: 'exit.example', at, data: { ...given, ...data } });
      return story;
    };
    const told = (at = sent): Story =>
      disclosed({ items: [item('mental-health', 'professional')], gateway: 'release-from-secrecy', consentRef }, at);

    it.each<[string, Data, string]>([
      ['reaches what it names', {}, 'kept'],
      ['reaches no other data', { dataCategories: ['exit-progress'] }, 'broken'],
      ['reaches nothing where it does not say what', { dataCategories: { missing: 'unknown' } }, 'broken'],
      ['reaches no other purpose', { purposes: ['school-support'] }, 'broken'],
      ['reaches nothing where it does not say what for', { purposes: { missing: 'unknown' } }, 'broken'],
      ['reaches all recipients or none', { mayReceive: ['youth.example'] }, 'broken'],
      ['reaches nobody where it does not say whom', { mayReceive: { missing: 'unknown' } }, 'broken'],
      ['lets nobody else speak', { released: 'school.example' }, 'broken'],
      ['lets nobody speak where it does not say who', { released: { missing: 'unknown' } }, 'broken'],
      ['holds without end where the end is missing', { validUntil: { missing: 'not-given' } }, 'kept'],
    ])('%s', (_, data, expected) => {
      expect(told().link(consentRef, released(data)).verdicts(sec01)).toEqual([expected]);
    });

    it.each([
      ['the last minute of its last day', '2026-11-15', '2026-11-15T22:59:00.000Z', 'kept'],
      ['the first minute after it', '2026-11-15', '2026-11-15T23:00:00.000Z', 'broken'],
      ['the last minute of a leap day', '2028-02-29', '2028-02-29T22:59:00.000Z', 'kept'],
      ['the first minute after a leap day', '2028-02-29', '2028-02-29T23:00:00.000Z', 'broken'],
      ['the last minute of a day on which clocks are put forward', '2027-03-28', '2027-03-28T21:59:00.000Z', 'kept'],
      ['the first minute after it', '2027-03-28', '2027-03-28T22:00:00.000Z', 'broken'],
    ])('%s', (_, validUntil, at, expected) => {
      expect(told(at).link(consentRef, released({ validUntil })).verdicts(sec01)).toEqual([expected]);
    });

    it('lifts nothing before it was given', () => {
      expect(told().link(consentRef, released({}, sent)).verdicts(sec01)).toEqual(['kept']);
      const later = released({}, '2026-11-16T10:01:00.000Z');
      expect(told().link(consentRef, later).verdicts(sec01)).toEqual(['broken']);
    });

    it('that nobody recorded lifts nothing', () => {
      expect(told().verdicts(sec01)).toEqual(['broken']);
    });

    it('that was erased decides nothing any more', () => {
      expect(told().link(consentRef, erased(released())).verdicts(sec01)).toEqual(['not-decidable']);
    });

    it('is named among the facts', () => {
      const story = told().link(consentRef, released());
      expect(story.judgements(sec01).map(({ facts }) => facts)).toEqual([[story.matter.entries[0]?.id, consentRef]]);
    });
  });

  it('takes a consent of the exchange itself', () => {
    const story = new Story();
    const categories = { dataCategories: ['mental-health'], purposes: ['exit-support'], validUntil: undefined };
    const id = story.tell('ConsentRecorded', {
      at: '2026-11-10T10:00:00.000Z',
      data: { ...categories, mayReceive: ['youth.example'] },
    });
    const items = [item('mental-health', 'professional')];
    const data = { items, recipients: ['youth.example'], purpose: 'exit-support', consentRef: id };
    story.tell('InformationDisclosed', {
      by: 'clinic.example',
      at: sent,
      data: { ...data, gateway: 'consent-subject' },
    });
    expect(story.verdicts(sec01)).toEqual(['kept']);
  });

  it('cannot be said of a disclosure that is erased', () => {
    expect(erased(disclosed({})).verdicts(sec01)).toEqual(['not-decidable']);
  });
});

describe('SEC-02: an emergency is confirmed by a second person within 24 hours', () => {
  const emergency = (at = sent): Story => disclosed({ gateway: 'emergency' }, at);
  const confirmed = { disclosureId, confirmedBy: 'staff-0100', confirmedByAnother: true };
  const justify = (story: Story, data: Data, by = 'clinic.example', at = sent): EntryId =>
    story.tell('EmergencyDisclosureJustified', { by, at, data: { ...confirmed, ...data } });

  it.each([
    ['in the last minute', sent, '2026-11-17T10:00:00.000Z', 'kept'],
    ['a minute too late', sent, '2026-11-17T10:01:00.000Z', 'broken'],
    ['over a weekend', '2026-11-20T18:00:00.000Z', '2026-11-21T18:01:00.000Z', 'broken'],
    ['over a holiday', '2026-12-24T18:00:00.000Z', '2026-12-25T18:00:00.000Z', 'kept'],
    ['over the night when clocks are put forward', '2027-03-27T12:00:00.000Z', '2027-03-28T12:00:00.000Z', 'kept'],
    ['over the night when clocks are put back', '2026-10-24T12:00:00.000Z', '2026-10-25T12:01:00.000Z', 'broken'],
    ['over a leap day', '2028-02-28T12:00:00.000Z', '2028-02-29T12:00:00.000Z', 'kept'],
  ])('%s', (_, at, confirmedAt, expected) => {
    const story = emergency(at);
    justify(story, { confirmedAt });
    expect(story.verdicts(sec02)).toEqual([expected]);
  });

  it.each([
    ['2026-11-17T10:00:00.000Z', 'pending'],
    ['2026-11-17T10:00:00.001Z', 'broken'],
  ])('not confirmed at %s: %s', (now, expected) => {
    expect(emergency().verdicts(sec02, now)).toEqual([expected]);
  });

  const confirmedAt = '2026-11-16T20:00:00.000Z';
  it.each<[string, Data]>([
    ['when is missing', { confirmedAt: { missing: 'follows' } }],
    ['who is missing', { confirmedAt, confirmedBy: { missing: 'follows' } }],
    ['it was the same person', { confirmedAt, confirmedByAnother: false }],
    ['it is not known whether it was another person', { confirmedAt, confirmedByAnother: { missing: 'unknown' } }],
    ['it is not known of which disclosure', { confirmedAt, disclosureId: { missing: 'unknown' } }],
  ])('is not confirmed where %s', (_, data) => {
    const story = emergency();
    justify(story, data);
    expect(story.verdicts(sec02)).toEqual(['broken']);
  });

  it('is confirmed by a later entry where the first one left it open', () => {
    const story = emergency();
    justify(story, { confirmedAt: { missing: 'follows' } });
    justify(story, { confirmedAt });
    expect(story.verdicts(sec02)).toEqual(['kept']);
  });

  it('may be confirmed outside the exchange, whose parties need not learn of it', () => {
    const apart = new Story();
    justify(apart, { confirmedAt });
    expect(emergency().link(disclosureId, apart).verdicts(sec02)).toEqual(['kept']);
    expect(emergency().link(disclosureId, erased(apart)).verdicts(sec02)).toEqual(['not-decidable']);
  });

  it('is not for another agency to confirm', () => {
    const story = emergency();
    justify(story, { confirmedAt }, 'youth.example');
    expect(story.verdicts(sec02)).toEqual(['broken']);
  });

  it('is one where somebody justifies it, whatever ground was named', () => {
    const story = disclosed({ gateway: 'near-certain-serious-crime' });
    expect(story.verdicts(sec02)).toEqual([]);
    justify(story, { confirmedAt: { missing: 'follows' } });
    expect(story.verdicts(sec02)).toEqual(['broken']);
  });

  it('cannot be said once the justification is erased', () => {
    const story = emergency();
    justify(story, { confirmedAt });
    expect(erased(story, 1).verdicts(sec02)).toEqual(['not-decidable', 'not-decidable']);
  });
});

describe('SEC-03: a consent is withdrawn', () => {
  const withdrawn = '2026-11-18T12:00:00.000Z';
  const items = [item('exit-progress'), item('school-attendance')];
  const whole = { consent: consentRef, dataCategories: undefined, mayNotReceive: undefined, recipientsTold: [] };

  const consent = (data: Data = {}, at = withdrawn): Story => {
    const story = new Story('consent');
    story.tell('ConsentRecorded', { at: '2026-11-02T10:00:00.000Z' });
    story.tell('ConsentWithdrawn', { by: 'exit.example', at, data: { ...whole, effectiveFrom: at, ...data } });
    return story;
  };
  const relying = (at: string, data: Data = {}): Story =>
    disclosed({ items, recipients: ['school.example'], consentRef, ...data }, at);

  describe('nothing new rests on it', () => {
    it.each([
      ['the minute before', '2026-11-18T11:59:00.000Z', 'kept'],
      ['the same moment', withdrawn, 'broken'],
      ['the minute after', '2026-11-18T12:01:00.000Z', 'broken'],
    ])('%s: %s is %s', (_, at, expected) => {
      const story = relying(at).link(consentRef, consent());
      expect(story.verdicts(sec03).slice(0, 2)).toEqual([expected, expected]);
    });

    it.each<[string, Data, readonly string[]]>([
      ['for one category', { dataCategories: ['school-attendance'] }, ['kept', 'broken']],
      ['for a category that is missing: all', { dataCategories: { missing: 'unknown' } }, ['broken', 'broken']],
      ['for this recipient', { mayNotReceive: ['school.example'] }, ['broken', 'broken']],
      ['for another recipient', { mayNotReceive: ['police.example'] }, ['kept', 'kept']],
      ['for recipients that are missing: all', { mayNotReceive: { missing: 'unknown' } }, ['broken', 'broken']],
      ['from later on', { effectiveFrom: '2026-11-30T00:00:00.000Z' }, ['kept', 'kept', 'broken']],
      ['from a moment that is missing: at once', { effectiveFrom: { missing: 'unknown' } }, ['broken', 'broken']],
      ['of another consent', { consent: '0195a6f0-00aa-7000-8000-0000000000ff' }, ['kept', 'kept']],
    ])('withdrawn %s', (_, data, expected) => {
      const story = relying('2026-11-19T10:00:00.000Z').link(consentRef, consent(data));
      expect(story.verdicts(sec03)).toEqual(expected);
    });

    it('at once, whatever time there is to tell who received before', () => {
      expect(relying(withdrawn).link(consentRef, consent()).judgements(sec03)[0]?.deadline).toBe('at-once');
    });
    it('also where the items or the recipients are missing', () => {
      const missing = { missing: 'unknown' };
      const after = '2026-11-19T10:00:00.000Z';
      expect(relying(after, { items: missing }).link(consentRef, consent()).verdicts(sec03)).toEqual(['broken']);
      const nobody = relying(after, { recipients: missing }).link(consentRef, consent());
      expect(nobody.verdicts(sec03)).toEqual(['broken', 'broken']);
    });

    it('is not asked of a disclosure that relies on no consent', () => {
      expect(relying(sent, { consentRef: undefined }).verdicts(sec03)).toEqual([]);
    });

    it('cannot be said where something of the consent is erased, unless a withdrawal is still there', () => {
      const after = '2026-11-19T10:00:00.000Z';
      expect(relying(after).link(consentRef, erased(consent(), 1)).verdicts(sec03)).toEqual([
        'not-decidable',
        'not-decidable',
      ]);
      expect(relying(after).link(consentRef, erased(consent(), 0)).verdicts(sec03)).toEqual(['broken', 'broken']);
    });
  });

  describe('earlier recipients are told within a working day', () => {
    const told = (at: string | null, data: Data = {}): Story => {
      const story = relying(sent);
      const notice = { notified: 'school.example', disclosureId, cause: 'consent-withdrawn', reached: true };
      if (at) story.tell('RecipientNotified', { by: 'clinic.example', at, data: { ...notice, ...data } });
      return story;
    };

    it.each([
      ['the next day', withdrawn, '2026-11-19T22:59:00.000Z', 'kept'],
      ['the day after that', withdrawn, '2026-11-19T23:00:00.000Z', 'broken'],
      ['on Monday, of Friday', '2026-11-20T15:00:00.000Z', '2026-11-23T22:59:00.000Z', 'kept'],
      ['on Tuesday, of Friday', '2026-11-20T15:00:00.000Z', '2026-11-23T23:00:00.000Z', 'broken'],
      ['after Easter', '2027-03-25T10:00:00.000Z', '2027-03-30T21:59:00.000Z', 'kept'],
      ['too long after Easter', '2027-03-25T10:00:00.000Z', '2027-03-30T22:00:00.000Z', 'broken'],
      ['at the end of a leap month', '2028-02-28T10:00:00.000Z', '2028-02-29T22:59:00.000Z', 'kept'],
    ])('%s', (_, at, toldAt, expected) => {
      const story = told(toldAt).link(consentRef, consent({}, at));
      expect(story.judgements(sec03).map(({ part }) => part)).toEqual(['/items/0', '/items/1', 'school.example']);
      expect(story.verdicts(sec03).at(-1)).toBe(expected);
    });

    it.each([
      ['2026-11-19T22:59:59.999Z', 'pending'],
      ['2026-11-19T23:00:00.000Z', 'broken'],
    ])('not told at %s: %s', (now, expected) => {
      expect(told(null).link(consentRef, consent()).verdicts(sec03, now).at(-1)).toBe(expected);
    });

    it('as the withdrawal itself says', () => {
      const line = (toldAt: unknown): Data => ({ recipientsTold: [{ agency: 'school.example', toldAt }] });
      const inTime = consent(line('2026-11-18T14:00:00.000Z'));
      expect(told(null).link(consentRef, inTime).verdicts(sec03).at(-1)).toBe('kept');
      expect(
        told(null)
          .link(consentRef, consent(line({ missing: 'unknown' })))
          .verdicts(sec03)
          .at(-1),
      ).toBe('broken');
    });

    it.each<[string, Data]>([
      ['it tells somebody else', { notified: 'youth.example' }],
      ['it does not say whom', { notified: { missing: 'unknown' } }],
      ['it reached nobody', { reached: false }],
      ['it does not say whether it was reached', { reached: { missing: 'unknown' } }],
      ['it is about something else', { cause: 'invalidated' }],
      ['it does not say what about', { cause: { missing: 'unknown' } }],
      ['it is about another disclosure', { disclosureId: '0195a6f0-0003-7000-8000-00000000000b' }],
    ])('a notice does not count where %s', (_, data) => {
      expect(told('2026-11-18T14:00:00.000Z', data).link(consentRef, consent()).verdicts(sec03).at(-1)).toBe('broken');
    });

    it('a notice of an earlier withdrawal does not tell of a later one', () => {
      const twice = consent({ dataCategories: ['school-attendance'] });
      const second = '2026-12-01T12:00:00.000Z';
      twice.tell('ConsentWithdrawn', { at: second, data: { ...whole, effectiveFrom: second } });
      const story = told('2026-11-18T14:00:00.000Z').link(consentRef, twice);
      expect(story.verdicts(sec03, '2026-12-02T10:00:00.000Z').at(-1)).toBe('pending');
      expect(story.verdicts(sec03).at(-1)).toBe('broken');
    });

    it('nobody is told what does not concern it', () => {
      const parts = (data: Data): readonly (string | null)[] =>
        relying(sent)
          .link(consentRef, consent(data))
          .judgements(sec03)
          .map(({ part }) => part);
      expect(parts({ mayNotReceive: ['police.example'] })).not.toContain('school.example');
      expect(parts({ dataCategories: ['family'] })).not.toContain('school.example');
    });

    it('it is for each sender to tell its own recipients', () => {
      const story = disclosed({ items, consentRef }).link(consentRef, consent());
      const owed = story.judgements(sec03).filter(({ verdict }) => verdict.is === 'pending');
      expect(owed.map(({ side, part }) => [side.agency, part])).toEqual([
        ['clinic.example', 'youth.example'],
        ['clinic.example', 'school.example'],
      ]);
    });

    it('an erased entry may have been the notice', () => {
      const story = told('2026-11-18T14:00:00.000Z').link(consentRef, consent());
      expect(new Set(erased(story, 1).verdicts(sec03))).toEqual(new Set(['not-decidable']));
    });
  });

  it('is policy for services, which the regulation does not bind', () => {
    const story = relying(sent, { regime: 'NATSEC', pack: 'DE-NATSEC' }).link(consentRef, consent());
    expect(new Set(story.judgements(sec03).map(({ settings }) => settings.basis))).toEqual(new Set(['policy']));
  });
});
