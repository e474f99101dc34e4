import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, country, date, flag, line, list, nested, reference } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { slug, versioned, versionNumber } from '../patterns.js';
import { codes, enumerated, said } from '../reading.js';
import { dataCategory } from '../vocabularies/data-category.js';
import { purpose } from '../vocabularies/purpose.js';
import { regime } from '../vocabularies/regime.js';
import { subjectCategory } from '../vocabularies/subject-category.js';
import { visibility } from '../vocabularies/visibility.js';

/** One version of a processing activity of the recording agency: GDPR 30(1), LED 24(1). Entries cite it: AGR-02. */
export class ProcessingActivityRegistered {
  @Required('terms', slug, 'Names the activity through all its versions.')
  readonly activity: Given<string>;

  @Required('terms', versionNumber)
  readonly version: Given<number>;

  @Required('terms', line)
  readonly title: Given<string>;

  @Required('terms', code(regime))
  readonly regime: Given<string>;

  @Required('terms', list(code(purpose), 1))
  readonly purposes: Given<readonly string[]>;

  @Required('terms', list(code(subjectCategory), 1))
  readonly subjectCategories: Given<readonly string[]>;

  @Required('terms', list(code(dataCategory), 1))
  readonly dataCategories: Given<readonly string[]>;

  @Required('terms', list(agency), 'Bodies it is passed on to.')
  readonly recipients: Given<readonly string[]>;

  @Required('terms', line, 'Planned time limits for erasure.')
  readonly retention: Given<string>;

  @Required('terms', reference, 'Office of the controller; never a person.')
  readonly contactPoint: Given<string>;

  @Required('terms', reference, 'Office of the data protection officer; never a person.')
  readonly dpoOffice: Given<string>;

  @Required('terms', date)
  readonly validFrom: Given<string>;

  @Optional('terms', list(nested(LegalBasis)), 'LED 24(1)(g).')
  readonly legalBases?: Given<readonly LegalBasis[]>;

  @Optional('terms', flag, 'Profiling takes place: LED 24(1)(e).')
  readonly profiling?: Given<boolean>;

  @Optional('terms', list(agency))
  readonly jointControllers?: Given<readonly string[]>;

  @Optional('terms', line, 'Kinds of recipients that do not record here.')
  readonly otherRecipients?: Given<string>;

  @Optional('terms', list(country), 'Third countries it is transferred to.')
  readonly thirdCountries?: Given<readonly string[]>;

  @Optional('terms', line, 'Safeguards of such transfers: GDPR 49(1), second subparagraph.')
  readonly transferSafeguards?: Given<string>;

  @Optional('terms', line, 'Technical and organisational measures in general.')
  readonly security?: Given<string>;

  @Optional('terms', code(visibility), 'Usual visibility of its entries for the person concerned.')
  readonly visibility?: Given<string>;

  @Optional('terms', versioned, 'dpia@version.')
  readonly dpia?: Given<string>;
}

export const processingActivityRegistered: EntryType = {
  name: 'ProcessingActivityRegistered',
  title: { en: 'Processing activity registered', de: 'Verarbeitungstätigkeit verzeichnet' },
  log: 'registry',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ProcessingActivityRegistered,

  sentence(terms, language) {
    const what = `${said(terms['title'], language)} (${said(terms['activity'], language)}@${said(terms['version'], language)})`;
    const why = enumerated(codes(purpose, terms['purposes'], language), language);
    return language === 'de'
      ? `Verarbeitungstätigkeit verzeichnet: ${what}; Zweck: ${why}.`
      : `Processing activity registered: ${what}; purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000405',
    type: 'ProcessingActivityRegistered',
    occurredAt: '2026-01-08T10:00:00.000Z',
    data: {
      activity: 'exit-support',
      version: 1,
      title: 'Support of young people on their way out of extremism',
      regime: 'GDPR',
      purposes: ['exit-support', 'child-welfare'],
      subjectCategories: ['client', 'family', 'contact'],
      dataCategories: ['identity', 'family', 'school-attendance', 'exit-progress'],
      recipients: ['police.example', 'school.example'],
      otherRecipients: 'Providers of help by contract',
      retention: 'Three years after the case is closed',
      contactPoint: 'Youth Office of Exampletown, Market Square 1',
      dpoOffice: 'Data protection, dataprotection@youth-office.example',
      validFrom: '2026-01-08',
      legalBases: [{ code: 'GDPR-A6-1-e', provision: 'SGB VIII § 62(1), SGB X § 67a' }],
      profiling: false,
      security: 'Roles, encryption, log of every access',
      visibility: 'open',
      dpia: 'exit-support-dpia@1',
    },
  },
};
