import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, instant, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { codes, enumerated } from '../reading.js';
import { breachNature } from '../vocabularies/breach-nature.js';
import { dataCategory } from '../vocabularies/data-category.js';
import { regime } from '../vocabularies/regime.js';

/** GDPR 33, LED 30, BDSG 65. Starts BRE-01 and BRE-02. The register of breaches is kept as a decision is: GDPR 33(5). */
export class BreachDetected extends Envelope {
  @Required('terms', instant, 'From here the 72 hours of BRE-01 run.')
  readonly awareAt: Given<string>;

  @Required('terms', list(code(breachNature), 1))
  readonly nature: Given<readonly string[]>;

  @Required('terms', list(code(dataCategory), 1))
  readonly dataCategories: Given<readonly string[]>;

  @Required('reasons', prose, 'What happened, without content.')
  readonly facts: Given<string>;

  @Required('terms', code(regime))
  declare readonly regime: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', instant, 'When it began, as far as known.')
  readonly beganAt?: Given<string>;

  @Optional('terms', count, 'Approximate number of persons.')
  readonly subjectsAbout?: Given<number>;

  @Optional('terms', count, 'Approximate number of records.')
  readonly recordsAbout?: Given<number>;

  @Optional('terms', list(uuid), 'Disclosure ids of what was passed on or received and is affected.')
  readonly disclosures?: Given<readonly string[]>;

  @Optional('terms', list(agency), 'Bodies whose data or with which shared data are affected: BRE-02.')
  readonly partnersAffected?: Given<readonly string[]>;

  @Optional('terms', agency, 'Processor that reported it: GDPR 33(2).')
  readonly reportedBy?: Given<string>;

  @Optional('reasons', prose, 'What was done at once.')
  readonly measures?: Given<string>;
}

export const breachDetected: EntryType = {
  name: 'BreachDetected',
  title: { en: 'Breach detected', de: 'Datenschutzverletzung festgestellt' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: BreachDetected,
  retention: { terms: 'decision', reasons: 'decision' },
  matter: { kind: 'breach' },

  sentence(terms, language) {
    const how = enumerated(codes(breachNature, terms['nature'], language), language);
    const what = enumerated(codes(dataCategory, terms['dataCategories'], language), language);
    return language === 'de'
      ? `Verletzung des Schutzes von Daten bekannt geworden: ${how}; betroffen: ${what}.`
      : `Breach of data became known: ${how}; affected: ${what}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000030e',
    type: 'BreachDetected',
    occurredAt: '2026-05-18T07:30:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      unit: 'Youth protection in court proceedings',
      actor: 'staff-0007',
      awareAt: '2026-05-18T07:20:00.000Z',
      beganAt: '2026-05-15T14:00:00.000Z',
      nature: ['confidentiality'],
      dataCategories: ['exit-progress', 'family'],
      subjectsAbout: 3,
      recordsAbout: 5,
      disclosures: ['0195a6f0-0003-7000-8000-000000000001'],
      partnersAffected: ['police.example'],
      facts: 'A letter with three reports went to the wrong school.',
      measures: 'The school returned the letter and confirmed in writing that no copy was made.',
    },
  },
};
