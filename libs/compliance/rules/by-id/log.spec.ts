import type { JsonObject } from '#statement';
import { emptyRegistry, Story } from '../testing/story.js';
import { log01 } from './log-01.js';
import { log02 } from './log-02.js';
import { log03 } from './log-03.js';
import { log04 } from './log-04.js';
import { log05 } from './log-05.js';

const disclosureId = '0195a6f0-0003-7000-8000-00000000000a';
const sent = '2026-11-16T10:00:00.000Z';

describe('LOG-01: a disclosure or consultation has a justification', () => {
  it.each([
    ['InformationDisclosed', { justification: 'because' }, 'kept'],
    ['InformationDisclosed', { justification: { missing: 'not-given' } }, 'broken'],
    ['InformationConsulted', { justification: { missing: 'follows' } }, 'broken'],
  ])('%s with %j is %s', (type, data, expected) => {
    const story = new Story();
    story.tell(type, { at: sent, data });
    expect(story.verdicts(log01)).toEqual([expected]);
  });

  it('cannot be said of an entry that is erased', () => {
    const story = new Story();
    story.erase(story.tell('InformationDisclosed', { at: sent }));
    expect(story.verdicts(log01)).toEqual(['not-decidable']);
  });
});

describe('LOG-04: the recipient records the receipt within five working days', () => {
  const story = (receivedAt: string | null): Story => {
    const told = new Story();
    told.tell('InformationDisclosed', {
      by: 'youth.example',
      at: sent,
      data: { disclosureId, recipients: ['police.example'] },
    });
    if (receivedAt) told.tell('DisclosureReceived', { by: 'police.example', at: receivedAt, data: { disclosureId } });
    return told;
  };

  it.each([
    ['2026-11-23T22:59:59.999Z', 'kept'],
    ['2026-11-23T23:00:00.000Z', 'broken'],
  ])('received at %s: %s', (receivedAt, expected) => {
    expect(story(receivedAt).verdicts(log04)).toEqual([expected]);
  });

  it.each([
    ['2026-11-23T22:59:00.000Z', 'pending'],
    ['2026-11-23T23:00:00.000Z', 'broken'],
  ])('not received at %s: %s', (now, expected) => {
    expect(story(null).verdicts(log04, now)).toEqual([expected]);
  });

  it('or within the time its parties agreed on, which is cited', () => {
    const agreement: JsonObject = {
      agreement: 'exit',
      version: 2,
      clauses: [
        {
          id: 'all',
          from: ['youth.example'],
          to: ['police.example'],
          purposes: ['exit-support'],
          dataCategories: ['identity'],
          timeLimits: { receipt: { amount: 2, unit: 'days' } },
        },
      ],
    };
    const told = new Story('exchange', { ...emptyRegistry, agreementsInForce: () => [agreement] });
    const items = [{ dataCategory: 'identity' }];
    told.tell('InformationDisclosed', {
      by: 'youth.example',
      at: sent,
      data: { disclosureId, recipients: ['police.example', 'school.example'], purpose: 'exit-support', items },
    });
    expect(told.judgements(log04)).toMatchObject([
      { verdict: { due: '2026-11-18T22:59:59.999Z' }, clause: 'exit@2#all', deadline: { days: 2 } },
      { verdict: { due: '2026-11-23T22:59:59.999Z' } },
    ]);
  });

  it('the duty is the recipient’s, and an erased entry may have been the receipt', () => {
    const told = story('2026-11-17T10:00:00.000Z');
    expect(told.judgements(log04).map(({ side }) => side.agency)).toEqual(['police.example']);
    told.erase(told.matter.entries[1]?.id as never);
    expect(told.verdicts(log04)).toEqual(['not-decidable', 'not-decidable']);
  });
});

