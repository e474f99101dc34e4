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

  it('waits for no consent where the law restricts it anyway', () => {
    const asked = new Requests();
    asked.decides(omitting('service.example'));
    asked.decides(omitting('service.example', 'no-originator-consent'), { right: 'recipients-told' });
    expect(asked.standing.omitted).toEqual({ 'service.example': 'restricted-by-law' });
  });
});
