import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, instant, list, nested, reference, uuid } from '../kind.js';
import { bodiesOf, linesOf } from '../lines-of.js';
import type { Given } from '../missing.js';
import { enumerated, label, said } from '../reading.js';
import { consentCapacity } from '../vocabularies/consent-capacity.js';
import { consentForm } from '../vocabularies/consent-form.js';
import { dataCategory } from '../vocabularies/data-category.js';

export class ToldRecipient {
  @Required('terms', agency)
  readonly agency: Given<string>;

  @Required('terms', instant)
  readonly toldAt: Given<string>;
}

/**
 * A consent or a release from secrecy is taken back: GDPR 7(3). From then on nothing new may rest on it, and whoever
 * received on it is told (SEC-03). No reason is owed, so there is no field for one. Whom it names as told joins no
 * exchange by this: recipients of other exchanges would see this one.
 */
export class ConsentWithdrawn extends Envelope {
  @Required('terms', uuid, 'Entry id of the consent or of the release from secrecy.')
  readonly consent: Given<string>;

  @Required('terms', instant, 'From when nothing new may rest on it.')
  readonly effectiveFrom: Given<string>;

  @Required('terms', code(consentCapacity), 'Who withdrew it.')
  readonly capacity: Given<string>;

  @Required(
    'terms',
    list(nested(ToldRecipient)),
    'Recipients that were told so far; each later notice has its own entry.',
  )
  readonly recipientsTold: Given<readonly ToldRecipient[]>;

  @Required('people', reference)
  declare readonly case: Given<string>;

  @Required('people', reference)
  declare readonly subject: Given<string>;

  @Required('staff', reference, 'Who received the withdrawal.')
  declare readonly actor: Given<string>;

  @Optional('terms', code(consentForm))
  readonly form?: Given<string>;

  @Optional('terms', list(code(dataCategory)), 'What it no longer covers; all of it where absent.')
  readonly dataCategories?: Given<readonly string[]>;

  @Optional('terms', list(agency), 'Who may no longer receive on it; nobody may where absent.')
  readonly mayNotReceive?: Given<readonly string[]>;

  @Optional('people', reference, 'Who withdrew it, where it was not the person concerned.')
  readonly withdrawnBy?: Given<string>;
}

export const consentWithdrawn: EntryType = {
  name: 'ConsentWithdrawn',
  title: { en: 'Consent withdrawn', de: 'Einwilligung widerrufen' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ConsentWithdrawn,
  matter: { kind: 'consent', openedBy: 'consent' },

  sentence(terms, language) {
    const who = label(consentCapacity, terms['capacity'], language);
    const from = said(terms['effectiveFrom'], language);
    const told = enumerated(bodiesOf(linesOf(terms['recipientsTold'])), language);
    return language === 'de'
      ? `Einwilligung oder Entbindung widerrufen (${who}) ab ${from}; unterrichtet: ${told}.`
      : `Consent or release withdrawn (${who}) from ${from}; told: ${told}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000224',
    type: 'ConsentWithdrawn',
    exchange: '0195a6f0-0002-7000-8000-000000000200',
    occurredAt: '2025-09-02T12:00:00.000Z',
    data: {
      regime: 'GDPR',
      actor: 'staff-0102',
      case: 'case-2c90',
      subject: 'person-5b1e',
      consent: '0195a6f0-0001-7000-8000-000000000223',
      effectiveFrom: '2025-09-02T12:00:00.000Z',
      capacity: 'custodian',
      recipientsTold: [{ agency: 'school.example', toldAt: '2025-09-02T14:10:00.000Z' }],
      form: 'oral',
      dataCategories: ['school-attendance'],
      mayNotReceive: ['school.example'],
      withdrawnBy: 'person-5b1e-mother',
    },
  },
};
