import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, date, flag, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, agencyIn, said } from '../reading.js';

/** BDSG 56(3), 57(5); SGB X § 83(5); DSR-04. */
export class OriginatorConsentAnswered extends Envelope {
  @Required('terms', uuid, 'Entry id in which the body was asked.')
  readonly originatorConsent: Given<string>;

  @Required('terms', agency, 'Body that asked.')
  readonly askedBy: Given<string>;

  @Required('terms', flag)
  readonly consents: Given<boolean>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', list(uuid), 'Disclosure ids it agrees to; all where absent.')
  readonly covers?: Given<readonly string[]>;

  @Optional('terms', date, 'A refusal may be asked about again from here.')
  readonly askAgain?: Given<string>;

  @Optional('told', prose, 'The reason told to the body that asked.')
  readonly reasonTold?: Given<string>;
}

export const originatorConsentAnswered: EntryType = {
  name: 'OriginatorConsentAnswered',
  title: { en: 'Consent of a body answered', de: 'Zustimmung einer Stelle beantwortet' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: OriginatorConsentAnswered,
  retention: { reasons: 'decision' },
  matter: { kind: 'originator-consent', openedBy: 'originatorConsent' },

  recipients: (terms) => agenciesIn(terms, 'askedBy'),

  refusal: (_head, { issuer, terms }) =>
    issuer === agencyIn(terms, 'askedBy') ? 'consent is for the body to give that was asked, not for who asked' : null,

  sentence(terms, language) {
    const askedBy = said(terms['askedBy'], language);
    const consents = terms['consents'];
    if (typeof consents !== 'boolean') {
      const what = said(consents, language);
      return language === 'de' ? `Antwort an ${askedBy}: ${what}.` : `Answer to ${askedBy}: ${what}.`;
    }
    if (language === 'de') return `Antwort an ${askedBy}: Zustimmung ${consents ? 'erteilt' : 'verweigert'}.`;
    return `Answer to ${askedBy}: consent ${consents ? 'given' : 'refused'}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000030b',
    type: 'OriginatorConsentAnswered',
    exchange: '0195a6f0-0002-7000-8000-000000000302',
    occurredAt: '2026-05-04T15:00:00.000Z',
    data: {
      regime: 'NATSEC',
      pack: 'DE-NATSEC',
      actor: 'staff-9001',
      originatorConsent: '0195a6f0-0001-7000-8000-00000000030a',
      askedBy: 'youth-office.example',
      consents: false,
      askAgain: '2026-11-01',
      justification: 'The person would learn of an operation that is still running.',
      reasonTold: 'Naming us would harm the performance of our task.',
    },
  },
};
