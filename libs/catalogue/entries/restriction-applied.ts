import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, codes, enumerated, label } from '../reading.js';
import { dataCategory } from '../vocabularies/data-category.js';
import { restrictionCause } from '../vocabularies/restriction-cause.js';

/** Data are kept but no longer used. GDPR 18, 19; LED 16(3). */
export class RestrictionApplied extends Envelope {
  @Required('terms', code(restrictionCause))
  readonly cause: Given<string>;

  @Required('terms', list(code(dataCategory), 1))
  readonly dataCategories: Given<readonly string[]>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('people', reference)
  declare readonly subject: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', uuid, 'Entry id of the request of the person.')
  readonly rightsRequest?: Given<string>;

  @Optional('terms', list(uuid), 'Disclosure ids with which the data were passed on or received.')
  readonly disclosures?: Given<readonly string[]>;

  @Optional('people', list(reference), 'Records that are restricted.')
  readonly objectRefs?: Given<readonly string[]>;

  @Optional('terms', list(agency), 'Recipients told of it: GDPR 19.')
  readonly recipientsTold?: Given<readonly string[]>;

  @Optional('terms', date)
  readonly reviewDue?: Given<string>;
}

export const restrictionApplied: EntryType = {
  name: 'RestrictionApplied',
  title: { en: 'Restriction applied', de: 'Verarbeitung eingeschränkt' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RestrictionApplied,
  retention: { reasons: 'decision' },
  matter: { kind: 'restriction' },

  recipients: (terms) => agenciesIn(terms, 'recipientsTold'),

  sentence(terms, language) {
    const what = enumerated(codes(dataCategory, terms['dataCategories'], language), language);
    const why = label(restrictionCause, terms['cause'], language);
    return language === 'de' ? `Verarbeitung eingeschränkt: ${what}; ${why}.` : `Restricted: ${what}; ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000030c',
    type: 'RestrictionApplied',
    occurredAt: '2026-04-03T09:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      subject: 'person-19c2',
      causedBy: '0195a6f0-0001-7000-8000-000000000008',
      cause: 'kept-as-evidence',
      dataCategories: ['family'],
      disclosures: ['0195a6f0-0003-7000-8000-000000000001'],
      objectRefs: ['case-management/2026/311'],
      recipientsTold: ['probation.example'],
      reviewDue: '2026-10-01',
      justification: 'The old version is part of a court file and may not be changed.',
    },
  },
};
