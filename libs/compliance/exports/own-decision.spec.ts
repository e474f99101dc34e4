import { Story } from '../rules/testing/story.js';
import { standingDecision } from './own-decision.js';

const at = '2026-03-01T08:00:00.000Z';
const later = '2026-04-01T08:00:00.000Z';
const omitting = (recipient: string, omission = 'restricted-by-law') => ({
  outcome: 'granted-in-part',
  recipientsOmitted: [{ recipient, omission }],
});
const granted = { outcome: 'granted', recipientsOmitted: undefined };

/** A person exercises rights, and the police decide. */
class Requests extends Story {
  decides(data: Readonly<Record<string, unknown>>, { right = 'access', when = at } = {}) {
    const rightsRequest = this.tell('RightsRequestReceived', { at, data: { right } });
    return this.tell('RightsRequestDecided', { at: when, data: { ...granted, ...data, rightsRequest } });
  }

  get standing() {
    const { isRefused, omitted } = standingDecision(this.matter.entries);
    return { isRefused, omitted: Object.fromEntries(omitted) };
  }

  get isAskedAnew() {
    return standingDecision(this.matter.entries).isAskedAnew;
  }
}

describe('What an agency decided on the requests of a person', () => {
  it.each(['refused', 'neither-confirmed-nor-denied', 'unfounded-or-excessive'])(
    '"%s" stands until it decides anew',
    (outcome) => {
      const asked = new Requests();
      asked.decides({ outcome });
      expect(asked.standing).toEqual({ isRefused: true, omitted: {} });
      asked.decides({}, { when: later });
      expect(asked.standing.isRefused).toBe(false);
    },
  );

  it('refuses no access where something else was refused', () => {
    const asked = new Requests();
    asked.decides({ outcome: 'refused' }, { right: 'erasure' });
    expect(asked.standing.isRefused).toBe(false);
  });

  it('names bodies that are left out, of each right as it was decided last', () => {
    const asked = new Requests();
    asked.decides(omitting('police.example'));
    asked.decides(omitting('clinic.example'), { right: 'recipients-told' });
    asked.decides(omitting('school.example'), { when: later });
    expect(asked.standing.omitted).toEqual({
      'school.example': 'restricted-by-law',
      'clinic.example': 'restricted-by-law',
    });
  });

  it('takes nothing back with a decision that was corrected since', () => {
    const asked = new Requests();
    asked.decides({ outcome: 'refused' });
    const wrong = asked.decides({}, { when: later });
    asked.tell('EntryCorrected', { at: later, data: { corrects: wrong } });
    expect(asked.standing.isRefused).toBe(true);
  });

  it.each([true, false])('takes nothing back with one that was reversed, from the start or not: %s', (retroactive) => {
    const asked = new Requests();
    asked.decides({ outcome: 'refused' });
    const decision = asked.decides({}, { when: later });
    expect(asked.standing.isRefused).toBe(false);
    asked.tell('DecisionReversed', { at: later, data: { decision, retroactive } });
    expect(asked.standing.isRefused).toBe(true);
  });

  it('binds until it decides anew, even where it reversed the refusal', () => {
    const asked = new Requests();
    const decision = asked.decides({ outcome: 'refused' });
    asked.tell('DecisionReversed', { at, data: { decision } });
    expect(asked.standing.isRefused).toBe(true);
  });

  it('says whether the person asked for access since, until that is answered', () => {
    const asked = new Requests();
    asked.decides({ outcome: 'unfounded-or-excessive' });
    asked.tell('RightsRequestReceived', { at: later, data: { right: 'erasure' } });
    expect(asked.isAskedAnew).toBe(false);
    const rightsRequest = asked.tell('RightsRequestReceived', { at: later, data: { right: 'access' } });
    expect([asked.standing.isRefused, asked.isAskedAnew]).toEqual([true, true]);
    asked.tell('RightsRequestFulfilled', { at: later, data: { rightsRequest } });
    expect(asked.isAskedAnew).toBe(false);
  });

  it('is asked anew by no request from before the refusal, nor by one that was never made', () => {
    const asked = new Requests();
    asked.tell('RightsRequestReceived', { at, data: { right: 'access' } });
    asked.decides({ outcome: 'refused' });
    const corrects = asked.tell('RightsRequestReceived', { at: later, data: { right: 'access' } });
    asked.tell('EntryCorrected', { at: later, data: { corrects, cause: 'never-happened' } });
    expect(asked.isAskedAnew).toBe(false);
  });

  it('waits for no consent where the law restricts it anyway', () => {
    const asked = new Requests();
    asked.decides(omitting('service.example'));
    asked.decides(omitting('service.example', 'no-originator-consent'), { right: 'recipients-told' });
    expect(asked.standing.omitted).toEqual({ 'service.example': 'restricted-by-law' });
  });
});
