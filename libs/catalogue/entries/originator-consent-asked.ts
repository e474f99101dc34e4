import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, label, said } from '../reading.js';
import { consentOccasion } from '../vocabularies/consent-occasion.js';

/**
 * May the person learn that you received data? BDSG 56(3), 57(5); SGB X § 83(5); DSR-04. Best asked in an exchange of
 * its own: every party of an exchange reads its terms.
 */
export class OriginatorConsentAsked extends Envelope {
  @Required('terms', agency, 'Body that is asked.')
  readonly asked: Given<string>;

  @Required('terms', code(consentOccasion))
  readonly occasion: Given<string>;

  @Required('terms', list(uuid), 'Disclosure ids the person would learn of.')
  readonly covers: Given<readonly string[]>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', uuid, 'Entry id of the request of the person, where it is about an answer.')
  readonly rightsRequest?: Given<string>;

  @Optional('terms', date)
  readonly neededBy?: Given<string>;

  @Optional('told', prose, 'What the body is told.')
  readonly question?: Given<string>;
}

export const originatorConsentAsked: EntryType = {
  name: 'OriginatorConsentAsked',
  title: { en: 'Consent of a body asked for', de: 'Zustimmung einer Stelle erbeten' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: OriginatorConsentAsked,
  matter: { kind: 'originator-consent' },

  recipients: (terms) => agenciesIn(terms, 'asked'),

  sentence(terms, language) {
    const asked = said(terms['asked'], language);
    const why = label(consentOccasion, terms['occasion'], language);
    return language === 'de' ? `Zustimmung von ${asked} erbeten: ${why}.` : `Consent of ${asked} asked for: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000030a',
    type: 'OriginatorConsentAsked',
    exchange: '0195a6f0-0002-7000-8000-000000000302',
    occurredAt: '2026-04-20T10:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0007',
      subject: 'person-a770',
      asked: 'domestic-intelligence.example',
      occasion: 'rights-answer',
      covers: ['0195a6f0-0003-7000-8000-000000000001'],
      rightsRequest: '0195a6f0-0001-7000-8000-000000000304',
      neededBy: '2026-05-06',
      question: 'The person asks who received the report of March. May you be named?',
    },
  },
};
