import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { Optional, Required } from '../field.js';
import { code, flag, list, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { label } from '../reading.js';
import { reversalCause } from '../vocabularies/reversal-cause.js';

/**
 * A decision no longer stands. Disclosures that rested on it may have to be taken back (QUA-02); who reverses it must be
 * as entitled as who decides (DEC-03).
 */
export class DecisionReversed extends Envelope {
  @Required('terms', uuid, 'Entry id of the decision, also of one about a request or of a conference.')
  readonly decision: Given<string>;

  @Required('terms', code(reversalCause))
  readonly cause: Given<string>;

  @Required('terms', flag, 'It is treated as if it had never been taken.')
  readonly retroactive: Given<boolean>;

  @Required('terms', flag, 'Whoever reversed it may do so in that function.')
  readonly deciderAuthorised: Given<boolean>;

  @Required('staff', reference, 'Who reversed it.')
  readonly decidedBy: Given<string>;

  @Required('staff', reference, 'In which function.')
  readonly decidedByFunction: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Optional('terms', uuid, 'Entry id of the decision that takes its place.')
  readonly replacedBy?: Given<string>;

  @Optional('terms', list(uuid), 'Disclosure ids that rested on it.')
  readonly affectedDisclosures?: Given<readonly string[]>;

  @Optional('told', prose, 'The reason told to the other side; none is told where it is absent.')
  readonly reasonTold?: Given<string>;
}

export const decisionReversed: EntryType = {
  name: 'DecisionReversed',
  title: { en: 'Decision reversed', de: 'Entscheidung aufgehoben' },
  log: 'entries',
  exchange: 'optional',
  recordedBy: 'agency',
  dataVersion: 1,
  data: DecisionReversed,
  retention: { reasons: 'decision' },
  matter: { kind: 'decision', openedBy: 'decision' },

  sentence(terms, language) {
    const why = label(reversalCause, terms['cause'], language);
    const past = terms['retroactive'] === true;
    return language === 'de'
      ? `Entscheidung ${past ? 'rückwirkend ' : ''}aufgehoben: ${why}.`
      : `Decision reversed${past ? ' from the start' : ''}: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000222',
    type: 'DecisionReversed',
    occurredAt: '2025-04-28T09:45:00.000Z',
    data: {
      regime: 'GDPR',
      case: 'case-2c90',
      causedBy: '0195a6f0-0001-7000-8000-000000000221',
      decision: '0195a6f0-0001-7000-8000-000000000220',
      cause: 'new-facts',
      retroactive: false,
      deciderAuthorised: true,
      decidedBy: 'staff-0100',
      decidedByFunction: 'head of the programme',
      replacedBy: '0195a6f0-0004-7000-8000-000000000222',
      affectedDisclosures: ['0195a6f0-0003-7000-8000-000000000222'],
      justification: 'A new message names a place and a day.',
      reasonTold: 'New facts came to light.',
    },
  },
};
