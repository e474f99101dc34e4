import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, count, country, flag, line, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label } from '../reading.js';
import { breachExemption } from '../vocabularies/breach-exemption.js';
import { breachRisk } from '../vocabularies/breach-risk.js';

/**
 * How dangerous a breach is for the persons, as often as that is judged again. "Risk unlikely" with its reasons frees
 * from notifying the authority: GDPR 33(1), LED 30(1), BRE-01. Read by BRE-02 and BRE-03, too.
 */
export class BreachAssessed extends Envelope {
  @Required('terms', uuid, 'Entry id of the breach.')
  readonly breach: Given<string>;

  @Required('terms', code(breachRisk))
  readonly riskLevel: Given<string>;

  @Required('reasons', prose, 'Why the risk is judged so.')
  readonly justification: Given<string>;

  @Required('terms', list(agency), 'Bodies to be told; none where no shared data are affected: BRE-02.')
  readonly partnersAffected: Given<readonly string[]>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional(
    'terms',
    list(country),
    'Other member states whose controllers sent or received the data: LED 30(6), BRE-02.',
  )
  readonly statesAffected?: Given<readonly string[]>;

  @Optional('terms', list(uuid), 'Disclosure ids of what was passed on or received and is affected.')
  readonly disclosures?: Given<readonly string[]>;

  @Optional('terms', count, 'Approximate number of persons.')
  readonly subjectsAbout?: Given<number>;

  @Optional('terms', count, 'Approximate number of records.')
  readonly recordsAbout?: Given<number>;

  @Optional('terms', flag)
  readonly dpoConsulted?: Given<boolean>;

  @Optional('reasons', prose)
  readonly dpoAdvice?: Given<string>;

  @Optional('reasons', code(breachExemption), 'Why the persons are not told one by one: GDPR 34(3), LED 31(5), BRE-03.')
  readonly exemption?: Given<string>;

  @Optional('reasons', line, 'Act, section, paragraph the exemption rests on.')
  readonly provision?: Given<string>;

  @Optional('reasons', prose, 'Likely consequences for the persons.')
  readonly consequences?: Given<string>;

  @Optional('reasons', prose, 'What was done or is planned.')
  readonly measures?: Given<string>;
}

export const breachAssessed: EntryType = {
  name: 'BreachAssessed',
  title: { en: 'Breach assessed', de: 'Datenschutzverletzung bewertet' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'agency',
  dataVersion: 1,
  data: BreachAssessed,
  retention: { terms: 'decision', reasons: 'decision' },
  matter: { kind: 'breach', openedBy: 'breach' },

  sentence(terms, language) {
    const risk = label(breachRisk, terms['riskLevel'], language);
    return language === 'de'
      ? `Verletzung des Schutzes von Daten bewertet: ${risk}.`
      : `Breach of data assessed: ${risk}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-00000000030f',
    type: 'BreachAssessed',
    occurredAt: '2026-05-18T15:00:00.000Z',
    data: {
      regime: 'GDPR',
      pack: 'DE-SGB',
      actor: 'staff-0042',
      actorFunction: 'head of office',
      breach: '0195a6f0-0001-7000-8000-00000000030e',
      riskLevel: 'risk',
      partnersAffected: ['police.example'],
      statesAffected: [],
      disclosures: ['0195a6f0-0003-7000-8000-000000000001'],
      subjectsAbout: 3,
      recordsAbout: 5,
      dpoConsulted: true,
      dpoAdvice: 'To be notified; the persons need not be told, because the letter came back unread.',
      exemption: 'risk-averted',
      provision: 'GDPR 34(3)(b)',
      consequences: 'The school might learn who takes part in the programme.',
      measures: 'Addresses are checked by a second person.',
      justification: 'The envelope was opened but, as confirmed in writing, not read.',
    },
  },
};