describe('LOG-02: who acted and who received is identified', () => {
  it.each([
    ['InformationDisclosed', {}, 'kept'],
    ['InformationDisclosed', { actor: { missing: 'unknown' } }, 'broken'],
    ['InformationDisclosed', { recipients: { missing: 'follows' } }, 'broken'],
    ['InformationConsulted', {}, 'kept'],
    ['InformationConsulted', { actor: { missing: 'not-given' } }, 'broken'],
  ])('%s with %j is %s', (type, data, expected) => {
    const story = new Story();
    story.tell(type, { at: sent, data });
    expect(story.verdicts(log02)).toEqual([expected]);
  });

  it('is urgent, the duty of who acted, and owed at the moment of the act', () => {
    const story = new Story();
    story.tell('InformationConsulted', { by: 'youth.example', at: sent, data: { actor: { missing: 'unknown' } } });
    expect(story.judgements(log02)).toMatchObject([
      { side: { agency: 'youth.example' }, settings: { severity: 'urgent' }, verdict: { is: 'broken', since: sent } },
    ]);
  });

  it('cannot be said of an entry that is erased', () => {
    const story = new Story();
    story.erase(story.tell('InformationConsulted', { at: sent }));
    expect(story.verdicts(log02)).toEqual(['not-decidable']);
  });
});

describe('LOG-03: an entry is made within 24 hours, or says why it is late', () => {
  const lateReason = 'Told on the phone at night.';

  it.each([
    ['at once', sent, sent, {}, 'kept'],
    ['just in time', sent, '2026-11-17T10:00:00.000Z', {}, 'kept'],
    ['a millisecond late', sent, '2026-11-17T10:00:00.001Z', {}, 'broken'],
    ['late, with a reason', sent, '2026-11-20T10:00:00.000Z', { lateReason }, 'kept'],
    ['late, without a reason', sent, '2026-11-20T10:00:00.000Z', { lateReason: { missing: 'not-given' } }, 'broken'],
    ['by a clock that runs ahead', sent, '2026-11-16T09:59:00.000Z', {}, 'kept'],
    ['over a weekend', '2026-11-20T16:00:00.000Z', '2026-11-23T07:00:00.000Z', {}, 'broken'],
    ['over a leap day', '2028-02-28T10:00:00.000Z', '2028-02-29T10:00:00.000Z', {}, 'kept'],
    ['late on a leap day', '2028-02-28T10:00:00.000Z', '2028-02-29T10:01:00.000Z', {}, 'broken'],
    ['over the end of a month', '2026-11-30T23:00:00.000Z', '2026-12-01T23:00:00.000Z', {}, 'kept'],
    [
      'when clocks go back: 24 hours, not the same time',
      '2026-10-24T10:00:00.000Z',
      '2026-10-25T10:01:00.000Z',
      {},
      'broken',
    ],
    ['when clocks go forward', '2026-03-28T10:00:00.000Z', '2026-03-29T10:00:00.000Z', {}, 'kept'],
  ])('%s', (_, at, recordedAt, data, expected) => {
    const story = new Story();
    story.tell('InformationDisclosed', { at, recordedAt, data });
    expect(story.verdicts(log03)).toEqual([expected]);
  });

  it('each side answers for its own entries', () => {
    const story = new Story();
    const late = '2026-11-18T10:00:00.000Z';
    story.tell('InformationDisclosed', { by: 'youth.example', at: sent });
    story.tell('DisclosureReceived', { by: 'police.example', at: sent, recordedAt: late });
    story.tell('ProcessingOperationLogged', {
      by: 'police.example',
      at: sent,
      recordedAt: late,
      data: { lateReason: undefined },
    });
    expect(story.judgements(log03).map(({ side, verdict }) => [side.agency, verdict.is])).toEqual([
      ['youth.example', 'kept'],
      ['police.example', 'broken'],
      ['police.example', 'broken'],
    ]);
  });

  it.each([
    'RightsRequestFulfilled',
    'RightsRequestReceived',
    'BreachDetected',
    'RegulatorRequestAnswered',
    'AuditPerformed',
    'LegalHoldPlaced',
  ])('%s has no exchange, and is asked for the reason as well', (type) => {
    const verdicts = (data: Readonly<Record<string, unknown>>): readonly string[] => {
      const story = new Story();
      story.tell(type, { at: sent, recordedAt: '2026-12-07T10:00:00.000Z', data: { lateReason: undefined, ...data } });
      return story.verdicts(log03);
    };
    expect([verdicts({}), verdicts({ lateReason })]).toEqual([['broken'], ['kept']]);
  });

  it('nothing is asked of an entry that has no place for a reason', () => {
    const story = new Story();
    for (const type of ['SealedEntryRecorded', 'AnonymousConsultationHeld', 'AgreementAdopted', 'ErasureExecuted']) {
      story.tell(type, { at: sent, recordedAt: '2026-12-07T10:00:00.000Z' });
    }
    expect(story.verdicts(log03)).toEqual([]);
  });

  it('a pack may give more time', () => {
    const story = new Story();
    story.tell('InformationDisclosed', { at: sent, recordedAt: '2026-11-18T10:00:00.000Z', data: { pack: 'X' } });
    const slow = { code: 'X', version: 1, rules: { 'LOG-03': { deadline: { hours: 48 } } } };
    expect(story.verdicts(log03, sent, [slow])).toEqual(['kept']);
    expect(story.verdicts(log03, sent, [])).toEqual(['broken']);
  });

  it('is nothing that the ledger records itself, and cannot be said of an erased entry', () => {
    const story = new Story();
    story.tell('LedgerAccessed', { at: sent, recordedAt: '2026-11-20T10:00:00.000Z' });
    expect(story.verdicts(log03)).toEqual([]);
    story.erase(story.tell('RequestDecided', { at: sent }));
    expect(story.verdicts(log03)).toEqual(['not-decidable']);
  });
});

