import { Envelope } from '../envelope.js';
import type { EntryType } from '../entry-type.js';
import { escalate, isDecided, owe } from '../exchange-head.js';
import { Optional, Required } from '../field.js';
import { agency, code, date, prose, reference, uuid } from '../kind.js';
import type { Given } from '../missing.js';
import { agenciesIn, agencyIn, label, said, textIn } from '../reading.js';
import { escalationCause } from '../vocabularies/escalation-cause.js';

/** A request that is not answered, or not as it should be, is taken to who can decide it: practice, no statute. */
export class RequestEscalated extends Envelope {
  @Required('terms', agency, 'Body that is to decide now; it may be the addressee itself, at a higher level.')
  readonly escalatedTo: Given<string>;

  @Required('terms', code(escalationCause))
  readonly cause: Given<string>;

  @Required('reasons', prose)
  readonly justification: Given<string>;

  @Required('staff', reference)
  declare readonly actor: Given<string>;

  @Optional('terms', reference, 'Level or unit; never a person.')
  readonly escalatedToUnit?: Given<string>;

  @Optional('terms', uuid, 'Entry id of the request.')
  readonly request?: Given<string>;

  @Optional('terms', date)
  readonly decisionDue?: Given<string>;

  @Optional('told', prose, 'The reason told to who is to decide; none is told where it is absent.')
  readonly reasonTold?: Given<string>;
}

export const requestEscalated: EntryType = {
  name: 'RequestEscalated',
  title: { en: 'Request escalated', de: 'Ersuchen zur höheren Entscheidung vorgelegt' },
  log: 'entries',
  exchange: 'required',
  recordedBy: 'agency',
  dataVersion: 1,
  data: RequestEscalated,

  recipients: (terms) => agenciesIn(terms, 'escalatedTo'),

  moves(head, { terms, occurredAt }) {
    const decider = agencyIn(terms, 'escalatedTo');
    const answeredSince = isDecided(head) && occurredAt <= head.since;
    if (decider === null || decider === head.requester || answeredSince) return head;
    return owe(escalate(head, decider, textIn(terms, 'request')), {
      agency: decider,
      owes: 'decision',
      about: null,
      since: occurredAt,
    });
  },

  sentence(terms, language) {
    const to = said(terms['escalatedTo'], language);
    const why = label(escalationCause, terms['cause'], language);
    return language === 'de'
      ? `Ersuchen zur Entscheidung vorgelegt: ${to}; Anlass: ${why}.`
      : `Request escalated to ${to}: ${why}.`;
  },

  example: {
    id: '0195a6f0-0001-7000-8000-000000000103',
    type: 'RequestEscalated',
    exchange: '0195a6f0-0002-7000-8000-000000000001',
    occurredAt: '2026-03-07T09:00:00.000Z',
    data: {
      regime: 'LED',
      pack: 'DE-NW',
      actor: 'staff-4711',
      case: 'case-7f3a',
      causedBy: '0195a6f0-0001-7000-8000-000000000004',
      escalatedTo: 'youth-office.example',
      escalatedToUnit: 'Head of office',
      cause: 'refused',
      request: '0195a6f0-0001-7000-8000-000000000002',
      decisionDue: '2026-03-14',
      justification: 'The conference cannot plan the return to school without the attendance of the last month.',
      reasonTold: 'One month of attendance would be enough.',
    },
  },
};
