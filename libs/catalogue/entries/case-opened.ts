import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, list, nested, prose, reference } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { agenciesIn, label, said } from '../reading.js';
import { admissionGround } from '../vocabularies/admission-ground.js';
import { ageBand } from '../vocabularies/age-band.js';
import { consentStatus } from '../vocabularies/consent-status.js';
import { purpose } from '../vocabularies/purpose.js';
import { regime } from '../vocabularies/regime.js';
import { subjectCategory } from '../vocabularies/subject-category.js';

/**
 * LED 5, 6; GDPR 5(1)(e): admitted for a purpose, on a ground, with a day on which it is reviewed (RET-02). A case that
 * several bodies share has an exchange of its own, in which each of them sees who takes part; one kept alone has none.
 */
export class CaseOpened extends Envelope {
  @Required('terms', agency, 'Body that leads the case.')
  readonly leadAgency: Given<string>;

  @Required('terms', code(admissionGround))
  readonly admissionGround: Given<string>;

  @Required('terms', code(purpose))
  readonly purpose: Given<string>;

  @Required('terms', code(consentStatus))
  readonly consentStatus: Given<string>;

  @Required('terms', date, 'First review of whether the data are still needed: LED 5.')
  readonly reviewDue: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Required('people', reference)
  declare readonly subject: Given<string>;

  @Required('people', code(subjectCategory))
  declare readonly subjectCategory: Given<string>;

  @Required('people', code(ageBand))
  declare readonly ageBand: Given<string>;

  @Required('staff', reference)
  readonly decidedBy: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Optional('terms', nested(LegalBasis))
  readonly legalBasis?: Given<LegalBasis>;

  @Optional('terms', list(agency), 'Bodies that work on it from the start beside the leading one.')
  readonly participants?: Given<readonly string[]>;
}

export const caseOpened: EntryType = {
  name: 'CaseOpened',
  title: { en: 'Case opened', de: 'Fall eröffnet' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: CaseOpened,
  retention: { reasons: 'decision' },
  matter: { kind: 'case' },

  recipients: (terms) => agenciesIn(terms, 'leadAgency', 'participants'),

  sentence(terms, language) {
    const lead = said(terms['leadAgency'], language);
    const ground = label(admissionGround, terms['admissionGround'], language);
    const review = said(terms['reviewDue'], language);
    return language === 'de'
      ? `Fall eröffnet (${ground}); Federführung: ${lead}; Überprüfung bis: ${review}.`
      : `Case opened (${ground}); led by: ${lead}; review due: ${review}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000200',
    type: 'CaseOpened',
    exchange: '0195a6f0-0002-7000-8000-000000000200',
    occurredAt: '2025-01-13T10:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'EU-GDPR',
      case: 'case-2c90',
      subject: 'person-5b1e',
      subjectCategory: 'client',
      ageBand: '14-17',
      leadAgency: 'exit-programme.example',
      admissionGround: 'family-request',
      purpose: 'exit-support',
      consentStatus: 'given',
      reviewDue: '2025-07-13',
      legalBasis: { code: 'GDPR-A6-1-a', provision: 'DSGVO Art. 6 Abs. 1 lit. a' },
      participants: ['youth-office.example', 'police.example'],
      decidedBy: 'staff-0102',
      justification: 'The mother asked for support; the first conversation with the son took place.',
    },
  },
};
