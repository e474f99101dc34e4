import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { agency, code, instant, list, nested, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { clauseReference, ruleCode, versionNumber } from '../patterns.js';
import { label, said } from '../reading.js';
import { TimeLimit } from '../time-limit.js';
import { checkNoteOutcome } from '../vocabularies/check-note-outcome.js';
import { lackingInput } from '../vocabularies/lacking-input.js';
import { pack } from '../vocabularies/pack.js';
import { ruleKind } from '../vocabularies/rule-kind.js';
import { severity } from '../vocabularies/severity.js';

/**
 * What a rule noticed, once per rule and fact. It says nothing yet: only a data protection officer makes it a finding.
 * Its words are no part of it; they are rendered from the rule in the version cited. GDPR 39(1)(b), LED 34.
 */
export class CheckNoteRaised extends Envelope {
  @Required('terms', ruleCode)
  readonly rule: Given<string>;

  @Required('terms', versionNumber)
  readonly ruleVersion: Given<number>;

  @Required('terms', code(pack))
  declare readonly pack: Given<string>;

  @Required('terms', versionNumber)
  readonly packVersion: Given<number>;

  @Required('terms', agency, 'Body whose data protection officer sees it.')
  readonly agency: Given<string>;

  @Required('terms', reference, 'What it is about: the same for the same rule and circumstance, however often judged.')
  readonly fact: Given<string>;

  @Required('terms', list(uuid), 'Ids of the entries it follows from.')
  readonly facts: Given<readonly string[]>;

  @Required('terms', code(severity))
  readonly severity: Given<string>;

  @Required('terms', code(ruleKind))
  readonly kind: Given<string>;

  @Required('terms', code(checkNoteOutcome))
  readonly outcome: Given<string>;

  @Optional('terms', code(lackingInput), 'Why it cannot be decided.')
  readonly lackingInput?: Given<string>;

  @Optional('terms', clauseReference, 'Clause in force when it happened.')
  readonly clause?: Given<string>;

  @Optional('terms', nested(TimeLimit), 'Time the rule gave.')
  readonly deadline?: Given<TimeLimit>;

  @Optional('terms', instant, 'When that time is over or was over.')
  readonly dueAt?: Given<string>;
}

export const checkNoteRaised: EntryType = {
  name: 'CheckNoteRaised',
  title: { en: 'Check note raised', de: 'Prüfhinweis ausgelöst' },
  log: 'entries',
  exchange: 'none',
  recordedBy: 'ledger',
  dataVersion: 1,
  data: CheckNoteRaised,
  matter: { kind: 'check-note' },

  sentence(terms, language) {
    const rule = said(terms['rule'], language);
    const whose = said(terms['agency'], language);
    const weight = label(severity, terms['severity'], language);
    const what = label(checkNoteOutcome, terms['outcome'], language);
    return language === 'de'
      ? `Prüfhinweis ${rule} für ${whose} (${weight}): ${what}.`
      : `Check note ${rule} for ${whose} (${weight}): ${what}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000414',
    type: 'CheckNoteRaised',
    occurredAt: '2026-03-17T00:00:00.000Z',
    data: {
      rule: 'LOG-04',
      ruleVersion: 1,
      pack: 'DE-SGB',
      packVersion: 1,
      agency: 'youth-office.example',
      fact: '0195a6f0-0003-7000-8000-000000000001/police.example',
      facts: ['0195a6f0-0001-7000-8000-000000000005'],
      severity: 'medium',
      kind: 'policy',
      outcome: 'broken',
      clause: 'exit-network-exampletown@3#progress',
      deadline: { amount: 5, unit: 'working-days' },
      dueAt: '2026-03-16T23:00:00.000Z',
      causedBy: '0195a6f0-0001-7000-8000-000000000005',
    },
  },
};