describe('LOG-05: who looks into the ledger states a permitted purpose', () => {
  it.each([
    ['LedgerAccessed', 'lawfulness-check', 'kept'],
    ['LedgerAccessed', 'criminal-proceedings', 'kept'],
    ['LedgerAccessed', { missing: 'not-given' }, 'broken'],
    ['LedgerAccessed', 'staff-performance', 'broken'],
    ['ExportIssued', 'supervisory-request', 'kept'],
    ['ExportIssued', { missing: 'unknown' }, 'broken'],
  ])('%s for %j is %s', (type, accessPurpose, expected) => {
    const story = new Story();
    story.tell(type, { by: 'ledger', at: sent, data: { accessPurpose } });
    expect(story.verdicts(log05)).toEqual([expected]);
  });

  it('is the duty of who looked, under the law it was admitted with', () => {
    const story = new Story('exchange', { ...emptyRegistry, regimeOf: () => 'GDPR', packOf: () => 'DE-SGB' });
    story.tell('LedgerAccessed', { by: 'ledger', at: sent, data: { agency: 'youth.example' } });
    story.tell('ExportIssued', { by: 'ledger', at: sent, data: { recipient: 'dpa.example' } });
    story.tell('LedgerAccessed', { by: 'ledger', at: sent, data: { agency: { missing: 'unknown' } } });
    expect(story.judgements(log05).map(({ side }) => side)).toEqual([
      { agency: 'youth.example', regime: 'GDPR', pack: 'DE-SGB' },
      { agency: 'dpa.example', regime: 'GDPR', pack: 'DE-SGB' },
      { agency: 'ledger', regime: 'GDPR', pack: 'DE-SGB' },
    ]);
  });

  it('cannot be said of an entry that is erased', () => {
    const story = new Story();
    story.erase(story.tell('LedgerAccessed', { by: 'ledger', at: sent }));
    expect(story.verdicts(log05)).toEqual(['not-decidable']);
  });
});
