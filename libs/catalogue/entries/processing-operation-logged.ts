import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, list, nested, prose, reference } from '../kind.js';
import { LegalBasis } from '../legal-basis.js';
import type { Given } from '../missing.js';
import { codes, enumerated, label } from '../reading.js';
import { dataCategory } from '../vocabularies/data-category.js';
import { operation } from '../vocabularies/operation.js';
import { purpose } from '../vocabularies/purpose.js';
import { regime } from '../vocabularies/regime.js';

/** LED 25(1). Consultation and disclosure have types of their own. */
export class ProcessingOperationLogged extends Envelope {
  @Required('terms', code(operation, ['collect', 'alter', 'combine', 'erase', 'restrict']))
  readonly operation: Given<string>;

  @Required('people', reference, 'Record it was done to; never the content.')
  readonly objectRef: Given<string>;

  @Required('terms', list(code(dataCategory), 1))
  readonly dataCategories: Given<readonly string[]>;

  @Required('terms', code(purpose))
  readonly purpose: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('people', list(reference), 'Records that were combined.')
  readonly sources?: Given<readonly string[]>;

  @Optional('terms', reference, 'Register or system.')
  readonly system?: Given<string>;

  @Optional('terms', nested(LegalBasis))
  readonly legalBasis?: Given<LegalBasis>;
}

export const processingOperationLogged: EntryType = {
  name: 'ProcessingOperationLogged',
  title: { en: 'Processing operation logged', de: 'Verarbeitung protokolliert' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: ProcessingOperationLogged,

  sentence(terms, language) {
    const how = label(operation, terms['operation'], language);
    const what = enumerated(codes(dataCategory, terms['dataCategories'], language), language);
    const why = label(purpose, terms['purpose'], language);
    return language === 'de' ? `Daten ${how}: ${what}; Zweck: ${why}.` : `Data ${how}: ${what}; purpose: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000000b',
    type: 'ProcessingOperationLogged',
    occurredAt: '2026-03-10T16:45:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      operation: 'combine',
      objectRef: 'case-management/2026/311',
      sources: ['case-management/2026/311', 'incident/2025/9021'],
      dataCategories: ['exit-progress', 'criminal-offence'],
      purpose: 'joint-risk-assessment',
      system: 'case-management',
      legalBasis: { code: 'LED-A8-1', provision: 'PolG NRW § 23' },
      justification: 'The assessment needs both records side by side.',
      lateReason: 'Recorded after the weekend, the system was down.',
    },
  },
};
