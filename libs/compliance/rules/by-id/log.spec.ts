import { Story } from '../testing/story.js';
import { law01 } from './law-01.js';
import { log01 } from './log-01.js';
import { log04 } from './log-04.js';

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

describe('LAW-01: the power to transmit is cited', () => {
  it.each([
    [{ code: 'LED-A8-1', provision: 'PolG NRW § 27' }, 'kept'],
    [{ code: 'LED-A8-1', provision: { missing: 'unknown' } }, 'broken'],
    [{ missing: 'not-given' }, 'broken'],
  ])('%j is %s', (legalBasisTransmit, expected) => {
    const story = new Story();
    story.tell('InformationDisclosed', { at: sent, data: { legalBasisTransmit } });
    expect(story.verdicts(law01)).toEqual([expected]);
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

  it('the duty is the recipient’s, and an erased entry may have been the receipt', () => {
    const told = story('2026-11-17T10:00:00.000Z');
    expect(told.judgements(log04).map(({ side }) => side.agency)).toEqual(['police.example']);
    told.erase(told.matter.entries[1]?.id as never);
    expect(told.verdicts(log04)).toEqual(['not-decidable', 'not-decidable']);
  });
});
